"""Pages of rows that Python holds begin after a row, as those of a table do."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from caicach.kernel.tables.gathered import Place, page_of
from caicach.kernel.tables.paging import Cursor, Page


@dataclass(frozen=True)
class Row:
    key: str
    day: str | None = None


ROWS = [Row(f"r{number}", day) for number, day in enumerate(["2022-01-05", "2022-01-05", "2022-03-01", None, None])]


def place_of(row: Row) -> Place:
    return row.day is None, row.day, row.key


def page(rows: list[Row], *, after: str = "", before: str = "", is_descending: bool = False) -> Page:
    ordered = sorted(rows, key=place_of, reverse=is_descending)
    return page_of(ordered, place_of=place_of, is_descending=is_descending, size=2, after=after, before=before)


def keys(found: Page) -> list[str]:
    return [row.key for row in found.rows]


@pytest.mark.parametrize("is_descending", [False, True])
def test_pages_there_and_back_are_the_whole_list(is_descending: bool) -> None:
    there = [page(ROWS, is_descending=is_descending)]
    while there[-1].after:
        there.append(page(ROWS, after=there[-1].after, is_descending=is_descending))
    back = [there[-1]]
    while back[-1].before:
        back.append(page(ROWS, before=back[-1].before, is_descending=is_descending))

    whole = [key for found in there for key in keys(found)]
    assert whole == (["r4", "r3", "r2", "r1", "r0"] if is_descending else ["r0", "r1", "r2", "r3", "r4"])
    assert [keys(found) for found in reversed(back)] == [keys(found) for found in there]


def test_a_row_that_went_meanwhile_neither_repeats_nor_hides_another() -> None:
    first = page(ROWS)
    without_last = [row for row in ROWS if row.key != "r1"]

    assert keys(page(without_last, after=first.after)) == ["r2", "r3"]
    assert keys(page([*ROWS, Row("r1b", "2022-01-06")], after=first.after)) == ["r1b", "r2"]


def test_when_all_beyond_has_gone_the_page_at_that_end_is_shown() -> None:
    last = page(ROWS, after=page(ROWS, after=page(ROWS).after).after)
    second = page(ROWS, after=page(ROWS).after)

    assert keys(last) == ["r4"]
    assert keys(page(ROWS[:3], after=second.after)) == ["r1", "r2"]
    assert keys(page(ROWS[2:], before=second.before)) == ["r2", "r3"]


@pytest.mark.parametrize(
    "asked", ["x", "%%%", Cursor(5, "r1").encode(), Cursor({"a": 1}, "r1").encode(), Cursor("2022-01-05", 7).encode()]
)
def test_a_place_that_is_none_of_this_order_begins_the_list_and_says_so(asked: str) -> None:
    found = page(ROWS, after=asked)

    assert (keys(found), found.is_lost) == (["r0", "r1"], True)


def test_no_rows_are_one_empty_page() -> None:
    assert page([], after=Cursor("2022-01-05", "r1").encode()) == Page([], after="", before="")
