"""A clock that is paused, resumed or started anew."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from caicach.kernel.calendar.rules import (
    Clock,
    DayKind,
    OutsideHours,
    Pause,
    Term,
    TermUnit,
    WorkingCalendar,
    deadline,
    received,
    working_days_between,
)
from caicach.kernel.calendar.zone import VIETNAM

TEN_DAYS = Term(10, TermUnit.WORKING_DAY)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture
def dossier_clock() -> Clock:
    """Received Thursday 27/04/2023; a supplement is asked for on 09/05 and comes on 12/05."""
    return Clock(moment("2023-04-27 10:00"))


def test_it_is_due_without_waiting_on_16_may(dossier_clock: Clock, official: WorkingCalendar) -> None:
    found = dossier_clock.due(term=TEN_DAYS, calendar=official)

    assert found is not None
    assert found.due_date == date(2023, 5, 16)


def test_five_days_are_used_on_9_may_that_day_included(dossier_clock: Clock, official: WorkingCalendar) -> None:
    assert dossier_clock.used_working_days(at=moment("2023-05-09 09:00"), calendar=official) == 5


def test_while_it_waits_nothing_is_due_and_nothing_is_used(dossier_clock: Clock, official: WorkingCalendar) -> None:
    waiting = dossier_clock.paused(at=moment("2023-05-09 15:00"), reason="Bản sao quyết định thiếu trang 2")

    assert waiting.is_paused
    assert waiting.due(term=TEN_DAYS, calendar=official) is None
    assert waiting.used_working_days(at=moment("2023-05-31 09:00"), calendar=official) == 5


def test_started_anew_the_whole_term_runs_from_the_answer(dossier_clock: Clock, official: WorkingCalendar) -> None:
    """NĐ 61/2018/NĐ-CP, Điều 19 khoản 4."""
    anew = dossier_clock.paused(at=moment("2023-05-09 15:00")).restarted(at=moment("2023-05-12 09:00"))

    found = anew.due(term=TEN_DAYS, calendar=official)
    assert found is not None
    assert found.due_date == date(2023, 5, 26)


def test_resumed_only_the_days_left_run_from_the_answer(dossier_clock: Clock, official: WorkingCalendar) -> None:
    resumed = dossier_clock.paused(at=moment("2023-05-09 15:00")).resumed(at=moment("2023-05-12 09:00"))

    found = resumed.due(term=TEN_DAYS, calendar=official)
    assert found is not None
    assert found.due_date == date(2023, 5, 19)
    assert [day.date.day for day in found.skipped if day.kind is DayKind.PAUSED] == [10, 11, 12]


def test_a_pause_within_one_day_moves_nothing(dossier_clock: Clock, official: WorkingCalendar) -> None:
    short = dossier_clock.paused(at=moment("2023-05-09 08:30")).resumed(at=moment("2023-05-09 16:00"))

    found = short.due(term=TEN_DAYS, calendar=official)
    assert found is not None
    assert found.due_date == date(2023, 5, 16)


def test_a_pause_over_a_weekend_moves_by_working_days_only(dossier_clock: Clock, official: WorkingCalendar) -> None:
    over = dossier_clock.paused(at=moment("2023-05-05 15:00")).resumed(at=moment("2023-05-08 09:00"))

    found = over.due(term=TEN_DAYS, calendar=official)
    assert found is not None
    assert found.due_date == date(2023, 5, 17)


def test_hours_wait_to_the_minute(official: WorkingCalendar) -> None:
    clock = Clock(moment("2022-03-01 08:00"))
    clock = clock.paused(at=moment("2022-03-01 09:00")).resumed(at=moment("2022-03-01 10:30"))
    clock = clock.paused(at=moment("2022-03-01 11:30")).resumed(at=moment("2022-03-02 08:00"))

    found = clock.due(term=Term(8, TermUnit.WORKING_HOUR), calendar=official)
    assert found is not None
    assert found.due == moment("2022-03-02 15:00")


def test_calendar_days_wait_by_calendar_days(official: WorkingCalendar) -> None:
    clock = Clock(moment("2022-03-01 08:00"))
    clock = clock.paused(at=moment("2022-03-03 09:00")).resumed(at=moment("2022-03-07 10:30"))

    found = clock.due(term=Term(7, TermUnit.DAY), calendar=official)
    assert found is not None
    assert found.due_date == date(2022, 3, 14)  # 08/03 and four days waited, then Saturday put off


def test_a_second_pause_may_fall_into_the_days_added(official: WorkingCalendar) -> None:
    clock = Clock(moment("2022-03-01 08:00"))
    clock = clock.paused(at=moment("2022-03-02 09:00")).resumed(at=moment("2022-03-04 10:30"))
    clock = clock.paused(at=moment("2022-03-08 09:00")).resumed(at=moment("2022-03-10 10:30"))

    found = clock.due(term=Term(6, TermUnit.DAY), calendar=official)
    assert found is not None
    assert found.due_date == date(2022, 3, 11)


@pytest.mark.parametrize(
    "act",
    [
        lambda clock: clock.resumed(at=moment("2023-05-09 09:00")),
        lambda clock: clock.paused(at=moment("2023-04-26 09:00")),
        lambda clock: clock.paused(at=moment("2023-05-09 09:00")).paused(at=moment("2023-05-10 09:00")),
        lambda clock: clock.paused(at=moment("2023-05-09 09:00")).resumed(at=moment("2023-05-08 09:00")),
        lambda clock: clock.restarted(at=moment("2023-04-26 09:00")),
        lambda clock: Clock(clock.started, (Pause(moment("2023-05-09 09:00")), Pause(moment("2023-05-10 09:00")))),
    ],
    ids=[
        "resumed while running",
        "before it ran",
        "paused twice",
        "ended before it began",
        "anew too early",
        "two open",
    ],
)
def test_an_act_against_the_order_of_time_is_refused(act: object, dossier_clock: Clock) -> None:
    with pytest.raises(ValueError):
        act(dossier_clock)  # type: ignore[operator]


def test_it_may_be_started_anew_at_the_very_moment_it_started(dossier_clock: Clock) -> None:
    assert dossier_clock.restarted(at=dossier_clock.started) == dossier_clock


# What is handed in outside office hours, by the two rules.
OUTSIDE = [
    ("2022-03-01 10:00", "2022-03-02", "2022-03-02", "in office hours"),
    ("2022-03-01 12:30", "2022-03-02", "2022-03-02", "at lunch"),
    ("2022-03-01 17:00", "2022-03-02", "2022-03-03", "at closing"),
    ("2022-03-04 20:00", "2022-03-07", "2022-03-08", "on Friday evening"),
    ("2022-03-05 09:00", "2022-03-07", "2022-03-08", "on Saturday"),
    ("2022-02-01 09:00", "2022-02-07", "2022-02-08", "at Tết"),
    ("2022-03-01 06:00", "2022-03-02", "2022-03-02", "before opening"),
]


@pytest.mark.parametrize(
    ("handed_in", "as_received", "next_day"), [row[:3] for row in OUTSIDE], ids=[row[3] for row in OUTSIDE]
)
def test_the_first_day_counted_follows_the_rule_for_what_comes_outside_hours(
    handed_in: str, as_received: str, next_day: str, official: WorkingCalendar
) -> None:
    one_day = Term(1, TermUnit.WORKING_DAY)

    def due(rule: OutsideHours) -> str:
        start = received(handed_in=moment(handed_in), calendar=official, outside_hours=rule)
        return deadline(start=start, term=one_day, calendar=official).due_date.isoformat()

    assert due(OutsideHours.AS_RECEIVED) == as_received
    assert due(OutsideHours.NEXT_WORKING_DAY) == next_day


def test_days_left_are_counted_from_tomorrow_and_days_late_are_negative(official: WorkingCalendar) -> None:
    due = date(2022, 2, 11)

    assert working_days_between(after=date(2022, 2, 8), through=due, calendar=official) == 3
    assert working_days_between(after=due, through=due, calendar=official) == 0
    assert working_days_between(after=date(2022, 2, 15), through=due, calendar=official) == -2


def test_a_term_may_be_in_half_hours(official: WorkingCalendar) -> None:
    found = deadline(
        start=moment("2022-03-01 08:00"), term=Term(Fraction(1, 2), TermUnit.WORKING_HOUR), calendar=official
    )

    assert found.due == moment("2022-03-01 08:30")
