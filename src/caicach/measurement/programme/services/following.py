"""What a unit does with a task it was given: accept or return it, name a person, report progress, say a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError
from caicach.measurement.programme import access
from caicach.measurement.programme.models import (
    AmendmentState,
    PlanState,
    PlanTask,
    ProgressNote,
    TaskComment,
    TaskResponse,
)

from .choosing import refuse_too_many
from .seen import require_seen


class TaskNotOpen(UseCaseError):
    code = "programme.task_not_open"

    def default_message(self) -> str:
        return _("This task is finished, cancelled or not approved yet, so nothing can be added to it.")


class NotWaitingForAnswer(UseCaseError):
    code = "programme.not_waiting_for_answer"

    def default_message(self) -> str:
        return _("This task does not wait for an answer of its unit.")


class NotReturned(UseCaseError):
    code = "programme.not_returned"

    def default_message(self) -> str:
        return _("This task was not returned, or the return was answered already.")


class TaskReturned(UseCaseError):
    code = "programme.task_returned"

    def default_message(self) -> str:
        return _("The unit returned this task. Work on it goes on once the unit takes it on after all.")


class UnitHasNotAnswered(UseCaseError):
    """Who may not answer for the unit does not answer by working on the task either."""

    code = "programme.unit_has_not_answered"

    def default_message(self) -> str:
        return _("Your unit has not taken this task on yet. Ask its head or focal point to answer first.")


class TasksNotAccepted(UseCaseError):
    """Some of the chosen tasks cannot be taken on, so none was; `refusals` says of each why."""

    code = "programme.tasks_not_accepted"

    def __init__(self, refusals: Sequence[tuple[PlanTask, UseCaseError]], *, chosen: int) -> None:
        self.refusals = [(f"{task.number} {task.title}".strip(), error.message) for task, error in refusals]
        message = ngettext(
            "None was taken on: %(count)d of the %(chosen)d chosen tasks cannot be. Leave it out and send again.",
            "None was taken on: %(count)d of the %(chosen)d chosen tasks cannot be. Leave them out and send again.",
            len(refusals),
        ) % {"count": len(refusals), "chosen": chosen}
        super().__init__(message, fields={"tasks": [f"{name}: {why}" for name, why in self.refusals]})


ANSWER_COLUMNS: Final = ("response", "response_reason", "answered_at", "kept_reason", "kept_at", "revision")


def require_open(uc: UseCase, task: PlanTask) -> None:
    """Holds the task to the end of the use case. Raises TaskNotOpen unless work on it counts."""
    uc.hold(task)
    refuse_closed(task)


def refuse_closed(task: PlanTask) -> None:
    """Of a task that the use case holds. Raises TaskNotOpen unless work on it counts."""
    approved = task.plan.state == PlanState.APPROVED
    if not approved or task.is_dropped or task.done_on is not None or task.cancelled_on is not None:
        raise TaskNotOpen


def mark_as_taken_on(uc: UseCase, task: PlanTask) -> None:
    """Whoever answers for the unit and works on a task, asks for more time or names who is in charge has taken it on.

    The caller raises the revision. Raises TaskReturned, UnitHasNotAnswered.
    """
    if task.response == TaskResponse.RETURNED:
        raise TaskReturned
    if task.response != TaskResponse.WAITING:
        return
    if not access.can_answer_task(uc.actor, task=task):
        raise UnitHasNotAnswered
    with uc.changing(task):
        task.response, task.answered_at = TaskResponse.ACCEPTED, uc.at
    task.save(update_fields=["response", "answered_at"])


@use_case("programme.accept_task", permission=access.can_answer_task)
def accept_task(uc: UseCase, *, task: PlanTask, revision: int | None = None) -> PlanTask:
    """The lead unit takes the task on, also one that it returned as long as no change of it waits for the leader.

    Raises NotWaitingForAnswer once it has. Emits `programme.task_accepted`.

    revision : of the task as the person saw it; EditConflict says what someone changed since. The same in the others.
    """
    return _answer(uc, task, TaskResponse.ACCEPTED, "", revision)


@use_case("programme.accept_tasks", permission=access.can_answer_tasks)
def accept_tasks(uc: UseCase, *, tasks: Sequence[PlanTask]) -> int:
    """Takes on many tasks that wait for the unit, each as `accept_task` does: all or none. Returns how many.

    Raises TasksNotAccepted with each refusal. Statements do not grow with the tasks, save for batches of many rows.
    """
    if not tasks:
        raise InvalidInput(fields={"tasks": [_("Choose at least one task.")]})
    refuse_too_many(len(tasks), field="tasks")
    if refusals := _accept_many(uc, tasks):
        raise TasksNotAccepted(refusals, chosen=len(tasks))
    PlanTask.objects.bulk_update(tasks, ANSWER_COLUMNS)
    return len(tasks)


@use_case("programme.accept_each", permission=access.can_answer_tasks)
def accept_each(uc: UseCase, *, tasks: Sequence[PlanTask]) -> dict[int, str]:
    """Takes on those of the tasks that can be, each as `accept_task` does. Returns of each other why not, by its id."""
    refusals = {task.pk: error.message for task, error in _accept_many(uc, tasks)}
    PlanTask.objects.bulk_update([task for task in tasks if task.pk not in refusals], ANSWER_COLUMNS)
    return refusals


def _accept_many(uc: UseCase, tasks: Sequence[PlanTask]) -> list[tuple[PlanTask, UseCaseError]]:
    """What cannot be taken on, with the reason. Saving stays the caller's own work."""
    uc.hold_all(tasks)
    refusals: list[tuple[PlanTask, UseCaseError]] = []
    for task in tasks:
        try:
            _accept_one_of_many(uc, task)
        except UseCaseError as error:
            refusals.append((task, error))
    return refusals


