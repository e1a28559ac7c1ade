"""Alive, ready, and the page that says in words what is wrong and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui import problems

from . import access
from .queries import health


@page(None)
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing else."""
    return JsonResponse({"alive": True})


@page(None)
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """503 when some part is not well; names the parts and nothing more. Without the database: problem details."""
    found = health.findings(at=clock.now())
    parts = {finding.part.value: finding.is_well for finding in found}
    if not parts[health.Part.DATABASE]:
        return problems.answer(request, problems.unavailable_problem())
    is_ready = all(is_well for part, is_well in parts.items() if part in health.SERVING)
    return JsonResponse({"ready": is_ready, "parts": parts}, status=200 if is_ready else 503)


@page(access.can_operate)
@require_GET
def status(request: StaffRequest) -> HttpResponse:
    found = health.findings(at=clock.now())
    ill = sum(not finding.is_well for finding in found)
    return render(request, "operation/status.html", {"findings": found, "ill": ill})
