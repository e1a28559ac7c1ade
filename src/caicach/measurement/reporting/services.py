"""A periodic report: drafted from the data, edited, submitted, approved by another, numbered and locked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.identity.models import Unit
from caicach.kernel.numbering.rules import format_number
from caicach.kernel.numbering.services import next_number
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import EditConflict, InvalidInput, UseCaseError
from caicach.measurement.programme import signing

from . import access, outline, queries, rules
from .filling import fill
from .models import Report, ReportState
from .rules import Bounds, Period
from .section_history import changes_of_sections
from .seen import require_seen

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


class NoRecipients(InvalidInput):
    """A report that goes to nobody: an official paper names whom it is sent to and what is kept."""

    code = "reporting.no_recipients"

    def __init__(self) -> None:
        super().__init__(fields={"recipients": [_("Name at least one recipient.")]})


class SectionsEmpty(InvalidInput):
    """Sections say nothing, and nobody said that there is nothing to say."""

    code = "reporting.sections_empty"

    def __init__(self, sections: Sequence[Mapping[str, Any]]) -> None:
        self.keys = [section["key"] for section in sections]
        titles = ", ".join(section["title"] for section in sections)
        message = ngettext(
            "%(count)d section is empty: %(titles)s. Write it, or tick that there is nothing this time.",
            "%(count)d sections are empty: %(titles)s. Write them, or tick that there is nothing this time.",
            len(self.keys),
        ) % {"count": len(self.keys), "titles": titles}
        super().__init__(message)


@use_case("reporting.draft_report", permission=access.can_draft)
def draft_report(uc: UseCase, *, issuer: Unit, year: int, period: str) -> Report:
    """Figures of all approved plans of the unit and year at the cut-off, words drafted from them.

    Raises NoPlanToReport, ReportExists.
    """
    kind = _period(period)
    plans = list(queries.plans_to_count(issuer=issuer, year=year))
    if not plans:
        raise NoPlanToReport
    uc.hold_all(plans)  # who drafts the same report at this moment waits here, then finds the first one's
    latest = Report.objects.filter(issuer=issuer, year=year, period=period).order_by("-version").first()
    if latest is not None:
        raise ReportExists(latest)
    bounds = _bounds(kind, year)
    report = Report(
        issuer=issuer,
        plan=next((plan for plan in plans if plan.is_sample), plans[0]),
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
    fill(report, kind, bounds, with_words=True)
    report.save()
    _note_new(uc, report)
    uc.emit("reporting.report_drafted", report=report.pk)
    return report


@use_case("reporting.refresh_figures", permission=access.can_edit)
def refresh_figures(
    uc: UseCase,
    *,
    report: Report,
    with_words: bool = False,
    replace: Collection[str] = (),
    revision: int | None = None,
) -> Report:
    """Takes the figures anew from the records.

    with_words : sections that nobody edited are drafted anew as well; what a person wrote stays, save that of the
    sections whose keys `replace` names. revision : as in `approve`; asked about only where words are replaced.
    Raises ChangedSinceSeen, ReportLocked.
    """
    _open(uc, report)
    _known_sections(report, replace)
    if replace:
        require_seen(report, revision=revision)
    kind = _period(report.period)
    with _changing_words(uc, report):
        fill(report, kind, rules.bounds(period=kind, year=report.year), with_words=with_words, replace=replace)
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
    left_out: Mapping[str, bool] | None = None,
    recipients: str | None = None,
    revision: int | None = None,
) -> Report:
    """Corrects the words of a report. `recipients` : one a line; None leaves them.

    left_out : section key -> whether it is left out of the paper on purpose while it is empty; others stay as they are.
    Raises ReportLocked, and EditConflict when someone edited since the page was opened.
    """
    _open(uc, report)
    changed = _changed_texts(report, texts)
    marked = _changed_marks(report, changed, left_out or {})
    named = report.recipients if recipients is None else _recipients(recipients)
    if report.recipients and not named:
        raise NoRecipients
    if not changed and not marked and named == report.recipients:
        return report
    if revision is not None and revision != report.revision:
        raise _conflict(report, changed, named)
    with _changing_words(uc, report):
        report.sections = [
            {
                **section,
                "text": changed.get(section["key"], section["text"]),
                **({"is_none": marked[section["key"]]} if section["key"] in marked else {}),
            }
            for section in report.sections
        ]
        report.recipients = named
        report.edited_by_id = uc.actor.account_id
        report.revision += 1
    report.save(update_fields=["sections", "recipients", "edited_by", "revision"])
    return report


@use_case("reporting.submit", permission=access.can_edit)
def submit(uc: UseCase, *, report: Report, revision: int | None = None) -> Report:
    """Sends the report to the leader. Every section has words, or was left out on purpose, by now.

    revision : as in `approve`. Raises ChangedSinceSeen, SectionsEmpty and NoRecipients. Emits
    `reporting.report_submitted`.
    """
    _move(uc, report, ReportState.SUBMITTED)
    require_seen(report, revision=revision)
    if empty := outline.unwritten(report.sections):
        raise SectionsEmpty(empty)
    if not report.recipients:
        raise NoRecipients
    with uc.changing(report):
        report.state, report.submitted_by_id, report.returned_reason = ReportState.SUBMITTED, uc.actor.account_id, ""
    report.save()
    uc.emit("reporting.report_submitted", report=report.pk)
    return report


@use_case("reporting.withdraw", permission=access.can_edit)
def withdraw(uc: UseCase, *, report: Report) -> Report:
    """The officer takes a submitted report back before anyone approved it. Emits `reporting.report_withdrawn`."""
    uc.hold(report)
    if report.state != ReportState.SUBMITTED:
        raise WrongReportState
    with uc.changing(report):
        report.state = ReportState.DRAFT
    report.save()
    uc.emit("reporting.report_withdrawn", report=report.pk)
    return report


@use_case("reporting.return_report", permission=access.can_return)
def return_report(uc: UseCase, *, report: Report, reason: str, revision: int | None = None) -> Report:
    """The leader sends it back to the officer with a reason. revision : as in `approve`. Emits
    `reporting.report_returned`.
    """
    uc.hold(report)
    if report.state != ReportState.SUBMITTED:
        raise WrongReportState
    require_seen(report, revision=revision)
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say what has to be changed.")]})
    with uc.changing(report):
        report.state, report.returned_reason = ReportState.DRAFT, reason
    report.save()
    uc.emit("reporting.report_returned", report=report.pk)
    return report


@use_case("reporting.approve", permission=access.can_approve)
def approve(
    uc: UseCase,
    *,
    report: Report,
    signed_as: str | None = None,
    signer_name: str | None = None,
    revision: int | None = None,
) -> Report:
    """Numbered and locked: figures and words stay as they are for ever. Emits `reporting.report_approved`.

    signed_as : the lines above the signature, one a line ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"); None takes those of the
    office that who approves holds. signer_name : below it; None takes that person's own.
    revision : of the report as the person saw it; when it is another now, ChangedSinceSeen says what became of it. None
    asks nothing.
    Raises ChangedSinceSeen, and InvalidInput where no office is known and none is given.
    """
    _move(uc, report, ReportState.APPROVED)
    require_seen(report, revision=revision)
    usual = signing.usual_signature(account_id=uc.actor.account_id, issuer=report.issuer, on=uc.today)
    lines = signing.authority_typed(usual.lines if signed_as is None else signed_as)
    name = signing.name_typed(usual.name if signer_name is None else signer_name)
    with uc.changing(report):
        report.state = ReportState.APPROVED
        report.approved_by_id, report.approved_at = uc.actor.account_id, uc.at
        report.signed_as, report.signer_name = lines, name
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
    fill(fresh, kind, rules.bounds(period=kind, year=report.year), with_words=False)
    fresh.save()
    _note_new(uc, fresh)
    uc.emit("reporting.report_drafted", report=fresh.pk)
    return fresh


# --- the parts ---


def _note_new(uc: UseCase, report: Report) -> None:
    uc.created(report)
    uc.told(*changes_of_sections(report, before=[]))


@contextmanager
def _changing_words(uc: UseCase, report: Report) -> Iterator[None]:
    """As `uc.changing`, with those sections whose words the block changes. It replaces the list, and alters none."""
    before = report.sections
    with uc.changing(report):
        yield
    uc.told(*changes_of_sections(report, before=before))


def _known_sections(report: Report, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By key. Raises InvalidInput where one is asked for that the report does not have."""
    known = {section["key"]: section for section in report.sections}
    if set(keys) - known.keys():
        raise InvalidInput(_("This report has no such part. Open it again."))
    return known


def _changed_marks(report: Report, changed: Mapping[str, str], left_out: Mapping[str, bool]) -> dict[str, bool]:
    """Only what is empty can be left out: words that came since take the mark away."""
    marks: dict[str, bool] = {}
    for key, section in _known_sections(report, left_out).items():
        asked = left_out.get(key, bool(section.get("is_none")))
        is_none = asked and not changed.get(key, section["text"]).strip()
        if is_none != bool(section.get("is_none")):
            marks[key] = is_none
    return marks


def _changed_texts(report: Report, texts: dict[str, str]) -> dict[str, str]:
    known = _known_sections(report, texts)
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
