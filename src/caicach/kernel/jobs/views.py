from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.predicates import signed_in

from . import queries, services
from .models import Job, JobState

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
    """The whole page, or for htmx only the part that changes; without script the page reloads itself.

    Who asked for the work and waits here is led on to what came out; whoever opens the page later finds a link.
    """
    seen = queries.job_to_see(actor=request.actor, job_id=job_id)
    is_part = request.headers.get("HX-Request") == "true"
    template = "jobs/part.html" if is_part else "jobs/progress.html"
    response = render(request, template, {"seen": seen, "is_part": is_part})
    if is_part and seen.job.state == JobState.DONE and seen.job.result_url and _asked_by(request, seen.job):
        messages.success(request, seen.words)
        response.headers["HX-Redirect"] = seen.job.result_url
    return response


def _asked_by(request: StaffRequest, job: Job) -> bool:
    return job.started_by_id is not None and job.started_by_id == request.actor.account_id


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
