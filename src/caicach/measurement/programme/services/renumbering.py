"""The numbers of a draft's tasks, after splits, merges and pastes have left them out of order."""

from __future__ import annotations

from caicach.kernel.usecase.core import UseCase, use_case
from caicach.measurement.programme import access, rules
from caicach.measurement.programme.models import Plan
from caicach.measurement.programme.models.plan import FIELD_ORDER

from .stepping import Step, open_draft, tasks_of

__all__ = ["renumber_tasks"]


@use_case("programme.renumber_tasks", permission=access.can_edit_draft)
def renumber_tasks(uc: UseCase, *, plan: Plan) -> int:
    """Numbers all tasks anew in their order: "1.1", "1.2" in the first field, "2.1" in the second; one step.

    A task without a field has none until it gets one. Returns how many numbers changed. Raises DraftClosed.
    """
    open_draft(uc, plan)
    ids = list(plan.tasks.filter(is_dropped=False).order_by("position", "pk").values_list("pk", flat=True))
    tasks = tasks_of(plan, ids)
    heads = [FIELD_ORDER[task.field] if task.field else None for task in tasks]
    wanted = dict(zip(ids, rules.numbers_in_order(heads), strict=True))
    changed = [task for task in tasks if wanted[task.pk] != task.number]
    if not changed:
        return 0
    with Step(uc, plan, "renumber", changed):
        for task in changed:
            task.number = wanted[task.pk]
    return len(changed)
