"""Checking what was read: the text on the left, the proposed tasks on the right; submit, approve, undo the import."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui import toasts
from caicach.kernel.ui.addresses import whole_number
from caicach.kernel.ui.wording import hour
from caicach.kernel.usecase.errors import EditConflict, InvalidInput, NotFound
from caicach.measurement.programme import access, queries, services, sourcing
from caicach.measurement.programme.cells import COLUMNS
from caicach.measurement.programme.grid import column_label
from caicach.measurement.programme.models import NationalTarget, Plan, PlanState, ReformField
from caicach.measurement.programme.models.plan import FIELD_ORDER, FIELD_SHORT
from caicach.measurement.programme.naming import UnitNames
from caicach.measurement.programme.numbers import skipped_numbers
from caicach.measurement.programme.reading_words import sentence_of
from caicach.measurement.programme.rules import PRODUCT_OF_THE_UNNAMED
from caicach.measurement.programme.signing import Signature, usual_signature

from .acting import Again, changes_of, signature_typed
from .review_acts import ACTS, link, unlink

ROWS_AT_ONCE = 100
NEEDS_A_LOOK = "can-xem"
LACKING = "con-thieu"
PAST = "da-qua-han"
DROPPED = "da-bo"
CHECK_STEP = 2
LINK_STEP = 3
ADDS_ROWS = ("paste", "split")
MOVES_PLACES = ("paste", "split", "merge", "drop", "restore", "renumber", "undo", "redo")
"""After these the tasks stand otherwise in the text, or under other numbers."""


def steps_of(plan: Plan) -> list[tuple[str, str]]:
    return [
        (_("Text"), reverse("programme:review_source", args=[plan.pk])),
        (_("Check the tasks"), reverse("programme:review", args=[plan.pk])),
        (_("Link targets"), reverse("programme:review_targets", args=[plan.pk])),
        (_("Submit"), ""),
        (_("Approve"), ""),
    ]


def step_of(plan: Plan) -> int:
    """Where the plan is on the way of `steps_of`, from 1."""
    return CHECK_STEP if plan.state == PlanState.DRAFT else 5


def _unfinished(rows: Sequence[queries.DraftRow]) -> dict[str, Any]:
    """For a stepper that stands further on: tasks are not checked while some lack what a plan must say of each."""
    lacking = sum(row.lacks for row in rows)
    if not lacking:
        return {"unfinished": "", "lacking": ""}
    words = ngettext("%(count)d task incomplete", "%(count)d tasks incomplete", lacking) % {"count": lacking}
    return {"unfinished": CHECK_STEP, "lacking": words}


def _linked(rows: Sequence[queries.DraftRow]) -> dict[str, int]:
    """How many numbers that tasks must reach serve a national target, and how many serve none yet."""
    targets = [target for row in rows for target in row.task.targets.all()]
    linked = sum(target.national_id is not None for target in targets)
    return {"linked": linked, "unlinked": len(targets) - linked}


def _passed_over(plan: Plan, linked: int) -> dict[str, Any]:
    """For a stepper that stands further on: nobody has linked a target, and nobody had to."""
    if linked or step_of(plan) <= LINK_STEP:
        return {"open_step": "", "open_words": ""}
    return {"open_step": LINK_STEP, "open_words": _("no target linked")}


@page(access.can_open_plans)
@require_GET
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """The whole page, or only the pane of tasks for a swap."""
    plan = queries.plan_of(actor=request.actor, pk=pk)
    if plan.state == PlanState.APPROVED:
        return redirect("programme:plan", plan.pk)
    if request.headers.get("HX-Target") == "review-tasks":
        return render(request, "programme/parts/review_tasks.html", _tasks_context(request, plan))
    return _whole_page(request, plan)


def _whole_page(
    request: StaffRequest,
    plan: Plan,
    *,
    sent: Mapping[str, str] | None = None,
    refused: str = "",
    conflict: EditConflict | None = None,
    again: Again | None = None,
    status: int = 200,
) -> HttpResponse:
    """sent : what was typed with a decision; refused : why the plan was not approved with it; conflict : why nothing
    was decided, with what decides it now.
    """
    context = _tasks_context(request, plan)
    context |= {
        "steps": steps_of(plan),
        "step": step_of(plan),
        **_passed_over(plan, context["linked"]),
        "paragraphs": _paragraphs(plan),
        "warnings": _warnings(plan),
        "signature": _signature(request, plan, sent or {}) if context["may_approve"] else None,
        "reason_typed": (sent or {}).get("reason", ""),
        "refused": refused,
        "conflict": conflict,
        "changes": changes_of(conflict),
        "again": again,
    }
    return render(request, "programme/review.html", context, status=status)


def _signature(request: StaffRequest, plan: Plan, sent: Mapping[str, str]) -> Signature:
    """What the approval proposes: as it was typed, else by the office and name of who looks."""
    usual = usual_signature(account_id=request.actor.account_id, issuer=plan.issuer, on=clock.today())
    return Signature(sent.get("signed_as", usual.lines), sent.get("signer_name", usual.name))


def _tasks_context(request: HttpRequest, plan: Plan, *, values: QueryDict | None = None) -> dict[str, Any]:
    """What the pane of tasks shows. `values` holds the view (which tasks, which page, which row is open)."""
    asked = values if values is not None else request.GET
    view = asked.get("xem", "")
    every = queries.draft_rows(plan=plan, with_dropped=True)
    live = [row for row in every if not row.task.is_dropped]
    stays = whole_number(asked.get("giu")) or 0  # the row that someone is writing in, or has just added
    shown = [row for row in (every if view == DROPPED else live) if _is_in(row, view) or row.task.pk == stays]
    pages = max(1, -(-len(shown) // ROWS_AT_ONCE))
    open_id = whole_number(asked.get("viec")) or 0
    place = next((n for n, row in enumerate(shown) if row.task.pk == (open_id or stays)), None)
    wanted = whole_number(asked.get("trang")) or 1
    page_number = place // ROWS_AT_ONCE + 1 if place is not None else min(wanted, pages)
    may_edit = plan.state == PlanState.DRAFT and access.can_edit_draft(request.actor, plan=plan)  # type: ignore[attr-defined]
    return {
        "plan": plan,
        "rows": shown[(page_number - 1) * ROWS_AT_ONCE : page_number * ROWS_AT_ONCE],
        "total": len(shown),
        "page_number": page_number,
        "pages": pages,
        "before": page_number - 1,
        "after": page_number + 1 if page_number < pages else 0,
        "view": view,
        "chips": _chips(every, view),
        "open_id": open_id,
        "sums": queries.draft_sums(plan=plan),
        "doubtful": sum(row.needs_a_look for row in live),
        "lacking": sum(row.lacks for row in live),
        "without_product": sum(not row.task.product.strip() for row in live),
        "product_of_the_unnamed": PRODUCT_OF_THE_UNNAMED,
        "past": sum(_is_past(row) for row in live),
        **_linked(live),
        "skipped_numbers": ", ".join(skipped_numbers([row.task.number for row in live])),
        "unconfirmed": sum(not row.task.is_confirmed for row in live),
        "fields": [(code, FIELD_ORDER[code], name) for code, name in ReformField.choices],
        "units": list(UnitNames.of_year(plan.year).by_code.values()),
        "may_edit": may_edit,
        "may_approve": plan.state == PlanState.SUBMITTED and access.can_approve(request.actor, plan=plan),  # type: ignore[attr-defined]
        "may_return": plan.state == PlanState.SUBMITTED and access.can_return_draft(request.actor, plan=plan),  # type: ignore[attr-defined]
        "undo_step": queries.last_step(plan=plan) if may_edit else None,
        "redo_step": queries.undone_step(plan=plan) if may_edit else None,
        "account_id": request.actor.account_id,  # type: ignore[attr-defined]
        "key": secrets.token_urlsafe(16),
        "saved_at": hour(clock.now()),
        "is_swap": request.headers.get("HX-Request") == "true",
        "columns": [(column, column_label(column)) for column in COLUMNS],
        "targets": NationalTarget.objects.order_by("field", "year", "code") if open_id and may_edit else (),
    }


def _is_in(row: queries.DraftRow, view: str) -> bool:
    if view == DROPPED:
        return row.task.is_dropped
    if view == NEEDS_A_LOOK:
        return not row.task.is_confirmed
    if view == LACKING:
        return row.lacks
    if view == PAST:
        return _is_past(row)
    return not view or row.task.field == view


def _is_past(row: queries.DraftRow) -> bool:
    """Late the moment the plan is approved."""
    return row.task.deadline is not None and row.task.deadline < clock.today()


def _chips(rows: list[queries.DraftRow], view: str) -> list[tuple[str, str, int, bool]]:
    live = [row for row in rows if not row.task.is_dropped]
    chips = [
        (NEEDS_A_LOOK, _("To check"), sum(not row.task.is_confirmed for row in live)),
        ("", _("All"), len(live)),
    ]
    lacking = sum(row.lacks for row in live)
    if lacking or view == LACKING:
        chips.insert(1, (LACKING, _("Incomplete"), lacking))
    past = sum(_is_past(row) for row in live)
    if past or view == PAST:
        chips.append((PAST, _("Deadline past"), past))
    for code in ReformField.values:
        count = sum(row.task.field == code for row in live)
        if count:
            chips.append((code, f"{FIELD_ORDER[code]}. {FIELD_SHORT[code]}", count))
    dropped = sum(row.task.is_dropped for row in rows)
    if dropped:
        chips.append((DROPPED, _("Dropped"), dropped))
    return [(code, label, count, code == view) for code, label, count in chips]


def _paragraphs(plan: Plan) -> list[sourcing.Paragraph]:
    source = plan.source
    tasks = plan.tasks.filter(is_dropped=False).exclude(source_start=None).order_by("source_start", "pk")
    spans = [sourcing.Span(t.pk, t.source_start or 0, t.source_end or 0, t.number) for t in tasks]
    return sourcing.paragraphs_of(
        source.text,
        tasks=spans,
        citations=[(citation["start"], citation["end"]) for citation in source.citations],
        headings=[(start, end, level) for start, end, level in source.headings],
        pages=source.pages,
    )


def _warnings(plan: Plan) -> list[str]:
    sentences = (sentence_of(warning["code"], warning["parameters"]) for warning in plan.source.warnings)
    return [sentence for sentence in sentences if sentence]


@page(access.can_open_plans)
@require_GET
def source(request: StaffRequest, pk: int) -> HttpResponse:
    """The text as it was read, with every task at its place; for approved plans too."""
    plan = queries.plan_of(actor=request.actor, pk=pk)
    return render(request, "programme/source.html", {"plan": plan, "paragraphs": _paragraphs(plan)})


# --- changing the draft -----------------------------------------------------------------------------------------------


@page(access.can_prepare)
@require_POST
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """One change of the draft (`act`), then the pane of tasks as it is now. A refusal leaves the pane as it was."""
    plan = queries.plan_of(actor=request.actor, pk=pk)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise NotFound
    words = act(request, plan)
    plan.refresh_from_db()
    view = QueryDict(request.POST.get("view", ""), mutable=True)
    if request.POST.get("open"):
        view["viec"] = request.POST["open"]
    added = queries.first_added(plan=plan) if request.POST["act"] in ADDS_ROWS else None
    view["giu"] = str(added or request.POST.get("stay", ""))
    if request.headers.get("HX-Request") != "true":
        toasts.add(request, words)
        return redirect(f"{reverse('programme:review', args=[plan.pk])}?{view.urlencode()}")
    context = _tasks_context(request, plan, values=view)
    if request.POST["act"] in MOVES_PLACES or "number" in request.POST:
        context["paragraphs_now"] = _paragraphs(plan)
    response = render(request, "programme/parts/review_tasks.html", context)
    told = {"cc:announce": words, "review:changed": {"plan": plan.pk}, "review:added": {"task": str(added or "")}}
    response.headers["HX-Trigger"] = json.dumps(told)
    return response


# --- targets, submitting, approving ---


@page(access.can_open_plans)
@require_http_methods(["GET", "POST"])
def targets(request: StaffRequest, pk: int) -> HttpResponse:
    """The third step: which national targets the tasks serve."""
    plan = queries.plan_of(actor=request.actor, pk=pk)
    if request.method == "POST":
        words = unlink(request, plan) if "unlink" in request.POST else link(request, plan)
        toasts.add(request, words)
        return redirect("programme:review_targets", plan.pk)
    rows = queries.draft_rows(plan=plan)
    linked = [(row.task, target) for row in rows for target in row.task.targets.all()]
    context = {
        "plan": plan,
        "steps": steps_of(plan),
        **_linked(rows),
        **_unfinished(rows),
        "rows": rows,
        "linked_targets": linked,
        "targets": NationalTarget.objects.order_by("field", "year", "code"),
        "may_edit": plan.state == PlanState.DRAFT and access.can_edit_draft(request.actor, plan=plan),
        "key": secrets.token_urlsafe(16),
    }
    return render(request, "programme/targets.html", context)


@page(access.can_prepare)
@require_POST
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    plan = queries.plan_of(actor=request.actor, pk=pk)
    try:
        services.submit(
            actor=request.actor,
            plan=plan,
            revision=whole_number(request.POST.get("revision")),
            idempotency_key=request.POST.get("key") or None,
        )
    except EditConflict as error:
        return _not_decided(request, plan, error, verb=_("Submit it as it is now"), typed=[])
    except services.PlanIncomplete as refusal:
        # Back to the very rows that have to be completed first.
        toasts.add_problem(request, refusal.message)
        return redirect(f"{reverse('programme:review', args=[plan.pk])}?xem={LACKING}")
    toasts.add(request, _("The plan was submitted. The leader has been told."))
    return redirect("programme:review", plan.pk)


@page(access.can_open_plans)
@require_POST
def return_draft(request: StaffRequest, pk: int) -> HttpResponse:
    plan = queries.plan_of(actor=request.actor, pk=pk)
    reason = request.POST.get("reason", "")
    try:
        services.return_draft(
            actor=request.actor,
            plan=plan,
            reason=reason,
            revision=whole_number(request.POST.get("revision")),
            idempotency_key=request.POST.get("key") or None,
        )
    except EditConflict as error:
        typed = [("reason", _("What has to be changed"), reason)]
        return _not_decided(request, plan, error, verb=_("Return it all the same"), typed=typed)
    toasts.add(request, _("The plan is a draft again."))
    return redirect("programme:review", plan.pk)


@page(access.can_open_plans)
@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    plan = queries.plan_of(actor=request.actor, pk=pk)
    try:
        approved = services.approve(
            actor=request.actor,
            plan=plan,
            signed_as=request.POST.get("signed_as"),
            signer_name=request.POST.get("signer_name"),
            revision=whole_number(request.POST.get("revision")),
            idempotency_key=request.POST.get("key") or None,
        )
    except InvalidInput as error:
        return _whole_page(request, plan, sent=request.POST.dict(), refused=error.message, status=error.status)
    except EditConflict as error:
        return _not_decided(request, plan, error, verb=_("Approve it as it is now"), typed=signature_typed(request))
    toasts.add(request, _("Approved as number %(number)s. The units have their tasks.") % {"number": approved.number})
    return redirect("programme:plan", plan.pk)


def _not_decided(
    request: StaffRequest, plan: Plan, error: EditConflict, *, verb: str, typed: Sequence[tuple[str, str, str]]
) -> HttpResponse:
    """The page with the plan as it is now, what changed, and the same decision by one click."""
    again = Again(request.path, verb, plan.revision, typed)
    return _whole_page(request, plan, sent=request.POST.dict(), conflict=error, again=again, status=error.status)


@page(access.can_prepare)
@require_POST
def undo_import(request: StaffRequest, pk: int) -> HttpResponse:
    plan = queries.plan_of(actor=request.actor, pk=pk)
    title = plan.title
    services.undo_import(actor=request.actor, plan=plan, idempotency_key=request.POST.get("key") or None)
    toasts.add(request, _("The import of “%(title)s” was undone.") % {"title": title})
    return redirect("programme:plans")
