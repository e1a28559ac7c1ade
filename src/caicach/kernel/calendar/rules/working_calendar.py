"""A calendar: holidays of the law, swaps that were announced, exceptions and hours of one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate

from caicach.kernel.calendar.zone import VIETNAM

from .days import (
    FIRST_YEAR,
    LAST_YEAR,
    NOTHING_ARRANGED,
    SATURDAY,
    WEEKEND_CITES,
    Day,
    DayKind,
    OutsideKnownYears,
    public_holidays,
)
from .hours import HoursInForce, Span, WorkingHours

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """Answers for one unit, without the database. Immutable: an edit of the tables makes another calendar.

    A day is decided by the first that speaks: `exceptions` (an administrator's, the unit's own before the common
    ones), `announced` (swapped days), the law's holidays, the weekend.
    `arranged` holds the years whose days of Tết and of 2/9 were announced, as `public_holidays` takes them.
    `hours` is read from the last row to the first, so that a unit's rows stand after the default ones.
    Every method raises OutsideKnownYears before 2000 and after 2099.
    """

    hours: Sequence[HoursInForce]
    announced: Mapping[date, Day] = field(default_factory=dict)
    exceptions: Mapping[date, Day] = field(default_factory=dict)
    arranged: Mapping[int, Mapping[date, Day]] = field(default_factory=dict)
    _holidays: dict[int, Mapping[date, Day]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _counts: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def day(self, day: date) -> Day:
        """That day with its reason."""
        found = self.exceptions.get(day) or self.announced.get(day) or self._holidays_of(day.year).get(day)
        if found is not None:
            return found
        if day.weekday() >= SATURDAY:
            return Day(day, DayKind.WEEKEND, WEEKEND_CITES)
        return Day(day, DayKind.WORKING)

    def _holidays_of(self, year: int) -> Mapping[date, Day]:
        if year not in self._holidays:
            self._holidays[year] = public_holidays(year, self.arranged.get(year, NOTHING_ARRANGED))
        return self._holidays[year]

    def is_working_day(self, day: date) -> bool:
        return self.day(day).is_working

    def days(self, *, after: date, through: date) -> list[Day]:
        """Every day in (after, through], in order; empty when `through` is not later."""
        return [self.day(after + timedelta(days=n)) for n in range(1, (through - after).days + 1)]

    def working_days(self, *, after: date, through: date) -> int:
        """How many days in (after, through] are worked; 0 when `through` is not later. Cheap for long spans."""
        if through <= after:
            return 0
        total = self._count(through.year)[_day_of_year(through)] - self._count(after.year)[_day_of_year(after)]
        return total + sum(self._count(year)[-1] for year in range(after.year, through.year))

    def _count(self, year: int) -> tuple[int, ...]:
        """Working days of the year up to and including its n-th day, from n = 0."""
        if year not in self._counts:
            every = self.days(after=date(year - 1, 12, 31), through=date(year, 12, 31))
            self._counts[year] = (0, *accumulate(day.is_working for day in every))
        return self._counts[year]

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.working_day_from(self._step(day, ONE_DAY))

    def working_day_from(self, day: date) -> date:
        """`day` itself when it is worked, otherwise the next working day."""
        while not self.is_working_day(day):
            day = self._step(day, ONE_DAY)
        return day

    def hours_on(self, day: date) -> WorkingHours:
        """Office hours in force on that day, whether it is worked or not. Raises LookupError when there are none."""
        for row in reversed(self.hours):
            if row.holds_on(day):
                return row.hours
        raise LookupError(f"no working hours on {day.isoformat()}")

    def spans(self, day: date) -> tuple[Span, ...]:
        """Working time of that day; empty on a day off."""
        return self.hours_on(day).spans(day) if self.is_working_day(day) else ()

    def closing(self, day: date) -> datetime:
        """The moment at which the office closes on that day."""
        return datetime.combine(day, self.hours_on(day).closes, VIETNAM)

    def opening(self, day: date) -> datetime:
        return datetime.combine(day, self.hours_on(day).opens, VIETNAM)

    @staticmethod
    def _step(day: date, by: timedelta) -> date:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise OutsideKnownYears(day)
        return day + by


def _day_of_year(day: date) -> int:
    return day.timetuple().tm_yday
