"""Terms of the law counted into a day and an hour, with every day that was counted or passed over.

Source: Bộ luật Dân sự 2015 (BLDS 2015), Điều 145 (the solar calendar unless a law says otherwise), Điều 147 (start),
Điều 148 (end); before 2017 the Code of 2005, Điều 152 and 153, to the same effect. "Ngày làm việc" and "giờ làm việc"
are counted alike, on working days and in working hours only.
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from caicach.kernel.calendar.zone import local, local_date

from .days import LAST_YEAR, Day, DayKind, OutsideKnownYears
from .hours import Span
from .working_calendar import ONE_DAY, WorkingCalendar

CIVIL_CODES = (
    (date(2017, 1, 1), "BLDS 2015", 147, 148),
    (date(2006, 1, 1), "BLDS 2005", 152, 153),
)
"""In force from, name, article on the start of a term, article on its end; their clauses have the same numbers."""


def start_article(*, on: date, clauses: str) -> str:
    """The article by which a term that starts on a day begins: clause 1 for hours, 2 and 3 for days."""
    return next(
        (f"{name}, Điều {start} {clauses}" for since, name, start, _ in CIVIL_CODES if on >= since), "BLDS 1995"
    )


def end_article(*, on: date, clause: int) -> str:
    """The article by which such a term ends: clause 1 days, 2 weeks, 3 months, 4 years, 5 never on a day off."""
    return next(
        (f"{name}, Điều {end} khoản {clause}" for since, name, _, end in CIVIL_CODES if on >= since), "BLDS 1995"
    )


DAY_OF_EVENT = "khoản 2, khoản 3"
FROM_THE_MOMENT = "khoản 1"
NOT_ON_A_DAY_OFF = 5


class TermUnit(StrEnum):
    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Term:
    """A length as a law states it: 5 working days, 8 working hours, 2 months. Raises ValueError unless positive."""

    amount: Fraction | int
    unit: TermUnit

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError(f"a term is longer than nothing, got {self.amount}")
        if self.unit is not TermUnit.WORKING_HOUR and self.amount != int(self.amount):
            raise ValueError(f"only hours may be broken, got {self.amount} {self.unit}")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A promised moment and the reason it is that moment, so that a receipt can explain itself.

    due : the last moment on time, Việt Nam time; at closing time for terms in days
    counted, skipped : together every day after the start's day up to the due day, each once, in order.
        For terms in hours the start's own day is among them when some of it was worked.
    cites : the articles by which it was counted
    """

    due: datetime
    counted: tuple[Day, ...]
    skipped: tuple[Day, ...]
    cites: tuple[str, ...]

    @property
    def due_date(self) -> date:
        return local_date(self.due)


def add_working_days(
    *, start: date, days: int, calendar: WorkingCalendar, paused: Collection[date] = frozenset()
) -> Deadline:
    """The day on which a term in working days ends.

    `start` is the day of the event (receipt, signature); it is never counted. `days` is at least 1. `paused` are days
    on which the clock waits; they are passed over. Raises ValueError, OutsideKnownYears.
    """
    if days < 1:
        raise ValueError(f"a term is at least 1 working day, got {days}")
    counted: list[Day] = []
    skipped: list[Day] = []
    day = start
    while len(counted) < days:
        day = _next(day)
        found = calendar.day(day)
        if found.is_working and day in paused:
            skipped.append(Day(day, DayKind.PAUSED))
        elif found.is_working:
            counted.append(found)
        else:
            skipped.append(found)
    return Deadline(
        calendar.closing(day), tuple(counted), tuple(skipped), (start_article(on=start, clauses=DAY_OF_EVENT),)
    )


def add_days(*, start: date, term: Term, calendar: WorkingCalendar, waited: Collection[date] = frozenset()) -> Deadline:
    """The day on which a term in calendar days, weeks, months or years ends; never on a day off.

    `waited` are days on which the clock stood; the end moves by as many. `skipped` are those, and the days off at the
    end over which it was put off. Raises ValueError, OutsideKnownYears.
    """
    nominal, clause = _calendar_end(start=start, term=term)
    last = _moved_by(waited, start=start, end=nominal)
    due = calendar.working_day_from(last)
    counted: list[Day] = []
    skipped: list[Day] = []
    for found in calendar.days(after=start, through=due):
        if found.date in waited:
            skipped.append(Day(found.date, DayKind.PAUSED))
        elif last <= found.date < due:
            skipped.append(found)
        else:
            counted.append(found)
    cites = [start_article(on=start, clauses=DAY_OF_EVENT), end_article(on=start, clause=clause)]
    if due > last:
        cites.append(end_article(on=start, clause=NOT_ON_A_DAY_OFF))
    return Deadline(calendar.closing(due), tuple(counted), tuple(skipped), tuple(cites))


