"""A change of an approved plan on a page of its own: what it would change, and the leader's decision."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui import toasts
from caicach.kernel.usecase.errors import EditConflict, NotFound, NotPermitted, UseCaseError
from caicach.measurement.programme import access, queries, services
from caicach.measurement.programme.forms import AmendmentDecisionForm
from caicach.measurement.programme.models import Amendment

from .acting import changes_of


@page(access.can_open_plans)
@require_http_methods(["GET", "POST"])
def amendment(request: StaffRequest, pk: int) -> HttpResponse:
    """Who may see it reads it; the leader who did not ask decides here."""
    found = queries.amendment_of(actor=request.actor, pk=pk)
    may_decide = access.can_decide_amendment(request.actor, amendment=found)
    if request.method == "POST" and not may_decide:
        raise NotPermitted
    form = AmendmentDecisionForm(
        request.POST if request.method == "POST" else None, initial={"revision": found.task and found.task.revision}
    )
    if form.is_valid() and _decide(request, found, form):
        if found.task is not None:
            return redirect("programme:task", found.task.pk)
        return redirect("programme:plan", found.plan_id)
    lines = queries.lines_of([found])[found.pk]
    context = {
        "amendment": found,
        "plan": found.plan,
        "lines": lines,
        "replaces": any(line.before for line in lines),
        "left_behind": queries.left_behind_by(found.task)
        if found.task and found.is_waiting and found.hands_over
        else None,
        "form": form,
        "conflict": form.conflict,
        "changes": changes_of(form.conflict),
        "may_decide": may_decide and found.is_waiting,
        "may_withdraw": found.is_waiting and access.can_withdraw_amendment(request.actor, amendment=found),
        "next_version": found.plan.version + 1,
    }
    return render(request, "programme/amendment.html", context)


def _decide(request: StaffRequest, found: Amendment, form: AmendmentDecisionForm) -> bool:
    is_approved = form.cleaned_data["decision"] == form.APPROVE
    try:
        decided = services.decide_amendment(
            actor=request.actor,
            amendment=found,
            is_approved=is_approved,
            remark=form.cleaned_data["remark"],
            revision=form.cleaned_data["revision"],
            idempotency_key=form.cleaned_data["key"] or None,
        )
    except (NotPermitted, NotFound):
        raise
    except EditConflict as error:
        form.show_conflict(error, revision=str(found.task.revision) if found.task else "")
        return False
    except UseCaseError as error:
        form.add_refusal(error)
        found.refresh_from_db(fields=["state"])
        return False
    found.task = decided.task
    found.plan.refresh_from_db(fields=["version"])
    toasts.add(
        request,
        _("The change is approved. The plan is now version %(version)d.") % {"version": found.plan.version}
        if is_approved
        else _("The change was returned. Who asked for it has been told why."),
    )
    return True


@page(access.can_open_plans)
@require_POST
def withdraw_amendment(request: StaffRequest, pk: int) -> HttpResponse:
    """Who asked takes it back."""
    found = queries.amendment_of(actor=request.actor, pk=pk)
    services.withdraw_amendment(actor=request.actor, amendment=found)
    toasts.add(request, _("The change was taken back. The plan stays as it is."))
    return redirect("programme:amendment", found.pk)
