"""Plans: the list, one plan with its figures and tasks, and the list of all tasks one may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from caicach.kernel.audit.wording import history_page
from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.tables.lists import Chip, ShownList, shown
from caicach.kernel.ui import toasts
from caicach.kernel.ui.addresses import whole_numbers
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import InvalidInput, NotFound, NotPermitted, UseCaseError
from caicach.measurement.programme import access, queries, services, step_history
from caicach.measurement.programme.forms import AddTaskForm
from caicach.measurement.programme.history_words import PLAN_HIDDEN_FIELDS
from caicach.measurement.programme.lists import PLANS, STATE_LABELS, TASKS, Today
from caicach.measurement.programme.models import Amendment, DraftStep, Plan, PlanState, TaskResponse
from caicach.measurement.programme.queries.amendments import Line
from caicach.measurement.programme.queries.figures import Standing
from caicach.measurement.programme.rules import GIVEN, TaskState

from . import bulk, choosing

AMENDMENTS_SHOWN = 50
SHOWN_STATES = (
    TaskState.DONE_ON_TIME,
    TaskState.DONE_LATE,
    TaskState.OVERDUE,
    TaskState.DUE_SOON,
    TaskState.ON_TIME,
    TaskState.NOT_STARTED,
)
_BAR = {
    TaskState.DONE_ON_TIME: "good",
    TaskState.DONE_LATE: "good",
    TaskState.OVERDUE: "late",
    TaskState.DUE_SOON: "soon",
    TaskState.ON_TIME: "open",
    TaskState.NOT_STARTED: "none",
}
_SHAPES = {
    TaskState.DONE_ON_TIME: "shape-check",
    TaskState.DONE_LATE: "shape-check",
    TaskState.OVERDUE: "shape-triangle",
    TaskState.DUE_SOON: "shape-diamond",
    TaskState.ON_TIME: "shape-ring",
    TaskState.NOT_STARTED: "shape-dots",
}


_TAKEN_ON = "programme.taken_on"
"""In the session: how many tasks the last sending took on, until a page has told it."""
OF_GIVEN = urlencode([("state", state.value) for state in sorted(GIVEN)])
"""In the address of a list: what figures count, without what was stopped."""
OF_DONE = "state=done_on_time&state=done_late"


def figures_of(standing: Standing, *, tasks_url: str) -> dict[str, Any]:
    """What the card of a plan's figures shows; every figure is an address that opens its rows."""
    progress = standing.progress
    assigned = progress.assigned or 1
    states = [
        {
            "label": STATE_LABELS[state],
            "shape": _SHAPES[state],
            "kind": _BAR[state],
            "count": standing.count(state),
            "href": f"{tasks_url}&state={state.value}",
        }
        for state in SHOWN_STATES
        if standing.count(state) or state in (TaskState.OVERDUE, TaskState.DUE_SOON)
    ]
    return {
        "progress": progress,
        "states": states,
        "parts": [(_BAR[state], standing.count(state) / assigned) for state in SHOWN_STATES if standing.count(state)],
        "tasks_url": tasks_url,
        "done_url": f"{tasks_url}&{OF_DONE}",
        "due_url": f"{tasks_url}&{OF_DONE}&state=overdue",
        "today": standing.today,
    }


@dataclass(frozen=True, slots=True)
class Counted:
    """What the figures of a plan count: all of it for who watches it, else what the own units lead.

    tasks, url : the tasks and the address of their list; of_unit : it is the own units' share;
    cooperating, cooperating_url : how many more the own units support, and their list; none that was stopped.
    """

    tasks: QuerySet[Any]
    url: str
    of_unit: bool = False
    cooperating: int = 0
    cooperating_url: str = ""


def counted(*, actor: Actor, plan: Plan) -> Counted:
    visible = queries.visible_tasks(actor=actor).filter(plan=plan)
    url = f"{reverse('programme:tasks')}?plan={plan.pk}"
    if access.watches_plan(actor, plan=plan):
        return Counted(visible, url)
    return Counted(
        queries.of_part(visible, actor=actor, part=queries.Part.LEAD),
        tasks_counted(actor, plan),
        of_unit=True,
        cooperating=queries.of_part(visible, actor=actor, part=queries.Part.COOPERATING)
        .filter(cancelled_on=None)
        .count(),
        cooperating_url=f"{url}&part={queries.Part.COOPERATING}&{OF_GIVEN}",
    )


def tasks_counted(actor: Actor, plan: Plan) -> str:
    """The address of what `counted` counts."""
    url = f"{reverse('programme:tasks')}?plan={plan.pk}"
    return url if access.watches_plan(actor, plan=plan) else f"{url}&part={queries.Part.LEAD}"


@page(access.can_open_plans)
@require_GET
def plans(request: StaffRequest) -> HttpResponse:
    list_ = shown(PLANS, queries.plans_of(actor=request.actor), request)
    may_import = request.actor.holds("reform_officer")
    return list_.exported() or render(request, "programme/plans.html", {"list": list_, "may_import": may_import})


