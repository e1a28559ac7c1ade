"""Why a task's deadline is that day: the plan's words, the rule, the working calendar, later extensions. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.calendar.explanations import reason
from caicach.kernel.calendar.rules import WorkingCalendar
from caicach.kernel.calendar.wordings import WordedDeadline, WordingKind, deadline_in
from caicach.kernel.search.folding import fold
from caicach.kernel.ui import months
from caicach.kernel.ui.wording import day as written_day
from caicach.kernel.ui.wording import long_day

from .models import ExtensionRequest, PlanTask
from .reading import beginning_in
from .timing import term_starts_on


@dataclass(frozen=True, slots=True)
class Step:
    """One knot of the thread. quotes : the step is the plan's own wording, which leads to its sentence.

    is_entered : a person set it, as the task's history tells.
    """

    name: str
    detail: str = ""
    quotes: bool = False
    is_entered: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """Who gave the draft's task its time, and on which day. by : "" for the system."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class WhyDeadline:
    """days_left, term_days : working days until the deadline and of the whole term; None without a deadline, or once
    the task is over. soon_from : first day on which it shows as due soon.
    """

    title: str
    steps: list[Step]
    months: list[months.Month]
    days_left: int | None = None
    days_late: int | None = None
    term_days: int | None = None
    soon_from: date | None = None

    @property
    def share_left(self) -> Decimal | None:
        if self.days_left is None or not self.term_days:
            return None
        return Decimal(self.days_left) / Decimal(self.term_days)


def why_deadline(
    task: PlanTask,
    *,
    granted: Sequence[ExtensionRequest],
    today: date,
    calendar: WorkingCalendar,
    entered: Entered | None = None,
) -> WhyDeadline:
    """The task comes with its plan; `granted` are its granted extensions, oldest first.

    entered : by whom, where a person gave the time and the plan's own text does not say it.
    """
    if task.deadline is None:
        words = task.deadline_text or task.get_recurrence_display()
        steps = [_source(words, entered)] if words else []
        steps.append(Step(_("That names no last day, so the task is never late. Its progress is reported.")))
        return WhyDeadline(_("Why there is no deadline"), steps, [])
    steps = [*_first(task, entered), *_extended(granted), _working_or_not(task.deadline, calendar)]
    title = _("Why the deadline is %(day)s") % {"day": written_day(task.deadline)}
    is_over = task.done_on is not None or task.cancelled_on is not None
    if is_over:
        return WhyDeadline(title, steps, _months(task.deadline, today=task.deadline, calendar=calendar))
    if task.handed_in_on is not None:
        # Nothing runs any more: what was handed in late gets no later while it waits.
        late = calendar.working_days(after=task.deadline, through=task.handed_in_on)
        is_late = task.handed_in_on > task.deadline
        steps.append(_handed_in(task.handed_in_on, is_late=is_late))
        shown = _months(task.deadline, today=task.deadline, calendar=calendar)
        return WhyDeadline(title, steps, shown, days_late=late if is_late else None)
    is_late = task.deadline < today
    start = _term_start(task)
    return WhyDeadline(
        title,
        steps,
        _months(task.deadline, today=today, calendar=calendar),
        days_left=None if is_late else calendar.working_days(after=today, through=task.deadline),
        days_late=calendar.working_days(after=task.deadline, through=today) if is_late else None,
        # Of a term that has not begun no share is left or used.
        term_days=calendar.working_days(after=start, through=task.deadline) if start <= today else None,
        soon_from=task.soon_from,
    )


def _term_start(task: PlanTask) -> date:
    """The day from which the plan's terms run, or on which the task was added; the day it starts, when later."""
    assert task.deadline is not None  # noqa: S101  asked only for tasks with one
    assert task.plan.approved_at is not None  # noqa: S101  and of approved plans
    approved = local_date(task.plan.approved_at)
    given = local_date(task.given_at) if task.given_at else approved
    start = given if given > approved else term_starts_on(task.plan, today=approved)
    return min(max(start, task.starts_on or start), task.deadline)


def says_its_time(task: PlanTask) -> bool:
    """Whether the task's own words in the plan hold the time as it stands in the task."""
    wanted = rf"(?<!\w){re.escape(fold(task.deadline_text))}(?!\w)"
    return bool(task.deadline_text) and re.search(wanted, fold(task.text)) is not None


