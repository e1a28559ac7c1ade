"""The living page of the design system, the phone's menu, and the tap that keeps a session open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.predicates import signed_in

from . import gallery
from .problems import bad_request, forbidden, not_found, server_error, too_many_requests

__all__ = [
    "bad_request",
    "design_system",
    "design_system_drawer",
    "forbidden",
    "menu",
    "not_found",
    "server_error",
    "stay",
    "too_many_requests",
]


@page(None)
@require_safe
def design_system(request: HttpRequest) -> HttpResponse:
    """Every component in every state, in both themes: open to all, holds no data."""
    return render(request, "ui/gallery.html", gallery.context(request.GET.get("theme", "")))


@page(None)
@require_safe
def design_system_drawer(request: HttpRequest) -> HttpResponse:
    """The provenance drawer of the gallery's example figure, as a figure's own address gives it."""
    return render(request, "ui/gallery/drawer_open.html", gallery.context(""))


@page(signed_in)
@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """The rail as a page: "More" in the phone's bar, where no script runs."""
    return render(request, "ui/menu.html")


@page(signed_in)
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """A request like any other, so the idle clock starts again."""
    return HttpResponse(status=204)
