"""Lists that rooms give together: Python narrows, orders and cuts their rows as the database does those of a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.functional import cached_property

from caicach.kernel.identity.http import StaffRequest

from .declaring import GatheredOf, Group
from .lists import PAGE_SIZE, Cell, Chip, ShownRows
from .paging import Cursor, Page

Place = tuple[bool, Any, Any]
"""What a row is ordered by: without a value after all others, then by the value, ties by its key."""


@dataclass(frozen=True, slots=True)
class GroupHead:
    """`count` : of all rows of the group, on whichever page; `href` opens just these."""

    group: Group
    count: int
    href: str


class ShownGathered(ShownRows):
    """A gathered list as one person sees it at one address."""

    declared: GatheredOf

    def __init__(
        self, declared: GatheredOf, rows: Sequence[Any], request: StaffRequest, *, page_names: Sequence[str] = ()
    ) -> None:
        super().__init__(declared, request, page_names=page_names)
        self.filters = declared.filters(self._filter_data(), rows=rows)

    @property
    def filter_form(self) -> BaseForm:
        return self.filters

    @cached_property
    def matching(self) -> list[Any]:
        """All rows of the filters, in order."""
        found = sorted(self.filters.narrowed(), key=self._place_of)
        return found[::-1] if self._is_descending else found

    @property
    def total(self) -> int:
        return len(self.matching)

    @cached_property
    def page(self) -> Page:
        return page_of(
            self.matching,
            place_of=self._place_of,
            is_descending=self._is_descending,
            size=PAGE_SIZE,
            after=self.query.get("sau", ""),
            before=self.query.get("truoc", ""),
        )

    def _place_of(self, row: Any) -> Place:
        read = self._sort_column.sort_value
        value = read(row) if read else None
        return value is None, value, row.key

    def _all_rows(self) -> Iterator[Any]:
        return iter(self.matching)

    @property
    def bodies(self) -> Iterator[tuple[GroupHead | None, list[tuple[Any, list[Cell]]]]]:
        group_of = self.declared.group
        if group_of is None or self.sort_key != self.declared.sort:
            yield None, list(self.lines)
            return
        counts = Counter(group_of(row) for row in self.matching)
        for group, lines in groupby(self.lines, key=lambda line: group_of(line[0])):
            yield GroupHead(group, counts[group], self.address(**{group.filter: group.key})), list(lines)

    def chips(self, name: str, words: dict[str, Any], *, key_of: Callable[[Any], str], every: str) -> list[Chip]:
        """Of a filter: a chip for each of its values that gives rows within the other filters, and one for all."""
        rows = self.filters.narrowed(but=[name])
        counts = Counter(key_of(row) for row in rows)
        chosen = self.query.getlist(name)
        return [
            Chip(every, self.address(**{name: ()}), is_shown=not chosen, count=len(rows)),
            *(
                Chip(str(label), self.address(**{name: key}), is_shown=chosen == [key], count=counts[key])
                for key, label in words.items()
                if counts[key] or key in chosen
            ),
        ]


def gathered(
    declared: GatheredOf, rows: Sequence[Any], request: HttpRequest, *, page_names: Sequence[str] = ()
) -> ShownGathered:
    """The list for a page, as `lists.shown` gives that of a table."""
    return ShownGathered(declared, rows, request, page_names=page_names)  # type: ignore[arg-type]


def page_of(
    rows: Sequence[Any],
    *,
    place_of: Callable[[Any], Place],
    is_descending: bool = False,
    size: int,
    after: str = "",
    before: str = "",
) -> Page:
    """At most `size` of the ordered rows after or before a cursor, as `paging.page_of` gives them."""
    is_back = bool(before) and not after
    asked = before if is_back else after
    place = _place(asked) if asked else None
    try:
        first, last = _around([place_of(row) for row in rows], place, is_descending) if place else (0, 0)
    except TypeError:  # a place of another order
        place, first, last = None, 0, 0
    start, end = _window(first, last, len(rows), size, is_back=is_back)
    shown = list(rows[start:end])
    return Page(
        shown,
        after=_cursor(place_of(shown[-1])) if shown and end < len(rows) else "",
        before=_cursor(place_of(shown[0])) if shown and start else "",
        is_lost=bool(asked) and place is None,
    )


def _around(places: list[Place], place: Place, is_descending: bool) -> tuple[int, int]:
    """How many rows stand before the place, and before what follows it. Raises TypeError for one of another order."""
    rising = places[::-1] if is_descending else places
    before, through = bisect_left(rising, place), bisect_right(rising, place)
    return (len(places) - through, len(places) - before) if is_descending else (before, through)


def _window(first: int, last: int, count: int, size: int, *, is_back: bool) -> tuple[int, int]:
    """Where the page begins and ends; when every row beyond the place has gone, the page at that end of the list."""
    if is_back:
        return (max(0, first - size), first) if first else (0, size)
    return (last, last + size) if last < count else (max(0, count - size), count)


def _place(text: str) -> Place | None:
    cursor = Cursor.decode(text)
    if cursor is None:
        return None
    value = tuple(cursor.value) if isinstance(cursor.value, list) else cursor.value
    return value is None, value, cursor.pk


def _cursor(place: Place) -> str:
    _is_last, value, key = place
    return Cursor(value, key).encode()