def _source(words: str, entered: Entered | None) -> Step:
    if entered is None:
        return Step(_("The plan says “%(words)s”") % {"words": words}, quotes=True)
    values = {"name": entered.by or _("the system"), "day": written_day(entered.on), "words": words}
    name = _("%(name)s wrote “%(words)s” when checking the plan, on %(day)s") % values
    return Step(name, _("The original document does not give this time for the task."), is_entered=True)


def _first(task: PlanTask, entered: Entered | None) -> Iterator[Step]:
    first = task.first_deadline or task.deadline
    assert first is not None  # noqa: S101
    if not task.deadline_text and entered is not None:
        yield _source(written_day(first), entered)
        return
    if not task.deadline_text:
        yield Step(_("The day was entered when the plan was checked: %(day)s") % {"day": long_day(first)})
        return
    yield _source(task.deadline_text, entered)
    worded = deadline_in(task.deadline_text, plan_year=task.plan.year, document_date=task.plan.decision_date)
    wording = next((one for one in worded if one.last_day == first), None)
    begins = beginning_in(task.deadline_text, plan_year=task.plan.year, excluded=())
    if wording is None and begins is not None and begins.day == first:
        yield Step(_("What is to be so from a day is late on the next: %(day)s") % {"day": long_day(first)})
        return
    if wording is None:
        yield Step(_("The day was set when the plan was checked: %(day)s") % {"day": long_day(first)})
        return
    yield Step(_rule(wording, first), wording.cites)


def _rule(wording: WordedDeadline, last: date) -> str:
    values = {"day": long_day(last)}
    if wording.cites:
        return _("By law these words mean %(day)s") % values
    match wording.kind:
        case WordingKind.DATE:
            return _("The day named is still on time: %(day)s") % values
        case WordingKind.BEFORE:
            return _("“Before” leaves out what is named, so the last day on time is %(day)s") % values
        case WordingKind.MONTH:
            return _("The last day of the month is %(day)s") % values
        case WordingKind.QUARTER:
            return _("The last day of the quarter is %(day)s") % values
        case WordingKind.HALF:
            return _("The last day of the half-year is %(day)s") % values
        case WordingKind.YEAR:
            return _("The last day of the year is %(day)s") % values
        case WordingKind.TERM:
            return _("The term that is given ends on %(day)s") % values
        case _:
            return _("The last day on time is %(day)s") % values


def _extended(granted: Sequence[ExtensionRequest]) -> Iterator[Step]:
    for request in granted:
        name = _("Extended from %(old)s to %(new)s") % {
            "old": written_day(request.old_deadline),
            "new": long_day(request.new_deadline),
        }
        decided = written_day(request.decided_at) if request.decided_at else ""
        yield Step(name, _("Granted on %(day)s. The first deadline is kept.") % {"day": decided})


def _handed_in(on: date, *, is_late: bool) -> Step:
    name = _("All products were handed in on %(day)s and wait for a look") % {"day": written_day(on)}
    if is_late:
        after = _("That was after the deadline: the task is overdue until they are accepted, and then done late.")
        return Step(name, after)
    return Step(name, _("That was in time: the task is not late, however long the look takes."))


def _working_or_not(deadline: date, calendar: WorkingCalendar) -> Step:
    found = calendar.day(deadline)
    if found.is_working:
        return Step(_("It is a working day"), reason(found) if found.cites else "")
    return Step(_("It is a day off, and a day set by a plan is not put off"), reason(found))


def _months(deadline: date, *, today: date, calendar: WorkingCalendar) -> list[months.Month]:
    """The deadline's month, and today's before or after it when they are neighbours."""
    shown = {(deadline.year, deadline.month)}
    if abs((deadline.year - today.year) * 12 + deadline.month - today.month) == 1:
        shown.add((today.year, today.month))
    return [_month(year, number, deadline, today, calendar) for year, number in sorted(shown)]


def _month(year: int, number: int, deadline: date, today: date, calendar: WorkingCalendar) -> months.Month:
    first, last = min(today, deadline), max(today, deadline)
    kinds: dict[date, tuple[months.Kind, ...]] = {}
    reasons: dict[date, str] = {}
    day = date(year, number, 1)
    while day.month == number:
        found = calendar.day(day)
        marks: list[months.Kind] = []
        if not found.is_working:
            marks.append("off")
            reasons[day] = reason(found)
        elif first < day <= last:
            marks.append("counted")
        if day == today and today != deadline:
            marks.append("today")
        if day == deadline:
            marks.append("due")
        kinds[day] = tuple(marks)
        day += timedelta(days=1)
    return months.month(year=year, number=number, days=kinds, reasons=reasons)
