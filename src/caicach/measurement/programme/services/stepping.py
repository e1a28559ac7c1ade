"""One change of a draft: what the rows were before and after, so that it can be taken back and none is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.usecase.core import UseCase
from caicach.kernel.usecase.errors import UseCaseError
from caicach.measurement.programme import drafts, step_history
from caicach.measurement.programme.models import DraftStep, Plan, PlanTask


class DraftClosed(UseCaseError):
    code = "programme.draft_closed"

    def default_message(self) -> str:
        return _("This plan is no longer a draft, so it cannot be edited here.")


class TaskDropped(UseCaseError):
    """A dropped task is read, or put back; nothing else is done with it."""

    code = "programme.task_dropped"

    def __init__(self, dropped: Sequence[PlanTask]) -> None:
        names = ", ".join(task.number or task.title[:40] for task in dropped[:12]) + ("…" if len(dropped) > 12 else "")
        message = ngettext(
            "Task %(names)s was dropped from the plan. Put it back first.",
            "%(count)d tasks were dropped from the plan: %(names)s. Put them back first.",
            len(dropped),
        ) % {"count": len(dropped), "names": names}
        super().__init__(message)


class TaskGone(UseCaseError):
    """Someone took back what had added the task."""

    code = "programme.task_gone"

    def default_message(self) -> str:
        return _("A chosen task is not in this plan any more. Nothing was changed.")


class Step:
    """`with Step(uc, plan, "edit", tasks) as step:` the block assigns to the tasks; the step saves and remembers them.

    Every row of the step gets a revision that no row of the plan ever had.
    """

    def __init__(self, uc: UseCase, plan: Plan, act: str, tasks: Sequence[PlanTask]) -> None:
        self.uc, self.plan, self.act, self.tasks = uc, plan, act, tasks
        self._cooperating: list[tuple[PlanTask, Iterable[int]]] = []

    def set_cooperating(self, task: PlanTask, units: Iterable[int]) -> None:
        self._cooperating.append((task, units))

    def __enter__(self) -> Step:
        self._before = drafts.remembered([task for task in self.tasks if task.pk])
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is not None:
            return
        revision = next_revision(self.plan, self.tasks)
        for task in self.tasks:
            task.revision = revision
        drafts.write(self.tasks)
        drafts.write_cooperating(self._cooperating)
        after = drafts.remembered(tasks_of(self.plan, [task.pk for task in self.tasks]))
        # A new change forgets what could have been done again.
        self.plan.steps.filter(is_undone=True).delete()
        step = DraftStep.objects.create(
            plan=self.plan,
            act=self.act,
            before=self._before,
            after=after,
            by_id=self.uc.actor.account_id,
            at=self.uc.at,
        )
        self.uc.created(step)
        self.uc.told(*step_history.changes_of_tasks(self._before, after))
        self.uc.told(step_history.change_of_plan(self.plan, revision=revision, shots=after))
        touch(self.plan, revision)


def open_draft(uc: UseCase, plan: Plan) -> None:
    """Holds the plan: changes of one draft come one after the other."""
    uc.hold(plan)
    if not plan.is_open_for_editing:
        raise DraftClosed


def next_revision(plan: Plan, tasks: Iterable[PlanTask] = ()) -> int:
    """Above every revision that a row of this plan has or had, also one that was taken back."""
    return max([plan.revision, *(task.revision for task in tasks)]) + 1


def touch(plan: Plan, revision: int) -> None:
    plan.revision = revision
    Plan.objects.filter(pk=plan.pk).update(revision=revision)


def tasks_of(plan: Plan, ids: Sequence[int]) -> list[PlanTask]:
    """In the order of the ids. Raises TaskGone when one is not a task of this plan."""
    found = {
        task.pk: task
        for task in PlanTask.objects.filter(plan=plan, pk__in=ids).prefetch_related("cooperating", "targets")
    }
    if any(task_id not in found for task_id in ids):
        raise TaskGone
    return [found[task_id] for task_id in dict.fromkeys(ids)]


def require_live(tasks: Sequence[PlanTask]) -> None:
    """Raises TaskDropped."""
    if dropped := [task for task in tasks if task.is_dropped]:
        raise TaskDropped(dropped)


def position_after(plan: Plan, task_id: int | None) -> int:
    if task_id is None:
        last = plan.tasks.aggregate(last=Max("position"))["last"]
        return 0 if last is None else last + 1
    return tasks_of(plan, [task_id])[0].position + 1


def make_room(plan: Plan, position: int, count: int) -> None:
    if count:
        plan.tasks.filter(position__gte=position).update(position=F("position") + count)


def close_gap(plan: Plan, position: int, count: int) -> None:
    """The reverse: rows after a gap of `count` places that begins at `position` move up."""
    plan.tasks.filter(position__gte=position + count).update(position=F("position") - count)
