"""The dates of a task that depend on the working calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from caicach.kernel.calendar.parameters import parameter
from caicach.kernel.calendar.queries import Calendars, calendars
from caicach.kernel.calendar.rules import WorkingCalendar

from . import rules
from .models import Plan, PlanTask


def term_starts_on(plan: Plan, *, today: date) -> date:
    """From when the terms of a plan's own tasks run: its decision's day; unknown, the year's first day or today if that
    is earlier. A plan that is taken over in June was followed since January, so its tasks of June are due soon.
    """
    return plan.decision_date or min(today, date(plan.year, 1, 1))


def calendar_of(task: PlanTask, known: Calendars) -> WorkingCalendar:
    """Of the unit that leads the task: a storm day in one province moves nobody else's work. Reads `task.lead`."""
    return known.of(task.lead.code if task.lead else None)


@dataclass(frozen=True, slots=True)
class Timing:
    """Working days, of a unit with days of its own those, and our parameters: read once for any number of tasks."""

    calendars: Calendars
    share: Decimal
    days_at_most: int

    @classmethod
    def on(cls, day: date) -> Timing:
        return cls(
            calendars=calendars(),
            share=parameter("programme.soon_share", on=day).number,
            days_at_most=parameter("programme.soon_days_at_most", on=day).whole,
        )

    def set_soon_from(self, task: PlanTask, *, given_on: date) -> None:
        """From the day the task was given (or starts, when later) to its deadline, by the calendar of its lead unit."""
        if task.deadline is None:
            task.soon_from = None
            return
        task.soon_from = rules.soon_from(
            starts_on=max(given_on, task.starts_on or given_on),
            deadline=task.deadline,
            share=self.share,
            days_at_most=self.days_at_most,
            is_working_day=calendar_of(task, self.calendars).is_working_day,
        )
