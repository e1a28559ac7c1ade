"""The bar for several tasks of a list: who steers their plans urges, who leads them takes them on; some do both.

The bar takes the rows of either act; each act itself names what of the chosen it cannot do.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.operation.my_work import BulkBar, SeveralRows
from caicach.kernel.tables.lists import ShownList
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme import access, queries
from caicach.measurement.programme.models import Plan, PlanTask, TaskResponse
from caicach.measurement.programme.queries.urging import can_be_urged, plans_to_urge

from . import choosing

_TEMPLATE = "programme/parts/bulk.html"


def bar_of_list(request: StaffRequest, list_: ShownList, *, plan: Plan | None = None) -> dict[str, Any]:
    """Of a list of tasks; nothing where no shown row can be chosen."""
    if list_.wrong_filters:
        return {}
    address = f"{reverse('programme:tasks')}?plan={plan.pk}" if plan is not None else request.get_full_path()
    bar = _bar(request, list_.page.rows, address=address)
    if not bar:
        return {}
    return {"bulk": _TEMPLATE, **bar, **_every(request, list_, plan)}


def _every(request: StaffRequest, list_: ShownList, plan: Plan | None) -> dict[str, Any]:
    """How many of all pages the bar takes, and the filters that give them, where the shown page is not all."""
    if not list_.page.after and not list_.page.before:
        return {}
    filters = QueryDict(list_.filter_query, mutable=True)
    if plan is not None:
        filters["plan"] = str(plan.pk)
    return {"every": _count(request.actor, list_.matching), "every_of": filters.urlencode()}


def _bar_of_my_work(request: StaffRequest, rows: SeveralRows) -> dict[str, Any]:
    tasks = PlanTask.objects.filter(pk__in=rows.shown)
    waiting = urlencode({"response": TaskResponse.WAITING.value})
    bar = _bar(request, list(tasks), address=f"{reverse('programme:tasks')}?{waiting}")
    if not bar or rows.filters is None:
        return bar
    count = _count(request.actor, PlanTask.objects.filter(pk__in=rows.of_filters()))
    return {**bar, "every": count, "every_of": choosing.of_my_work(rows.filters)}


def _bar(request: StaffRequest, tasks: Sequence[PlanTask], *, address: str) -> dict[str, Any]:
    """Three queries. address : of the list of tasks that says what of the chosen could not be taken on."""
    steered = plans_to_urge(actor=request.actor, plans={task.plan_id for task in tasks})
    to_urge = {task.pk for task in tasks if task.plan_id in steered and can_be_urged(task)}
    to_accept = _to_accept(request.actor, {task.pk for task in tasks})
    if not to_urge and not to_accept:
        return {}
    return {
        "choosable": to_urge | to_accept,
        "to_urge": to_urge,
        "to_accept": to_accept,
        "key": secrets.token_urlsafe(16),
        "address": address,
        "back": request.get_full_path(),
    }


def _count(actor: Actor, tasks: QuerySet[PlanTask]) -> int:
    return tasks.filter(choosing.to_accept(actor=actor) | choosing.to_urge(actor=actor)).order_by().count()


def _to_accept(actor: Actor, shown_ids: set[int]) -> set[int]:
    """Those of the shown tasks that wait for the person's unit."""
    if not access.can_answer_tasks(actor):
        return set()
    return set(queries.tasks_to_accept(actor=actor).filter(pk__in=shown_ids).values_list("pk", flat=True))


BAR = BulkBar(template=_TEMPLATE, context=_bar_of_my_work)
