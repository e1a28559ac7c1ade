"""Tasks with their computed state, as far as the actor may see them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db import connection
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from caicach.kernel.calendar.queries import calendars
from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.search.folding import fold
from caicach.kernel.search.matching import stands_in
from caicach.kernel.search.terms import Term, parse
from caicach.kernel.ui.deadlines import DeadlineChip, deadline_chip
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import NotFound
from caicach.measurement.programme.access import UNIT_ROLES, WATCHING_ROLES, in_charge, takes_part
from caicach.measurement.programme.models import Plan, PlanState, PlanTask, TaskResponse
from caicach.measurement.programme.rules import TaskState
from caicach.measurement.programme.timing import calendar_of

STATE = "state"


def waits_in_time() -> Q:
    """Of an open task: all was handed in by the deadline and waits for a look, as `rules.TaskDates.waits_in_time`."""
    return Q(handed_in_on__isnull=False) & (Q(deadline=None) | Q(handed_in_on__lte=F("deadline")))


def with_state(tasks: QuerySet[Any], *, today: date) -> QuerySet[Any]:
    """Annotates `state` in SQL, by the same order of questions as `rules.task_state` (a test holds them equal)."""
    done_late = Q(done_on__isnull=False, deadline__isnull=False, done_on__gt=F("deadline"))
    annotated: QuerySet[Any] = tasks.annotate(
        state=Case(
            When(cancelled_on__isnull=False, then=Value(TaskState.CANCELLED.value)),
            When(done_late, then=Value(TaskState.DONE_LATE.value)),
            When(done_on__isnull=False, then=Value(TaskState.DONE_ON_TIME.value)),
            When(waits_in_time(), then=Value(TaskState.ON_TIME.value)),
            When(deadline__lt=today, then=Value(TaskState.OVERDUE.value)),
            When(soon_from__lte=today, then=Value(TaskState.DUE_SOON.value)),
            When(progress__gt=0, then=Value(TaskState.ON_TIME.value)),
            default=Value(TaskState.NOT_STARTED.value),
            output_field=CharField(max_length=12),
        )
    )
    return annotated


MOST_WORDS: Final = 100
"""No more words fit into the filter, whose length is bounded."""


def with_words(tasks: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Tasks that hold every word, without accents: in their own text, or in a name of the unit that leads them.

    Well-known abbreviations stand for their words, and the words for them.

    One query for the names of units, which are few, when there are words.
    """
    wanted = parse(words, most=MOST_WORDS).terms
    if not wanted:
        return tasks
    led = led_by()
    for term in wanted:
        tasks = tasks.filter(stands_in("search_text", term) | led(term))
    return tasks


def led_by() -> Callable[[Term], Q]:
    """Of a term: tasks that a unit leads in whose code or name it stands. One query for the units, which are few."""
    units = {unit.pk: fold(f"{unit.code} {unit.name}") for unit in Unit.objects.only("code", "name")}
    return lambda term: Q(lead__in=[pk for pk, names in units.items() if term.stands_in(names)])


def given_tasks() -> QuerySet[PlanTask]:
    """Tasks that count: of approved plans, not dropped while the plan was a draft."""
    return PlanTask.objects.filter(plan__state=PlanState.APPROVED, is_dropped=False)


def visible_tasks(*, actor: Actor) -> QuerySet[PlanTask]:
    """If, and only if, the actor watches the plan's unit, belongs to a unit on the task, or is in charge of it.

    The same right as `access.takes_part`, asked of all tasks at once (a test holds them equal).
    """
    if actor.is_system:
        return given_tasks()
    watched = actor.units_of(*WATCHING_ROLES)
    mine = actor.units_of(*UNIT_ROLES, Role.STAFF)
    rights = Q(plan__issuer__in=watched) | Q(lead__in=mine) | in_charge(actor)
    # As a subquery: a join over co-operating units would double rows.
    supported = PlanTask.cooperating.through.objects.filter(unit_id__in=mine).values("plantask_id")
    return given_tasks().filter(rights | Q(pk__in=supported))


class Part(StrEnum):
    """What one's own units are to a task."""

    LEAD = "lead"
    COOPERATING = "cooperating"


def of_part(tasks: QuerySet[Any], *, actor: Actor, part: Part) -> QuerySet[Any]:
    """Of the tasks those that the actor's own units lead, or those that they support and do not lead."""
    mine = actor.units_of(*UNIT_ROLES, Role.STAFF) | actor.member_of
    if part == Part.LEAD:
        return tasks.filter(lead__in=mine)
    return supported_by(tasks, units=mine)


def supported_by(tasks: QuerySet[Any], *, units: Collection[int]) -> QuerySet[Any]:
    """Those in which one of the units co-operates and that none of them leads."""
    supported = PlanTask.cooperating.through.objects.filter(unit_id__in=units).values("plantask_id")
    return tasks.filter(pk__in=supported).exclude(lead__in=units)


