"""What units and officers do with a task that counts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from caicach.kernel.files import queries as files
from caicach.kernel.identity import queries as identity
from caicach.kernel.search.records import Reference
from caicach.kernel.usecase.errors import InvalidInput, NotFound, NotPermitted
from caicach.kernel.usecase.http import ApiRequest, idempotency_key
from caicach.measurement.programme import access, queries, services
from caicach.measurement.programme.models import ExtensionRequest, ExtensionState

from .records import REFUSALS, product_of, task_of, task_to_act_on, task_to_speak_on
from .shapes import (
    CommentIn,
    CommentOut,
    CountOut,
    ExtensionDecisionIn,
    ExtensionIn,
    ExtensionOut,
    ExtensionPage,
    ExtensionQuery,
    HandInIn,
    Id,
    LookAgainIn,
    OwnerIn,
    PapersSeenIn,
    ProductIn,
    ProductOut,
    ProgressIn,
    ProgressOut,
    ReasonIn,
    RemarkIn,
    RequestSeenIn,
    SeenIn,
    StartedOut,
    TaskLineOut,
    TasksIn,
)

router = Router()
PAGE_SIZE = 50


@router.post("/tasks/{task_id}/accept", response={200: TaskLineOut, **REFUSALS}, operation_id="programme.accept_task")
def accept_task(request: ApiRequest, task_id: Id, payload: SeenIn | None = None) -> Any:
    services.accept_task(
        actor=request.actor,
        task=task_to_act_on(request, task_id),
        revision=payload.revision if payload else None,
        idempotency_key=idempotency_key(request),
    )
    return task_of(request, task_id)


@router.post(
    "/accept-tasks", response={200: CountOut, 202: StartedOut, **REFUSALS}, operation_id="programme.accept_tasks"
)
def accept_tasks(request: ApiRequest, payload: TasksIn) -> Any:
    """Takes on many tasks at once, all or none; the refusal names each that cannot be. Answers with their number.

    More than 1,000 are taken on in the background, each by itself: the answer is the job, whose result tells how many
    were done and refused and whose page names each refused one.
    """
    if len(payload.tasks) > services.MOST_AT_ONCE:
        run = services.start_accepting(
            actor=request.actor, tasks=payload.tasks, idempotency_key=idempotency_key(request)
        )
        return Status(202, run.job)
    tasks = queries.tasks_to_act_on(actor=request.actor, ids=payload.tasks)
    count = services.accept_tasks(actor=request.actor, tasks=tasks, idempotency_key=idempotency_key(request))
    return {"count": count}


@router.post("/tasks/{task_id}/return", response={200: TaskLineOut, **REFUSALS}, operation_id="programme.return_task")
def return_task(request: ApiRequest, task_id: Id, payload: ReasonIn) -> Any:
    services.return_task(
        actor=request.actor,
        task=task_to_act_on(request, task_id),
        reason=payload.reason,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )
    return task_of(request, task_id)


@router.post("/tasks/{task_id}/keep", response={200: TaskLineOut, **REFUSALS}, operation_id="programme.keep_with_unit")
def keep_with_unit(request: ApiRequest, task_id: Id, payload: ReasonIn) -> Any:
    """Answers a return: the task stays with its unit, which has to answer once more."""
    services.keep_with_unit(
        actor=request.actor,
        task=task_to_act_on(request, task_id),
        reason=payload.reason,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )
    return task_of(request, task_id)


@router.put("/tasks/{task_id}/owner", response={200: TaskLineOut, **REFUSALS}, operation_id="programme.assign_owner")
def assign_owner(request: ApiRequest, task_id: Id, payload: OwnerIn) -> Any:
    task = task_to_act_on(request, task_id)
    # Asked first: whoever may not name anyone learns of no account whether it is there.
    if not access.can_assign_owner(request.actor, task=task):
        raise NotPermitted
    owner = identity.account_by_name(username=payload.username) if payload.username else None
    if payload.username and owner is None:
        raise InvalidInput(fields={"owner": [_("Choose a person of the lead unit.")]})
    services.assign_owner(
        actor=request.actor,
        task=task,
        owner=owner,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )
    return task_of(request, task_id)


@router.post(
    "/tasks/{task_id}/progress", response={201: ProgressOut, **REFUSALS}, operation_id="programme.report_progress"
)
def report_progress(request: ApiRequest, task_id: Id, payload: ProgressIn) -> Any:
    return Status(
        201,
        services.report_progress(
            actor=request.actor,
            task=task_to_act_on(request, task_id),
            progress=payload.progress,
            text=payload.text,
            revision=payload.revision,
            idempotency_key=idempotency_key(request),
        ),
    )


@router.post(
    "/products/{product_id}/hand-in", response={200: ProductOut, **REFUSALS}, operation_id="programme.hand_in_product"
)
def hand_in_product(request: ApiRequest, product_id: Id, payload: HandInIn) -> Any:
    attachments = [files.attachment_to_see(actor=request.actor, attachment_id=file_id) for file_id in payload.files]
    return services.hand_in_product(
        actor=request.actor,
        product=product_of(request, product_id),
        attachments=attachments,
        records=[Reference(named.kind, named.id) for named in payload.records],
        paper=payload.paper,
        idempotency_key=idempotency_key(request),
    )


@router.post(
    "/products/{product_id}/withdraw", response={200: ProductOut, **REFUSALS}, operation_id="programme.withdraw_product"
)
def withdraw_product(request: ApiRequest, product_id: Id, payload: PapersSeenIn | None = None) -> Any:
    """Takes back what was handed in, with its papers, until someone has decided on it."""
    return services.withdraw_product(
        actor=request.actor,
        product=product_of(request, product_id),
        papers=payload.papers if payload else None,
        idempotency_key=idempotency_key(request),
    )


@router.post(
    "/products/{product_id}/accept", response={200: ProductOut, **REFUSALS}, operation_id="programme.accept_product"
)
def accept_product(request: ApiRequest, product_id: Id, payload: RemarkIn) -> Any:
    product = product_of(request, product_id)
    return services.accept_product(
        actor=request.actor,
        product=product,
        remark=payload.remark,
        papers=payload.papers,
        idempotency_key=idempotency_key(request),
    )


@router.post(
    "/products/{product_id}/refuse", response={200: ProductOut, **REFUSALS}, operation_id="programme.refuse_product"
)
def refuse_product(request: ApiRequest, product_id: Id, payload: RemarkIn) -> Any:
    product = product_of(request, product_id)
    return services.refuse_product(
        actor=request.actor,
        product=product,
        remark=payload.remark,
        papers=payload.papers,
        idempotency_key=idempotency_key(request),
    )


@router.get("/extensions", response=ExtensionPage, operation_id="programme.extensions")
def extensions(request: ApiRequest, asked: Query[ExtensionQuery]) -> Any:
    """Requests for a later deadline of tasks that the caller may see, 50 a page, in the order of their ids. The id of
    one that waits is what `decide` takes as `request`.
    """
    found = queries.extensions_of(actor=request.actor).filter(pk__gt=asked.after)
    if asked.state:
        found = found.filter(state__in=asked.state)
    if asked.task is not None:
        found = found.filter(task=asked.task)
    if asked.plan is not None:
        found = found.filter(task__plan=asked.plan)
    rows = list(found.order_by("pk")[: PAGE_SIZE + 1])
    page = rows[:PAGE_SIZE]
    return {"extensions": page, "next": page[-1].pk if len(rows) > PAGE_SIZE else None}


@router.post(
    "/products/{product_id}/take-back-acceptance",
    response={200: ProductOut, **REFUSALS},
    operation_id="programme.take_back_acceptance",
)
def take_back_acceptance(request: ApiRequest, product_id: Id, payload: LookAgainIn) -> Any:
    """Of a product that was accepted by mistake: it waits for a look again, and a task that it ended is open again."""
    return services.take_back_acceptance(
        actor=request.actor,
        product=product_of(request, product_id),
        reason=payload.reason,
        idempotency_key=idempotency_key(request),
    )


@router.post(
    "/tasks/{task_id}/extensions", response={201: ExtensionOut, **REFUSALS}, operation_id="programme.ask_extension"
)
def ask_extension(request: ApiRequest, task_id: Id, payload: ExtensionIn) -> Any:
    return Status(
        201,
        services.ask_extension(
            actor=request.actor,
            task=task_to_act_on(request, task_id),
            new_deadline=payload.new_deadline,
            reason=payload.reason,
            idempotency_key=idempotency_key(request),
        ),
    )


@router.post(
    "/tasks/{task_id}/extensions/decide",
    response={200: ExtensionOut, **REFUSALS},
    operation_id="programme.decide_extension",
)
def decide_extension(request: ApiRequest, task_id: Id, payload: ExtensionDecisionIn) -> Any:
    return services.decide_extension(
        actor=request.actor,
        request=_request_that_waits(request, task_id),
        is_granted=payload.is_granted,
        remark=payload.remark,
        seen=payload.request,
        idempotency_key=idempotency_key(request),
    )


@router.post(
    "/tasks/{task_id}/extensions/withdraw",
    response={200: ExtensionOut, **REFUSALS},
    operation_id="programme.withdraw_extension",
)
def withdraw_extension(request: ApiRequest, task_id: Id, payload: RequestSeenIn | None = None) -> Any:
    """Takes back the request that waits; `request` as in deciding."""
    return services.withdraw_extension(
        actor=request.actor,
        request=_request_that_waits(request, task_id),
        seen=payload.request if payload else None,
        idempotency_key=idempotency_key(request),
    )


def _request_that_waits(request: ApiRequest, task_id: int) -> ExtensionRequest:
    task = task_to_act_on(request, task_id)
    asked = ExtensionRequest.objects.filter(task=task, state=ExtensionState.ASKED).first()
    if asked is None:
        raise NotFound
    asked.task = task
    return asked


@router.post("/tasks/{task_id}/products", response={201: ProductOut, **REFUSALS}, operation_id="programme.add_product")
def add_product(request: ApiRequest, task_id: Id, payload: ProductIn) -> Any:
    return Status(
        201,
        services.add_product(
            actor=request.actor,
            task=task_to_act_on(request, task_id),
            name=payload.name,
            idempotency_key=idempotency_key(request),
        ),
    )


@router.post("/tasks/{task_id}/comments", response={201: CommentOut, **REFUSALS}, operation_id="programme.comment")
def comment(request: ApiRequest, task_id: Id, payload: CommentIn) -> Any:
    return Status(
        201,
        services.comment(
            actor=request.actor,
            task=task_to_speak_on(request, task_id),
            text=payload.text,
            idempotency_key=idempotency_key(request),
        ),
    )
