"""Urging late units by hand, and the reminders that go by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.utils.translation import gettext as _

from caicach.kernel.calendar.zone import VIETNAM
from caicach.kernel.identity.predicates import only_the_system
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import UseCaseError
from caicach.measurement.programme import access
from caicach.measurement.programme.models import Plan, PlanTask, Urging, UrgingStep
from caicach.measurement.programme.queries.urging import still_to_urge, with_something_to_do
from caicach.measurement.programme.recipients import reaching_someone

from .choosing import refuse_too_many


class NothingToUrge(UseCaseError):
    code = "programme.nothing_to_urge"

    def default_message(self) -> str:
        return _(
            "None of the chosen tasks waits for its unit: they are finished, stopped, handed in, returned, led by no "
            "unit, or the unit was urged about them today."
        )


@use_case("programme.urge", permission=access.can_urge)
def urge(uc: UseCase, *, plan: Plan, task_ids: Sequence[int]) -> int:
    """Each lead unit of the chosen tasks that wait for it gets one letter with them. Returns the number of units.

    Left out is what `queries.urging.still_to_urge` leaves out: nobody is urged about one task twice a day, nor about
    what was handed in. Emits one `programme.unit_urged` a unit. Raises NothingToUrge.
    """
    uc.hold(plan)  # whoever urges at this moment too waits, then finds what this one told
    tasks = list(still_to_urge(plan.tasks.filter(pk__in=task_ids), today=uc.today))
    if not tasks:
        raise NothingToUrge
    refuse_too_many(len(tasks), field="task_ids")
    return _urge(uc, plan, tasks, step=UrgingStep.BY_HAND)


@use_case("programme.remind", permission=only_the_system)
def remind(uc: UseCase, *, plan: Plan, task_ids: Sequence[int], step: UrgingStep) -> int:
    """The reminder that the calendar asks for. Returns the number of tasks that were reminded of.

    Each step comes once for a task, the unit that leads it and its deadline, the weekly one once a day, however often
    this is called; what was finished, moved, handed in or returned meanwhile is left out. So is what nobody would be
    told of: a head who is named later is told then. Emits one `programme.unit_urged` a unit.
    """
    uc.hold(plan)  # another worker that reminds at this moment waits, then finds what this one told
    open_tasks = with_something_to_do(plan.tasks.filter(pk__in=task_ids)).exclude(deadline=None)
    tasks = reaching_someone(list(open_tasks.select_related("plan__issuer", "lead")), step=step, on=uc.today)
    before = Urging.objects.filter(task__in=tasks, step=step)
    if step == UrgingStep.WEEKLY:
        before = before.filter(at__gte=datetime.combine(uc.today, time.min, VIETNAM))
    told = set(before.values_list("task", "unit", "deadline"))
    tasks = [task for task in tasks if (task.pk, task.lead_id, task.deadline) not in told]
    if tasks:
        _urge(uc, plan, tasks, step=step)
    return len(tasks)


def _urge(uc: UseCase, plan: Plan, tasks: Sequence[PlanTask], *, step: UrgingStep) -> int:
    Urging.objects.bulk_create(
        Urging(
            plan=plan,
            task=task,
            unit_id=task.lead_id,
            by_id=uc.actor.account_id,
            at=uc.at,
            is_automatic=step != UrgingStep.BY_HAND,
            step=step,
            deadline=task.deadline,
        )
        for task in tasks
    )
    by_unit: dict[int, list[int]] = {}
    for task in tasks:
        assert task.lead_id is not None  # noqa: S101  both callers leave out tasks without a lead
        by_unit.setdefault(task.lead_id, []).append(task.pk)
    for unit_id, ids in sorted(by_unit.items()):
        uc.emit("programme.unit_urged", plan=plan.pk, unit=unit_id, tasks=ids, step=step.value)
    return len(by_unit)
