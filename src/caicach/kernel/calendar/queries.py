"""The calendar as this office has it: the law and the announcements, with what an administrator entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import CharField, DateField, QuerySet, TimeField, Value
from django.db.models.functions import Cast

from . import rules
from .announced import announced_days, arranged_holidays, default_hours
from .models import DayException, ExceptionKind, WorkingHours
from .rules import Day, DayKind, HoursInForce, WorkingCalendar

EVERY_UNIT = ""


def calendar_for(unit_code: str | None = None) -> WorkingCalendar:
    """The calendar of one unit, or the common one. One SQL query; keep it for the length of a request or a job.

    It is a picture of this moment: it does not change when the tables do, and the next call sees every edit.
    """
    return _calendars(_rows(units=[unit_code] if unit_code else [])).of(unit_code)


def calendars() -> Calendars:
    """The calendars of all units, for lists and reports that span them. One SQL query."""
    return _calendars(_rows(units=None))


@dataclass(frozen=True, slots=True)
class Calendars:
    """Calendars by unit code; a unit without rows of its own has the common one."""

    common: WorkingCalendar
    by_unit: Mapping[str, WorkingCalendar]

    def of(self, unit_code: str | None) -> WorkingCalendar:
        return self.by_unit.get(unit_code or EVERY_UNIT, self.common)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of either table; `kind` and `name` are empty for hours, `until` and the times for days."""

    unit_code: str
    day: date
    until: date | None
    kind: str
    name: str
    source: str
    morning_from: time | None
    morning_to: time | None
    afternoon_from: time | None
    afternoon_to: time | None


def _rows(*, units: Sequence[str] | None) -> list[_Row]:
    """Rows of both tables in one query: of these units and the common ones; None for all units."""
    scope: dict[str, Any] = {} if units is None else {"unit_code__in": [EVERY_UNIT, *units]}
    no_time = Cast(Value(None), TimeField())
    days: QuerySet[DayException, Any] = (
        DayException.objects.filter(**scope)
        .order_by()
        .values_list(
            "unit_code",
            "date",
            Cast(Value(None), DateField()),
            "kind",
            "name",
            "source",
            no_time,
            no_time,
            no_time,
            no_time,
        )
    )
    nothing = Value("", output_field=CharField())
    hours: QuerySet[WorkingHours, Any] = (
        WorkingHours.objects.filter(**scope)
        .order_by()
        .values_list(
            "unit_code",
            "valid_from",
            "valid_to",
            nothing,
            nothing,
            "source",
            "morning_from",
            "morning_to",
            "afternoon_from",
            "afternoon_to",
        )
    )
    return [_Row(*row) for row in days.union(hours, all=True)]


def _calendars(rows: Sequence[_Row]) -> Calendars:
    exceptions: dict[str, dict[date, Day]] = {EVERY_UNIT: {}}
    hours: dict[str, list[HoursInForce]] = {EVERY_UNIT: []}
    for row in sorted(rows, key=lambda row: row.day):
        if row.kind:
            exceptions.setdefault(row.unit_code, {})[row.day] = _exception(row)
        else:
            hours.setdefault(row.unit_code, []).append(_hours(row))
    common = _calendar(exceptions[EVERY_UNIT], hours[EVERY_UNIT])
    by_unit = {
        unit: _calendar(exceptions[EVERY_UNIT] | exceptions.get(unit, {}), [*hours[EVERY_UNIT], *hours.get(unit, ())])
        for unit in exceptions.keys() | hours.keys()
        if unit != EVERY_UNIT
    }
    return Calendars(common, by_unit)


def _calendar(exceptions: Mapping[date, Day], hours: Sequence[HoursInForce]) -> WorkingCalendar:
    return WorkingCalendar(
        hours=(*default_hours(), *hours),
        announced=announced_days(),
        exceptions=exceptions,
        arranged=arranged_holidays(),
    )


def _exception(row: _Row) -> Day:
    kind = DayKind.EXCEPTIONAL_DAY_OFF if row.kind == ExceptionKind.DAY_OFF else DayKind.EXCEPTIONAL_WORKING_DAY
    return Day(row.day, kind, cites=row.source, name=row.name, unit_code=row.unit_code)


def _hours(row: _Row) -> HoursInForce:
    halves = [
        (begins, ends)
        for begins, ends in ((row.morning_from, row.morning_to), (row.afternoon_from, row.afternoon_to))
        if begins is not None and ends is not None
    ]
    return HoursInForce(row.day, row.until, rules.WorkingHours(tuple(halves)))
