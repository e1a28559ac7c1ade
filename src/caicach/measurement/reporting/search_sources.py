"""What the one search box finds of reports: by period, number and words of the title."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

from caicach.kernel.search.folding import fold
from caicach.kernel.search.matching import looked_through
from caicach.kernel.search.sources import Hit, SearchSource
from caicach.kernel.search.terms import Query
from caicach.kernel.usecase.actor import Actor

from . import queries
from .models import Report
from .rules import Period
from .wording import title_of


def find_reports(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Newest first. One query."""
    rows = queries.reports_of(actor=actor).order_by("-year", "-pk").iterator()
    for report in looked_through(rows, query, text=_text, limit=limit):
        detail = " ".join(part for part in (report.number, report.get_state_display()) if part)
        address = reverse("reporting:report", args=[report.pk])
        yield Hit(_title(report), detail, address, query.missing(fold(_text(report))))


def _title(report: Report) -> str:
    return "Báo cáo " + title_of(period=Period(report.period), year=report.year)


def _text(report: Report) -> str:
    return f"{_title(report)} {report.number}"


REPORTS = SearchSource(
    kind="reporting.report", label=gettext_lazy("Periodic reports"), icon="report", find=find_reports, order=30
)
