from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.predicates import signed_in

from . import queries, services

JOBS_A_PAGE = 50


@page(signed_in)
@require_GET
def own(request: StaffRequest) -> HttpResponse:
    """What the reader started, newest first; `truoc` is the moment before which the next page begins."""
    jobs = queries.own_jobs(actor=request.actor, before=_moment(request), limit=JOBS_A_PAGE + 1)
    shown = jobs[:JOBS_A_PAGE]
    older = shown[-1].job.created_at.isoformat() if len(jobs) > JOBS_A_PAGE else ""
    return render(request, "jobs/own.html", {"jobs": shown, "older": older})


@page(signed_in)
@require_GET
def progress(request: StaffRequest, job_id: UUID) -> HttpResponse:
    """The whole page, or for htmx only the part that changes; without script the page reloads itself."""
    seen = queries.job_to_see(actor=request.actor, job_id=job_id)
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "jobs/part.html" if is_part else "jobs/progress.html", {"seen": seen, "is_part": is_part})


@page(signed_in)
@require_POST
def cancel(request: StaffRequest, job_id: UUID) -> HttpResponse:
    seen = queries.job_to_see(actor=request.actor, job_id=job_id)
    services.cancel(actor=request.actor, job=seen.job)
    return redirect("jobs:progress", job_id)


def _moment(request: HttpRequest) -> datetime | None:
    try:
        moment = datetime.fromisoformat(request.GET.get("truoc", ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
