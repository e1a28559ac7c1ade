"""Going through a list page by page shows every row once, in order, whatever rows come and go meanwhile."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Expression, F, Value
from django.db.models.functions import Coalesce
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caicach.kernel.identity.services import create_unit
from caicach.kernel.tables.ordering import InVietnamese
from caicach.kernel.tables.paging import Cursor, Page, Sorting, ordered, page_of
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme.models import Plan, PlanTask

pytestmark = pytest.mark.django_db

SORTS: dict[str, Expression | F] = {
    "day or none": F("deadline"),
    "moment or none": F("answered_at"),
    "text": F("title"),
    "text in Vietnamese order": InVietnamese("title"),
    "number": F("progress"),
    "of another table or none": F("lead__order"),
    "wrapped": Coalesce(F("deadline"), Value(date(9999, 12, 31))),
}
# Few values, so that many rows are equal; letters that databases order each in their own way.
TITLES = st.sampled_from(["a", "A", "á", "Ă", "b", "Đ", "đ", "e", "z", "  ", "~", "Ưu"])
DAYS = st.none() | st.dates(date(2022, 1, 1), date(2022, 1, 4))
MOMENTS = st.none() | st.sampled_from(
    [datetime(2022, 1, 1, 7, 0, 0, micro, tzinfo=UTC) for micro in (0, 1, 999, 1000, 123_456, 123_457)]
)
ROWS = st.lists(st.tuples(TITLES, DAYS, MOMENTS, st.integers(0, 3), st.booleans()), max_size=25)

properties = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def holder(db: None) -> Plan:
    unit = create_unit(actor=SYSTEM, code="BNV", name="Bộ Nội vụ", parent=None, valid_from=date(2022, 1, 1), order=3)
    return Plan.objects.create(issuer=unit, title="Kế hoạch", year=2022, created_at=datetime(2022, 1, 1, tzinfo=UTC))


@contextmanager
def rows_of(plan: Plan, given_rows: list[Any]) -> Iterator[None]:
    """The rows of one example, gone after it."""
    with transaction.atomic():
        add(plan, *given_rows)
        yield
        transaction.set_rollback(True)


def add(plan: Plan, *given_rows: Any) -> None:
    PlanTask.objects.bulk_create(
        PlanTask(
            plan=plan,
            title=title,
            deadline=day,
            answered_at=moment,
            progress=progress,
            lead=plan.issuer if has_lead else None,
        )
        for title, day, moment, progress, has_lead in given_rows
    )


def forward(sorting: Sorting, size: int, *, after: str = "") -> Iterator[Page]:
    while True:
        page = page_of(PlanTask.objects.all(), sorting=sorting, size=size, after=after)
        yield page
        after = page.after
        if not after:
            return


def backward(sorting: Sorting, size: int, *, before: str) -> Iterator[Page]:
    while before:
        page = page_of(PlanTask.objects.all(), sorting=sorting, size=size, before=before)
        yield page
        before = page.before


def ids(pages: Any) -> list[int]:
    return [row.pk for page in pages for row in page.rows]


def sortings() -> st.SearchStrategy[Sorting]:
    return st.builds(Sorting, st.sampled_from(list(SORTS.values())), st.booleans())


@properties
@given(given_rows=ROWS, sorting=sortings(), size=st.integers(1, 9))
def test_forward_through_all_pages_gives_every_row_once_in_order(
    holder: Plan, given_rows: list[Any], sorting: Sorting, size: int
) -> None:
    with rows_of(holder, given_rows):
        pages = list(forward(sorting, size))

        assert ids(pages) == [row.pk for row in ordered(PlanTask.objects.all(), sorting)]
        assert len(set(ids(pages))) == len(given_rows)
        assert all(len(page.rows) == size for page in pages[:-1])


@properties
@given(given_rows=ROWS, sorting=sortings(), size=st.integers(1, 9))
def test_going_back_gives_the_pages_that_were_seen(
    holder: Plan, given_rows: list[Any], sorting: Sorting, size: int
) -> None:
    with rows_of(holder, given_rows):
        pages = list(forward(sorting, size))

        back = list(backward(sorting, size, before=pages[-1].before))

        assert [ids([page]) for page in reversed(back)] == [ids([page]) for page in pages[:-1]]


@properties
@given(given_rows=ROWS, size=st.integers(1, 9), key=st.sampled_from(list(SORTS)))
def test_descending_is_ascending_turned_round(holder: Plan, given_rows: list[Any], size: int, key: str) -> None:
    with rows_of(holder, given_rows):
        up = ids(forward(Sorting(SORTS[key]), size))

        assert ids(forward(Sorting(SORTS[key], is_descending=True), size)) == up[::-1]


@properties
@given(given_rows=ROWS, sorting=sortings(), size=st.integers(1, 6), more=ROWS, draw=st.data())
def test_rows_that_come_or_go_meanwhile_neither_repeat_nor_hide_another(
    holder: Plan, given_rows: list[Any], sorting: Sorting, size: int, more: list[Any], draw: st.DataObject
) -> None:
    with rows_of(holder, given_rows):
        there = [row.pk for row in ordered(PlanTask.objects.all(), sorting)]
        seen: list[int] = []
        gone: set[int] = set()
        for number, page in enumerate(forward(sorting, size)):
            seen += ids([page])
            if number < 3:
                # The last row stays: what is shown when everything further has gone is another test's matter.
                left = [pk for pk in there[:-1] if pk not in gone]
                leave = draw.draw(st.lists(st.sampled_from(left), max_size=4)) if left else []
                PlanTask.objects.filter(pk__in=leave).delete()
                gone.update(leave)
                add(holder, *more[number::3])

        assert len(seen) == len(set(seen))
        assert set(there) - gone <= set(seen)


@pytest.mark.parametrize("is_descending", [False, True])
def test_rows_without_a_value_stand_at_the_same_end_on_every_database(holder: Plan, is_descending: bool) -> None:
    add(holder, *[("x", day, None, 0, False) for day in (None, date(2022, 1, 2), None, date(2022, 1, 1))])

    days = [row.deadline for page in forward(Sorting(F("deadline"), is_descending), 1) for row in page.rows]

    upwards = [date(2022, 1, 1), date(2022, 1, 2), None, None]
    assert days == (upwards[::-1] if is_descending else upwards)


def test_moments_a_microsecond_apart_do_not_bring_a_row_twice(holder: Plan) -> None:
    moments = [datetime(2022, 1, 1, 7, 0, 0, micro, tzinfo=UTC) for micro in (123_456, 123_457, 123_999)]
    add(holder, *[("x", None, moment, 0, False) for moment in moments])

    shown = [row.answered_at for page in forward(Sorting(F("answered_at")), 1) for row in page.rows]

    assert shown == moments


def test_when_all_further_rows_are_gone_the_last_page_is_shown(holder: Plan) -> None:
    add(holder, *[(f"{number}", None, None, 0, False) for number in range(6)])
    sorting = Sorting(F("title"))
    second = page_of(PlanTask.objects.all(), sorting=sorting, size=3)
    PlanTask.objects.filter(title__in=["3", "4", "5"]).delete()

    page = page_of(PlanTask.objects.all(), sorting=sorting, size=2, after=second.after)

    assert [row.title for row in page.rows] == ["1", "2"]
    assert page.after == ""
    before = page_of(PlanTask.objects.all(), sorting=sorting, size=2, before=page.before)
    assert [row.title for row in before.rows] == ["0"]


def test_when_all_earlier_rows_are_gone_the_first_page_is_shown(holder: Plan) -> None:
    add(holder, *[(f"{number}", None, None, 0, False) for number in range(6)])
    sorting = Sorting(F("title"))
    first = page_of(PlanTask.objects.all(), sorting=sorting, size=3)
    second = page_of(PlanTask.objects.all(), sorting=sorting, size=3, after=first.after)
    PlanTask.objects.filter(title__in=["0", "1", "2"]).delete()

    page = page_of(PlanTask.objects.all(), sorting=sorting, size=2, before=second.before)

    assert [row.title for row in page.rows] == ["3", "4"]
    assert page.before == ""
    assert page.after != ""


def test_an_emptied_list_is_an_empty_page(holder: Plan) -> None:
    add(holder, *[("x", None, None, 0, False)] * 3)
    first = page_of(PlanTask.objects.all(), sorting=Sorting(F("title")), size=1)
    PlanTask.objects.all().delete()

    assert page_of(PlanTask.objects.all(), sorting=Sorting(F("title")), size=1, after=first.after) == Page([], "", "")


def forged(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


GARBAGE = {
    "no base64": "%%%",
    "no JSON": base64.urlsafe_b64encode(b"abc").decode(),
    "not three parts": forged("", 1),
    "kind unknown": forged("x", 1, 1),
    "kind a list": forged([], 1, 1),
    "day that is none": forged("d", "2022-02-30", 1),
    "moment without a zone": forged("t", "2022-01-01T07:00:00", 1),
    "day for a moment": forged("d", "2022-01-01", 1),
    "text for a moment": forged("", "2022-01-01 07:00:00", 1),
    "number that is none": forged("n", "x", 1),
    "text for a number": forged("", "x", 1),
    "list for a value": forged("", [1], 1),
    "object for a value": forged("", {"a": 1}, 1),
    "id that is text": forged("", 1, "x"),
    "id that is missing": forged("", 1, None),
    "id that is an object": forged("", 1, {}),
    "infinite": forged("", float("inf"), 1),
    "half a letter": forged("", "\ud800", 1),
    "zero byte": forged("", "a\x00", 1),
    "nested too deep": base64.urlsafe_b64encode(b"[" * 100_000).decode(),
    "not Latin": "đ" * 40,
}
"""What `encode` never made. `page_of` may begin anew or read on, but must not fail."""


@pytest.mark.parametrize("cursor", GARBAGE.values(), ids=GARBAGE.keys())
def test_a_forged_cursor_never_fails(holder: Plan, cursor: str) -> None:
    add(holder, ("x", date(2022, 1, 1), datetime(2022, 1, 1, tzinfo=UTC), 1, True))

    for sort in SORTS.values():
        for place in ({"after": cursor}, {"before": cursor}):
            assert len(page_of(PlanTask.objects.all(), sorting=Sorting(sort), size=5, **place).rows) == 1


@pytest.mark.parametrize("value", [2**40, -(2**40), 2**70])
def test_a_number_out_of_the_column_s_range_never_fails(holder: Plan, value: int) -> None:
    add(holder, ("x", None, None, 1, False))

    for key, pk in ((value, 1), (1, value)):
        page = page_of(PlanTask.objects.all(), sorting=Sorting(F("progress")), size=5, after=forged("", key, pk))
        assert len(page.rows) == 1


def test_a_cursor_of_another_sorting_begins_anew_and_says_so(holder: Plan) -> None:
    add(holder, *[("x", date(2022, 1, day), None, day, False) for day in (1, 2, 3)])
    by_day = page_of(PlanTask.objects.all(), sorting=Sorting(F("deadline")), size=1)

    page = page_of(PlanTask.objects.all(), sorting=Sorting(F("progress")), size=1, after=by_day.after)

    assert (page.is_lost, page.rows[0].progress) == (True, 1)
    assert not by_day.is_lost


@given(value=st.none() | st.text() | st.integers() | st.dates() | st.datetimes(timezones=st.just(UTC)) | st.decimals(
    allow_nan=False, allow_infinity=False), pk=st.integers(1))  # fmt: skip
def test_a_cursor_survives_its_way_through_the_address(value: Any, pk: int) -> None:
    written = Cursor(value, pk).encode()

    assert written.isascii()
    assert Cursor.decode(written) == Cursor(value, pk)


@given(st.text())
def test_any_text_is_a_cursor_or_none(text: str) -> None:
    found = Cursor.decode(text)

    assert found is None or isinstance(found, Cursor)


@given(st.binary())
def test_any_bytes_are_a_cursor_or_none(raw: bytes) -> None:
    found = Cursor.decode(base64.urlsafe_b64encode(raw).decode().rstrip("="))

    assert found is None or isinstance(found, Cursor)


@pytest.mark.parametrize("is_descending", [False, True])
def test_rows_with_and_without_a_value_take_two_queries_at_most(
    holder: Plan, is_descending: bool, django_assert_max_num_queries: Any
) -> None:
    add(holder, *[("x", date(2022, 1, 1) if number % 2 else None, None, 0, False) for number in range(20)])
    sorting = Sorting(F("deadline"), is_descending)

    for page in forward(sorting, 3):
        with django_assert_max_num_queries(2):
            page_of(PlanTask.objects.all(), sorting=sorting, size=3, after=page.after)


def test_a_page_takes_one_query_however_deep(holder: Plan, django_assert_num_queries: Any) -> None:
    add(holder, *[("x", None, None, number % 4, False) for number in range(60)])
    pages = list(forward(Sorting(F("progress")), 7))

    with django_assert_num_queries(1):
        page_of(PlanTask.objects.all(), sorting=Sorting(F("progress")), size=7, after=pages[-2].after)
