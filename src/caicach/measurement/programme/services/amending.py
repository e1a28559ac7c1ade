"""Changing an approved plan: an officer asks, a leader who did not ask approves, and only then the plan changes.

The plan's next version, and the paper printed from it, is then the leader's act as the first one was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted, UseCaseError
from caicach.measurement.programme import access, drafts, rules, step_history
from caicach.measurement.programme.gaps import lead_has_ended
from caicach.measurement.programme.models import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    Plan,
    PlanState,
    PlanTask,
    TaskResponse,
)
from caicach.measurement.programme.models.plan import FIELD_ORDER
from caicach.measurement.programme.timing import Timing, term_starts_on

from .approval import WrongPlanState, require_complete
from .deadlines import close_request
from .drafting import read_cells
from .following import require_open
from .handing_over import close_open_acts
from .seen import require_seen
from .versions import name_products, next_version, numbers_taken

_DAYS = ("deadline", "starts_on")
MOST_OF_A_DECISION = 200


class UnableToAmend(UseCaseError):
    code = "programme.unable_to_amend"


@use_case("programme.ask_to_add_task", permission=access.can_amend)
def ask_to_add_task(uc: UseCase, *, plan: Plan, cells_typed: Mapping[str, str], reason: str) -> Amendment:
    """Asks the leader to add a task that came during the year (a conclusion, an order from above).

    Raises BadCells, PlanIncomplete, WrongPlanState. Emits `programme.amendment_asked`.
    """
    _hold_approved(uc, plan)
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say which decision or order this task comes from.")]})
    (values,) = read_cells(plan, [cells_typed], in_rows=False)
    if not values.get("title"):
        raise InvalidInput(fields={"title": [_("Say what has to be done.")]})
    cooperating = values.pop("cooperating", [])
    task = PlanTask(plan=plan, **values)
    require_complete(uc, [task])
    _refuse_taken(plan, task.number)
    return _ask(uc, plan, AmendmentKind.ADD_TASK, _kept(values) | {"cooperating": cooperating}, reason=reason)


@use_case("programme.ask_to_reassign", permission=access.can_reassign)
def ask_to_reassign(
    uc: UseCase,
    *,
    task: PlanTask,
    lead: str,
    cooperating: str = "",
    reason: str,
    revision: int | None = None,
) -> Amendment:
    """Asks the leader to let another unit lead a task; until it is approved, the old one does.

    Raises EditConflict when the task is not any more as the person saw it, TaskNotOpen, UnableToAmend.
    Emits `programme.amendment_asked`.
    """
    _hold_task(uc, task)
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why another unit takes the task.")]})
    require_seen(task, revision=revision)
    (values,) = read_cells(task.plan, [{"lead": lead, "cooperating": cooperating}], in_rows=False)
    if values["lead_id"] is None:
        raise InvalidInput(fields={"lead": [_("Choose the unit that leads.")]})
    if lead_has_ended(PlanTask(lead_id=values["lead_id"]), on=uc.today):
        raise InvalidInput(fields={"lead": [_("This unit is no more. Choose another.")]})
    before = {
        "lead_id": task.lead_id,
        "lead_text": task.lead_text,
        "cooperating": sorted(task.cooperating.values_list("pk", flat=True)),
    }
    return _ask(uc, task.plan, AmendmentKind.REASSIGN, values | {"before": before}, reason=reason, task=task)


@use_case("programme.ask_to_cancel_task", permission=access.can_cancel)
def ask_to_cancel_task(uc: UseCase, *, task: PlanTask, decision: str) -> Amendment:
    """Asks the leader to stop a task by a decision (its number and day); until it is approved, work on it goes on.

    Raises TaskNotOpen, UnableToAmend. Emits `programme.amendment_asked`.
    """
    _hold_task(uc, task)
    decision = decision.strip()
    if not decision:
        raise InvalidInput(fields={"decision": [_("Give the number and day of the decision that stops the task.")]})
    if len(decision) > MOST_OF_A_DECISION:
        told = _("Use at most %(most)d characters.") % {"most": MOST_OF_A_DECISION}
        raise InvalidInput(fields={"decision": [told]})
    return _ask(uc, task.plan, AmendmentKind.CANCEL_TASK, {"decision": decision}, reason=decision, task=task)


@use_case("programme.decide_amendment", permission=access.can_decide_amendment)
def decide_amendment(
    uc: UseCase, *, amendment: Amendment, is_approved: bool, remark: str = "", revision: int | None = None
) -> Amendment:
    """Approves a change of a plan, which makes its next version, or returns it with the reason.

    revision : of its task as the person saw it; EditConflict says what became of the task since.
    Raises UnableToAmend when it was decided or taken back meanwhile, TaskNotOpen when its task came to an end,
    PlanIncomplete when the unit that would lead is no more.
    Emits `programme.amendment_approved` or `programme.amendment_refused`, and with the first
    `programme.task_added`, `programme.task_reassigned` or `programme.task_cancelled`.
    """
    _hold_waiting(uc, amendment)
    if uc.actor.account_id is None:
        raise NotPermitted  # the system signs nothing
    _require_task_seen(uc, amendment, revision)
    if not is_approved and not remark.strip():
        raise InvalidInput(fields={"remark": [_("Say why the plan stays as it is.")]})
    with uc.changing(amendment):
        amendment.decided_by_id, amendment.decided_at, amendment.remark = uc.actor.account_id, uc.at, remark
        amendment.state = AmendmentState.REFUSED
        if is_approved:
            amendment.state = AmendmentState.APPROVED
            _take_effect(uc, amendment)
    amendment.save()
    uc.emit(f"programme.amendment_{amendment.state}", amendment=amendment.pk)
    return amendment


@use_case("programme.withdraw_amendment", permission=access.can_withdraw_amendment)
def withdraw_amendment(uc: UseCase, *, amendment: Amendment) -> Amendment:
    """Takes back a change of a plan that one asked for, before it is decided. Raises UnableToAmend."""
    _hold_waiting(uc, amendment)
    with uc.changing(amendment):
        amendment.state, amendment.decided_at = AmendmentState.WITHDRAWN, uc.at
    amendment.save()
    return amendment


# --- asking -----------------------------------------------------------------------------------------------------------


def _hold_approved(uc: UseCase, plan: Plan) -> None:
    uc.hold(plan)
    if plan.state != PlanState.APPROVED:
        raise WrongPlanState


def _hold_task(uc: UseCase, task: PlanTask) -> None:
    _hold_approved(uc, task.plan)
    require_open(uc, task)
    if task.amendments.filter(state=AmendmentState.ASKED).exists():
        raise UnableToAmend(_("A change of this task waits for the leader already."))


def _ask(
    uc: UseCase,
    plan: Plan,
    kind: AmendmentKind,
    change: Mapping[str, Any],
    *,
    reason: str,
    task: PlanTask | None = None,
) -> Amendment:
    if uc.actor.account_id is None:
        raise NotPermitted  # someone has to answer for it
    amendment = Amendment.objects.create(
        plan=plan,
        kind=kind,
        task=task,
        change=dict(change),
        reason=reason.strip(),
        asked_by_id=uc.actor.account_id,
        asked_at=uc.at,
    )
    uc.created(amendment)
    uc.emit("programme.amendment_asked", amendment=amendment.pk)
    return amendment


def _refuse_taken(plan: Plan, number: str) -> None:
    if number and number in numbers_taken(plan):
        raise InvalidInput(fields={"number": [_("Another task of the plan has this number. Leave it out.")]})


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON: days in ISO form."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


# --- taking effect ----------------------------------------------------------------------------------------------------


def _hold_waiting(uc: UseCase, amendment: Amendment) -> None:
    uc.hold(amendment)
    if not amendment.is_waiting:
        raise UnableToAmend(_("This change was decided or taken back already."))


def _require_task_seen(uc: UseCase, amendment: Amendment, revision: int | None) -> None:
    if revision is None or amendment.task is None:
        return
    uc.hold(amendment.plan)  # before its task, as whoever else changes an approved plan
    uc.hold(amendment.task)
    require_seen(amendment.task, revision=revision)


def _take_effect(uc: UseCase, amendment: Amendment) -> None:
    plan = amendment.plan
    _hold_approved(uc, plan)
    if amendment.task is not None:
        amendment.task.plan = plan
    task = _EFFECTS[AmendmentKind(amendment.kind)](uc, amendment)
    amendment.task = task
    amendment.version = next_version(uc, plan, amendment, task)


def _add(uc: UseCase, amendment: Amendment) -> PlanTask:
    plan, values = amendment.plan, dict(amendment.change)
    cooperating = values.pop("cooperating")
    for name in _DAYS:
        values[name] = date.fromisoformat(day) if (day := values.get(name)) else None
    last = plan.tasks.aggregate(last=Max("position"))["last"] or 0
    task = PlanTask(plan=plan, position=last + 1, is_confirmed=True, **values)
    require_complete(uc, [task])  # once more: a unit may have ended since it was asked for
    _refuse_taken(plan, task.number)
    task.number = task.number or rules.next_task_number(head=FIELD_ORDER[task.field], taken=numbers_taken(plan))
    task.first_deadline, task.given_at = task.deadline, uc.at
    task.search_text = drafts.searchable(task)
    Timing.on(uc.today).set_soon_from(task, given_on=uc.today)
    task.save()
    name_products([task])
    uc.created(task)
    came = _set_cooperating(uc, task, cooperating)
    uc.emit("programme.task_added", task=task.pk, **came)
    return task


def _reassign(uc: UseCase, amendment: Amendment) -> PlanTask:
    """Where another unit leads by it, the old one's answer and its person in charge fall away: the new unit has to
    answer, and reports from 0 on. Other co-operating units alone leave all that as it is.

    `programme.task_reassigned` tells which units co-operate from now on and which no more; where the lead changes, the
    unit that led before and its people who had a part, too.
    """
    task = _open_task(uc, amendment)
    unit_before, owner_before = task.lead_id, task.owner_id
    goes_on = unit_before != amendment.change["lead_id"]
    with uc.changing(task):
        task.lead_id, task.lead_text = amendment.change["lead_id"], amendment.change["lead_text"]
        if goes_on:
            _begin_anew(task)
        require_complete(uc, [task])
        Timing.on(uc.today).set_soon_from(task, given_on=term_starts_on(task.plan, today=uc.today))
        task.revision += 1
    task.save()
    told: dict[str, Any] = _set_cooperating(uc, task, amendment.change["cooperating"])
    if goes_on:
        closed_of = close_open_acts(uc, task)
        people = closed_of + ([owner_before] if owner_before else [])
        told |= {"unit_before": unit_before, "people_before": people, "has_closed": bool(closed_of)}
    uc.emit("programme.task_reassigned", task=task.pk, **told)
    return task


def _begin_anew(task: PlanTask) -> None:
    """The unit that leads now has said and done nothing yet."""
    task.progress, task.owner = 0, None
    task.response, task.response_reason, task.answered_at = TaskResponse.WAITING, "", None
    task.kept_reason, task.kept_at = "", None


def _cancel(uc: UseCase, amendment: Amendment) -> PlanTask:
    """In no rate any more, readable for ever."""
    task = _open_task(uc, amendment)
    with uc.changing(task):
        task.cancelled_on, task.cancelled_by = uc.today, amendment.change["decision"]
        task.revision += 1
    task.save(update_fields=["cancelled_on", "cancelled_by", "revision"])
    close_request(uc, task, remark=gettext_lazy("The task was stopped before this was answered."))
    uc.emit("programme.task_cancelled", task=task.pk)
    return task


def _set_cooperating(uc: UseCase, task: PlanTask, units: Collection[int]) -> dict[str, list[int]]:
    """Which units (ids) came and which went, as the events tell it; the unit that leads now did not go."""
    before, after = set(task.cooperating.values_list("pk", flat=True)), set(units)
    uc.told(*step_history.change_of_cooperating(task, before=before, after=after))
    task.cooperating.set(after)
    return {"units_added": sorted(after - before), "units_removed": sorted(before - after - {task.lead_id})}


def _open_task(uc: UseCase, amendment: Amendment) -> PlanTask:
    assert amendment.task is not None  # noqa: S101  by a constraint of the database
    require_open(uc, amendment.task)
    return amendment.task


_EFFECTS: dict[AmendmentKind, Callable[[UseCase, Amendment], PlanTask]] = {
    AmendmentKind.ADD_TASK: _add,
    AmendmentKind.REASSIGN: _reassign,
    AmendmentKind.CANCEL_TASK: _cancel,
}
