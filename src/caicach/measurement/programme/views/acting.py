"""One act at one address: GET shows its form, as a page or in the drawer; POST does it. The rest is the act's own."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caicach.kernel.calendar import clock
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui import toasts
from caicach.kernel.usecase.errors import EditConflict, NotFound, NotPermitted, UseCaseError
from caicach.measurement.programme import forms_task, queries
from caicach.measurement.programme.models import PlanTask, TaskProduct

from . import act_drafts

GET_OR_POST = require_http_methods(["GET", "POST"])


@dataclass(slots=True, kw_only=True)
class Act:
    """One act as its page shows it.

    perform : called with the cleaned data; done : what is said afterwards; back : where one then is;
    more : template shown above the form, with `context`; keeps_unsent : words that could not be sent wait in the
    browser and go out by themselves, for acts that mean the same an hour later; decides : the form has a `decision`,
    and each of its choices is a button of its own in the place of `verb`; seen : by field of the form, what the page
    shows besides the task itself and the form carries.
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
    seen: Callable[[], dict[str, str]] = dict


def answered(request: StaffRequest, act: Act, *, allowed: bool) -> HttpResponse:
    """`allowed` decides who may see the form; the use case decides again."""
    if not allowed:
        raise NotPermitted
    if act_drafts.is_keeping(request):
        return act_drafts.kept(request, act.form)
    if act_drafts.is_dropping(request):
        act_drafts.dropped(request)
        return _shown(request, act, "") if _is_swap(request) else redirect(_where_it_was(request, act))
    back = act.back or reverse("programme:task", args=[act.task.pk])
    conflict: EditConflict | None = None
    if act.form.is_bound and act.form.is_valid():
        try:
            act.perform(act.form.cleaned_data)
        except (NotPermitted, NotFound):
            raise
        except EditConflict as error:
            conflict = error
            act.form.show_conflict(error, revision=str(_revision_now(act.task)), **act.seen())
        except UseCaseError as error:
            act.form.add_refusal(error)
        else:
            act_drafts.dropped(request)
            toasts.add(request, act.done if isinstance(act.done, str) else act.done())
            return _gone(request, back)
    return _shown(request, act, back, conflict)


def _shown(request: StaffRequest, act: Act, back: str, conflict: EditConflict | None = None) -> HttpResponse:
    draft = act_drafts.put_back(request, act.form)
    context = {
        "draft": draft,
        "act": act,
        "task": act.task,
        "form": act.form,
        "back": back,
        "address": request.path,
        **act.context,
    }
    if conflict is not None:
        context |= {"conflict": conflict, "changes": changes_of(conflict)}
    in_drawer = _is_swap(request)
    template = "programme/parts/task_act_drawer.html" if in_drawer else "programme/task_act.html"
    # In a swap the status says that the form came back with its errors; a whole page is shown in any case.
    status = 422 if in_drawer and act.form.is_bound else 200
    return render(request, template, context, status=status)


def _is_swap(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _where_it_was(request: StaffRequest, act: Act) -> str:
    """The form stands on its own page, or, as that of a comment, on the task's."""
    return act.back if request.POST.get("o") == "trang" else request.path


@dataclass(frozen=True, slots=True)
class Again:
    """The same decision once more, on what is there now, for `parts/decide_again.html`.

    typed : (name of the input, its label, what was typed); without a name it is only shown.
    carried : (name of the input, its value) of what goes with it unseen.
    """

    action: str
    verb: str
    revision: int
    typed: Sequence[tuple[str, str, str]]
    carried: Sequence[tuple[str, str]] = ()
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))


def signature_typed(request: HttpRequest) -> list[tuple[str, str, str]]:
    """What an approval carries of the paper's signature, for `Again.typed`."""
    labels = {"signed_as": _("Above the signature"), "signer_name": _("Name of who signs")}
    return [(name, label, request.POST[name]) for name, label in labels.items() if name in request.POST]


def changes_of(conflict: EditConflict | None) -> list[tuple[str, str, str]]:
    """For the comparison: (label, what it was, what it is now)."""
    return [(label, *pair) for label, pair in conflict.changes.items()] if conflict else []


def _gone(request: HttpRequest, address: str) -> HttpResponse:
    if _is_swap(request):
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


def chosen_by_address(request: HttpRequest, **parameters: str) -> dict[str, str]:
    """Field -> what the address chose by the parameter, for `initial`; nothing where it chose nothing, so that what a
    draft holds stands in the form.
    """
    return {name: request.GET[parameter] for name, parameter in parameters.items() if request.GET.get(parameter)}


def given(request: StaffRequest) -> Any:
    """What was sent; a dropped draft leaves the form as if it had just been opened."""
    return request.POST if request.method == "POST" and not act_drafts.is_dropping(request) else None
