"""One component for every list: what a room declared of it, as one person sees it at one address.

What an address asks for and the list cannot do is said above the rows (`notes`, `wrong_filters`). Totals are exact up
to 10,000 rows; beyond, "more than 10,000".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.calendar import clock
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui.wording import number
from caicach.kernel.usecase.errors import InvalidInput

from . import exports
from .choosing import ChosenList
from .columns import Act, Column
from .declaring import ListOf
from .filter_words import in_words
from .paging import Page, Sorting, ordered, page_of

PAGE_SIZE = 50
COUNTED_TO = 10_000


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: `direction` is ascending, descending or ""; `href` sorts by it, "" when it cannot be.

    is_below : where the list has little width, its values stand under those of another column.
    """

    column: Column
    href: str
    direction: str
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """below : cells that stand under this one where the list has little width; is_below : it is one of them."""

    column: Column
    value: Any
    href: str
    detail: str
    act: Act | None = None
    is_below: bool = False
    below: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """An order that the rows can be put in, in words."""

    words: Any
    href: str
    is_current: bool
    direction: str


@dataclass(frozen=True, slots=True)
class AppliedFilter:
    """A filter in words ("Đơn vị: Văn phòng Bộ") and the address without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter's value beside the others, over the list. `count` : of the rows that the address opens; "" for none."""

    words: str
    href: str
    is_shown: bool
    count: int | str = ""


class ShownRows(ChosenList):
    """What is shown of rows, wherever they come from."""

    # --- what a kind of list gives --------------------------------------------------------------------------------

    @property
    def filter_form(self) -> BaseForm:
        """The fields of the filters, bound to the address."""
        raise NotImplementedError

    @property
    def page(self) -> Page:
        raise NotImplementedError

    @property
    def total(self) -> int:
        """Of all rows of the filters; beyond `COUNTED_TO` one more than that."""
        raise NotImplementedError

    def _all_rows(self) -> Iterable[Any]:
        """All rows of the filters, in order: as many as a file takes, and one more."""
        raise NotImplementedError

    # --- what is shown --------------------------------------------------------------------------------------------

    @property
    def wrong_filters(self) -> list[str]:
        """Each filter that cannot be read, by name and with what to write instead."""
        form = self.filter_form
        if form.is_valid():
            return []
        labels = {name: field.label for name, field in form.fields.items()}
        return [f"{labels.get(name, name)}: {' '.join(words)}" for name, words in _words_of(form).items()]

    @property
    def filter_query(self) -> str:
        """The filters in force and what the page is found by, as an address has them: what "all of it" means."""
        chosen = self._filter_data()
        for name, value in self.of_page:
            chosen.appendlist(name, value)
        return chosen.urlencode()

    @property
    def notes(self) -> list[str]:
        """What the address asks for and this list does not have."""
        found = [
            _("This list has no filter “%(name)s”, so it was left out. Choose among those under Filter.")
            % {"name": name[:60]}
            for name in self._unknown_filters
        ]
        asked = self.query.get("xep", "")
        if asked and asked != self.sort_key:
            words = _("This list cannot be sorted by “%(name)s”. Choose the head of a column to sort by it.")
            found.append(words % {"name": asked.removeprefix("-")[:60]})
        for key in self._asked_columns:
            if self.declared.column(key) is None:
                words = _("This list has no column “%(name)s”. Choose among those under Columns.")
                found.append(words % {"name": key[:60]})
        if self.page.is_lost:
            found.append(_("The page that this address leads to cannot be found again. This is the first page."))
        return found

    @property
    def _unknown_filters(self) -> list[str]:
        known = {part for name in self.filter_form.fields for part in self._names_of(name)}
        return [name for name in self._filter_data() if name not in known]

    def _names_of(self, name: str) -> list[str]:
        """The names that a filter's inputs have in the address: a range has one for each end."""
        suffixes = getattr(self.filter_form.fields[name].widget, "suffixes", None)
        return [f"{name}_{suffix}" for suffix in suffixes] if suffixes else [name]

    @property
    def total_words(self) -> str:
        shown = number(len(self.page.rows))
        if self.total > COUNTED_TO:
            return _("Shown %(shown)s of more than 10,000") % {"shown": shown}
        return _("Shown %(shown)s of %(total)s") % {"shown": shown, "total": number(self.total)}

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        is_below = self._is_below(column)
        if not column.is_sortable:
            return Head(column, "", "", is_below)
        is_current = self.sort_key.removeprefix("-") == column.key
        descending = self.sort_key.startswith("-")
        href = self.address(xep=f"-{column.key}" if is_current and not descending else column.key)
        return Head(column, href, ("descending" if descending else "ascending") if is_current else "", is_below)

    def _is_below(self, column: Column) -> bool:
        return any(column.under == other.key for other in self.columns)

    @property
    def orders(self) -> list[Order]:
        """Every order there is, of columns that are not shown too."""
        heads = [self._head(column) for column in self.declared.columns if column.is_sortable]
        return [
            Order(head.column.sort_words or head.column.label, head.href, bool(head.direction), head.direction)
            for head in heads
        ]

    @property
    def order(self) -> Order | None:
        return next((order for order in self.orders if order.is_current), None)

    @property
    def found_words(self) -> str:
        """On the button that applies the filters: how many rows they give."""
        if self.total > COUNTED_TO:
            return _("Show more than 10,000 results")
        if not self.total:
            return _("Show: no result")
        return ngettext("Show %(count)s result", "Show %(count)s results", self.total) % {"count": number(self.total)}

    @property
    def lines(self) -> Iterator[tuple[Any, list[Cell]]]:
        for row in self.page.rows:
            yield row, self._cells(row)

    @property
    def bodies(self) -> Iterator[tuple[Any, Iterable[tuple[Any, list[Cell]]]]]:
        """The lines by what they stand under; None for no head."""
        yield None, self.lines

    def _cells(self, row: Any) -> list[Cell]:
        cells = [
            Cell(
                column,
                column.value(row),
                column.href(row) if column.href else "",
                column.detail(row) if column.detail else "",
                column.act(row) if column.act else None,
                is_below=self._is_below(column),
            )
            for column in self.columns
        ]
        below = [cell for cell in cells if cell.is_below]
        return [
            replace(cell, below=tuple(other for other in below if other.column.under == cell.column.key))
            for cell in cells
        ]

    @property
    def next_href(self) -> str:
        return self.address(sau=self.page.after) if self.page.after else ""

    @property
    def previous_href(self) -> str:
        return self.address(truoc=self.page.before) if self.page.before else ""

    @cached_property
    def applied(self) -> list[AppliedFilter]:
        form = self.filter_form
        if not form.is_valid():
            return []
        found = []
        for name, form_field in form.fields.items():
            value = form.cleaned_data.get(name)
            names = self._names_of(name)
            if value in (None, "", [], ()) or not any(self.query.getlist(part) for part in names):
                continue
            words = f"{form_field.label}: {in_words(form_field, value)}"
            found.append(AppliedFilter(words, self._without(names)))
        return found

    @property
    def export_links(self) -> list[tuple[exports.Writer, str]]:
        return [(writer, self.address(tai=writer.key)) for writer in exports.writers()]

    # --- leaving as a file ----------------------------------------------------------------------------------------

    def exported(self) -> HttpResponse | None:
        """The file that the address asks for by `tai`, None when it asks for the page. The journal says who took it.

        Raises InvalidInput when a filter cannot be read: an empty file would look like an empty list.
        """
        key = self.query.get("tai", "")
        if not key:
            return None
        if self.wrong_filters:
            words = _("A filter cannot be read, so no file was made. %(filters)s")
            raise InvalidInput(words % {"filters": " ".join(self.wrong_filters)}, fields=_words_of(self.filter_form))
        return exports.file_of(actor=self.request.actor, writer=key, name=self.declared.key, exported=self._export())

    def _export(self) -> exports.Exported:
        actor = self.request.actor
        held = actor.main_role
        return exports.Exported(
            title=str(self.declared.title),
            columns=[(str(column.label), column.kind) for column in self.columns],
            rows=self._export_rows(),
            filters=[applied.words for applied in self.applied],
            total=self.total,
            by=actor.name,
            at=clock.now(),
            issuer=held.unit_name if held else "",
            address=self.request.build_absolute_uri(self.request.path + self.address()),
        )

    def _export_rows(self) -> Iterator[Sequence[Any]]:
        for row in self._all_rows():
            yield [cell.value for cell in self._cells(row)]


