"""Background work that failed: why, and once more."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caicach.kernel.calendar import clock
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.jobs import queries, services
from caicach.kernel.jobs.models import Delivery, Job
from caicach.kernel.jobs.schedules import coming_round
from caicach.kernel.ui import toasts
from caicach.kernel.usecase.errors import NotFound

from . import access

SHOWN = 50


@page(access.can_operate)
@require_GET
def failed(request: StaffRequest) -> HttpResponse:
    jobs, refused, deliveries = queries.failed_jobs(), queries.refused_jobs(), queries.failed_deliveries()
    context = {
        "jobs": jobs[:SHOWN],
        "jobs_total": jobs.count(),
        "refused": refused[:SHOWN],
        "refused_total": refused.count(),
        "deliveries": deliveries[:SHOWN],
        "deliveries_total": deliveries.count(),
        "coming": coming_round(after=clock.now()),
    }
    return render(request, "operation/jobs.html", context)


@page(access.can_operate)
@require_POST
def run_again(request: StaffRequest, pk: UUID) -> HttpResponse:
    job = Job.objects.filter(pk=pk).first()
    if job is None:
        raise NotFound
    services.run_again(actor=request.actor, job=job)
    toasts.add(request, _("The work is started again."))
    return redirect("operation:jobs")


@page(access.can_operate)
@require_POST
def deliver_again(request: StaffRequest, pk: int) -> HttpResponse:
    delivery = Delivery.objects.filter(pk=pk).first()
    if delivery is None:
        raise NotFound
    services.deliver_again(actor=request.actor, delivery=delivery)
    toasts.add(request, _("The event is delivered again."))
    return redirect("operation:jobs")
