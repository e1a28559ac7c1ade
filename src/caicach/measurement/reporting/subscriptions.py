"""Who is told of what happens to a report."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.jobs.events import Event, subscribe
from caicach.kernel.notifications.kinds import NoticeKind, register_kind
from caicach.kernel.notifications.services import notify
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import recipients

from .models import Report
from .naming import told_about
from .rules import Period

SUBMITTED: Final = register_kind(NoticeKind("reporting.report_submitted", _("A report waits for your approval")))
DECIDED: Final = register_kind(NoticeKind("reporting.report_decided", _("A report was approved or returned")))


def _tell(
    event: Event,
    report: Report,
    kind: NoticeKind,
    accounts: Collection[int],
    message: str,
    *,
    deadline: date | None = None,
) -> None:
    notify(
        actor=SYSTEM,
        kind=kind,
        accounts=sorted(accounts),
        message=message,
        params={"report": told_about(period=Period(report.period), year=report.year)},
        url=reverse("reporting:report", args=[report.pk]),
        deadline=deadline,
        key=f"event:{event.id}",
    )


def _report(event: Event) -> Report | None:
    return Report.objects.select_related("plan__issuer").filter(pk=event.payload["report"]).first()


def tell_leaders(event: Event) -> None:
    if (report := _report(event)) is not None:
        told = recipients.leaders(report.plan, on=local_date(event.at)) - {report.submitted_by_id}
        words = gettext_noop("A report waits for your approval: %(report)s")
        _tell(event, report, SUBMITTED, told, words, deadline=report.due_on)


def tell_leaders_of_a_report_taken_back(event: Event) -> None:
    if (report := _report(event)) is not None:
        told = recipients.leaders(report.plan, on=local_date(event.at)) - {report.submitted_by_id}
        words = gettext_noop("The report was taken back and waits for you no more: %(report)s")
        _tell(event, report, SUBMITTED, told, words)


def _who_prepared(report: Report, *, on: date) -> set[int]:
    """With who stands in; the officers where the one who prepared it is an officer no more."""
    officers = recipients.officers(report.plan, on=on)
    people = {report.prepared_by_id} if report.prepared_by_id is not None else set()
    return officers & recipients.with_stand_ins(people, on=on) or officers


def tell_of_return(event: Event) -> None:
    if (report := _report(event)) is not None:
        words = gettext_noop("The report was returned: %(report)s")
        told = _who_prepared(report, on=local_date(event.at))
        _tell(event, report, DECIDED, told, words, deadline=report.due_on)


def tell_of_approval(event: Event) -> None:
    if (report := _report(event)) is not None:
        told = _who_prepared(report, on=local_date(event.at))
        _tell(event, report, DECIDED, told, gettext_noop("The report was approved: %(report)s"))


subscribe("reporting.report_submitted", tell_leaders)
subscribe("reporting.report_withdrawn", tell_leaders_of_a_report_taken_back)
subscribe("reporting.report_returned", tell_of_return)
subscribe("reporting.report_approved", tell_of_approval)
