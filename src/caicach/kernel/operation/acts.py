"""A page that asks before something is done: what will happen, the inputs it needs, the verb on the button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.usecase.errors import UseCaseError

from .forms import ActForm


@dataclass(frozen=True, slots=True)
class Act:
    """path : (label, address) down to the page that the act belongs to; consequences : sentences."""

    title: str
    verb: str
    path: list[tuple[str, str]]
    consequences: list[str] = field(default_factory=list)
    danger: bool = False

    @property
    def back(self) -> str:
        return self.path[-1][1]


def sent(request: StaffRequest) -> Any:
    """What a form is bound to: None before it was sent."""
    return request.POST if request.method == "POST" else None


def ask(request: StaffRequest, act: Act, form: ActForm, do: Callable[[Any], None]) -> HttpResponse:
    """Shows the act's form; once it is sent, `do` it and go back, or say beside the fields why it cannot be done."""
    if form.is_valid():
        try:
            do(form)
        except UseCaseError as error:
            form.add_refusal(error)
        else:
            return redirect(act.back)
    return shown_act(request, act, form)


def shown_act(request: StaffRequest, act: Act, form: ActForm) -> HttpResponse:
    return render(request, "operation/act.html", {"act": act, "form": form}, status=422 if form.errors else 200)