@page(access.can_open_plans)
@require_http_methods(["GET", "POST"])
def tasks(request: StaffRequest) -> HttpResponse:
    """Every task one may see, of all approved plans; what is sent takes the chosen ones on, at the same address."""
    refused: UseCaseError | None = None
    chosen = _chosen(request)
    if request.method == "POST":
        try:
            if len(chosen) > services.MOST_AT_ONCE:
                return _accepting(request, chosen)
            count = services.accept_tasks(
                actor=request.actor,
                tasks=queries.tasks_to_act_on(actor=request.actor, ids=chosen),
                idempotency_key=request.POST.get("key") or None,
            )
        except (services.TasksNotAccepted, InvalidInput) as error:
            refused = error
        except NotFound:
            if not queries.visible_tasks(actor=request.actor).filter(pk__in=chosen).exists():
                raise
            refused = InvalidInput(
                _("A chosen task went to another unit meanwhile and is not shown any more. No task was taken on.")
            )
        else:
            return _after_taking_on(request, count)
    today = Today.now()
    rows = queries.with_state(queries.visible_tasks(actor=request.actor), today=today.day)
    list_ = shown(TASKS, rows, request, context=today)
    if (file := list_.exported()) is not None:
        return file
    bar = bulk.bar_of_list(request, list_)
    if refused:
        # What cannot be taken on loses its tick: sent again, the rest goes through.
        chosen &= bar.get("to_accept", set())
    context = {"list": list_, "refused": refused, "chosen": chosen, **_taken_on(request, list_), **bar}
    return render(request, "programme/tasks.html", context)


def _chosen(request: StaffRequest) -> set[int]:
    """Ids of the ticked tasks, or of all of the filter that wait for the person's unit."""
    filters = request.POST.get(choosing.EVERY)
    if filters is None:
        return whole_numbers(request.POST.getlist("chon"))
    waiting = choosing.of_filters(request, filters).filter(choosing.to_accept(actor=request.actor))
    return set(waiting.order_by().values_list("pk", flat=True))


def _after_taking_on(request: StaffRequest, count: int) -> HttpResponse:
    """Back to where the tasks were chosen. Another page is told in a toast, this list says what it shows no longer."""
    back = choosing.page_of(request, request.POST.get("ve", ""), otherwise=request.get_full_path())
    if urlsplit(back).path == request.path:
        request.session[_TAKEN_ON] = count
    else:
        toasts.add(request, _words_of_taken_on(count))
    return redirect(back)


def _words_of_taken_on(count: int) -> str:
    return ngettext("%(count)d task was taken on.", "%(count)d tasks were taken on.", count) % {"count": count}


def _accepting(request: StaffRequest, chosen: set[int]) -> HttpResponse:
    """More than one request takes: each by itself, in the background."""
    run = services.start_accepting(
        actor=request.actor,
        tasks=sorted(chosen),
        back=choosing.page_of(request, request.POST.get("ve", ""), otherwise=request.get_full_path()),
        idempotency_key=request.POST.get("key") or None,
    )
    return redirect("jobs:progress", run.job_id)


def _taken_on(request: StaffRequest, list_: ShownList) -> dict[str, Any]:
    """What was taken on a moment ago, said once. Where the filter hides it now, beside the list with the way to it."""
    count = request.session.pop(_TAKEN_ON, 0)
    if not count:
        return {}
    words = _words_of_taken_on(count)
    answers = list_.query.getlist("response")
    if not answers or TaskResponse.ACCEPTED in answers:
        toasts.add(request, words)
        return {}
    return {"taken_on": words, "taken_on_url": list_.address(response=TaskResponse.ACCEPTED.value)}


@page(access.can_open_plans)
@require_GET
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """One approved plan: how it stands, and its tasks."""
    found = queries.plan_of(actor=request.actor, pk=pk)
    today = Today.now()
    visible = queries.visible_tasks(actor=request.actor).filter(plan=found)
    list_ = shown(TASKS, queries.with_state(visible, today=today.day), request, context=today)
    if (file := list_.exported()) is not None:
        return file
    count = counted(actor=request.actor, plan=found)
    standing = queries.standing(count.tasks, today=today.day)
    context = {
        "plan": found,
        "list": list_,
        **bulk.bar_of_list(request, list_, plan=found),
        "figures": figures_of(standing, tasks_url=count.url),
        "counted": count,
        "chips": _parts(request, list_, visible, today) if count.of_unit else [],
        "chips_label": _("What my unit is"),
        "why_url": reverse("programme:why_rates", args=[found.pk]),
        "finding": finding(standing),
        "may_amend": access.can_amend(request.actor, plan=found),
        "may_see_history": access.can_see_plan_history(request.actor, plan=found),
        "amendments": _waiting(request, found),
        "versions": list(found.versions.order_by("-version").values("version", "at", "reason")[:20]),
    }
    return render(request, "programme/plan.html", context)


