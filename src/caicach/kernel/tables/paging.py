"""Keyset paging: a page begins after a row, not after a count, so that the last page is as fast as the first.

Pure but for the query set that it narrows.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Expression, F, Field, OrderBy, Q, QuerySet, Value
from django.db.models.expressions import Col
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.timezone import is_naive

from .ordering import InVietnamese

SORT_VALUE = "_sort_value"
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Sorting:
    """What the rows are ordered by; ties go by id in the same direction. NULLs are the greatest, on every database."""

    expression: Expression | F
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two rows: just after (or before) the row with this sort value and id."""

    value: Any
    pk: Any

    def encode(self) -> str:
        kind = _KINDS.get(type(self.value), "")
        value = _WRITTEN[kind](self.value)
        raw = json.dumps([kind, value, self.pk], default=str, ensure_ascii=False)
        return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Cursor | None:
        """None for anything that `encode` did not make: the list then begins at its first page."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            kind, value, pk = json.loads(raw)
            return cls(_READ[kind](value), pk)
        except (ValueError, TypeError, KeyError, binascii.Error, ArithmeticError, RecursionError):
            return None


def _moment(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    if is_naive(read):
        raise ValueError("a moment without its zone")
    return read


_KINDS: dict[type, str] = {date: "d", datetime: "t", Decimal: "n"}
_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "": lambda value: value,
    "d": date.isoformat,
    # Whole: a moment cut to milliseconds would stand before its own row and bring it again on the next page.
    "t": datetime.isoformat,
    "n": str,
}
_READ: dict[str, Callable[[Any], Any]] = {
    "": lambda value: value,
    "d": date.fromisoformat,
    "t": _moment,
    "n": Decimal,
}


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page; the cursors of the neighbouring pages, "" where there is none.

    is_lost : a place was asked for that cannot be read (mistyped, or of another sorting); this is the first page.
    """

    rows: list[Any]
    after: str
    before: str
    is_lost: bool = False


def page_of(rows: Rows, *, sorting: Sorting, size: int, after: str = "", before: str = "") -> Page:
    """At most `size` rows after or before a cursor. One query; where rows without a value begin or may begin, two.

    When every row beyond the cursor has gone meanwhile, the page at that end of the list.
    """
    keyset = _Keyset(rows, sorting)
    is_back = bool(before) and not after
    place = keyset.place(before if is_back else after)
    if place is None:
        found, more = keyset.read(size)
        return Page(found, after=_cursor(found[-1]) if more else "", before="", is_lost=bool(after or before))
    found, more = keyset.read(size, place, is_back=is_back)
    is_beside = bool(found)
    if not is_beside:
        is_back = not is_back
        found, more = keyset.read(size, is_back=is_back)
    first, last = (_cursor(found[0]), _cursor(found[-1])) if found else ("", "")
    if is_back:
        return Page(found, after=last if is_beside else "", before=first if more else "")
    return Page(found, after=last if more else "", before=first if is_beside else "")


def ordered(rows: Rows, sorting: Sorting) -> Rows:
    """All rows in the order in which the pages show them."""
    return _Keyset(rows, sorting).all()


class _Keyset:
    """The rows in one order, read from either side of a place."""

    def __init__(self, rows: Rows, sorting: Sorting) -> None:
        self.rows = rows.annotate(**{SORT_VALUE: sorting.expression})
        self.sorting = sorting

    def all(self) -> Rows:
        descending = self.sorting.is_descending
        nulls = {"nulls_first" if descending else "nulls_last": True} if self._may_be_null else {}
        return self.rows.order_by(OrderBy(F(SORT_VALUE), descending=descending, **nulls), "-pk" if descending else "pk")

    @cached_property
    def _may_be_null(self) -> bool:
        """A column of the rows' own table that the database keeps from being NULL is read without asking for NULLs."""
        query = self.rows.query
        value = query.annotations[SORT_VALUE]
        if isinstance(value, Coalesce):
            last = value.get_source_expressions()[-1]
            return not isinstance(last, Value) or last.value is None
        if isinstance(value, InVietnamese):
            value = value.get_source_expressions()[0]
        is_own = isinstance(value, Col) and value.alias == query.base_table
        return not is_own or bool(value.target.null)

    def place(self, text: str) -> Cursor | None:
        """The cursor, when its value and id are such as these rows have."""
        cursor = Cursor.decode(text) if text else None
        if cursor is None:
            return None
        value_field = self.rows.query.annotations[SORT_VALUE].output_field
        fits = _fits(value_field, cursor.value) if cursor.value is not None else self._may_be_null
        return cursor if fits and _fits(self.rows.model._meta.pk, cursor.pk) else None

    def read(self, size: int, place: Cursor | None = None, *, is_back: bool = False) -> tuple[list[Any], bool]:
        """At most `size` rows in the list's order, and whether there are more in the direction of reading."""
        descending = self.sorting.is_descending != is_back
        order = (f"-{SORT_VALUE}", "-pk") if descending else (SORT_VALUE, "pk")
        found: list[Any] = []
        for stretch in self._stretches(place, descending=descending):
            if len(found) <= size:
                found += self.rows.filter(stretch).order_by(*order)[: size + 1 - len(found)]
        more, found = len(found) > size, found[:size]
        return (found[::-1] if is_back else found), more

    def _stretches(self, place: Cursor | None, *, descending: bool) -> list[Q]:
        """What lies beyond the place, rows with and without a value apart: together they would hide the index."""
        without, having = Q(**{f"{SORT_VALUE}__isnull": True}), Q(**{f"{SORT_VALUE}__isnull": False})
        if place is None:
            if not self._may_be_null:
                return [Q()]
            return [without, having] if descending else [having, without]
        step = "lt" if descending else "gt"
        further = Q(**{f"pk__{step}": place.pk})
        if place.value is None:
            return [without & further, having] if descending else [without & further]
        # `>=` first, so that an index is entered at the place and not read up to it.
        beyond = Q(**{f"{SORT_VALUE}__{step}e": place.value}) & (Q(**{f"{SORT_VALUE}__{step}": place.value}) | further)
        return [beyond, without] if self._may_be_null and not descending else [beyond]


_TYPES: dict[str, type] = {"DateField": date, "DateTimeField": datetime, "DecimalField": Decimal}


def _fits(field: Field[Any, Any], value: Any) -> bool:
    """Whether that field can hold this value just as it is. A mistyped one must not reach the database."""
    wanted = _TYPES.get(field.get_internal_type())
    if wanted is not None or type(value) in _KINDS:
        return type(value) is wanted
    try:
        read = field.to_python(value)
        str(value).encode()
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        return False
    # An id that JSON does not know (a UUID) comes as its text.
    is_same = type(read) is type(value) and read == value
    return value is not None and (is_same or str(read) == value) and "\x00" not in str(value)


def _cursor(row: Any) -> str:
    return Cursor(getattr(row, SORT_VALUE), row.pk).encode()
