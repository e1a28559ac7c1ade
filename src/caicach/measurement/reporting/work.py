"""What of reports waits for a person: to begin and finish for who prepares them, to approve for the leader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.identity.roles import Role
from caicach.kernel.operation.my_work import LIMIT, WorkItem, WorkSource
from caicach.kernel.usecase.actor import Actor

from . import queries
from .models import Report, ReportState
from .naming import about
from .queries import NotBegun
from .rules import Period


def _drafts(actor: Actor) -> QuerySet[Report]:
    return Report.objects.filter(state=ReportState.DRAFT, issuer__in=actor.units_of(Role.REFORM_OFFICER))


def _to_approve(actor: Actor) -> QuerySet[Report]:
    waiting = Report.objects.filter(state=ReportState.SUBMITTED, issuer__in=actor.units_of(Role.LEADER))
    me = actor.account_id
    return waiting.exclude(Q(submitted_by=me) | Q(prepared_by=me) | Q(edited_by=me))


def _items(actor: Actor, today: date) -> Iterator[WorkItem]:
    for due in queries.reports_not_begun(actor=actor, today=today)[:LIMIT]:
        yield _to_begin(due)
    for report in _drafts(actor).select_related("issuer")[:LIMIT]:
        yield _item(report, "write", _("Finish the report on %(report)s"))
    yield from _decisions(actor)


def _decisions(actor: Actor) -> Iterator[WorkItem]:
    for report in _to_approve(actor).select_related("issuer")[:LIMIT]:
        yield _item(report, "approve", _("Approve the report on %(report)s"))


def _item(report: Report, group: str, what: str) -> WorkItem:
    return WorkItem(
        key=f"report:{report.pk}",
        title=what % {"report": about(period=Period(report.period), year=report.year)},
        detail=_("Data to %(day)s") % {"day": report.data_to.strftime("%d/%m/%Y")},
        url=reverse("reporting:report", args=[report.pk]),
        group_key=f"reports_{group}",
        deadline=report.due_on,
        soon_from=report.data_to,
        unit=report.issuer.name,
    )


def _to_begin(due: NotBegun) -> WorkItem:
    chosen = urlencode({"don-vi": due.issuer.pk, "ky": due.period.value, "nam": due.year})
    return WorkItem(
        key=f"report-to-begin:{due.issuer.pk}:{due.year}:{due.period.value}",
        title=_("Draft the report on %(report)s") % {"report": about(period=due.period, year=due.year)},
        detail=_("Not begun. Data to %(day)s") % {"day": due.bounds.data_to.strftime("%d/%m/%Y")},
        url=f"{reverse('reporting:draft')}?{chosen}",
        group_key="reports_write",
        deadline=due.bounds.due_on,
        soon_from=due.bounds.data_to,
        unit=due.issuer.name,
    )


def _count(actor: Actor, today: date) -> int:
    to_begin = len(queries.reports_not_begun(actor=actor, today=today))
    return to_begin + _drafts(actor).count() + _to_approve(actor).count()


SOURCE = WorkSource(
    key="reports",
    items=_items,
    count=_count,
    decisions=_decisions,
    decided_in=("reports_approve",),
    groups={
        "reports_write": gettext_lazy("Reports to draw up"),
        "reports_approve": gettext_lazy("Reports to approve"),
    },
)
