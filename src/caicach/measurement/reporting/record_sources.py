"""Approved reports, as other records name them for their proof."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.urls import reverse

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.search.folding import fold
from caicach.kernel.search.records import Record, RecordSource, Reference
from caicach.kernel.search.terms import Query
from caicach.kernel.ui.addresses import whole_numbers
from caicach.kernel.usecase.actor import Actor

from . import queries
from .models import Report, ReportState
from .rules import Period
from .wording import title_of

KIND = "reporting.report"


def find_reports(actor: Actor, query: Query, limit: int) -> Iterator[Record]:
    """By number and title, the latest first. One query."""
    found = 0
    for report in _approved(actor).order_by("-approved_at", "-pk"):
        if found == limit:
            return
        record = _record(report)
        if query.matches(fold(record.name)):
            found += 1
            yield record


def read_reports(actor: Actor, ids: Collection[str]) -> Iterator[Record]:
    for report in _approved(actor).filter(pk__in=whole_numbers(ids)):
        yield _record(report)


def _approved(actor: Actor) -> QuerySet[Report]:
    return queries.reports_of(actor=actor).filter(state=ReportState.APPROVED)


def _record(report: Report) -> Record:
    day = local_date(report.approved_at or report.created_at)
    title = title_of(period=Period(report.period), year=report.year)
    name = f"{report.number} ngày {day:%d/%m/%Y}, Báo cáo {title}"
    return Record(Reference(KIND, str(report.pk)), name, reverse("reporting:report", args=[report.pk]))


REPORTS = RecordSource(kind=KIND, find=find_reports, read=read_reports, order=20)
