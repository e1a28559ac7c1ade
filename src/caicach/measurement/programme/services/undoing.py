"""Taking changes of a draft back, and doing them again; another person's change only by who has seen whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from caicach.kernel.calendar.clock import local
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import UseCaseError
from caicach.measurement.programme import access, drafts, step_history, step_words
from caicach.measurement.programme.models import DraftStep, Plan, PlanTask

from .stepping import close_gap, make_room, next_revision, open_draft, touch


class NothingToUndo(UseCaseError):
    code = "programme.nothing_to_undo"

    def default_message(self) -> str:
        return _("There is nothing to take back.")


class NothingToRedo(UseCaseError):
    code = "programme.nothing_to_redo"

    def default_message(self) -> str:
        return _("There is nothing to do again.")


class StepOfAnother(UseCaseError):
    """The step is another person's: whoever names its number has seen that. `step` is that number."""

    code = "programme.step_of_another"

    def __init__(self, step: DraftStep) -> None:
        self.step = step.pk
        message = _("This step is %(name)s's: %(what)s, %(time)s. To go on all the same, name its number: %(step)d.")
        super().__init__(message % {**_about(step), "step": step.pk})


class StepMovedOn(UseCaseError):
    """Another change came after the one that the person saw. `step` is the number of that other change."""

    code = "programme.step_moved_on"

    def __init__(self, step: DraftStep) -> None:
        self.step = step.pk
        message = _("Another step came in between, by %(name)s: %(what)s, %(time)s. Nothing was changed now.")
        super().__init__(message % _about(step))


@use_case("programme.undo", permission=access.can_edit_draft)
def undo(uc: UseCase, *, plan: Plan, step: int | None = None) -> int:
    """Takes the last step back and returns its number.

    step : the number of the step as the person saw it. One's own last step needs none.
    Raises NothingToUndo, StepOfAnother, StepMovedOn.
    """
    open_draft(uc, plan)
    last = plan.steps.select_related("by").filter(is_undone=False).last()
    if last is None:
        raise NothingToUndo
    _require_known(uc, last, step)
    revision = _turn(uc, plan, last, wanted=last.before, other=last.after, is_undone=True)
    last.before = drafts.again(last.before, revision=revision)
    last.save(update_fields=["is_undone", "before"])
    return last.pk


@use_case("programme.redo", permission=access.can_edit_draft)
def redo(uc: UseCase, *, plan: Plan, step: int | None = None) -> int:
    """Does again what was taken back last and returns its number. Raises NothingToRedo, StepOfAnother, StepMovedOn."""
    open_draft(uc, plan)
    first = plan.steps.select_related("by").filter(is_undone=True).first()
    if first is None:
        raise NothingToRedo
    _require_known(uc, first, step)
    revision = _turn(uc, plan, first, wanted=first.after, other=first.before, is_undone=False)
    first.after = drafts.again(first.after, revision=revision)
    first.save(update_fields=["is_undone", "after"])
    return first.pk


def _require_known(uc: UseCase, step: DraftStep, seen: int | None) -> None:
    if seen is None and step.by_id != uc.actor.account_id:
        raise StepOfAnother(step)
    if seen is not None and seen != step.pk:
        raise StepMovedOn(step)


def _turn(
    uc: UseCase,
    plan: Plan,
    step: DraftStep,
    *,
    wanted: Sequence[drafts.Snapshot],
    other: Sequence[drafts.Snapshot],
    is_undone: bool,
) -> int:
    """The rows become as `wanted`; those that only `other` has go. Returns the revision that they all have now."""
    here, there = {shot["id"] for shot in wanted}, {shot["id"] for shot in other}
    _take_out(plan, there - here)
    _make_place(plan, [shot["position"] for shot in wanted if shot["id"] not in there])
    revision = next_revision(plan, PlanTask.objects.filter(plan=plan, pk__in=here).only("revision"))
    drafts.restore(plan, wanted, revision=revision)
    step.is_undone = is_undone
    told = DraftStep.objects.defer("before", "after").get(pk=step.pk)
    with uc.changing(told):
        told.is_undone = is_undone
    uc.told(*step_history.changes_of_tasks(other, wanted))
    uc.told(step_history.change_of_plan(plan, revision=revision, shots=max(wanted, other, key=len)))
    touch(plan, revision)
    return revision


def _take_out(plan: Plan, ids: set[int]) -> None:
    """Rows that a step added stand together: they go and the others close up."""
    added = PlanTask.objects.filter(plan=plan, pk__in=ids)
    if places := list(added.values_list("position", flat=True)):
        added.delete()
        close_gap(plan, min(places), len(places))


def _make_place(plan: Plan, places: Sequence[int]) -> None:
    if places:
        make_room(plan, min(places), len(places))


def _about(step: DraftStep) -> dict[str, str]:
    return {
        "name": step.by.full_name if step.by else _("the system"),
        "what": step_words.said(step_words.outline_of(step)),
        "time": f"{local(step.at):%d/%m/%Y %H:%M}",
    }
