"""What is announced year by year, and default office hours. Pure: reads `reference/`.

A swap gives a long holiday: a Monday off, made up on a Saturday. It binds offices with a fixed weekend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from .parameters import Parameter, parameter_periods
from .reference import MalformedReference, reference_rows
from .rules import Day, DayKind, Holiday, HoursInForce, WorkingCalendar, WorkingHours, day_in_lieu, holiday_article

SWAPPED_DAYS = Path(__file__).parent / "reference" / "swapped_days.csv"
COLUMNS = ("date", "kind", "swapped_with", "verified", "source", "source_url")
PUBLIC_HOLIDAYS = Path(__file__).parent / "reference" / "public_holidays.csv"
HOLIDAY_COLUMNS = ("first_date", "last_date", "kind", "holiday", "verified", "source", "source_url")
KINDS = {"day_off": DayKind.SWAPPED_DAY_OFF, "working_day": DayKind.SWAPPED_WORKING_DAY}
HOURS_KEYS = ("calendar.morning_from", "calendar.morning_to", "calendar.afternoon_from", "calendar.afternoon_to")


@lru_cache(maxsize=1)
def announced_days() -> Mapping[date, Day]:
    """Both days of every swap, by day. Raises MalformedReference."""
    found: dict[date, Day] = {}
    for line, row in enumerate(reference_rows(SWAPPED_DAYS, columns=COLUMNS), start=2):
        try:
            day, other = date.fromisoformat(row["date"]), date.fromisoformat(row["swapped_with"])
            found[day] = Day(day, KINDS[row["kind"]], cites=row["source"], swapped_with=other)
        except (ValueError, KeyError) as error:
            raise MalformedReference(SWAPPED_DAYS, line, str(error)) from error
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def arranged_holidays() -> Mapping[int, Mapping[date, Day]]:
    """The days of Tết and of 2/9, and all days in lieu, of each year for which they were announced, by day.

    A year is there as a whole or not at all. Raises MalformedReference.
    """
    found: dict[int, dict[date, Day]] = {}
    for line, row in enumerate(reference_rows(PUBLIC_HOLIDAYS, columns=HOLIDAY_COLUMNS), start=2):
        try:
            for day in _days_of(row):
                found.setdefault(day.date.year, {})[day.date] = day
        except (ValueError, KeyError) as error:
            raise MalformedReference(PUBLIC_HOLIDAYS, line, str(error)) from error
    return MappingProxyType(found)


def _days_of(row: Mapping[str, str]) -> Iterator[Day]:
    first, last, holiday = date.fromisoformat(row["first_date"]), date.fromisoformat(row["last_date"]), row["holiday"]
    if last < first:
        raise ValueError(f"{last} is before {first}")
    for number in range((last - first).days + 1):
        yield DAY_OF[row["kind"]](first + timedelta(days=number), Holiday(holiday))


def _holiday(day: date, holiday: Holiday) -> Day:
    return Day(day, DayKind.PUBLIC_HOLIDAY, holiday_article(holiday=holiday, on=day), holiday)


def _in_lieu(day: date, holiday: Holiday) -> Day:
    return day_in_lieu(day, holiday=holiday)


DAY_OF: Final[Mapping[str, Callable[[date, Holiday], Day]]] = {"holiday": _holiday, "in_lieu": _in_lieu}


@lru_cache(maxsize=1)
def official_calendar() -> WorkingCalendar:
    """The law and the announcements alone, for use before there is a database and where no unit is meant."""
    return WorkingCalendar(hours=default_hours(), announced=announced_days(), arranged=arranged_holidays())


@lru_cache(maxsize=1)
def default_hours() -> Sequence[HoursInForce]:
    """Office hours where no unit says otherwise, oldest period first."""
    ends = [parameter_periods(key) for key in HOURS_KEYS]
    begins = sorted({period.valid_from for periods in ends for period in periods})
    found: list[HoursInForce] = []
    for place, valid_from in enumerate(begins):
        valid_to = begins[place + 1] if place + 1 < len(begins) else None
        morning_from, morning_to, afternoon_from, afternoon_to = (
            _on(periods, valid_from).time_of_day for periods in ends
        )
        hours = WorkingHours(((morning_from, morning_to), (afternoon_from, afternoon_to)))
        found.append(HoursInForce(valid_from, valid_to, hours))
    return tuple(found)


def _on(periods: Sequence[Parameter], day: date) -> Parameter:
    return next(period for period in periods if period.holds_on(day))