def _accept_one_of_many(uc: UseCase, task: PlanTask) -> None:
    """Of a task that the use case holds. Saving stays the caller's own work."""
    if task.response != TaskResponse.WAITING:
        raise NotWaitingForAnswer
    with uc.part(accept_task, task=task) as acceptance:
        refuse_closed(task)
        _put_answer(acceptance, task, TaskResponse.ACCEPTED, "")


@use_case("programme.return_task", permission=access.can_answer_task)
def return_task(uc: UseCase, *, task: PlanTask, reason: str, revision: int | None = None) -> PlanTask:
    """The lead unit says why the task is not its own; the officer decides. Emits `programme.task_returned`."""
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why the task should go to another unit.")]})
    return _answer(uc, task, TaskResponse.RETURNED, reason, revision)


def _answer(uc: UseCase, task: PlanTask, response: TaskResponse, reason: str, revision: int | None) -> PlanTask:
    require_open(uc, task)
    require_seen(task, revision=revision)
    if task.response == response:
        raise NotWaitingForAnswer
    if task.response == TaskResponse.RETURNED:
        _refuse_while_a_change_waits(task)
    _put_answer(uc, task, response, reason)
    task.save(update_fields=ANSWER_COLUMNS)
    return task


def _put_answer(uc: UseCase, task: PlanTask, response: TaskResponse, reason: str) -> None:
    """Noted and told; saving stays the caller's own work."""
    with uc.changing(task):
        task.response, task.response_reason, task.answered_at = response, reason, uc.at
        if response == TaskResponse.RETURNED:
            task.kept_reason, task.kept_at = "", None
        task.revision += 1
    uc.emit(f"programme.task_{response.value}", task=task.pk)


def _refuse_while_a_change_waits(task: PlanTask) -> None:
    if task.amendments.filter(state=AmendmentState.ASKED).exists():
        raise NotReturned(_("A change of this task waits for the leader. Take it back first."))


@use_case("programme.keep_with_unit", permission=access.can_keep_with_unit)
def keep_with_unit(uc: UseCase, *, task: PlanTask, reason: str, revision: int | None = None) -> PlanTask:
    """The officer answers a return: the task stays with its unit, for a reason, and waits for the unit once more.

    Raises NotReturned, TaskNotOpen, EditConflict. Emits `programme.task_kept`.
    """
    require_open(uc, task)
    require_seen(task, revision=revision)
    if task.response != TaskResponse.RETURNED:
        raise NotReturned
    _refuse_while_a_change_waits(task)
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why the task stays with the unit.")]})
    with uc.changing(task):
        task.response, task.kept_reason, task.kept_at = TaskResponse.WAITING, reason.strip(), uc.at
        task.revision += 1
    task.save(update_fields=["response", "kept_reason", "kept_at", "revision"])
    uc.emit("programme.task_kept", task=task.pk)
    return task


@use_case("programme.assign_owner", permission=access.can_assign_owner)
def assign_owner(uc: UseCase, *, task: PlanTask, owner: Account | None, revision: int | None = None) -> PlanTask:
    """A person of the lead unit answers for the task; the unit has taken it on by that.

    Raises TaskReturned. Emits `programme.task_owner_named`.
    """
    require_open(uc, task)
    require_seen(task, revision=revision)
    if owner is not None and (
        task.lead is None or not identity.staff_of(unit=task.lead, on=uc.today).filter(pk=owner.pk).exists()
    ):
        raise InvalidInput(fields={"owner": [_("Choose a person of the lead unit.")]})
    if owner is not None:
        mark_as_taken_on(uc, task)
    with uc.changing(task):
        task.owner = owner
        task.revision += 1
    task.save(update_fields=["owner", "revision"])
    if owner is not None:
        uc.emit("programme.task_owner_named", task=task.pk, owner=owner.pk)
    return task


@use_case("programme.report_progress", permission=access.can_report)
def report_progress(
    uc: UseCase, *, task: PlanTask, progress: int, text: str = "", revision: int | None = None
) -> ProgressNote:
    """What was done and how far it is, 0 to 100 per cent. 100 does not finish a task: an accepted product does.

    Who answers for the unit takes a task that waited on by reporting; others wait for the answer. Raises TaskReturned,
    UnitHasNotAnswered. Emits `programme.progress_reported`.
    """
    require_open(uc, task)
    if not 0 <= progress <= 100:
        raise InvalidInput(fields={"progress": [_("Give a number from 0 to 100.")]})
    require_seen(task, revision=revision)  # before what it is compared with: that may be another's number
    if progress == task.progress and not text.strip():
        raise InvalidInput(
            fields={"text": [_("Nothing is new in this report. Change the number or say what was done.")]}
        )
    if progress < task.progress and not text.strip():
        raise InvalidInput(fields={"text": [_("The progress is lower than before. Say why.")]})
    note = ProgressNote.objects.create(task=task, progress=progress, text=text, by_id=uc.actor.account_id, at=uc.at)
    uc.created(note)
    mark_as_taken_on(uc, task)
    with uc.changing(task):
        task.progress = progress
        task.revision += 1
    task.save(update_fields=["progress", "revision"])
    uc.emit("programme.progress_reported", task=task.pk, note=note.pk)
    return note


@use_case("programme.comment", permission=access.can_comment)
def comment(uc: UseCase, *, task: PlanTask, text: str) -> TaskComment:
    """A word to the others on the task. Emits `programme.commented`."""
    if not text.strip():
        raise InvalidInput(fields={"text": [_("Write something first.")]})
    said = TaskComment.objects.create(task=task, text=text.strip(), by_id=uc.actor.account_id, at=uc.at)
    uc.created(said)
    uc.emit("programme.commented", task=task.pk, comment=said.pk)
    return said
