"""What the calendar says without anyone asking: before a deadline, once a week about what is late, and higher up.

Once each working day at 7:00, before the daily letters, which then repeat nothing of theirs. On days off nobody is
reminded; what fell on them comes on the next working day, since every step asks what is due by
today and was not told yet, not what is due today.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.calendar.parameters import parameter
from caicach.kernel.calendar.queries import Calendars, calendars
from caicach.kernel.calendar.rules import WorkingCalendar
from caicach.kernel.jobs.events import first_time, was_taken
from caicach.kernel.jobs.registry import Outcome, job
from caicach.kernel.jobs.run import Run
from caicach.kernel.jobs.schedules import schedule
from caicach.kernel.notifications.services import notify
from caicach.kernel.usecase.actor import SYSTEM

from . import notices, queries, recipients
from .models import PlanTask, UrgingStep
from .queries.urging import with_something_to_do
from .services.urging import remind
from .timing import calendar_of

WEEK_CLOSED: Final = "programme.weekly_letters"
LETTER_WRITTEN: Final = "programme.weekly_letter"


@job("programme.remind", title=gettext_lazy("Remind of deadlines"), time_limit=timedelta(minutes=20))
def remind_daily(run: Run) -> Outcome:
    today = local_date(run.at)
    known = calendars()
    if not known.common.is_working_day(today):
        return Outcome(value=0)
    write_weekly_letters(at=run.at, written=lambda count: run.progress(done=count))
    steps = {
        UrgingStep.BEFORE: due_soon(today=today, known=known),
        UrgingStep.HEAD: late_for(today=today, known=known, parameter_key="programme.escalate_to_head_after_days"),
        UrgingStep.OFFICER: late_for(
            today=today, known=known, parameter_key="programme.escalate_to_officer_after_days"
        ),
    }
    reminded = sum(_remind(run, step, tasks) for step, tasks in steps.items())
    return Outcome(value=reminded)


def due_soon(*, today: date, known: Calendars) -> list[PlanTask]:
    """Open tasks whose deadline is today or within so many working days of their unit as the ministry set."""
    days = parameter("programme.remind_before_days", on=today).whole
    until = {code: _days_ahead(today, days, known.of(code)) for code in ("", *known.by_unit)}
    tasks = _open_tasks().filter(deadline__gte=today, deadline__lte=max(until.values()))
    return [task for task in tasks if task.deadline and task.deadline <= until.get(_unit_code(task), until[""])]


def _days_ahead(day: date, count: int, calendar: WorkingCalendar) -> date:
    for _n in range(count):
        day = calendar.next_working_day(day)
    return day


def _unit_code(task: PlanTask) -> str:
    return task.lead.code if task.lead else ""


def late_for(*, today: date, known: Calendars, parameter_key: str) -> list[PlanTask]:
    """Open tasks that are late by at least so many working days."""
    days = parameter(parameter_key, on=today).whole
    late = _open_tasks().filter(deadline__lt=today)
    return [
        task
        for task in late
        if task.deadline and calendar_of(task, known).working_days(after=task.deadline, through=today) >= days
    ]


def _open_tasks() -> QuerySet[PlanTask]:
    """Those for which their units still have something to do."""
    tasks = with_something_to_do(queries.given_tasks())
    return tasks.select_related("plan", "lead").order_by("deadline", "pk")


def _remind(run: Run, step: UrgingStep, tasks: Iterable[PlanTask]) -> int:
    reminded = 0
    for of_plan in _by_plan(tasks):
        # No idempotency key: what was reminded of already is left out, and what came since is taken.
        reminded += remind(actor=SYSTEM, plan=of_plan[0].plan, task_ids=_ids(of_plan), step=step)
        run.progress(done=reminded)
    return reminded


def _by_plan(tasks: Iterable[PlanTask]) -> Collection[list[PlanTask]]:
    """Each with at least one task."""
    found: dict[int, list[PlanTask]] = {}
    for task in tasks:
        found.setdefault(task.plan_id, []).append(task)
    return found.values()


def _ids(tasks: Iterable[PlanTask]) -> list[int]:
    return [task.pk for task in tasks]


def write_weekly_letters(*, at: datetime, written: Callable[[int], None]) -> None:
    """To each who answers for late tasks one letter about all of them, on the first working day of the week on which
    this runs: after a Monday that is a holiday or on which no worker ran, on the next day on which one does.

    Each letter is claimed and written in a transaction of its own, and the week is closed after the last one. Another
    worker at the same time writes those that are left; after a stop in the middle the next run does. Called outside
    any transaction; `written` is told after each letter how many there are, and may stop the rest by raising.
    """
    today = local_date(at)
    week = (today - timedelta(days=today.weekday())).isoformat()
    if was_taken(scope=WEEK_CLOSED, key=week):
        return
    late = list(_open_tasks().filter(deadline__lt=today))
    answering = sorted(recipients.answering_for(late, on=today).items())
    for count, (account_id, tasks) in enumerate(answering, start=1):
        with transaction.atomic():
            if first_time(scope=LETTER_WRITTEN, key=f"{week}:{account_id}", at=at):
                _write_letter(account_id, tasks, week=week)
        written(count)
    with transaction.atomic():
        if first_time(scope=WEEK_CLOSED, key=week, at=at):
            for of_plan in _by_plan(late):
                remind(actor=SYSTEM, plan=of_plan[0].plan, task_ids=_ids(of_plan), step=UrgingStep.WEEKLY)


def _write_letter(account_id: int, tasks: Sequence[PlanTask], *, week: str) -> None:
    notify(
        actor=SYSTEM,
        kind=notices.LATE_WEEKLY,
        accounts=[account_id],
        message=notices.YOURS_LATE[0],
        plural=notices.YOURS_LATE[1],
        params={"count": len(tasks), **notices.records_of(tasks)},
        about=notices.about(tasks),
        # Beyond what an address holds only that page has every late task of the person, whatever the unit or plan.
        url=notices.address_of_these(tasks) or reverse("operation:my_work"),
        deadline=tasks[0].deadline,
        key=f"programme.late:{week}",
    )


schedule("programme.remind", "0 7 * * *", remind_daily)
