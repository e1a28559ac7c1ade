"""What holds for every start, every length and every office."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.calendar.announced import official_calendar
from caicach.kernel.calendar.rules import (
    Clock,
    Day,
    DayKind,
    Deadline,
    Term,
    TermUnit,
    WorkingCalendar,
    add_days,
    add_working_days,
    add_working_hours,
    working_days_between,
    working_time_between,
)
from caicach.kernel.calendar.zone import VIETNAM, local_date

OFFICIAL = official_calendar()
days = st.dates(min_value=date(2013, 1, 1), max_value=date(2040, 12, 31))
lengths = st.integers(min_value=1, max_value=80)
moments = st.datetimes(min_value=datetime(2013, 1, 1), max_value=datetime(2040, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=VIETNAM)
)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Offices with days of their own anywhere in a few weeks, off and worked alike."""
    first = draw(days)
    kinds = st.sampled_from([DayKind.EXCEPTIONAL_DAY_OFF, DayKind.EXCEPTIONAL_WORKING_DAY])
    own = draw(st.dictionaries(st.integers(min_value=0, max_value=60), kinds, max_size=12))
    exceptions = {
        first + timedelta(days=n): Day(first + timedelta(days=n), kind, cites="x", name="x") for n, kind in own.items()
    }
    return WorkingCalendar(
        hours=OFFICIAL.hours, announced=OFFICIAL.announced, exceptions=exceptions, arranged=OFFICIAL.arranged
    )


def partition(found: Deadline, start: date) -> bool:
    """Every day after the start up to the due day is counted or passed over, once."""
    told = sorted(day.date for day in (*found.counted, *found.skipped))
    return told == [start + timedelta(days=n) for n in range(1, (found.due_date - start).days + 1)]


@given(days, lengths, lengths, calendars())
def test_a_longer_term_is_never_due_earlier(start: date, one: int, more: int, calendar: WorkingCalendar) -> None:
    shorter = add_working_days(start=start, days=one, calendar=calendar)
    longer = add_working_days(start=start, days=one + more, calendar=calendar)

    assert longer.due > shorter.due


@given(days, st.integers(min_value=0, max_value=40), lengths, calendars())
def test_a_later_start_is_never_due_earlier(start: date, later: int, length: int, calendar: WorkingCalendar) -> None:
    first = add_working_days(start=start, days=length, calendar=calendar)
    second = add_working_days(start=start + timedelta(days=later), days=length, calendar=calendar)

    assert second.due >= first.due


@given(days, lengths, lengths, calendars())
def test_two_terms_one_after_the_other_are_their_sum(
    start: date, one: int, two: int, calendar: WorkingCalendar
) -> None:
    first = add_working_days(start=start, days=one, calendar=calendar)
    second = add_working_days(start=first.due_date, days=two, calendar=calendar)

    assert second.due == add_working_days(start=start, days=one + two, calendar=calendar).due


@given(moments, lengths, lengths)
def test_two_terms_in_hours_are_their_sum(start: datetime, one: int, two: int) -> None:
    first = add_working_hours(start=start, hours=one, calendar=OFFICIAL)
    second = add_working_hours(start=first.due, hours=two, calendar=OFFICIAL)

    assert second.due == add_working_hours(start=start, hours=one + two, calendar=OFFICIAL).due


@given(days, lengths, calendars())
def test_due_is_always_a_working_day_and_every_day_is_told_once(
    start: date, length: int, calendar: WorkingCalendar
) -> None:
    found = add_working_days(start=start, days=length, calendar=calendar)

    assert calendar.is_working_day(found.due_date)
    assert len(found.counted) == length
    assert partition(found, start)
    assert all(day.is_working for day in found.counted)
    assert not any(day.is_working for day in found.skipped)


@given(days, st.integers(min_value=1, max_value=400), st.sampled_from([TermUnit.DAY, TermUnit.WEEK, TermUnit.MONTH]))
def test_a_solar_term_is_due_on_a_working_day_not_before_its_end(start: date, amount: int, unit: TermUnit) -> None:
    found = add_days(start=start, term=Term(min(amount, 60), unit), calendar=OFFICIAL)

    assert OFFICIAL.is_working_day(found.due_date)
    assert partition(found, start)


@given(days, lengths, calendars())
def test_days_between_undoes_adding(start: date, length: int, calendar: WorkingCalendar) -> None:
    due = add_working_days(start=start, days=length, calendar=calendar).due_date

    assert working_days_between(after=start, through=due, calendar=calendar) == length
    assert working_days_between(after=due, through=start, calendar=calendar) == -length


@given(moments, lengths)
def test_time_between_undoes_adding_hours(start: datetime, hours: int) -> None:
    due = add_working_hours(start=start, hours=hours, calendar=OFFICIAL).due

    assert working_time_between(start=start, end=due, calendar=OFFICIAL) == timedelta(hours=hours)
    assert OFFICIAL.is_working_day(local_date(due))


@given(
    moments,
    st.integers(min_value=2, max_value=40),
    st.integers(min_value=1, max_value=30),
    st.integers(min_value=1, max_value=15),
    calendars(),
)
def test_a_pause_of_whole_working_days_moves_the_end_by_as_many(
    start: datetime, length: int, used: int, waited: int, calendar: WorkingCalendar
) -> None:
    term = Term(length, TermUnit.WORKING_DAY)
    asked = add_working_days(start=local_date(start), days=min(used, length - 1), calendar=calendar).due
    answered = add_working_days(start=local_date(asked), days=waited, calendar=calendar).due

    waiting = Clock(start).paused(at=asked).resumed(at=answered).due(term=term, calendar=calendar)

    assert waiting is not None
    assert waiting.due == add_working_days(start=local_date(start), days=length + waited, calendar=calendar).due
    assert partition(waiting, local_date(start))


@given(moments, lengths, st.lists(st.integers(min_value=0, max_value=20_000), min_size=2, max_size=6))
def test_hours_worked_outside_the_pauses_are_the_term(start: datetime, hours: int, gaps: list[int]) -> None:
    clock = Clock(start)
    at, waited = start, timedelta()
    for begins, ends in zip(gaps[::2], gaps[1::2], strict=False):
        asked = at + timedelta(minutes=begins)
        at = asked + timedelta(minutes=ends)
        clock = clock.paused(at=asked).resumed(at=at)

    found = clock.due(term=Term(hours, TermUnit.WORKING_HOUR), calendar=OFFICIAL)

    assert found is not None
    for pause in clock.pauses:
        assert pause.until is not None
        until = min(pause.until, found.due)
        waited += working_time_between(start=pause.since, end=max(pause.since, until), calendar=OFFICIAL)
    assert working_time_between(start=start, end=found.due, calendar=OFFICIAL) == timedelta(hours=hours) + waited
