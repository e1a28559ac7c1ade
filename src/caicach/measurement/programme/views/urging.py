"""Urging lead units about chosen tasks: who would get which letter, and the sending."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui import toasts
from caicach.kernel.ui.addresses import whole_numbers
from caicach.kernel.usecase.errors import NotPermitted
from caicach.measurement.programme import access, queries, services
from caicach.measurement.programme.models import Plan, PlanTask
from caicach.measurement.programme.queries.urging import can_be_urged, letters


@page(access.can_prepare)
@require_http_methods(["GET", "POST"])
def urge(request: StaffRequest) -> HttpResponse:
    """`chon` names the tasks, of one plan or several; `ve` is the page that one comes from and goes back to.

    GET shows who would get which letter, as a page or in the drawer; POST sends them.
    """
    asked = request.POST if request.method == "POST" else request.GET
    back = _back(request, asked.get("ve", ""))
    tasks = _chosen_tasks(request, whole_numbers(asked.getlist("chon")))
    if request.method == "POST":
        toasts.add(request, _send(request, tasks))
        return redirect(back)
    context = {"letters": letters(tasks, today=clock.today()), "back": back, "key": secrets.token_urlsafe(16)}
    in_drawer = request.headers.get("HX-Request") == "true"
    return render(request, "programme/parts/urging_drawer.html" if in_drawer else "programme/urging.html", context)


def _chosen_tasks(request: StaffRequest, ids: set[int]) -> list[PlanTask]:
    """Raises NotFound for a task that the person does not see, NotPermitted for one whose units others urge."""
    tasks = queries.tasks_to_act_on(actor=request.actor, ids=ids)
    for plan in {task.plan for task in tasks}:
        if not access.can_urge(request.actor, plan=plan):
            raise NotPermitted
    return tasks


def _send(request: StaffRequest, tasks: Sequence[PlanTask]) -> str:
    """Sends plan by plan, each under its own key; says what was done."""
    by_plan: dict[Plan, list[PlanTask]] = {}
    for task in tasks:
        if can_be_urged(task):
            by_plan.setdefault(task.plan, []).append(task)
    if not by_plan:
        return str(services.NothingToUrge().message)
    key = request.POST.get("key", "")
    for plan, theirs in by_plan.items():
        services.urge(
            actor=request.actor,
            plan=plan,
            task_ids=[task.pk for task in theirs],
            idempotency_key=f"{key}:{plan.pk}" if key else None,
        )
    units = len({task.lead_id for theirs in by_plan.values() for task in theirs})
    return ngettext("%(count)d unit was urged.", "%(count)d units were urged.", units) % {"count": units}


def _back(request: StaffRequest, address: str) -> str:
    """Only a page of ours: the address was typed by anyone."""
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return reverse("programme:tasks")
