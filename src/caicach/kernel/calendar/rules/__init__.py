"""Working time as the law counts it. Pure: no database, no clock, no settings."""

from .clocks import Clock, OutsideHours, Pause, deadline, received
from .days import (
    FIRST_YEAR,
    LAST_YEAR,
    Day,
    DayKind,
    Holiday,
    OutsideKnownYears,
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
    "deadline",
    "months_later",
    "public_holidays",
    "received",
    "working_days_between",
    "working_time_between",
]
