"""What came out of an act on many rows: how many were done, and each that was not, with the reason."""

from __future__ import annotations

import django_filters
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.predicates import signed_in
from caicach.kernel.jobs.models import FINISHED
from caicach.kernel.usecase.errors import NotFound

from . import bulk as kinds
from .bulk_acts import go_on_with_bulk
from .columns import Column, Kind, Status
from .declaring import ListOf
from .filters import TickWidget
from .lists import shown
from .models import BulkRow, BulkRun, BulkState

_NOT_DONE = [(state.value, state.label) for state in (BulkState.REFUSED, BulkState.WAITING)]


class BulkFilters(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=_NOT_DONE, widget=TickWidget)

    class Meta:
        model = BulkRow
        fields: list[str] = []


NOT_DONE = ListOf(
    key="hang-loat",
    title=_("Rows that were not done"),
    sort="name",
    filters=BulkFilters,
    empty=_("Every row was done."),
    columns=(
        Column(
            key="name",
            label=_("Row"),
            value=lambda row: row.name,
            href=lambda row: kinds.kind_of(row.run.kind).href(row.record_id),
            sort=F("name"),
        ),
        Column(
            key="state",
            label=_("State"),
            value=lambda row: Status(
                BulkState(row.state).label, "refused" if row.state == BulkState.REFUSED else "asked"
            ),
            kind=Kind.STATUS,
            sort=F("state"),
        ),
        Column(key="why", label=_("Why"), value=lambda row: row.why, sort=F("why")),
    ),
)


@page(signed_in)
@require_http_methods(["GET", "POST"])
def bulk(request: StaffRequest, pk: int) -> HttpResponse:
    """For who started it alone; what is sent does what is left of it."""
    run = BulkRun.objects.select_related("job").filter(pk=pk, started_by=request.actor.account_id).first()
    if run is None:
        raise NotFound
    if request.method == "POST":
        go_on_with_bulk(actor=request.actor, run=run)
        return redirect("jobs:progress", run.job_id)
    rows = run.rows.exclude(state=BulkState.DONE).select_related("run")
    list_ = shown(NOT_DONE, rows, request)
    if (file := list_.exported()) is not None:
        return file
    is_over = run.job is None or run.job.state in FINISHED
    return render(request, "tables/bulk.html", {"run": run, "list": list_, "is_over": is_over})
