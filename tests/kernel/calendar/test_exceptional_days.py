"""What an administrator enters holds at once, for the unit meant and no other."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from caicach.kernel.calendar.models import DayException, ExceptionKind, WorkingHours
from caicach.kernel.calendar.queries import calendar_for, calendars
from caicach.kernel.calendar.rules import DayKind, add_working_days

pytestmark = pytest.mark.django_db

FRIDAY = date(2022, 3, 4)
SATURDAY = date(2022, 3, 5)
NOTICE = "Công văn 12/VP ngày 01/3/2022"


def off(day: date, unit_code: str = "", name: str = "Ngày truyền thống") -> DayException:
    return DayException.objects.create(
        date=day, unit_code=unit_code, kind=ExceptionKind.DAY_OFF, name=name, source=NOTICE
    )


def worked(day: date, unit_code: str = "") -> DayException:
    return DayException.objects.create(
        date=day, unit_code=unit_code, kind=ExceptionKind.WORKING_DAY, name="Trực tiếp dân", source=NOTICE
    )


def hours(**fields: Any) -> WorkingHours:
    usual: dict[str, Any] = {
        "valid_from": date(2022, 4, 16),
        "morning_from": time(7),
        "morning_to": time(11, 30),
        "afternoon_from": time(13, 30),
        "afternoon_to": time(17),
        "source": NOTICE,
    }
    return WorkingHours.objects.create(**{**usual, **fields})


def test_without_rows_it_is_the_official_calendar() -> None:
    calendar = calendar_for("VP")

    assert calendar.is_working_day(FRIDAY)
    assert not calendar.is_working_day(SATURDAY)
    assert calendar.day(date(2024, 4, 29)).kind is DayKind.SWAPPED_DAY_OFF


def test_a_day_off_of_one_unit_leaves_its_neighbour_working() -> None:
    off(FRIDAY, "VP")

    assert calendar_for("VP").day(FRIDAY).kind is DayKind.EXCEPTIONAL_DAY_OFF
    assert calendar_for("VP").day(FRIDAY).name == "Ngày truyền thống"
    assert calendar_for("PC").is_working_day(FRIDAY)
    assert calendar_for().is_working_day(FRIDAY)


def test_a_common_day_off_holds_for_every_unit() -> None:
    off(FRIDAY)

    assert not calendar_for().is_working_day(FRIDAY)
    assert not calendar_for("PC").is_working_day(FRIDAY)


def test_a_units_own_row_comes_before_the_common_one() -> None:
    off(FRIDAY)
    worked(FRIDAY, "VP")

    assert calendar_for("VP").day(FRIDAY).kind is DayKind.EXCEPTIONAL_WORKING_DAY
    assert not calendar_for("PC").is_working_day(FRIDAY)


def test_a_row_overrides_a_holiday_and_an_announced_swap() -> None:
    worked(date(2022, 2, 1), "VP")
    off(date(2024, 5, 4))

    assert calendar_for("VP").is_working_day(date(2022, 2, 1))
    assert calendar_for().day(date(2024, 5, 4)).kind is DayKind.EXCEPTIONAL_DAY_OFF


def test_an_edit_is_seen_by_the_next_call_and_not_by_a_calendar_in_use() -> None:
    before = calendar_for()
    row = off(FRIDAY)
    after = calendar_for()
    row.delete()

    assert before.is_working_day(FRIDAY)
    assert not after.is_working_day(FRIDAY)
    assert calendar_for().is_working_day(FRIDAY)


def test_a_deadline_passes_over_the_units_day_off_and_names_its_source() -> None:
    off(FRIDAY, "VP")

    found = add_working_days(start=date(2022, 3, 3), days=1, calendar=calendar_for("VP"))

    assert found.due_date == date(2022, 3, 7)
    assert found.skipped[0].cites == NOTICE


def test_a_units_hours_hold_for_it_from_their_day() -> None:
    hours(unit_code="VP")

    assert calendar_for("VP").hours_on(date(2022, 4, 15)).opens == time(8)
    assert calendar_for("VP").hours_on(date(2022, 4, 16)).opens == time(7)
    assert calendar_for("PC").hours_on(date(2022, 4, 16)).opens == time(8)


def test_a_units_hours_come_before_later_common_ones() -> None:
    hours(unit_code="VP", morning_from=time(7, 30))
    hours(valid_from=date(2022, 5, 1), morning_from=time(6, 30))

    assert calendar_for("VP").hours_on(date(2022, 5, 2)).opens == time(7, 30)
    assert calendar_for("PC").hours_on(date(2022, 5, 2)).opens == time(6, 30)


def test_one_half_day_is_enough() -> None:
    hours(unit_code="VP", afternoon_from=None, afternoon_to=None)

    assert calendar_for("VP").closing(date(2022, 4, 18)).time() == time(11, 30)


@pytest.mark.parametrize("rows", [1, 50])
def test_a_calendar_takes_one_query_however_many_rows(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        off(date(2022, 3, 1 + number % 28), f"U{number}")
        hours(unit_code=f"U{number}")

    # 1. exceptional days and working hours, of the unit and the common ones
    with django_assert_num_queries(1):
        calendar_for("U0").day(FRIDAY)


def test_the_calendars_of_all_units_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    off(FRIDAY, "VP")
    hours(unit_code="PC")

    with django_assert_num_queries(1):
        every = calendars()

    assert not every.of("VP").is_working_day(FRIDAY)
    assert every.of("PC").is_working_day(FRIDAY)
    assert every.of("PC").hours_on(date(2022, 5, 2)).opens == time(7)
    assert every.of("TC") is every.common
    assert every.of(None) is every.common


REFUSED = {
    "no reason": lambda: off(FRIDAY, name=""),
    "twice the same day": lambda: (off(FRIDAY), worked(FRIDAY)),
    "an unknown kind": lambda: DayException.objects.create(date=FRIDAY, kind="half", name="x", source="x"),
    "no source": lambda: DayException.objects.create(date=FRIDAY, kind="day_off", name="x", source=""),
    "hours without a half day": lambda: hours(
        morning_from=None, morning_to=None, afternoon_from=None, afternoon_to=None
    ),
    "half a pair": lambda: hours(morning_from=None),
    "the other half of a pair": lambda: hours(afternoon_to=None),
    "a morning backwards": lambda: hours(morning_from=time(12), morning_to=time(8)),
    "an afternoon in the morning": lambda: hours(afternoon_from=time(11), afternoon_to=time(17)),
    "a period that ends before it begins": lambda: hours(valid_to=date(2022, 4, 16)),
}


@pytest.mark.parametrize("write", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(write: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()
