"""The title of a draft and its decision, corrected on a page of their own; and what the open row keeps by itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui import toasts
from caicach.kernel.ui.addresses import whole_number
from caicach.kernel.ui.wording import hour
from caicach.kernel.usecase.errors import EditConflict, InvalidInput, NotFound, NotPermitted
from caicach.measurement.programme import access, queries, services
from caicach.measurement.programme.cells import COLUMNS, field_code
from caicach.measurement.programme.forms import DescriptionForm
from caicach.measurement.programme.grid import shown_cells
from caicach.measurement.programme.models import Plan


@page(access.can_prepare)
@require_http_methods(["GET", "POST"])
def describe(request: StaffRequest, pk: int) -> HttpResponse:
    plan = queries.plan_of(actor=request.actor, pk=pk)
    if not access.can_edit_draft(request.actor, plan=plan):
        raise NotPermitted
    form = DescriptionForm(request.POST if request.method == "POST" else None, plan=plan)
    context: dict[str, Any] = {"plan": plan, "form": form}
    if form.is_valid():
        try:
            _describe(request, plan, form)
        except EditConflict as conflict:
            form.show_conflict()
            context |= {"conflict": conflict, "changes": [(label, *pair) for label, pair in conflict.changes.items()]}
        except InvalidInput as refusal:
            form.add_refusal(refusal)
        else:
            toasts.add(request, _("The head of the plan was changed."))
            return redirect("programme:review", plan.pk)
    return render(request, "programme/describe.html", context)


def _describe(request: StaffRequest, plan: Plan, form: DescriptionForm) -> None:
    values, seen = form.typed_and_seen()
    if not values:
        return
    services.describe_plan(
        actor=request.actor,
        plan=plan,
        values=values,
        seen=seen,
        idempotency_key=form.cleaned_data["key"] or None,
    )


@page(access.can_prepare)
@require_POST
def autosave(request: StaffRequest, pk: int) -> HttpResponse:
    """What is typed in the open row is kept while it is typed, as far as it can be read; nobody has agreed by that.

    A cell that is half written waits for the person's own saving, which names what is wrong with it.
    """
    plan = queries.plan_of(actor=request.actor, pk=pk)
    task = plan.tasks.filter(pk=whole_number(request.POST.get("chon")) or 0).first()
    if task is None:
        raise NotFound
    shown = shown_cells(task)
    sent = {column: request.POST[column].replace("\r\n", "\n") for column in COLUMNS if column in request.POST}
    typed = {column: text for column, text in sent.items() if not _is_shown(column, text, shown)}
    typed = services.readable_cells(plan, typed)
    if typed:
        task = services.edit_task(
            actor=request.actor,
            plan=plan,
            task_id=task.pk,
            cells_typed=typed,
            revision=whole_number(request.POST.get("revision", "")),
            confirms=False,
        )
    return JsonResponse({"task": task.pk, "revision": task.revision, "time": hour(clock.now())})


def _is_shown(column: str, text: str, shown: dict[str, str]) -> bool:
    if column == "field":
        # The form sends the field's number, the grid shows its name.
        return field_code(text) == field_code(shown["field"])
    return text.strip() == shown[column].strip()
