from __future__ import annotations

from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_GET, require_http_methods, require_POST

from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.predicates import signed_in

from . import queries, services
from .models import Mail

NOTICES_A_PAGE = 50


@page(signed_in)
@require_GET
def list_notices(request: StaffRequest) -> HttpResponse:
    """`xem=chua-doc` shows the unread ones; `truoc` is the moment before which the next page begins."""
    only_unread = request.GET.get("xem") == "chua-doc"
    found = queries.notices(
        actor=request.actor,
        today=clock.today(),
        only_unread=only_unread,
        before=_moment(request),
        limit=NOTICES_A_PAGE + 1,
    )
    shown = found[:NOTICES_A_PAGE]
    context = {
        "days": [(day, list(some)) for day, some in groupby(shown, key=lambda seen: seen.day)],
        "only_unread": only_unread,
        "unread": queries.unread_count(request.actor),
        "older": shown[-1].notice.created_at.isoformat() if len(found) > NOTICES_A_PAGE else "",
    }
    return render(request, "notifications/list.html", context)


@page(signed_in)
@require_POST
def read(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """From the script, as the link is followed (204), or by the button beside it."""
    services.mark_read(actor=request.actor, notice=queries.notice_of(actor=request.actor, notice_id=notice_id))
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect("notifications:list")


@page(signed_in)
@require_POST
def read_all(request: StaffRequest) -> HttpResponse:
    services.mark_all_read(actor=request.actor)
    return redirect("notifications:list")


@page(signed_in)
@require_http_methods(["GET", "POST"])
def choices(request: StaffRequest) -> HttpResponse:
    """How each kind goes by e-mail; the fields are named by the kinds."""
    kinds = queries.chosen_kinds(actor=request.actor)
    if request.method == "POST":
        asked = {it.kind.code: request.POST.get(it.kind.code, it.mail) for it in kinds}
        services.choose_mail(actor=request.actor, choices=asked)
        return redirect("notifications:choices")
    return render(request, "notifications/choices.html", {"kinds": kinds, "ways": Mail.choices})


def _bell_etag(request: StaffRequest) -> str:
    return f'"{queries.bell_state(request.actor)}-{get_language()}"'


@page(signed_in)
@require_GET
@condition(etag_func=_bell_etag)
def bell(request: StaffRequest) -> HttpResponse:
    """The bell alone, asked for every half minute: 304 and one query while nothing has changed."""
    response = render(request, "ui/parts/bell.html")
    # Kept by this browser only, and asked about each time.
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _moment(request: HttpRequest) -> datetime | None:
    try:
        moment = datetime.fromisoformat(request.GET.get("truoc", ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
