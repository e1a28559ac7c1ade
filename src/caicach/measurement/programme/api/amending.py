"""Changing an approved plan: asked for by an officer, in force once a leader who did not ask approves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ninja import Query, Router, Status

from caicach.kernel.usecase.http import ApiRequest, Problem, idempotency_key
from caicach.measurement.programme import queries, services
from caicach.measurement.programme.models import Amendment, AmendmentState

from .records import REFUSALS, latest_first, plan_of, task_to_act_on
from .shapes import AddTaskIn, AmendmentDecisionIn, AmendmentOut, AmendmentPage, CancelIn, Id, ReassignIn

router = Router()


@router.post("/plans/{plan_id}/tasks", response={202: AmendmentOut, **REFUSALS}, operation_id="programme.add_task")
def add_task(request: ApiRequest, plan_id: Id, payload: AddTaskIn) -> Any:
    """Asks for a task that came during the year: it is in the plan once a leader approves."""
    asked = services.ask_to_add_task(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        cells_typed=payload.cells,
        reason=payload.reason,
        idempotency_key=idempotency_key(request),
    )
    return Status(202, _one(request, asked.pk))


@router.post("/tasks/{task_id}/reassign", response={202: AmendmentOut, **REFUSALS}, operation_id="programme.reassign")
def reassign(request: ApiRequest, task_id: Id, payload: ReassignIn) -> Any:
    """Asks that another unit leads: it does once a leader approves, and the plan gets its next version."""
    asked = services.ask_to_reassign(
        actor=request.actor,
        task=task_to_act_on(request, task_id),
        lead=payload.lead,
        cooperating=payload.cooperating,
        reason=payload.reason,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )
    return Status(202, _one(request, asked.pk))


@router.post("/tasks/{task_id}/cancel", response={202: AmendmentOut, **REFUSALS}, operation_id="programme.cancel_task")
def cancel_task(request: ApiRequest, task_id: Id, payload: CancelIn) -> Any:
    """Asks to stop the task by a decision: it stops once a leader approves."""
    asked = services.ask_to_cancel_task(
        actor=request.actor,
        task=task_to_act_on(request, task_id),
        decision=payload.decision,
        idempotency_key=idempotency_key(request),
    )
    return Status(202, _one(request, asked.pk))


@router.get(
    "/plans/{plan_id}/amendments",
    response={200: AmendmentPage, 404: Problem},
    operation_id="programme.amendments",
)
def amendments(
    request: ApiRequest, plan_id: Id, state: Query[AmendmentState | None] = None, after: Query[Id | None] = None
) -> Any:
    """Changes of the plan that the caller may see, the latest first, 50 a page."""
    found = queries.amendments_of(actor=request.actor).filter(plan=plan_of(request, plan_id))
    if state is not None:
        found = found.filter(state=state)
    rows, following = latest_first(found, after=after)
    return {"amendments": _with_lines(rows), "next": following}


@router.get(
    "/amendments/{amendment_id}", response={200: AmendmentOut, 404: Problem}, operation_id="programme.amendment"
)
def amendment(request: ApiRequest, amendment_id: Id) -> Any:
    return _one(request, amendment_id)


@router.post(
    "/amendments/{amendment_id}/decide",
    response={200: AmendmentOut, **REFUSALS},
    operation_id="programme.decide_amendment",
)
def decide_amendment(request: ApiRequest, amendment_id: Id, payload: AmendmentDecisionIn) -> Any:
    """Approved, the change takes effect and the plan gets its next version; otherwise `remark` says why not."""
    decided = services.decide_amendment(
        actor=request.actor,
        amendment=queries.amendment_of(actor=request.actor, pk=amendment_id),
        is_approved=payload.is_approved,
        remark=payload.remark,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )
    return _one(request, decided.pk)


@router.post(
    "/amendments/{amendment_id}/withdraw",
    response={200: AmendmentOut, **REFUSALS},
    operation_id="programme.withdraw_amendment",
)
def withdraw_amendment(request: ApiRequest, amendment_id: Id) -> Any:
    """Who asked takes it back before it is decided."""
    taken_back = services.withdraw_amendment(
        actor=request.actor,
        amendment=queries.amendment_of(actor=request.actor, pk=amendment_id),
        idempotency_key=idempotency_key(request),
    )
    return _one(request, taken_back.pk)


def _one(request: ApiRequest, pk: int) -> Amendment:
    (found,) = _with_lines([queries.amendment_of(actor=request.actor, pk=pk)])
    return found


def _with_lines(found: Iterable[Amendment]) -> list[Amendment]:
    listed = list(found)
    lines = queries.lines_of(listed)
    for each in listed:
        each.lines = lines[each.pk]  # type: ignore[attr-defined]
    return listed
