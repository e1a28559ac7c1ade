"""The draft: correcting it, sending it its way; and urging the units of an approved plan."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Router, Status

from caicach.kernel.usecase.errors import NotFound, NotPermitted
from caicach.kernel.usecase.http import ApiRequest, idempotency_key
from caicach.measurement.programme import access, queries, services
from caicach.measurement.programme.models import NationalTarget

from .records import REFUSALS, plan_of, with_warnings
from .shapes import (
    CellsIn,
    CountOut,
    DescriptionIn,
    DraftStepOut,
    Id,
    PlanOut,
    PlanWithWarningsOut,
    ReasonIn,
    RowsIn,
    SeenIn,
    SetCellsIn,
    SignatureIn,
    SplitIn,
    TasksIn,
    TasksSeenIn,
)

STEPS_SHOWN = 100

router = Router()


@router.patch(
    "/plans/{plan_id}/draft/tasks/{task_id}", response={200: CountOut, **REFUSALS}, operation_id="programme.edit_task"
)
def edit_task(request: ApiRequest, plan_id: Id, task_id: Id, payload: CellsIn) -> Any:
    edited = services.edit_task(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        task_id=task_id,
        cells_typed=payload.cells,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )
    return {"count": edited.revision}


@router.patch("/plans/{plan_id}/draft", response={200: PlanOut, **REFUSALS}, operation_id="programme.describe_plan")
def describe_plan(request: ApiRequest, plan_id: Id, payload: DescriptionIn) -> Any:
    """Only the fields that are sent are changed."""
    values = payload.dict(exclude_unset=True)
    return services.describe_plan(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        seen=values.pop("seen", None),
        values=values,
        idempotency_key=idempotency_key(request),
    )


@router.post("/plans/{plan_id}/draft/rows", response={200: CountOut, **REFUSALS}, operation_id="programme.paste_rows")
def paste_rows(request: ApiRequest, plan_id: Id, payload: RowsIn) -> Any:
    """All rows or none; every cell that cannot be read is named in `errors`."""
    count = services.paste_rows(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        rows=payload.rows,
        replace=payload.replace,
        after=payload.after,
        seen=payload.seen,
        idempotency_key=idempotency_key(request),
    )
    return {"count": count}


def _on_tasks(request: ApiRequest, plan_id: Id, payload: TasksSeenIn, act: Any, **more: Any) -> dict[str, int]:
    done = act(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        task_ids=payload.tasks,
        seen=payload.seen,
        idempotency_key=idempotency_key(request),
        **more,
    )
    return {"count": done if isinstance(done, int) else 1}


@router.post("/plans/{plan_id}/draft/confirm", response={200: CountOut, **REFUSALS}, operation_id="programme.confirm")
def confirm_tasks(request: ApiRequest, plan_id: Id, payload: TasksSeenIn) -> Any:
    return _on_tasks(request, plan_id, payload, services.confirm_tasks)


@router.post("/plans/{plan_id}/draft/drop", response={200: CountOut, **REFUSALS}, operation_id="programme.drop")
def drop_tasks(request: ApiRequest, plan_id: Id, payload: TasksSeenIn) -> Any:
    return _on_tasks(request, plan_id, payload, services.drop_tasks)


@router.post("/plans/{plan_id}/draft/restore", response={200: CountOut, **REFUSALS}, operation_id="programme.restore")
def restore_tasks(request: ApiRequest, plan_id: Id, payload: TasksSeenIn) -> Any:
    return _on_tasks(request, plan_id, payload, services.restore_tasks)


@router.post("/plans/{plan_id}/draft/merge", response={200: CountOut, **REFUSALS}, operation_id="programme.merge")
def merge_tasks(request: ApiRequest, plan_id: Id, payload: TasksSeenIn) -> Any:
    return _on_tasks(request, plan_id, payload, services.merge_tasks)


@router.post("/plans/{plan_id}/draft/set", response={200: CountOut, **REFUSALS}, operation_id="programme.set_cells")
def set_cells(request: ApiRequest, plan_id: Id, payload: SetCellsIn) -> Any:
    """The same field, lead unit or time for many tasks: one step, which undo takes back as one."""
    return _on_tasks(request, plan_id, payload, services.set_cells, cells_typed=payload.cells)


@router.post(
    "/plans/{plan_id}/draft/tasks/{task_id}/split",
    response={201: CountOut, **REFUSALS},
    operation_id="programme.split_task",
)
def split_task(request: ApiRequest, plan_id: Id, task_id: Id, payload: SplitIn) -> Any:
    second = services.split_task(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        task_id=task_id,
        titles=payload.titles,
        cut=payload.cut,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )
    return Status(201, {"count": second.pk})


@router.post(
    "/plans/{plan_id}/draft/renumber", response={200: CountOut, **REFUSALS}, operation_id="programme.renumber_tasks"
)
def renumber_tasks(request: ApiRequest, plan_id: Id) -> Any:
    """Numbers all tasks anew in their order; `count` says how many numbers changed."""
    count = services.renumber_tasks(
        actor=request.actor, plan=plan_of(request, plan_id), idempotency_key=idempotency_key(request)
    )
    return {"count": count}


@router.post(
    "/plans/{plan_id}/draft/tasks/{task_id}/targets/{code}",
    response={200: CountOut, **REFUSALS},
    operation_id="programme.link_target",
)
def link_target(request: ApiRequest, plan_id: Id, task_id: Id, code: str) -> Any:
    return _on_target(request, plan_id, task_id, code, services.link_target)


@router.delete(
    "/plans/{plan_id}/draft/tasks/{task_id}/targets/{code}",
    response={200: CountOut, **REFUSALS},
    operation_id="programme.unlink_target",
)
def unlink_target(request: ApiRequest, plan_id: Id, task_id: Id, code: str) -> Any:
    """A number of the task's own stays, without the link."""
    return _on_target(request, plan_id, task_id, code, services.unlink_target)


