"""Working time as the law counts it. Pure: no database, no clock, no settings."""

from .clocks import Clock, OutsideHours, Pause, deadline, received
from .days import (
    FIRST_YEAR,
    LAST_YEAR,
    Caveat,
    Day,
    DayKind,
    Holiday,
    OutsideKnownYears,
    day_in_lieu,
    holiday_article,
    public_holidays,
)
from .hours import HoursInForce, WorkingHours
from .terms import (
    Deadline,
    Term,
    TermUnit,
    add_days,
    add_working_days,
    add_working_hours,
    months_later,
    working_days_between,
    working_time_between,
)
from .working_calendar import WorkingCalendar

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Caveat",
    "Clock",
    "Day",
    "DayKind",
    "Deadline",
    "Holiday",
    "HoursInForce",
    "OutsideHours",
    "OutsideKnownYears",
    "Pause",
    "Term",
    "TermUnit",
    "WorkingCalendar",
    "WorkingHours",
    "add_days",
    "add_working_days",
    "add_working_hours",
    "day_in_lieu",
    "deadline",
    "holiday_article",
    "months_later",
    "public_holidays",
    "received",
    "working_days_between",
    "working_time_between",
]