def tasks_to_accept(*, actor: Actor) -> QuerySet[PlanTask]:
    """Open tasks that wait for the answer of a unit for which the actor may give it."""
    waiting = given_tasks().filter(response=TaskResponse.WAITING, done_on=None, cancelled_on=None)
    return waiting.filter(lead__in=actor.units_of(*UNIT_ROLES))


def tasks_to_act_on(*, actor: Actor, ids: Collection[int]) -> list[PlanTask]:
    """The tasks of these ids with their plans. One query. Raises NotFound when one is missing or may not be seen."""
    found = list(visible_tasks(actor=actor).filter(pk__in=ids).select_related("plan__issuer", "lead"))
    if len(found) != len(set(ids)):
        raise NotFound
    return found


def deadlines_today(actor: Actor, ids: Collection[int], today: date) -> dict[int, DeadlineChip]:
    """Task -> its deadline as it stands today, of those that the actor may see and that were not stopped. One query,
    and those of the calendar.
    """
    tasks = visible_tasks(actor=actor).filter(pk__in=ids, cancelled_on=None)
    known = calendars()
    return {
        task.pk: deadline_chip(
            deadline=task.deadline,
            soon_from=task.soon_from,
            today=today,
            calendar=calendar_of(task, known),
            done_on=task.done_on,
            handed_in_on=task.handed_in_on,
        )
        for task in tasks.select_related("lead").only("deadline", "soon_from", "done_on", "handed_in_on", "lead__code")
    }


def task_of(*, actor: Actor, pk: int, today: date) -> PlanTask:
    """One task with its products and their papers. Raises NotFound alike for what is missing and may not be seen."""
    tasks = _single_tasks(actor, today)
    return _found(tasks.prefetch_related("products__evidence__attachment__file", "products__evidence__by"), pk)


def bare_task_of(*, actor: Actor, pk: int, today: date) -> PlanTask:
    """The same without its products, for who reads them in another way."""
    return _found(_single_tasks(actor, today), pk)


def task_to_act_on(*, actor: Actor, pk: int) -> PlanTask:
    """With its plan alone: an act reads what it changes itself. Raises NotFound.

    Asks of the one task what `visible_tasks` asks of all: one query, and one for the co-operating units where no other
    right suffices.
    """
    try:
        task = PlanTask.objects.select_related("plan").get(pk=pk)
    except PlanTask.DoesNotExist as error:
        raise NotFound from error
    is_given = task.plan.state == PlanState.APPROVED and not task.is_dropped
    if not is_given or not takes_part(actor, task=task):
        raise NotFound
    return task


_SPEAK_ON: Final = """
SELECT task.id, task.plan_id, task.lead_id, task.owner_id, plan.id, plan.issuer_id
FROM programme_plantask task JOIN programme_plan plan ON plan.id = task.plan_id
WHERE task.id = %s AND NOT task.is_dropped AND plan.state = %s
"""


def task_to_speak_on(*, actor: Actor, pk: int) -> PlanTask:
    """With what decides on the right to see it and nothing else, for what leaves the task as it is. Raises NotFound.

    Plain SQL, as what the kernel writes beside the comment: building the same query costs the ORM as much as that.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SPEAK_ON, (pk, PlanState.APPROVED.value))
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    task = PlanTask.from_db(connection.alias, ("id", "plan_id", "lead_id", "owner_id"), row[:4])
    task.plan = Plan.from_db(connection.alias, ("id", "issuer_id"), row[4:])
    if not takes_part(actor, task=task):
        raise NotFound
    return task


def _single_tasks(actor: Actor, today: date) -> QuerySet[PlanTask]:
    tasks = with_state(visible_tasks(actor=actor), today=today)
    return tasks.select_related("plan__issuer", "lead", "owner").prefetch_related("cooperating", "targets__national")


def _found(tasks: QuerySet[PlanTask], pk: int) -> PlanTask:
    task = tasks.filter(pk=pk).first()
    if task is None:
        raise NotFound
    return task


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What a list of tasks is narrowed to; all of it stands in the address of the page."""

    plan: int | None = None
    field: str = ""
    unit: int | None = None
    states: tuple[TaskState, ...] = ()
    words: str = ""
    due_from: date | None = None
    due_until: date | None = None

    def apply(self, tasks: QuerySet[Any], *, today: date) -> QuerySet[Any]:
        tasks = with_state(tasks, today=today)
        if self.plan is not None:
            tasks = tasks.filter(plan=self.plan)
        if self.field:
            tasks = tasks.filter(field=self.field)
        if self.unit is not None:
            tasks = tasks.filter(lead=self.unit)
        if self.states:
            tasks = tasks.filter(state__in=[state.value for state in self.states])
        tasks = with_words(tasks, self.words)
        if self.due_from is not None:
            tasks = tasks.filter(deadline__gte=self.due_from)
        if self.due_until is not None:
            tasks = tasks.filter(deadline__lte=self.due_until)
        return tasks
