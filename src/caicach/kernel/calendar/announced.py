"""Working days swapped by announcement of the Prime Minister, and default office hours. Pure: reads `reference/`.

A swap gives a long holiday: a Monday off, made up on a Saturday. It binds offices with a fixed weekend.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from .parameters import Parameter, parameter_periods
from .reference import MalformedReference, reference_rows
from .rules import Day, DayKind, HoursInForce, WorkingHours

SWAPPED_DAYS = Path(__file__).parent / "reference" / "swapped_days.csv"
COLUMNS = ("date", "kind", "swapped_with", "verified", "source", "source_url")
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
