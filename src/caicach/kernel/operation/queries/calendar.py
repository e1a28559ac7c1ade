"""A year of the calendar as one unit has it: every day that is not what its weekday makes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from caicach.kernel.calendar.explanations import reason, weekday
from caicach.kernel.calendar.models import DayException, WorkingHours
from caicach.kernel.calendar.queries import calendar_for
from caicach.kernel.calendar.rules import Day, DayKind, WorkingCalendar
from caicach.kernel.identity.queries import names_of_units
from caicach.kernel.ui.months import Kind, Month, month
from caicach.kernel.usecase.errors import NotFound

PLAIN = (DayKind.WORKING, DayKind.WEEKEND)


@dataclass(frozen=True, slots=True)
class NotedDay:
    """A day with its reason. exception : the row that an operator entered, None for days of law and announcement."""

    day: Day
    weekday: str
    reason: str
    unit: str
    exception: DayException | None


@dataclass(frozen=True, slots=True)
class HoursLine:
    """unit : name, "" for all units."""

    hours: WorkingHours
    unit: str

    @property
    def last_day(self) -> date | None:
        return self.hours.valid_to - timedelta(days=1) if self.hours.valid_to else None

    @property
    def times(self) -> str:
        """ "08:00 - 12:00, 13:00 - 17:00"."""
        row = self.hours
        halves = ((row.morning_from, row.morning_to), (row.afternoon_from, row.afternoon_to))
        return _written((begins, ends) for begins, ends in halves if begins is not None and ends is not None)


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """months : twelve; working_days : how many the year has."""

    year: int
    working_days: int
    noted: list[NotedDay]
    months: list[Month]
    hours: list[HoursLine]


def calendar_year(*, year: int, unit_code: str, today: date) -> CalendarYear:
    """`unit_code` is empty for the common calendar. Five SQL queries at most."""
    calendar = calendar_for(unit_code or None)
    days = calendar.days(after=date(year - 1, 12, 31), through=date(year, 12, 31))
    codes = {"", unit_code}
    exceptions = DayException.objects.filter(date__year=year, unit_code__in=codes)
    by_day = {(row.date, row.unit_code): row for row in exceptions}
    hours = list(WorkingHours.objects.filter(unit_code__in=codes) if unit_code else WorkingHours.objects.all())
    known = {row.unit_code for row in exceptions} | {row.unit_code for row in hours}
    names = names_of_units(known - {""})
    noted = [
        NotedDay(
            day, weekday(day.date), reason(day), names.get(day.unit_code, ""), by_day.get((day.date, day.unit_code))
        )
        for day in days
        if day.kind not in PLAIN
    ]
    return CalendarYear(
        year=year,
        working_days=sum(day.is_working for day in days),
        noted=noted,
        months=[_month(year, number, days, today) for number in range(1, 13)],
        hours=[HoursLine(row, names.get(row.unit_code, "")) for row in hours],
    )


def _month(year: int, number: int, days: list[Day], today: date) -> Month:
    own = [day for day in days if day.date.month == number]
    kinds: dict[date, tuple[Kind, ...]] = {}
    for day in own:
        marks: tuple[Kind, ...] = () if day.is_working else ("off",)
        kinds[day.date] = (*marks, "today") if day.date == today else marks
    reasons = {day.date: reason(day) for day in own if day.kind not in PLAIN}
    return month(year=year, number=number, days=kinds, reasons=reasons)


def exception_to_remove(*, pk: int) -> DayException:
    """Raises NotFound."""
    found = DayException.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def hours_to_remove(*, pk: int) -> WorkingHours:
    """Raises NotFound."""
    found = WorkingHours.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def hours_today(*, calendar: WorkingCalendar, today: date) -> str:
    """Of that day, whether the day is worked or not."""
    return _written(calendar.hours_on(today).halves)


def _written(halves: Iterable[tuple[time, time]]) -> str:
    return ", ".join(f"{begins:%H:%M} - {ends:%H:%M}" for begins, ends in halves)
