"""One act at one address: GET shows its form, as a page or in the drawer; POST does it. The rest is the act's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from caicach.kernel.calendar import clock
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui import toasts
from caicach.kernel.usecase.errors import EditConflict, NotFound, NotPermitted, UseCaseError
from caicach.measurement.programme import forms_task, queries
from caicach.measurement.programme.models import PlanTask, TaskProduct

GET_OR_POST = require_http_methods(["GET", "POST"])


@dataclass(slots=True, kw_only=True)
class Act:
    """One act as its page shows it.

    perform : called with the cleaned data; done : what is said afterwards; back : where one then is;
    more : template shown above the form, with `context`; keeps_unsent : words that could not be sent wait in the
    browser and go out by themselves, for acts that mean the same an hour later; decides : the form has a `decision`,
    and each of its choices is a button of its own in the place of `verb`.
    """

    task: PlanTask
    form: forms_task.TaskForm
    title: str
    verb: str = ""
    done: str | Callable[[], str]
    perform: Callable[[dict[str, Any]], object]
    sub: str = ""
    more: str = ""
    is_danger: bool = False
    takes_files: bool = False
    keeps_unsent: bool = False
    decides: bool = False
    back: str = ""
    context: dict[str, Any] = field(default_factory=dict)


def answered(request: StaffRequest, act: Act, *, allowed: bool) -> HttpResponse:
    """`allowed` decides who may see the form; the use case decides again."""
    if not allowed:
        raise NotPermitted
    back = act.back or reverse("programme:task", args=[act.task.pk])
    conflict: EditConflict | None = None
    if act.form.is_bound and act.form.is_valid():
        try:
            act.perform(act.form.cleaned_data)
        except (NotPermitted, NotFound):
            raise
        except EditConflict as error:
            conflict = error
            act.form.show_conflict(error, revision=_revision_now(act.task))
        except UseCaseError as error:
            act.form.add_refusal(error)
        else:
            toasts.add(request, act.done if isinstance(act.done, str) else act.done())
            return _gone(request, back)
    context = {"act": act, "task": act.task, "form": act.form, "back": back, "address": request.path, **act.context}
    if conflict is not None:
        context |= {
            "conflict": conflict,
            "changes": [(label, before, after) for label, (before, after) in conflict.changes.items()],
        }
    in_drawer = request.headers.get("HX-Request") == "true"
    template = "programme/parts/task_act_drawer.html" if in_drawer else "programme/task_act.html"
    # In a swap the status says that the form came back with its errors; a whole page is shown in any case.
    status = 422 if in_drawer and act.form.is_bound else 200
    return render(request, template, context, status=status)


def _gone(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _revision_now(task: PlanTask) -> int:
    return PlanTask.objects.values_list("revision", flat=True).get(pk=task.pk)


def task_to_act_on(request: StaffRequest, pk: int) -> PlanTask:
    return queries.task_of(actor=request.actor, pk=pk, today=clock.today())


def product_to_act_on(request: StaffRequest, pk: int) -> TaskProduct:
    product = TaskProduct.objects.filter(pk=pk).first()
    if product is None:
        raise NotFound
    product.task = task_to_act_on(request, product.task_id)
    return product


def given(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
