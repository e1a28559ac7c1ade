from __future__ import annotations

import django_filters
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caicach.kernel.tables.columns import Column, Kind, Status
from caicach.kernel.tables.declaring import ListOf

from .models import PeriodKind, Report, ReportState

_TONES = {ReportState.DRAFT: "", ReportState.SUBMITTED: "asked", ReportState.APPROVED: "accepted"}


class ReportFilters(django_filters.FilterSet):
    year = django_filters.NumberFilter(label=_("Year"))
    period = django_filters.MultipleChoiceFilter(label=_("Period"), choices=PeriodKind.choices)
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=ReportState.choices)

    class Meta:
        model = Report
        fields: list[str] = []


REPORTS = ListOf(
    key="bao-cao",
    title=_("Periodic reports"),
    sort="-due",
    filters=ReportFilters,
    empty=_("No report yet. Draft the report of a period: its figures are taken from the tasks at the cut-off."),
    columns=(
        Column(
            key="period",
            label=_("Period"),
            value=lambda report: f"{report.get_period_display()} {report.year}",
            href=lambda report: reverse("reporting:report", args=[report.pk]),
            detail=lambda report: "; ".join(plan["title"] for plan in report.plans),
        ),
        Column(key="version", label=_("Version"), value=lambda report: report.version, kind=Kind.NUMBER),
        Column(key="number", label=_("Number"), value=lambda report: report.number, kind=Kind.CODE),
        Column(key="to", label=_("Data to"), value=lambda report: report.data_to, kind=Kind.DATE),
        Column(
            key="due", label=_("To be sent by"), value=lambda report: report.due_on, kind=Kind.DATE, sort=F("due_on")
        ),
        Column(
            key="state",
            label=_("State"),
            value=lambda report: Status(ReportState(report.state).label, _TONES[ReportState(report.state)]),
            kind=Kind.STATUS,
            sort=F("state"),
        ),
    ),
)
