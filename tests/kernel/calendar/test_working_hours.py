"""Terms in working hours: counted from the moment itself, in office hours only."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest

from caicach.kernel.calendar.rules import (
    HoursInForce,
    WorkingCalendar,
    WorkingHours,
    add_working_hours,
    working_time_between,
)
from caicach.kernel.calendar.zone import VIETNAM


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


# start, hours, due. 8 working hours are a day: an online dossier is answered within them.
EXAMPLES = [
    ("2022-03-01 08:00", 4, "2022-03-01 12:00", "used up at noon, not at the afternoon's opening"),
    ("2022-03-01 08:00", 8, "2022-03-01 17:00", "a whole day"),
    ("2022-03-01 10:00", 8, "2022-03-02 10:00", "eight hours are one day, to the hour"),
    ("2022-03-01 10:00", 16, "2022-03-03 10:00", "Tuesday 10:00 and two days are Thursday 10:00"),
    ("2022-03-01 07:00", 1, "2022-03-01 09:00", "before opening"),
    ("2022-03-01 12:00", 1, "2022-03-01 14:00", "at noon"),
    ("2022-03-01 12:30", 1, "2022-03-01 14:00", "at lunch"),
    ("2022-03-01 17:00", 1, "2022-03-02 09:00", "at closing"),
    ("2022-03-01 23:59", 1, "2022-03-02 09:00", "just before midnight"),
    ("2022-03-02 00:00", 1, "2022-03-02 09:00", "at midnight"),
    ("2022-03-04 16:00", 2, "2022-03-07 09:00", "over a weekend"),
    ("2022-03-05 10:00", 1, "2022-03-07 09:00", "on a Saturday"),
    ("2022-01-28 16:30", 1, "2022-02-07 08:30", "over Tết"),
    ("2024-05-03 16:00", 2, "2024-05-04 09:00", "into a made-up Saturday"),
    ("2022-03-01 08:00", Fraction(3, 2), "2022-03-01 09:30", "an hour and a half"),
    ("2021-12-31 16:00", 2, "2022-01-04 09:00", "over the end of a year"),
]


@pytest.mark.parametrize(("start", "hours", "due"), [row[:3] for row in EXAMPLES], ids=[row[3] for row in EXAMPLES])
def test_a_term_in_working_hours_ends_at_the_moment_counted_by_hand(
    start: str, hours: int | Fraction, due: str, official: WorkingCalendar
) -> None:
    assert add_working_hours(start=moment(start), hours=hours, calendar=official).due == moment(due)


def test_a_moment_stored_in_utc_is_the_same_moment(official: WorkingCalendar) -> None:
    in_utc = datetime(2022, 3, 1, 16, 59, tzinfo=UTC)  # 23:59 in Việt Nam

    assert add_working_hours(start=in_utc, hours=1, calendar=official).due == moment("2022-03-02 09:00")


def test_the_days_counted_and_passed_over_are_told(official: WorkingCalendar) -> None:
    found = add_working_hours(start=moment("2022-03-04 16:00"), hours=2, calendar=official)

    assert [day.date.day for day in found.counted] == [4, 7]
    assert [day.date.day for day in found.skipped] == [5, 6]


@pytest.mark.parametrize(
    ("start", "counted", "skipped"),
    [
        ("2022-03-04 17:00", ["07"], ["05", "06"]),
        ("2022-03-05 10:00", ["07"], ["05", "06"]),
        ("2022-03-04 16:30", ["04", "07"], ["05", "06"]),
    ],
    ids=["after closing, nothing of that day is used", "a day off is passed over", "the end of a day is used"],
)
def test_the_day_of_the_start_is_told_by_what_was_used_of_it(
    start: str, counted: list[str], skipped: list[str], official: WorkingCalendar
) -> None:
    found = add_working_hours(start=moment(start), hours=1, calendar=official)

    assert [f"{day.date:%d}" for day in found.counted] == counted
    assert [f"{day.date:%d}" for day in found.skipped] == skipped


@pytest.mark.parametrize("hours", [0, -1])
def test_no_time_at_all_is_refused(hours: int, official: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        add_working_hours(start=moment("2022-03-01 08:00"), hours=hours, calendar=official)


def test_summer_hours_hold_from_their_day_to_the_day_before_their_end() -> None:
    usual = WorkingHours(((time(8), time(12)), (time(13), time(17))))
    summer = WorkingHours(((time(7), time(11, 30)), (time(13, 30), time(17))))
    calendar = WorkingCalendar(
        hours=[
            HoursInForce(date(2000, 1, 1), None, usual),
            HoursInForce(date(2022, 4, 16), date(2022, 10, 16), summer),
        ]
    )

    assert calendar.hours_on(date(2022, 4, 15)) == usual
    assert calendar.hours_on(date(2022, 4, 16)) == summer
    assert calendar.hours_on(date(2022, 10, 15)) == summer
    assert calendar.hours_on(date(2022, 10, 16)) == usual
    assert add_working_hours(start=moment("2022-04-15 16:00"), hours=2, calendar=calendar).due == moment(
        "2022-04-18 08:00"
    )


@pytest.mark.parametrize(
    ("halves", "reason"),
    [
        ((), "at least one"),
        (((time(12), time(8)),), "ends after it begins"),
        (((time(8), time(8)),), "ends after it begins"),
        (((time(8), time(12)), (time(17), time(13))), "ends after it begins"),
        (((time(8), time(12)), (time(11), time(17))), "before the morning ends"),
        (((time(13), time(17)), (time(8), time(12))), "before the morning ends"),
    ],
    ids=["none", "reversed", "empty", "afternoon reversed", "overlapping", "afternoon first"],
)
def test_hours_that_are_no_hours_are_refused(halves: tuple[tuple[time, time], ...], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        WorkingHours(halves)


def test_a_day_without_a_break_at_noon_is_one_of_two_halves_that_meet() -> None:
    hours = WorkingHours(((time(8), time(12)), (time(12), time(16))))

    assert (hours.opens, hours.closes) == (time(8), time(16))


def test_a_calendar_without_hours_says_so() -> None:
    calendar = WorkingCalendar(hours=[])

    with pytest.raises(LookupError):
        calendar.closing(date(2022, 3, 1))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2022-03-01 08:00", "2022-03-01 17:00", 8),
        ("2022-03-01 10:00", "2022-03-02 10:00", 8),
        ("2022-03-01 12:00", "2022-03-01 13:00", 0),
        ("2022-03-04 16:00", "2022-03-07 09:00", 2),
        ("2022-03-02 10:00", "2022-03-01 10:00", 0),
        ("2022-01-28 17:00", "2022-02-07 08:00", 0),
    ],
)
def test_time_between_is_office_time_only(start: str, end: str, hours: int, official: WorkingCalendar) -> None:
    found = working_time_between(start=moment(start), end=moment(end), calendar=official)

    assert found == timedelta(hours=hours)
