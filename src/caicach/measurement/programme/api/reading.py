"""Plans, tasks and how they stand."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Router

from caicach.kernel.calendar import clock
from caicach.kernel.identity import queries as identity
from caicach.kernel.search import records
from caicach.kernel.usecase.errors import NotFound
from caicach.kernel.usecase.http import ApiRequest, Problem
from caicach.measurement.programme import queries

from .records import PAGE_SIZE, latest_first, plan_of, task_of, with_warnings
from .shapes import Id, PlanPage, PlanWithWarningsOut, RecordOut, StandingOut, TaskOut, TaskPage, TaskQuery

router = Router()


@router.get("/plans", response=PlanPage, operation_id="programme.plans")
def plans(request: ApiRequest, after: Query[Id | None] = None) -> Any:
    """Plans that the caller may see, the latest made first, 50 a page."""
    rows, following = latest_first(queries.plans_of(actor=request.actor), after=after)
    return {"plans": rows, "next": following}


@router.get("/plans/{plan_id}", response={200: PlanWithWarningsOut, 404: Problem}, operation_id="programme.plan")
def plan(request: ApiRequest, plan_id: Id) -> Any:
    return with_warnings(request, plan_of(request, plan_id))


@router.get("/plans/{plan_id}/standing", response={200: StandingOut, 404: Problem}, operation_id="programme.standing")
def standing(request: ApiRequest, plan_id: Id) -> Any:
    """Counts by state today and both rates, each with numerator and denominator.

    All tasks that the caller may see count, those too in which the caller's unit only co-operates.
    """
    today = clock.today()
    visible = queries.visible_tasks(actor=request.actor).filter(plan=plan_of(request, plan_id))
    progress = queries.standing(visible, today=today).progress
    return {
        "today": today,
        "counts": {state.value: number for state, number in progress.counts.items()},
        "continuous": progress.continuous,
        "done_of_assigned": progress.done_of_assigned,
        "done_of_fallen_due": progress.done_of_fallen_due,
    }


@router.get("/tasks", response=TaskPage, operation_id="programme.tasks")
def tasks(request: ApiRequest, asked: Query[TaskQuery]) -> Any:
    """Tasks that the caller may see, 50 a page, in the order of their ids."""
    today = clock.today()
    unit = identity.unit_by_code(code=asked.unit) if asked.unit else None
    if asked.unit and unit is None:
        raise NotFound
    narrowed = queries.TaskFilter(
        plan=asked.plan,
        field=asked.field,
        unit=unit.pk if unit else None,
        states=tuple(asked.state),
        words=asked.words,
        due_from=asked.due_from,
        due_until=asked.due_until,
    ).apply(queries.visible_tasks(actor=request.actor), today=today)
    rows = list(narrowed.filter(pk__gt=asked.after).select_related("lead").order_by("pk")[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    return {"tasks": rows, "next": rows[-1].pk if more else None}


@router.get("/records", response=list[RecordOut], operation_id="programme.records")
def records_to_name(request: ApiRequest, words: Annotated[str, Query(max_length=200)] = "") -> Any:
    """Approved plans and reports that the caller may read and name as evidence, found by number or title without
    accents, the latest first, at most 50 of each.
    """
    found = records.records_to_name(actor=request.actor, words=words, limit=PAGE_SIZE)
    return [record.reference._asdict() | {"name": record.name, "url": record.url} for record in found]


@router.get("/tasks/{task_id}", response={200: TaskOut, 404: Problem}, operation_id="programme.task")
def task(request: ApiRequest, task_id: Id) -> Any:
    return task_of(request, task_id)
