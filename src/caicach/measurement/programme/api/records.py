"""The records that a path names, as far as the caller may see them; NotFound otherwise."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet

from caicach.kernel.calendar import clock
from caicach.kernel.usecase.errors import NotFound
from caicach.kernel.usecase.http import ApiRequest, Problem
from caicach.measurement.programme import doubles, queries
from caicach.measurement.programme.models import Plan, PlanTask, TaskProduct
from caicach.measurement.programme.queries.other_plans import other_plans

from .shapes import PlanOut

REFUSALS: dict[Any, Any] = {403: Problem, 404: Problem, 409: Problem, 422: Problem}
PAGE_SIZE: Final = 50
M = TypeVar("M", bound=Model)


def latest_first(found: QuerySet[M], *, after: int | None) -> tuple[list[M], int | None]:
    """A page of records after the one of that id, and the `after` of the following page, None on the last."""
    older = found if after is None else found.filter(pk__lt=after)
    rows = list(older.order_by("-pk")[: PAGE_SIZE + 1])
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else None


def plan_of(request: ApiRequest, plan_id: int) -> Plan:
    return queries.plan_of(actor=request.actor, pk=plan_id)


def with_warnings(request: ApiRequest, plan: Plan) -> dict[str, Any]:
    """As `PlanWithWarningsOut`: the other plans of its issuer and year that the caller may see."""
    seen = queries.plans_of(actor=request.actor) & other_plans(plan)
    warnings = [{"code": doubles.CODE, "message": doubles.plain_words(other), "plan": other.pk} for other in seen]
    return PlanOut.from_orm(plan).dict() | {"warnings": warnings}


def task_of(request: ApiRequest, task_id: int) -> PlanTask:
    return queries.task_of(actor=request.actor, pk=task_id, today=clock.today())


def task_to_act_on(request: ApiRequest, task_id: int) -> PlanTask:
    return queries.task_to_act_on(actor=request.actor, pk=task_id)


def task_to_speak_on(request: ApiRequest, task_id: int) -> PlanTask:
    return queries.task_to_speak_on(actor=request.actor, pk=task_id)


def product_of(request: ApiRequest, product_id: int) -> TaskProduct:
    product = TaskProduct.objects.filter(pk=product_id).first()
    if product is None:
        raise NotFound
    product.task = task_to_act_on(request, product.task_id)
    return product