def _parts(request: StaffRequest, list_: ShownList, visible: QuerySet[Any], today: Today) -> list[Chip]:
    """The plan's tasks by what the own unit is to them, within the other filters that are chosen.

    As the figures beside them, they count nothing that was stopped, unless the states are chosen.
    """
    chosen = list_.query.getlist("state")
    states = chosen or sorted(GIVEN)
    all_states = [] if set(chosen) == GIVEN else chosen
    shown_now = list_.query.get("part", "")
    chips = [Chip(_("All"), list_.address(part=(), state=all_states), is_shown=not shown_now)]
    for part, words in ((queries.Part.LEAD, _("My unit leads")), (queries.Part.COOPERATING, _("My unit co-operates"))):
        address = list_.address(part=part.value, state=states)
        narrowed = TASKS.filters(
            QueryDict(address.removeprefix("?")),
            queryset=queries.with_state(visible, today=today.day),
            request=request,
        )
        count = narrowed.qs.count() if narrowed.is_valid() else 0
        chips.append(Chip(words, address, is_shown=shown_now == part.value, count=count))
    return chips


def _waiting(request: StaffRequest, plan: Plan) -> list[tuple[Amendment, list[Line], bool]]:
    """Changes that wait for the leader, oldest first: each with what it changes and whether the person decides it."""
    waiting = list(queries.waiting_amendments(actor=request.actor).filter(plan=plan).order_by("asked_at", "pk"))
    lines = queries.lines_of(waiting)
    return [
        (each, lines[each.pk], access.can_decide_amendment(request.actor, amendment=each))
        for each in waiting[:AMENDMENTS_SHOWN]
    ]


@page(access.can_open_plans)
@require_GET
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """What was done to the plan itself and asked to be changed in it; each task has a history of its own.

    Not for all who know the plan: it tells how the draft went to and fro, and of changes of others' tasks.
    """
    found = queries.plan_of(actor=request.actor, pk=pk)
    if not access.can_see_plan_history(request.actor, plan=found):
        raise NotPermitted
    address = reverse("programme:plan" if found.state == PlanState.APPROVED else "programme:review", args=[pk])
    crumbs = [(_("Reform plans"), reverse("programme:plans")), (found.title, address)]
    amendments = [str(key) for key in found.amendments.values_list("pk", flat=True)]
    told = history_page(
        {
            Plan._meta.label_lower: [str(pk)],
            Amendment._meta.label_lower: amendments,
            # Steps made before the journal said at the plan which tasks they were about.
            DraftStep._meta.label_lower: [str(key) for key in found.steps.values_list("pk", flat=True)],
        },
        before=request.GET.get("truoc", ""),
        address="",
        hidden=PLAN_HIDDEN_FIELDS,
        told_record=step_history.told_of_plan,
    )
    return render(request, "ui/record_history.html", {"record": found.title, "crumbs": crumbs, "history": told})


def finding(standing: Standing) -> str:
    """The plan's state in one sentence, which is the page's title."""
    progress = standing.progress
    values = {"done": progress.done, "assigned": progress.assigned, "late": progress.overdue}
    if progress.overdue:
        return _("%(done)d of %(assigned)d tasks done, %(late)d overdue") % values
    return _("%(done)d of %(assigned)d tasks done, none overdue") % values


@page(access.can_open_plans)
@require_GET
def why_rates(request: StaffRequest, pk: int) -> HttpResponse:
    """Where a plan's figures come from: the drawer's content."""
    found = queries.plan_of(actor=request.actor, pk=pk)
    today = clock.today()
    count = counted(actor=request.actor, plan=found)
    standing = queries.standing(count.tasks, today=today)
    figures = figures_of(standing, tasks_url=count.url)
    context = {"plan": found, "figures": figures, "counted": count, "standing": standing, "today": today}
    is_drawer = request.headers.get("HX-Request") == "true"
    template = "programme/parts/why_rates.html" if is_drawer else "programme/why_rates.html"
    return render(request, template, context)


@page(access.can_prepare)
@require_http_methods(["GET", "POST"])
def add_task(request: StaffRequest, pk: int) -> HttpResponse:
    """A task that came during the year: asked for here, in the plan once a leader approves."""
    found = queries.plan_of(actor=request.actor, pk=pk)
    if not access.can_amend(request.actor, plan=found):
        raise NotPermitted
    form = AddTaskForm(request.POST if request.method == "POST" else None, plan=found)
    if form.is_valid():
        try:
            asked = services.ask_to_add_task(
                actor=request.actor,
                plan=found,
                cells_typed=form.cells,
                reason=form.cleaned_data["reason"],
                idempotency_key=form.cleaned_data["key"] or None,
            )
        except UseCaseError as error:
            form.add_refusal(error)
        else:
            toasts.add(request, _("The leader was asked to approve the change."))
            return redirect("programme:amendment", asked.pk)
    return render(request, "programme/add_task.html", {"form": form, "plan": found})
