"""Keeping the calendar: days on which offices do not keep to the law's calendar, and their hours.

Each of these emits `operation.calendar_changed` (unit_code, "" for all; day, the first one concerned), so that rooms
count anew what they have counted beforehand.
"""

from __future__ import annotations

from datetime import date, time

from django.utils.translation import gettext as _

from caicach.kernel.calendar import rules
from caicach.kernel.calendar.models import DayException, ExceptionKind, WorkingHours
from caicach.kernel.calendar.rules.days import FIRST_YEAR, LAST_YEAR
from caicach.kernel.identity.queries import unit_by_code
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput

from . import access

CHANGED = "operation.calendar_changed"


@use_case("operation.set_day_exception", permission=access.can_keep_calendar)
def set_day_exception(
    uc: UseCase, *, date: date, kind: str, name: str, source: str, unit_code: str = ""
) -> DayException:
    """Makes one day a day off or a working day, for all units or for one; the same day again is overwritten.

    unit_code : empty for all; a unit's own day comes before the common one.
    """
    if kind not in ExceptionKind.values:
        raise InvalidInput(fields={"kind": [_("Say whether it is a day off or a working day.")]})
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise InvalidInput(fields={"date": [_("The calendar knows the years %(first)d to %(last)d.") % years]})
    _check(unit_code=unit_code, name=name, source=source)
    found = DayException.objects.filter(date=date, unit_code=unit_code).first()
    if found is None:
        found = DayException.objects.create(date=date, unit_code=unit_code, kind=kind, name=name, source=source)
        uc.created(found)
    else:
        with uc.changing(found):
            found.kind, found.name, found.source = kind, name, source
        found.save(update_fields=["kind", "name", "source"])
    uc.emit(CHANGED, unit_code=unit_code, day=date.isoformat())
    return found


@use_case("operation.remove_day_exception", permission=access.can_keep_calendar)
def remove_day_exception(uc: UseCase, *, exception: DayException) -> None:
    """Lets the law's calendar hold again on a day."""
    uc.deleting(exception)
    uc.emit(CHANGED, unit_code=exception.unit_code, day=exception.date.isoformat())
    exception.delete()


@use_case("operation.set_working_hours", permission=access.can_keep_calendar)
def set_working_hours(
    uc: UseCase,
    *,
    valid_from: date,
    source: str,
    unit_code: str = "",
    valid_to: date | None = None,
    morning_from: time | None = None,
    morning_to: time | None = None,
    afternoon_from: time | None = None,
    afternoon_to: time | None = None,
) -> WorkingHours:
    """Sets office hours from a day on, for all units or for one; the same first day again is overwritten.

    valid_to : the first day on which the hours before hold again; None without end. A half day without times is free.
    """
    if valid_to is not None and valid_to <= valid_from:
        raise InvalidInput(fields={"valid_to": [_("The last day must not be before the first day.")]})
    _check(unit_code=unit_code, source=source)
    _check_half("morning", morning_from, morning_to)
    _check_half("afternoon", afternoon_from, afternoon_to)
    halves = [
        (begins, ends)
        for begins, ends in ((morning_from, morning_to), (afternoon_from, afternoon_to))
        if begins is not None and ends is not None
    ]
    try:
        rules.WorkingHours(tuple(halves))
    except ValueError as error:
        raise InvalidInput(
            _("Give a morning or an afternoon or both; each ends after it begins, and the afternoon comes second.")
        ) from error
    hours = WorkingHours.objects.filter(unit_code=unit_code, valid_from=valid_from).first()
    is_new = hours is None
    hours = hours or WorkingHours(unit_code=unit_code, valid_from=valid_from)
    with uc.changing(*([] if is_new else [hours])):
        hours.valid_to, hours.source = valid_to, source
        hours.morning_from, hours.morning_to = morning_from, morning_to
        hours.afternoon_from, hours.afternoon_to = afternoon_from, afternoon_to
    hours.save()
    if is_new:
        uc.created(hours)
    uc.emit(CHANGED, unit_code=unit_code, day=valid_from.isoformat())
    return hours


@use_case("operation.remove_working_hours", permission=access.can_keep_calendar)
def remove_working_hours(uc: UseCase, *, hours: WorkingHours) -> None:
    """Lets the hours hold again that were set before these."""
    uc.deleting(hours)
    uc.emit(CHANGED, unit_code=hours.unit_code, day=hours.valid_from.isoformat())
    hours.delete()


def _check(*, unit_code: str, **texts: str) -> None:
    if unit_code and unit_by_code(code=unit_code) is None:
        raise InvalidInput(fields={"unit_code": [_("There is no unit with this code.")]})
    empty = {name: [_("This is missing.")] for name, text in texts.items() if not text.strip()}
    if empty:
        raise InvalidInput(fields=empty)


def _check_half(half: str, begins: time | None, ends: time | None) -> None:
    if (begins is None) != (ends is None):
        missing = f"{half}_to" if ends is None else f"{half}_from"
        raise InvalidInput(fields={missing: [_("Give both times of this half day, or neither.")]})
