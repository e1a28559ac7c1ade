"""The working calendar changed: when tasks show as due soon is counted anew. Deadlines themselves stay."""

from __future__ import annotations

from datetime import date

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.identity.predicates import only_the_system
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.measurement.programme.models import PlanState, PlanTask
from caicach.measurement.programme.timing import Timing, term_starts_on


@use_case("programme.recount_soon", permission=only_the_system)
def recount_soon(uc: UseCase, *, changed_from: date) -> int:
    """Counts anew when open tasks show as due soon, after the working calendar changed.

    Tasks whose deadline is on or after the changed day; returns the number that moved.
    """
    open_tasks = PlanTask.objects.filter(
        plan__state=PlanState.APPROVED, is_dropped=False, done_on=None, cancelled_on=None, deadline__gte=changed_from
    ).select_related("plan", "lead")
    timing = Timing.on(uc.today)
    moved = []
    for task in open_tasks.iterator(chunk_size=1000):
        before = task.soon_from
        timing.set_soon_from(task, given_on=_given_on(task, uc.today))
        if task.soon_from != before:
            moved.append(task)
    PlanTask.objects.bulk_update(moved, ["soon_from"], batch_size=500)
    uc.note = str(len(moved))
    return len(moved)


def _given_on(task: PlanTask, today: date) -> date:
    """A plan's own tasks run from its decision; one that was added during the year, from the day it was added."""
    approved_at = task.plan.approved_at
    if task.given_at is None or (approved_at is not None and task.given_at <= approved_at):
        return term_starts_on(task.plan, today=today)
    return local_date(task.given_at)
