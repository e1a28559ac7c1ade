"""What of reports waits for a person: drafts for who prepares them, submitted ones for who approves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.identity.roles import Role
from caicach.kernel.operation.my_work import LIMIT, WorkItem, WorkSource
from caicach.kernel.usecase.actor import Actor

from .models import Report, ReportState


def _drafts(actor: Actor) -> QuerySet[Report]:
    return Report.objects.filter(state=ReportState.DRAFT, issuer__in=actor.units_of(Role.REFORM_OFFICER))


def _to_approve(actor: Actor) -> QuerySet[Report]:
    waiting = Report.objects.filter(state=ReportState.SUBMITTED, issuer__in=actor.units_of(Role.LEADER))
    return waiting.exclude(submitted_by=actor.account_id)


def _items(actor: Actor, today: date) -> Iterator[WorkItem]:
    for report in _drafts(actor).select_related("issuer")[:LIMIT]:
        yield _item(report, "write", _("Finish the report: %(report)s") % {"report": report})
    for report in _to_approve(actor).select_related("issuer")[:LIMIT]:
        yield _item(report, "approve", _("Approve the report: %(report)s") % {"report": report})


def _item(report: Report, group: str, title: str) -> WorkItem:
    return WorkItem(
        key=f"report:{report.pk}",
        title=title,
        detail=_("Data to %(day)s") % {"day": report.data_to.strftime("%d/%m/%Y")},
        url=reverse("reporting:report", args=[report.pk]),
        group_key=f"reports_{group}",
        deadline=report.due_on,
        soon_from=report.data_to,
        unit=report.issuer.name,
    )


def _count(actor: Actor, today: date) -> int:
    return _drafts(actor).count() + _to_approve(actor).count()


SOURCE = WorkSource(
    key="reports",
    items=_items,
    count=_count,
    groups={
        "reports_write": gettext_lazy("Reports to finish"),
        "reports_approve": gettext_lazy("Reports to approve"),
    },
)
