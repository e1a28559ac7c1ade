"""What the one search box finds of reports: by period, number and words of the title."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

from caicach.kernel.search.folding import fold
from caicach.kernel.search.sources import Hit, SearchSource
from caicach.kernel.search.terms import Query
from caicach.kernel.usecase.actor import Actor

from . import queries
from .rules import Period
from .wording import title_of

MOST_REPORTS = 500
"""Reports looked through: a ministry makes four a year and a few versions."""


def find_reports(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Newest first. One query."""
    found = 0
    for report in queries.reports_of(actor=actor).order_by("-year", "-pk")[:MOST_REPORTS]:
        if found == limit:
            return
        title = "Báo cáo " + title_of(period=Period(report.period), year=report.year)
        text = fold(f"{title} {report.number}")
        if not query.matches(text):
            continue
        found += 1
        detail = " ".join(part for part in (report.number, report.get_state_display()) if part)
        yield Hit(title, detail, reverse("reporting:report", args=[report.pk]), query.missing(text))


REPORTS = SearchSource(
    kind="reporting.report", label=gettext_lazy("Periodic reports"), icon="report", find=find_reports, order=30
)
