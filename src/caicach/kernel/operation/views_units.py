"""Units: the tree, one unit's page, and what an operator does to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caicach.kernel.calendar import clock
from caicach.kernel.identity import queries as identity
from caicach.kernel.identity import services
from caicach.kernel.identity.decorators import page, proved_lately
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.models import Unit
from caicach.kernel.ui import toasts

from . import access
from .acts import Act, ask, sent
from .forms import EndingForm, MoveUnitForm, NewUnitForm
from .queries import units as queries


def _act(title: str, *, verb: str, unit: Unit | None = None, **more: Any) -> Act:
    path = [(_("Units"), reverse("operation:units"))]
    if unit is not None:
        path.append((unit.name, reverse("operation:unit", args=[unit.pk])))
    return Act(title, verb, path, **more)


@page(access.can_see_accounts)
@require_GET
def units(request: StaffRequest) -> HttpResponse:
    """`het` shows units that are over or to come as well."""
    with_former = request.GET.get("het") == "1"
    context = {
        "lines": queries.tree(on=clock.today(), with_former=with_former),
        "with_former": with_former,
        "only_now": not with_former,
        "may_change": access.can_administer(request.actor),
    }
    return render(request, "operation/units.html", context)


@page(access.can_see_accounts)
@require_GET
def unit(request: StaffRequest, pk: int) -> HttpResponse:
    records = queries.unit_records(pk=pk, on=clock.today())
    context = {
        "records": records,
        "unit": records.unit,
        "history": queries.unit_history(records.unit, before=request.GET.get("truoc", "")),
        "may_change": access.can_administer(request.actor),
    }
    return render(request, "operation/unit.html", context)


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
def create_unit(request: StaffRequest) -> HttpResponse:
    """`thuoc` is the code of the unit to which the new one belongs, unless another is chosen."""
    today = clock.today()
    above = identity.unit_by_code(code=request.GET.get("thuoc", ""))

    def do(form: NewUnitForm) -> None:
        data = dict(form.cleaned_data)
        services.create_unit(actor=request.actor, **{**data, "order": data["order"] or 0})
        toasts.add(request, _("The unit is added."))

    form = NewUnitForm(sent(request), units=identity.units(on=today), today=today, initial={"parent": above})
    return ask(request, _act(_("New unit"), verb=_("Add the unit"), unit=above), form, do)


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
@proved_lately
def move_unit(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.unit_to_see(pk=pk)

    def do(form: MoveUnitForm) -> None:
        services.move_unit(actor=request.actor, unit=found, parent=form.cleaned_data["parent"])
        toasts.add(request, _("The unit is moved, and all units beneath it with it."))

    act = _act(
        _("Move %(unit)s") % {"unit": found.name},
        verb=_("Move the unit"),
        unit=found,
        consequences=[
            _("All units beneath it move with it."),
            _("From the next click on, roles held above its old place reach it no more, those above its new one do."),
        ],
    )
    elsewhere = identity.units(on=clock.today()).exclude(path__startswith=found.path)
    return ask(request, act, MoveUnitForm(sent(request), units=elsewhere), do)


@page(access.can_administer)
@require_http_methods(["GET", "POST"])
@proved_lately
def end_unit(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.unit_to_see(pk=pk)

    def do(form: EndingForm) -> None:
        services.end_unit(actor=request.actor, unit=found, valid_to=form.valid_to())
        toasts.add(request, _("The unit ends as you said."))

    act = _act(
        _("End %(unit)s") % {"unit": found.name},
        verb=_("End the unit"),
        unit=found,
        danger=True,
        consequences=[
            _("All roles held in it end with it. What it did stays under its name."),
            _("Its open tasks stay with it until a decision gives them to another unit."),
        ],
    )
    return ask(request, act, EndingForm(sent(request), today=clock.today()), do)