def _on_target(request: ApiRequest, plan_id: Id, task_id: Id, code: str, act: Any) -> dict[str, int]:
    national = NationalTarget.objects.filter(code=code).first()
    if national is None:
        raise NotFound
    act(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        task_id=task_id,
        national=national,
        idempotency_key=idempotency_key(request),
    )
    return {"count": 1}


@router.get(
    "/plans/{plan_id}/draft/steps", response={200: list[DraftStepOut], **REFUSALS}, operation_id="programme.draft_steps"
)
def draft_steps(request: ApiRequest, plan_id: Id) -> Any:
    """The last hundred changes of the draft, newest first. Undo takes back the first that is not undone."""
    plan = plan_of(request, plan_id)
    if not access.can_edit_draft(request.actor, plan=plan):
        raise NotPermitted
    return queries.draft_steps(plan=plan, limit=STEPS_SHOWN)


Step = Annotated[
    Id | None, Query(description="The step's number as the caller saw it; another person's step needs it.")
]


@router.post("/plans/{plan_id}/draft/undo", response={200: DraftStepOut, **REFUSALS}, operation_id="programme.undo")
def undo(request: ApiRequest, plan_id: Id, step: Step = None) -> Any:
    """Takes the last change back. One's own needs no number; another person's does, see `draft_steps`."""
    return _turned(request, plan_id, services.undo, step)


@router.post("/plans/{plan_id}/draft/redo", response={200: DraftStepOut, **REFUSALS}, operation_id="programme.redo")
def redo(request: ApiRequest, plan_id: Id, step: Step = None) -> Any:
    """Does again what was taken back last; `step` as in undo."""
    return _turned(request, plan_id, services.redo, step)


def _turned(request: ApiRequest, plan_id: Id, act: Any, step: int | None) -> Any:
    plan = plan_of(request, plan_id)
    number = act(actor=request.actor, plan=plan, step=step, idempotency_key=idempotency_key(request))
    return queries.draft_step(plan=plan, pk=number)


@router.delete("/plans/{plan_id}/draft", response={204: None, **REFUSALS}, operation_id="programme.undo_import")
def undo_import(request: ApiRequest, plan_id: Id) -> Any:
    """The whole import is undone: the draft, its tasks and its text are gone."""
    services.undo_import(actor=request.actor, plan=plan_of(request, plan_id), idempotency_key=idempotency_key(request))
    return Status(204, None)


@router.post(
    "/plans/{plan_id}/submit", response={200: PlanWithWarningsOut, **REFUSALS}, operation_id="programme.submit"
)
def submit(request: ApiRequest, plan_id: Id, payload: SeenIn | None = None) -> Any:
    """Sends the draft to the leader. `revision` is the plan's; what the caller changed since counts as seen."""
    submitted = services.submit(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        revision=payload.revision if payload else None,
        idempotency_key=idempotency_key(request),
    )
    return with_warnings(request, submitted)


@router.post("/plans/{plan_id}/return", response={200: PlanOut, **REFUSALS}, operation_id="programme.return_draft")
def return_draft(request: ApiRequest, plan_id: Id, payload: ReasonIn) -> Any:
    return services.return_draft(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        reason=payload.reason,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )


@router.post("/plans/{plan_id}/approve", response={200: PlanOut, **REFUSALS}, operation_id="programme.approve")
def approve(request: ApiRequest, plan_id: Id, signature: SignatureIn | None = None) -> Any:
    signed = signature or SignatureIn()
    return services.approve(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        signed_as=signed.signed_as,
        signer_name=signed.signer_name,
        revision=signed.revision,
        idempotency_key=idempotency_key(request),
    )


@router.post("/plans/{plan_id}/urge", response={200: CountOut, **REFUSALS}, operation_id="programme.urge")
def urge(request: ApiRequest, plan_id: Id, payload: TasksIn) -> Any:
    """Each lead unit of the tasks gets one letter. Answers with the number of units."""
    count = services.urge(
        actor=request.actor,
        plan=plan_of(request, plan_id),
        task_ids=payload.tasks,
        idempotency_key=idempotency_key(request),
    )
    return {"count": count}
