"""What urging the chosen tasks would send, before it is sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from caicach.kernel.calendar.queries import calendars
from caicach.kernel.calendar.zone import VIETNAM
from caicach.kernel.identity.models import Account, Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.notifications.previewing import Preview, preview
from caicach.kernel.ui.deadlines import DeadlineChip, deadline_chip
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme import notices, recipients
from caicach.measurement.programme.access import can_urge
from caicach.measurement.programme.models import (
    ExtensionRequest,
    ExtensionState,
    Plan,
    PlanTask,
    ProductState,
    TaskProduct,
    TaskResponse,
    Urging,
    UrgingStep,
)
from caicach.measurement.programme.timing import calendar_of

from .tasks import given_tasks


@dataclass(frozen=True, slots=True)
class UrgedTask:
    """`urged_at` : when the unit was last urged or reminded of it; None for never."""

    task: PlanTask
    chip: DeadlineChip
    urged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who is told, and of which tasks; `numbers` is empty for all of the letter's."""

    name: str
    numbers: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one unit gets about its tasks of one plan. Without `readers` it would reach nobody.

    told : its words, as who is told of all its tasks reads them.
    """

    plan: Plan
    unit: Unit
    tasks: list[UrgedTask]
    readers: list[Reader]
    told: Preview


@dataclass(frozen=True, slots=True)
class Letters:
    """`left_out` : chosen tasks that `still_to_urge` does not give."""

    letters: list[Letter]
    left_out: list[PlanTask]

    @property
    def count(self) -> int:
        return sum(len(letter.tasks) for letter in self.letters)

    @property
    def units(self) -> int:
        return len({letter.unit.pk for letter in self.letters})

    @property
    def of_several_plans(self) -> bool:
        return len({letter.plan.pk for letter in self.letters}) > 1


def can_be_urged(task: PlanTask) -> bool:
    is_open = task.done_on is None and task.cancelled_on is None
    has_to_act = task.handed_in_on is None and task.response != TaskResponse.RETURNED
    return is_open and has_to_act and task.lead_id is not None


def waits_for_a_look() -> Q:
    """Of an open task: something was handed in, and nothing is left for its unit to hand in."""
    return Q(handed_in_on__isnull=False)


def with_something_to_do(tasks: QuerySet[PlanTask]) -> QuerySet[PlanTask]:
    """Open tasks for which the unit that leads them still has something to do.

    What was handed in waits for who looks at it, what was returned for who answers the return.
    """
    is_open = tasks.filter(done_on=None, cancelled_on=None, is_dropped=False).exclude(lead=None)
    return is_open.exclude(waits_for_a_look()).exclude(response=TaskResponse.RETURNED)


def still_to_urge(tasks: QuerySet[PlanTask], *, today: date) -> QuerySet[PlanTask]:
    """Tasks for which their units have something to do, and that nobody was urged about today."""
    return with_something_to_do(tasks).exclude(urged_today(today=today))


def late_tasks_to_urge(
    *, actor: Actor, today: date, plan: int | None = None, lead: int | None = None
) -> QuerySet[PlanTask]:
    """Late tasks that wait for their units, of plans whose units the actor may urge; the most pressing first.

    plan, lead : of that plan or lead unit alone. What was urged about today is among them: a preview says so.
    """
    narrowed = {name: pk for name, pk in (("plan", plan), ("lead", lead)) if pk is not None}
    late = given_tasks().filter(
        done_on=None,
        cancelled_on=None,
        deadline__lt=today,
        plan__issuer__in=actor.units_of(Role.REFORM_OFFICER),
        **narrowed,
    )
    return waiting_for_units(late.exclude(lead=None)).order_by("deadline", "pk")


def waiting_for_units(tasks: QuerySet[PlanTask]) -> QuerySet[PlanTask]:
    """Without those that wait for an answer of the officer: returned, asked for more time, handed in."""
    asked = ExtensionRequest.objects.filter(task=OuterRef("pk"), state=ExtensionState.ASKED)
    handed_in = TaskProduct.objects.filter(task=OuterRef("pk"), state=ProductState.SUBMITTED)
    return tasks.exclude(response=TaskResponse.RETURNED).filter(~Exists(asked), ~Exists(handed_in))


def urged_today(*, today: date) -> Exists:
    """Of a task: someone urged the unit that leads it by hand today."""
    since = datetime.combine(today, time.min, VIETNAM)
    by_hand = Urging.objects.filter(task=OuterRef("pk"), unit=OuterRef("lead"), step=UrgingStep.BY_HAND)
    return Exists(by_hand.filter(at__gte=since))


def plans_to_urge(*, actor: Actor, plans: Collection[int]) -> set[int]:
    """Those of the plans whose units the actor may urge. One query."""
    asked = Plan.objects.filter(pk__in=plans).only("issuer")
    return {plan.pk for plan in asked if can_urge(actor, plan=plan)}


def letters(tasks: Sequence[PlanTask], *, today: date) -> Letters:
    """One letter a plan and lead unit, as `services.urge` sends them, the most pressing first.

    The tasks come with their plans and leads. Five queries and those of the calendar, however many tasks and units.
    """
    chosen = PlanTask.objects.filter(pk__in=[task.pk for task in tasks])
    wanted = set(still_to_urge(chosen, today=today).values_list("pk", flat=True))
    urged = sorted((task for task in tasks if task.pk in wanted), key=lambda task: (task.deadline or date.max, task.pk))
    told = recipients.of_letters(urged, on=today)
    people = {person for groups in told.values() for accounts, _theirs in groups for person in accounts}
    names = dict(Account.objects.filter(pk__in=people).values_list("pk", "full_name"))
    before = dict(Urging.objects.filter(task__in=urged).order_by().values_list("task").annotate(last=Max("at")))
    known = calendars()
    lines: dict[tuple[int, int], list[UrgedTask]] = {}
    for task in urged:
        chip = deadline_chip(
            deadline=task.deadline, soon_from=task.soon_from, today=today, calendar=calendar_of(task, known)
        )
        lines.setdefault(recipients.letter_of(task), []).append(UrgedTask(task, chip, before.get(task.pk)))
    return Letters(
        [_letter(theirs, _readers(told[key], names, len(theirs))) for key, theirs in lines.items()],
        left_out=[task for task in tasks if task.pk not in wanted],
    )


def _letter(lines: list[UrgedTask], readers: list[Reader]) -> Letter:
    first = lines[0].task
    assert first.lead is not None  # noqa: S101  what has no lead cannot be urged
    told = preview(notices.URGED, **notices.said_of(first.lead, [line.task for line in lines], notices.URGE))
    return Letter(first.plan, first.lead, lines, readers, told)


def _readers(told: recipients.Told, names: dict[int, str], all_of_letter: int) -> list[Reader]:
    found = []
    for accounts, theirs in told:
        numbers = [task.number for task in theirs] if len(theirs) < all_of_letter else []
        found += [Reader(name, numbers) for name in sorted(names[person] for person in accounts)]
    return found
