"""Saving, renaming and removing views of a list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.predicates import signed_in
from caicach.kernel.ui import toasts
from caicach.kernel.usecase.errors import NotFound

from . import queries, services
from .models import SavedView


def _back(request: StaffRequest, query: str) -> HttpResponse:
    path = request.POST.get("path", "/")
    if not url_has_allowed_host_and_scheme(path, {request.get_host()}):
        path = "/"
    # The page itself may be found by a part of its address: a figure's tasks, by the figure.
    return redirect(f"{path}{'&' if '?' in path else '?'}{query}" if query else path)


@page(signed_in)
@require_POST
def save_view(request: StaffRequest) -> HttpResponse:
    held = request.actor.main_role
    shared = Unit.objects.filter(pk=held.unit_id).first() if request.POST.get("is_shared") and held else None
    view = services.save_view(
        actor=request.actor,
        list_key=request.POST.get("list_key", ""),
        name=request.POST.get("name", ""),
        query=request.POST.get("query", ""),
        unit=shared,
        is_default=bool(request.POST.get("is_default")),
    )
    toasts.add(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return _back(request, view.query)


def _own(request: StaffRequest, pk: int) -> SavedView:
    view = queries.view_of_own(actor=request.actor, pk=pk)
    if view is None:
        raise NotFound
    return view


@page(signed_in)
@require_POST
def rename_view(request: StaffRequest, pk: int) -> HttpResponse:
    view = services.rename_view(actor=request.actor, view=_own(request, pk), name=request.POST.get("name", ""))
    toasts.add(request, _("The view is now called “%(name)s”.") % {"name": view.name})
    return _back(request, view.query)


@page(signed_in)
@require_POST
def remove_view(request: StaffRequest, pk: int) -> HttpResponse:
    view = _own(request, pk)
    query = view.query
    services.remove_view(actor=request.actor, view=view)
    toasts.add(request, _("The view is removed."))
    return _back(request, query)
