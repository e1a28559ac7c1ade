"""A periodic report: drafted from the data, edited, submitted, approved by another, numbered and locked."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from caicach.kernel.identity.models import Unit
from caicach.kernel.numbering.rules import format_number
from caicach.kernel.numbering.services import next_number
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import EditConflict, InvalidInput, UseCaseError
from caicach.measurement.programme.models import Plan, PlanState
from caicach.measurement.programme.services.versions import signed_as

from . import access, queries, rules, wording
from .models import Report, ReportState
from .rules import Bounds, Period

LONGEST_TEXT = 20_000
MOST_RECIPIENTS = 30


class NoPlanToReport(UseCaseError):
    code = "reporting.no_plan"

    def default_message(self) -> str:
        return _("There is no approved plan of this year to report on.")


class ReportExists(UseCaseError):
    code = "reporting.report_exists"

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(_("The report of this period exists already. Open it, or make a new version of it."))


class ReportLocked(UseCaseError):
    code = "reporting.report_locked"

    def default_message(self) -> str:
        return _("This report is submitted or locked. A later change makes a new version.")


class WrongReportState(UseCaseError):
    code = "reporting.wrong_state"

    def default_message(self) -> str:
        return _("The report is in another state now. Open it again to see what can be done.")


@use_case("reporting.draft_report", permission=access.can_draft)
def draft_report(uc: UseCase, *, issuer: Unit, year: int, period: str) -> Report:
    """Figures from the records at the cut-off, words drafted from them. Raises NoPlanToReport, ReportExists."""
    kind = _period(period)
    plan = (
        Plan.objects.filter(issuer=issuer, year=year, state=PlanState.APPROVED, parent=None)
        .order_by("-approved_at")
        .first()
    )
    if plan is None:
        raise NoPlanToReport
    uc.hold(plan)  # who drafts the same report at this moment waits here, then finds the first one's
    latest = Report.objects.filter(issuer=issuer, year=year, period=period).order_by("-version").first()
    if latest is not None:
        raise ReportExists(latest)
    bounds = _bounds(kind, year)
    report = Report(
        issuer=issuer,
        plan=plan,
        year=year,
        period=period,
        data_from=bounds.data_from,
        data_to=bounds.data_to,
        due_on=bounds.due_on,
        recipients=queries.usual_recipients(issuer=issuer),
        prepared_by_id=uc.actor.account_id,
        edited_by_id=uc.actor.account_id,
        created_at=uc.at,
        figures_at=uc.at,
    )
    _fill(report, kind, bounds, with_words=True)
    report.save()
    uc.created(report)
    uc.emit("reporting.report_drafted", report=report.pk)
    return report


@use_case("reporting.refresh_figures", permission=access.can_edit)
def refresh_figures(uc: UseCase, *, report: Report, with_words: bool = False) -> Report:
    """Takes the figures anew from the records; the words stay unless they are to be drafted anew too."""
    _open(uc, report)
    kind = _period(report.period)
    with uc.changing(report):
        _fill(report, kind, rules.bounds(period=kind, year=report.year), with_words=with_words)
        report.figures_at = uc.at
        report.edited_by_id = uc.actor.account_id
        report.revision += 1
    report.save()
    return report


@use_case("reporting.edit_sections", permission=access.can_edit)
def edit_sections(
    uc: UseCase,
    *,
    report: Report,
    texts: dict[str, str],
    recipients: str | None = None,
    revision: int | None = None,
) -> Report:
    """Corrects the words of a report. `recipients` : one a line; None leaves them.

    Raises ReportLocked, and EditConflict when someone edited since the page was opened.
    """
    _open(uc, report)
    changed = _changed_texts(report, texts)
    named = report.recipients if recipients is None else _recipients(recipients)
    if not changed and named == report.recipients:
        return report
    if revision is not None and revision != report.revision:
        raise _conflict(report, changed, named)
    with uc.changing(report):
        report.sections = [
            {**section, "text": changed.get(section["key"], section["text"])} for section in report.sections
        ]
        report.recipients = named
        report.edited_by_id = uc.actor.account_id
        report.revision += 1
    report.save(update_fields=["sections", "recipients", "edited_by", "revision"])
    return report


@use_case("reporting.submit", permission=access.can_edit)
def submit(uc: UseCase, *, report: Report) -> Report:
    """Sends the report to the leader. Emits `reporting.report_submitted`."""
    _move(uc, report, ReportState.SUBMITTED)
    with uc.changing(report):
        report.state, report.submitted_by_id, report.returned_reason = ReportState.SUBMITTED, uc.actor.account_id, ""
    report.save()
    uc.emit("reporting.report_submitted", report=report.pk)
    return report


@use_case("reporting.return_report", permission=access.can_return)
def return_report(uc: UseCase, *, report: Report, reason: str) -> Report:
    """Back to the draft with a reason."""
    uc.hold(report)
    if report.state != ReportState.SUBMITTED:
        raise WrongReportState
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say what has to be changed.")]})
    with uc.changing(report):
        report.state, report.returned_reason = ReportState.DRAFT, reason
    report.save()
    uc.emit("reporting.report_returned", report=report.pk)
    return report


@use_case("reporting.approve", permission=access.can_approve)
def approve(uc: UseCase, *, report: Report) -> Report:
    """Numbered and locked: figures and words stay as they are for ever. Emits `reporting.report_approved`."""
    _move(uc, report, ReportState.APPROVED)
    with uc.changing(report):
        report.state = ReportState.APPROVED
        report.approved_by_id, report.approved_at = uc.actor.account_id, uc.at
        report.signed_as = signed_as(uc, report.issuer)
        # Numbers begin anew each year: that of approval, also for the report on the year before.
        number = next_number(uc, register=f"reporting.report.{report.issuer.code}", year=uc.today.year)
        report.number = format_number(number=number, kind="BC", issuer=report.issuer.code)
    report.save()
    uc.emit("reporting.report_approved", report=report.pk)
    return report


@use_case("reporting.revise", permission=access.can_edit)
def revise(uc: UseCase, *, report: Report, reason: str) -> Report:
    """The next version of a locked report, with the reason; its figures are taken anew, its words carried over."""
    uc.hold(report)
    if report.state != ReportState.APPROVED or Report.objects.filter(previous=report).exists():
        raise WrongReportState
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why the report changes after it was locked.")]})
    kind = _period(report.period)
    fresh = Report(
        issuer=report.issuer,
        plan=report.plan,
        year=report.year,
        period=report.period,
        data_from=report.data_from,
        data_to=report.data_to,
        due_on=report.due_on,
        version=report.version + 1,
        previous=report,
        reason=reason,
        sections=report.sections,
        recipients=report.recipients,
        prepared_by_id=uc.actor.account_id,
        edited_by_id=uc.actor.account_id,
        created_at=uc.at,
        figures_at=uc.at,
    )
    _fill(fresh, kind, rules.bounds(period=kind, year=report.year), with_words=False)
    fresh.save()
    uc.created(fresh)
    uc.emit("reporting.report_drafted", report=fresh.pk)
    return fresh


# --- the parts ---


def _changed_texts(report: Report, texts: dict[str, str]) -> dict[str, str]:
    known = {section["key"]: section for section in report.sections}
    if texts.keys() - known.keys():
        raise InvalidInput(_("This report has no such part. Open it again."))
    # A browser sends line breaks as CR LF; what only differs by them is not a change.
    plain = {key: text.replace("\r\n", "\n") for key, text in texts.items()}
    for key, text in plain.items():
        if len(text) > LONGEST_TEXT:
            where = {f"text-{key}": [_("At most %(count)s characters.") % {"count": LONGEST_TEXT}]}
            raise InvalidInput(fields=where)
    return {key: text for key, text in plain.items() if text != known[key]["text"].replace("\r\n", "\n")}


def _recipients(text: str) -> str:
    lines = [line.strip().lstrip("-").rstrip(";.").strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > MOST_RECIPIENTS or any(len(line) > 200 for line in lines):
        told = _("At most %(count)s recipients, one a line, each of at most 200 characters.")
        raise InvalidInput(fields={"recipients": [told % {"count": MOST_RECIPIENTS}]})
    return "\n".join(lines)


def _conflict(report: Report, changed: dict[str, str], recipients: str) -> EditConflict:
    differ = {
        section["title"]: (changed[section["key"]], section["text"])
        for section in report.sections
        if section["key"] in changed
    }
    if recipients != report.recipients:
        differ[str(Report._meta.get_field("recipients").verbose_name)] = (recipients, report.recipients)
    editor = report.edited_by
    return EditConflict(changes=differ, changed_by=editor.full_name if editor else "", typed=differ.keys())


def _period(code: str) -> Period:
    if code not in list(Period):
        raise InvalidInput(fields={"period": [_("Choose a period.")]})
    return Period(code)


def _bounds(period: Period, year: int) -> Bounds:
    try:
        return rules.bounds(period=period, year=year)
    except rules.NoSuchPeriod as error:
        told = _("No rule on periods is known for %(year)d.") % {"year": year}
        raise InvalidInput(fields={"year": [told]}) from error


def _open(uc: UseCase, report: Report) -> None:
    uc.hold(report)
    if not report.is_open_for_editing:
        raise ReportLocked


def _move(uc: UseCase, report: Report, state: ReportState) -> None:
    uc.hold(report)
    if state not in rules.REPORT_MOVES[report.state]:
        raise WrongReportState


def _fill(report: Report, kind: Period, bounds: Bounds, *, with_words: bool) -> None:
    tasks = queries.task_facts(plan=report.plan, by=bounds.data_to)
    figures = rules.figures(
        list(tasks.values()),
        data_from=bounds.data_from,
        data_to=bounds.data_to,
        extended=queries.extended_tasks(plan=report.plan, by=bounds.data_to),
    )
    report.listed = [tasks[task_id].as_json() for task_id in figures[0].task_ids]
    report.figures = [
        {"code": figure.code, "scope": figure.scope, "tasks": list(figure.task_ids), "of": list(figure.of)}
        for figure in figures
    ]
    if with_words:
        sections = wording.draft_sections(
            figures, tasks, data_from=bounds.data_from, data_to=bounds.data_to, until=_end_of_next(kind, report.year)
        )
        report.sections = [section.as_json() for section in sections]


def _end_of_next(kind: Period, year: int) -> date:
    order = list(Period)
    following = order.index(kind) + 1
    if following < len(order):
        return rules.bounds(period=order[following], year=year).data_to
    return rules.bounds(period=Period.QUARTER_1, year=year + 1).data_to
