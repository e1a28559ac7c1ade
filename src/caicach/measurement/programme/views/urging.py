"""Urging lead units about chosen tasks: who would get which letter, and the sending."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.tables.bulk import MOST_ROWS
from caicach.kernel.ui import toasts
from caicach.kernel.ui.addresses import whole_number, whole_numbers
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted, UseCaseError
from caicach.measurement.programme import access, queries, services
from caicach.measurement.programme.models import Plan, PlanTask
from caicach.measurement.programme.queries.urging import late_tasks_to_urge, letters, still_to_urge

from . import choosing

_LATE, _ALL = "qua-han", "tat-ca"
"""In what is asked: all late tasks; of what is sent: all that was asked for, not only the letters shown."""


@page(access.can_prepare)
@require_http_methods(["GET", "POST"])
def urge(request: StaffRequest) -> HttpResponse:
    """`chon` names the tasks, of one plan or several; `qua-han` asks for all late ones instead, of `plan` and `lead`
    alone where these are named; `ca` for all open ones of a list's filters; `tat-ca` with either of these sends about
    all of them in the background, however many the preview showed. `ve` is the page that one comes from and
    goes back to.

    GET shows who would get which letter, as a page or in the drawer; POST sends them.
    """
    asked = request.POST if request.method == "POST" else request.GET
    back = choosing.page_of(request, asked.get("ve", ""), otherwise=reverse("programme:tasks"))
    chosen, of_all = whole_numbers(asked.getlist("chon")), 0
    if request.method == "GET" and (_LATE in asked or choosing.EVERY in asked):
        rows = _late(request, asked) if _LATE in asked else _of_filters(request, asked[choosing.EVERY])
        chosen, of_all = set(rows[: services.MOST_AT_ONCE]), rows.count()
    if request.method == "POST" and _ALL in asked:
        return _send_all(request, back)
    tasks, others = _chosen_tasks(request, chosen)
    if others and (request.method == "POST" or not tasks):
        raise NotPermitted
    if request.method == "POST":
        _send(request, tasks)
        return redirect(back)
    context = {
        "letters": letters(tasks, today=clock.today()),
        "others": others,
        "of_all": of_all if of_all > len(chosen) else 0,
        "of_filters": choosing.EVERY in asked,
        "most": MOST_ROWS,
        "asked_for": [(name, asked[name]) for name in (_LATE, "plan", "lead", choosing.EVERY) if name in asked],
        "back": back,
        "key": secrets.token_urlsafe(16),
    }
    in_drawer = request.headers.get("HX-Request") == "true"
    return render(request, "programme/parts/urging_drawer.html" if in_drawer else "programme/urging.html", context)


def _late(request: StaffRequest, asked: QueryDict) -> QuerySet[Any]:
    """Ids of late tasks, the most pressing first."""
    narrowed = {name: whole_number(asked.get(name)) for name in ("plan", "lead")}
    return late_tasks_to_urge(actor=request.actor, today=clock.today(), **narrowed).values_list("pk", flat=True)


def _of_filters(request: StaffRequest, filters: str) -> QuerySet[Any]:
    """Ids of open tasks of a list's filters, the most pressing first."""
    open_rows = choosing.of_filters(request, filters).filter(choosing.to_urge(actor=request.actor))
    rows = still_to_urge(open_rows, today=clock.today())
    return rows.order_by(F("deadline").asc(nulls_last=True), "pk").values_list("pk", flat=True)


def _send_all(request: StaffRequest, back: str) -> HttpResponse:
    """All that the preview was one sending's worth of, in the background."""
    asked = request.POST
    rows = _of_filters(request, asked[choosing.EVERY]) if choosing.EVERY in asked else _late(request, asked)
    try:
        run = services.start_urging(
            actor=request.actor, tasks=list(rows), back=back, idempotency_key=asked.get("key") or None
        )
    except InvalidInput as error:
        toasts.add_problem(request, _whole_words(error))
        return redirect(back)
    return redirect("jobs:progress", run.job_id)


def _chosen_tasks(request: StaffRequest, ids: set[int]) -> tuple[list[PlanTask], list[PlanTask]]:
    """The tasks about which the person may urge, and those about which others do. A list may let one choose the
    latter too, for another act. Raises NotFound for a task that the person does not see.
    """
    tasks = queries.tasks_to_act_on(actor=request.actor, ids=ids)
    mine = [task for task in tasks if access.can_urge(request.actor, plan=task.plan)]
    return mine, [task for task in tasks if task not in mine]


def _send(request: StaffRequest, tasks: Sequence[PlanTask]) -> None:
    """Sends plan by plan, each under its own key; says what went out, and of each refused plan why nothing did.

    What a plan's units were sent stays sent when another plan is refused, so one refusal is never the whole answer.
    """
    if not tasks:
        toasts.add_problem(request, str(services.NothingToUrge().message))
        return
    by_plan: dict[Plan, list[PlanTask]] = {}
    for task in tasks:
        by_plan.setdefault(task.plan, []).append(task)
    sent, refusals = 0, []
    for plan, theirs in by_plan.items():
        try:
            sent += _send_of_plan(request, plan, theirs)
        except UseCaseError as error:
            refusals.append((plan, _whole_words(error)))
    if sent:
        said = ngettext("%(count)d letter was sent.", "%(count)d letters were sent.", sent)
        toasts.add(request, said % {"count": sent})
    for plan, why in refusals:
        refused = _("No letter about the plan “%(plan)s” was sent. %(why)s") % {"plan": plan.title, "why": why}
        toasts.add_problem(request, why if len(by_plan) == 1 else refused)


def _send_of_plan(request: StaffRequest, plan: Plan, tasks: Sequence[PlanTask]) -> int:
    key = request.POST.get("key", "")
    return services.urge(
        actor=request.actor,
        plan=plan,
        task_ids=[task.pk for task in tasks],
        idempotency_key=f"{key}:{plan.pk}" if key else None,
    )


def _whole_words(error: UseCaseError) -> str:
    """What the refusal says of its inputs, which a toast does not show, else its sentence."""
    return " ".join(words for texts in error.fields.values() for words in texts) or str(error.message)