def _moved_by(waited: Collection[date], *, start: date, end: date) -> date:
    """`end` later by the days waited after `start`; a day waited within the added days moves it again."""
    moved = end
    for day in sorted(waited):
        if start < day <= moved:
            moved = _next(moved)
    return moved


def _calendar_end(*, start: date, term: Term) -> tuple[date, int]:
    """The day on the solar calendar, and the clause that says so."""
    amount = int(term.amount)
    try:
        match term.unit:
            case TermUnit.DAY:
                return start + timedelta(days=amount), 1
            case TermUnit.WEEK:
                return start + timedelta(weeks=amount), 2
            case TermUnit.MONTH:
                return months_later(start, amount), 3
            case TermUnit.YEAR:
                return months_later(start, 12 * amount), 4
    except (OverflowError, ValueError) as error:
        raise OutsideKnownYears(date.max) from error
    raise ValueError(f"{term.unit} is not counted on the solar calendar")


def months_later(start: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it has no such day (29/02, 31)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, gregorian.monthrange(year, month)[1]))


def add_working_hours(
    *,
    start: datetime,
    hours: Fraction | int,
    calendar: WorkingCalendar,
    pauses: Collection[tuple[datetime, datetime]] = (),
) -> Deadline:
    """The moment at which a term in working hours ends: counted from the moment itself, in office hours only.

    A start before opening, at lunch, after closing or on a day off counts from the next opening. A term that is used
    up exactly at noon or at closing ends there, not at the next opening. Raises ValueError, OutsideKnownYears.
    """
    if hours <= 0:
        raise ValueError(f"a term is longer than nothing, got {hours} working hours")
    left = timedelta(microseconds=int(hours * 3_600_000_000))
    moment = local(start)
    counted: list[Day] = []
    skipped: list[Day] = []
    day = moment.date()
    cites = (start_article(on=day, clauses=FROM_THE_MOMENT),)
    while True:
        found = calendar.day(day)
        free = _without(pauses, [(max(begins, moment), ends) for begins, ends in calendar.spans(day)])
        used = False
        for begins, ends in free:
            used = True
            if ends - begins >= left:
                counted.append(found)
                return Deadline(begins + left, tuple(counted), tuple(skipped), cites)
            left -= ends - begins
        if used:
            counted.append(found)
        elif day > moment.date() or not found.is_working:
            skipped.append(Day(day, DayKind.PAUSED) if found.is_working else found)
        day = _next(day)


def _without(pauses: Collection[Span], spans: list[Span]) -> list[Span]:
    """Spans of time less the pauses; empty and reversed ones fall away."""
    for paused_from, paused_to in pauses:
        spans = [
            part
            for begins, ends in spans
            for part in ((begins, min(ends, paused_from)), (max(begins, paused_to), ends))
            if part[0] < part[1]
        ]
    return [(begins, ends) for begins, ends in spans if begins < ends]


def working_days_between(*, after: date, through: date, calendar: WorkingCalendar) -> int:
    """Working days in (after, through]; negative, counted the other way, when `through` is earlier.

    Today's count of days left (`after=today`), or of days late as a negative number.
    """
    return calendar.working_days(after=after, through=through) - calendar.working_days(after=through, through=after)


def working_time_between(*, start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """Office time from one moment to another; nothing when `end` is not later."""
    start, end = local(start), local(end)
    total, day = timedelta(), start.date()
    while day <= end.date():
        for begins, ends in calendar.spans(day):
            total += max(min(ends, end) - max(begins, start), timedelta())
        day = _next(day)
    return total


def _next(day: date) -> date:
    if day.year > LAST_YEAR:
        raise OutsideKnownYears(day)
    return day + ONE_DAY
