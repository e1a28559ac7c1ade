"""What happened to a task, from its records, as one thread: newest first. Pure over records that were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from caicach.kernel.calendar.clock import VIETNAM, local_date
from caicach.kernel.identity.models import Account
from caicach.kernel.ui.wording import day as written_day
from caicach.measurement.programme.models import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    ExtensionRequest,
    ExtensionState,
    ProductState,
    ProgressNote,
    TaskResponse,
)

from .handings import Handling
from .task_page import ProductRow, TaskRecords


@dataclass(frozen=True, slots=True)
class Event:
    """One knot. kind : "" happened, start, ask (waits for an answer); is_main : shown among the main ones.

    is_day : `at` stands for a whole day, so that no hour is shown.
    """

    at: datetime
    name: str
    detail: str = ""
    kind: str = ""
    is_main: bool = True
    is_day: bool = False


def timeline_of(records: TaskRecords) -> list[Event]:
    """Every event, newest first; of two at the same moment the later step first."""
    events = [
        *_given(records),
        *_answered(records),
        *_kept(records),
        *_reminders(records),
        *_notes(records),
        *(event for row in records.products for event in _product(row)),
        *(event for request in reversed(records.extensions) for event in _extension(request)),
        *(event for amendment in reversed(records.amendments) for event in _amendment(amendment, records.notes)),
        *_ended(records),
    ]
    events.reverse()  # sorting is stable: what came later stands first
    return sorted(events, key=lambda event: event.at, reverse=True)


def _given(records: TaskRecords) -> Iterator[Event]:
    task = records.task
    given_at = task.given_at or task.plan.approved_at
    if given_at is None:
        return
    plan = task.plan
    name = _("Given by %(decision)s") % {"decision": plan.decision_number or plan.number}
    unit = _("Lead unit: %(unit)s") % {"unit": task.lead.name} if task.lead else ""
    yield Event(given_at, name, unit, kind="start")


def _answered(records: TaskRecords) -> Iterator[Event]:
    task = records.task
    if task.answered_at is None:
        return
    if task.response == TaskResponse.RETURNED:
        yield Event(task.answered_at, _("The unit returned the task"), task.response_reason, kind="ask")
    elif task.response == TaskResponse.WAITING:
        yield Event(task.answered_at, _("The unit returned the task"), task.response_reason)
    elif task.response == TaskResponse.ACCEPTED:
        unit = task.lead.name if task.lead else ""
        name = _("%(unit)s took the task on") % {"unit": unit} if unit else _("The unit took the task on")
        yield Event(task.answered_at, name)


def _kept(records: TaskRecords) -> Iterator[Event]:
    task = records.task
    if task.kept_at is not None:
        waits = task.response == TaskResponse.WAITING
        yield Event(
            task.kept_at,
            _("The task stays with the unit"),
            task.kept_reason,
            kind="ask" if waits else "",
            is_main=waits,
        )


def _reminders(records: TaskRecords) -> Iterator[Event]:
    for urging in records.urgings:
        yield Event(urging.at, urging.get_step_display(), _name(urging.by), is_main=not urging.is_automatic)


def _notes(records: TaskRecords) -> Iterator[Event]:
    for place, note in enumerate(records.notes):
        name = _("Progress reported: %(progress)d per cent") % {"progress": note.progress}
        detail = ". ".join(part for part in (note.text.rstrip("."), _name(note.by)) if part)
        yield Event(note.at, name, detail, is_main=place == 0)


def _handled(row: ProductRow) -> Iterator[Event]:
    """Each time that it was handed in, taken back and decided on; the last of them is a main event."""
    for place, one in enumerate(row.past, start=1):
        detail = ". ".join(part for part in (one.remark.rstrip("."), ", ".join(one.papers), one.by) if part)
        is_last = place == len(row.past)
        is_main = is_last or one.what not in (Handling.HANDED_IN, Handling.TAKEN_BACK)
        yield Event(one.at, _handled_words(one.what) % {"product": row.product.name}, detail, is_main=is_main)


def _handled_words(what: Handling) -> str:
    match what:
        case Handling.HANDED_IN:
            return _("Handed in: %(product)s")
        case Handling.TAKEN_BACK:
            return _("Taken back by the unit: %(product)s")
        case Handling.REFUSED:
            return _("Not accepted: %(product)s")
        case Handling.ACCEPTED:
            return _("Accepted: %(product)s")
        case Handling.REOPENED:
            return _("Acceptance taken back: %(product)s")
        case Handling.HANDED_BACK:
            return _("To be handed in anew by the unit that leads now: %(product)s")


def _product(row: ProductRow) -> Iterator[Event]:
    if row.past:
        yield from _handled(row)
        return
    product = row.product
    names = {"product": product.name}
    if product.submitted_on is not None:
        moment, is_day = _handed_in_at(row)
        by = _name(product.submitted_by)
        yield Event(moment, _("Handed in: %(product)s") % names, by, is_main=row.is_waiting, is_day=is_day)
    if product.decided_at is None:
        return
    detail = ". ".join(part for part in (product.remark.rstrip("."), _name(product.decided_by)) if part)
    if product.state == ProductState.ACCEPTED:
        yield Event(product.decided_at, _("Accepted: %(product)s") % names, detail)
    elif product.state == ProductState.REFUSED:
        yield Event(product.decided_at, _("Not accepted: %(product)s") % names, detail)


def _handed_in_at(row: ProductRow) -> tuple[datetime, bool]:
    """The moment at which the last paper of that day came; the day alone when the papers came on others."""
    on = row.product.submitted_on or date.min
    moments = [one.evidence.at for one in row.evidence if local_date(one.evidence.at) == on]
    return (max(moments), False) if moments else (datetime.combine(on, time.min, VIETNAM), True)


def _extension(request: ExtensionRequest) -> Iterator[Event]:
    days = {"old": written_day(request.old_deadline), "new": written_day(request.new_deadline)}
    waits = request.state == ExtensionState.ASKED
    detail = ". ".join(part for part in (request.reason.rstrip("."), _name(request.asked_by)) if part)
    name = _("Extension asked for, from %(old)s to %(new)s") % days
    yield Event(request.asked_at, name, detail, kind="ask" if waits else "")
    if request.decided_at is None:
        return
    detail = ". ".join(part for part in (request.remark.rstrip("."), _name(request.decided_by)) if part)
    if request.state == ExtensionState.WITHDRAWN:
        yield Event(request.decided_at, _("Request taken back, the deadline stays %(old)s") % days, detail)
    elif request.state == ExtensionState.GRANTED:
        yield Event(request.decided_at, _("Deadline: %(old)s to %(new)s") % days, detail)
    else:
        yield Event(request.decided_at, _("Extension refused, the deadline stays %(old)s") % days, detail)


def _amendment(amendment: Amendment, notes: Sequence[ProgressNote]) -> Iterator[Event]:
    waits = amendment.is_waiting
    reason = amendment.reason.rstrip(".")
    detail = ". ".join(part for part in (reason, _name(amendment.asked_by)) if part)
    yield Event(amendment.asked_at, _asked(AmendmentKind(amendment.kind)), detail, kind="ask" if waits else "")
    if amendment.decided_at is None or waits:
        return
    told = (_anew(amendment, notes), amendment.remark.rstrip("."), _name(amendment.decided_by))
    detail = ". ".join(part for part in told if part)
    yield Event(amendment.decided_at, _decided(AmendmentState(amendment.state)), detail)


def _anew(amendment: Amendment, notes: Sequence[ProgressNote]) -> str:
    """What the change made of the progress that was reported before it."""
    if amendment.state != AmendmentState.APPROVED or not amendment.hands_over or amendment.decided_at is None:
        return ""
    is_reported = any(note.at < amendment.decided_at for note in notes)
    return _("The unit that leads now reports its progress from 0 per cent on") if is_reported else ""


def _asked(kind: AmendmentKind) -> str:
    match kind:
        case AmendmentKind.ADD_TASK:
            return _("This task was asked for during the year")
        case AmendmentKind.REASSIGN:
            return _("Change of the lead unit asked for")
        case AmendmentKind.CANCEL_TASK:
            return _("Stopping the task asked for")


def _decided(state: AmendmentState) -> str:
    if state == AmendmentState.APPROVED:
        return _("The leader approved the change")
    if state == AmendmentState.REFUSED:
        return _("The leader returned the change")
    return _("The change was taken back")


def _ended(records: TaskRecords) -> Iterator[Event]:
    task = records.task
    if task.done_on is not None:
        decided = [row.product.decided_at for row in records.products if row.product.decided_at]
        moment = max(decided) if decided else datetime.combine(task.done_on, time.min, VIETNAM)
        yield Event(moment, _("Done, counted from the day of handing in: %(day)s") % {"day": written_day(task.done_on)})
    elif task.cancelled_on is not None:
        moment = datetime.combine(task.cancelled_on, time.max, VIETNAM)
        yield Event(moment, _("Stopped by decision"), task.cancelled_by, is_day=True)


def _name(person: Account | None) -> str:
    return person.full_name if person else ""