def _words_of(form: BaseForm) -> dict[str, list[str]]:
    """What is wrong with each field."""
    return {name: [str(words) for words in errors] for name, errors in form.errors.items()}


class ShownList(ShownRows):
    """A list of the rows of one table, as one person sees it at one address. Queries run when the template asks."""

    declared: ListOf

    def __init__(
        self,
        declared: ListOf,
        rows: QuerySet[Any],
        request: StaffRequest,
        *,
        context: Any = None,
        page_names: Sequence[str] = (),
    ) -> None:
        """context : what is read once (today, a calendar); the columns find it as `row._list_context`."""
        super().__init__(declared, request, page_names=page_names)
        self.context = context
        self.filter_set = declared.filters(self._filter_data(), queryset=rows, request=request)

    @property
    def filter_form(self) -> BaseForm:
        form: BaseForm = self.filter_set.form
        return form

    @cached_property
    def matching(self) -> QuerySet[Any]:
        """All rows of the filters. A filter that cannot be read narrows to nothing, and the panel names it."""
        return self.filter_set.qs if self.filter_set.is_valid() else self.filter_set.queryset.none()

    @cached_property
    def page(self) -> Page:
        return page_of(
            self.declared.select(self.matching),
            sorting=self._sorting,
            size=PAGE_SIZE,
            after=self.query.get("sau", ""),
            before=self.query.get("truoc", ""),
        )

    @cached_property
    def total(self) -> int:
        return self.matching.order_by()[: COUNTED_TO + 1].count()

    @property
    def _sorting(self) -> Sorting:
        sort = self._sort_column.sort
        if sort is None:
            raise LookupError(f"list {self.declared.key!r} has rows of a table and sorts by an expression")
        return Sorting(sort, is_descending=self._is_descending)

    def _cells(self, row: Any) -> list[Cell]:
        row._list_context = self.context
        return super()._cells(row)

    def _all_rows(self) -> Iterable[Any]:
        rows = ordered(self.declared.select(self.matching), self._sorting)[: exports.MOST_ROWS + 1]
        return rows.iterator(chunk_size=1000)


def shown(
    declared: ListOf,
    rows: QuerySet[Any],
    request: HttpRequest,
    *,
    context: Any = None,
    page_names: Sequence[str] = (),
) -> ShownList:
    """The list for a page: `return list_.exported() or render(…, {"list": list_})`."""
    return ShownList(declared, rows, request, context=context, page_names=page_names)  # type: ignore[arg-type]
