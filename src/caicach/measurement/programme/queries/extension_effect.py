"""What granting an extension does to the rates of its plan: said before anyone decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caicach.kernel.calendar.queries import calendars
from caicach.kernel.calendar.rules import working_days_between
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme import rules
from caicach.measurement.programme.models import ExtensionRequest
from caicach.measurement.programme.rules import Rate
from caicach.measurement.programme.timing import calendar_of

from .figures import standing
from .tasks import visible_tasks


@dataclass(frozen=True, slots=True)
class ExtensionEffect:
    """Done / fallen due of the plan as it is, and as it would be; working days left until the new deadline.

    year : of the plan, where the new deadline is outside it; None otherwise.
    """

    before: Rate
    after: Rate
    days_left: int
    days_added: int
    year: int | None

    @property
    def changes_rate(self) -> bool:
        return self.before != self.after


def effect_of(request: ExtensionRequest, *, actor: Actor, today: date) -> ExtensionEffect:
    """Of the tasks that the actor may see. The request comes with its task. Two queries and the calendar's."""
    # What waits for a look in time is not among those fallen due, so it cannot leave them.
    waits = request.task.handed_in_on is not None and request.task.handed_in_on <= request.old_deadline
    progress = standing(visible_tasks(actor=actor).filter(plan=request.task.plan_id), today=today).progress
    calendar = calendar_of(request.task, calendars())
    return ExtensionEffect(
        before=progress.done_of_fallen_due,
        after=progress.done_of_fallen_due
        if waits
        else rules.rate_after_extension(
            progress.done_of_fallen_due, old=request.old_deadline, new=request.new_deadline, today=today
        ),
        days_left=working_days_between(after=today, through=request.new_deadline, calendar=calendar),
        days_added=working_days_between(after=request.old_deadline, through=request.new_deadline, calendar=calendar),
        year=None if request.new_deadline.year == request.task.plan.year else request.task.plan.year,
    )
