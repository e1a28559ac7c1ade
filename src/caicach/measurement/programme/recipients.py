"""Whom a plan or a task concerns, as ids of accounts on a day: who holds the role, and who stands in for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import Account, RoleAssignment, Unit
from caicach.kernel.identity.roles import Role

from .access import UNIT_ROLES, WATCHING_ROLES
from .models import Plan, PlanTask, UrgingStep


def leaders(plan: Plan, *, on: date) -> set[int]:
    return _with_stand_ins(identity.holders_over(roles=[Role.LEADER], unit=plan.issuer, on=on), on=on)


def officers(plan: Plan, *, on: date) -> set[int]:
    return _with_stand_ins(identity.holders_over(roles=[Role.REFORM_OFFICER], unit=plan.issuer, on=on), on=on)


def of_unit(unit: Unit, *, on: date) -> set[int]:
    """Its head and its focal points."""
    return _with_stand_ins(identity.holders(roles=[Role.UNIT_HEAD, Role.FOCAL_POINT], unit=unit, on=on), on=on)


def heads_of(unit: Unit, *, on: date) -> set[int]:
    return _with_stand_ins(identity.holders(roles=[Role.UNIT_HEAD], unit=unit, on=on), on=on)


def workers_on(task: PlanTask, *, on: date) -> set[int]:
    """The person in charge and the focal points of the lead unit. The task comes with its lead."""
    if task.lead is None:
        return set()
    people = _with_stand_ins(identity.holders(roles=[Role.FOCAL_POINT], unit=task.lead, on=on), on=on)
    owner = set() if task.owner_id is None else still_in(task.lead, {task.owner_id}, on=on)
    return people | with_stand_ins(owner, on=on)


def with_stand_ins(people: Collection[int], *, on: date) -> set[int]:
    """The people and who acts in their place that day: who is absent is told too, and finds it on return.

    One query, none without people.
    """
    return set(people).union(*identity.stand_ins(people=people, on=on).values())


def still_in(unit: Unit, people: Collection[int], *, on: date) -> set[int]:
    """Those of the people who hold a role in the unit: a person in charge who has left is told of its tasks no more.

    One query, none without people.
    """
    if not people:
        return set()
    return set(identity.staff_of(unit=unit, on=on).filter(pk__in=people).values_list("pk", flat=True))


def still_on(task: PlanTask, people: Collection[int | None], *, on: date) -> set[int]:
    """Those of the people who may see the task that day, as `access.takes_part` says (a test holds them equal), and who
    stands in for them. Who has left is told no word of it, whoever once wrote or asked here.

    Four queries at most, none without people. The task comes with its lead and its plan's issuer.
    """
    wanted = {person for person in people if person is not None}
    if not wanted:
        return set()
    absent = identity.stood_in_for(people=wanted, on=on)
    seeing = _seeing(task, wanted.union(*absent.values()), on=on)
    still = {person for person in wanted if person in seeing or not seeing.isdisjoint(absent.get(person, ()))}
    return with_stand_ins(still, on=on)


def _seeing(task: PlanTask, people: Collection[int], *, on: date) -> set[int]:
    """Those of the people whose own roles let them see the task."""
    units = [unit for unit in (task.lead, *task.cooperating.all()) if unit is not None]
    sees = Q(role__in=WATCHING_ROLES, unit__in=identity.line_of(task.plan.issuer))
    sees |= Q(role__in=[*UNIT_ROLES, Role.STAFF], unit__in={pk for unit in units for pk in identity.line_of(unit)})
    if task.owner_id is not None:
        sees |= Q(account=task.owner_id, unit=task.lead_id)
    held = RoleAssignment.objects.filter(identity.in_force(on), sees, account__in=people, account__is_active=True)
    return set(held.values_list("account", flat=True))


def answering_for(tasks: Iterable[PlanTask], *, on: date) -> dict[int, list[PlanTask]]:
    """Account -> its tasks: the person in charge, else the lead unit's focal points, else its head, each with who
    stands in for them. Two queries.

    A person in charge who has left the lead unit answers for nothing there.
    """
    listed = list(tasks)
    by_unit = _staff_of_units({task.lead_id for task in listed if task.lead_id is not None}, on=on)
    answering: dict[int, list[PlanTask]] = {}
    for task in listed:
        for account_id in _who_answers(task, by_unit.get(task.lead_id or 0, _NOBODY)):
            answering.setdefault(account_id, []).append(task)
    return answering


def reaching_someone(tasks: Sequence[PlanTask], *, step: UrgingStep, on: date) -> list[PlanTask]:
    """Those of one plan's tasks of which a reminder of that step would tell a person. The tasks come with their plan
    and leads. Two queries.
    """
    match step:
        case UrgingStep.HEAD:
            staff = _staff_of_units({task.lead_id for task in tasks if task.lead_id is not None}, on=on)
            return [task for task in tasks if staff.get(task.lead_id or 0, _NOBODY).holding(Role.UNIT_HEAD)]
        case UrgingStep.OFFICER:
            return list(tasks) if tasks and officers(tasks[0].plan, on=on) else []
        case UrgingStep.WEEKLY:
            told = {task.pk for theirs in answering_for(tasks, on=on).values() for task in theirs}
        case _:
            letters = of_letters(tasks, on=on).values()
            told = {task.pk for groups in letters for _people, theirs in groups for task in theirs}
    return [task for task in tasks if task.pk in told]


Told = list[tuple[set[int], list[PlanTask]]]
"""Who is told of which tasks in one unit's letter."""


def of_letter(unit: Unit, tasks: Sequence[PlanTask], *, on: date) -> Told:
    """Head and focal points are told of all; a person in charge who still works there of the own ones. Two queries."""
    return _told(tasks, _staff_of_units({unit.pk}, on=on).get(unit.pk, _NOBODY))


def letter_of(task: PlanTask) -> tuple[int, int]:
    """Plan and lead unit: the tasks that share them go in one letter. The task has a lead."""
    assert task.lead_id is not None  # noqa: S101  callers leave out what nobody leads
    return task.plan_id, task.lead_id


def of_letters(tasks: Sequence[PlanTask], *, on: date) -> dict[tuple[int, int], Told]:
    """The same for each plan and lead unit of the tasks, in their order; tasks without a lead go in no letter. Two
    queries.
    """
    by_letter: dict[tuple[int, int], list[PlanTask]] = {}
    for task in tasks:
        if task.lead_id is not None:
            by_letter.setdefault(letter_of(task), []).append(task)
    staff = _staff_of_units({unit_id for _plan_id, unit_id in by_letter}, on=on)
    return {key: _told(theirs, staff.get(key[1], _NOBODY)) for key, theirs in by_letter.items()}


@dataclass(frozen=True, slots=True)
class _Staff:
    """Of one unit. roles : role -> active accounts that hold it; away : absent person -> who stands in that day."""

    roles: dict[str, set[int]] = field(default_factory=dict)
    away: dict[int, set[int]] = field(default_factory=dict)

    def holding(self, *roles: str) -> set[int]:
        """With who stands in for them."""
        return self.acting(set().union(*(self.roles.get(role, ()) for role in roles)))

    def acting(self, people: set[int]) -> set[int]:
        return people.union(*(self.away.get(person, ()) for person in people))

    def has(self, person: int | None) -> bool:
        """As a member: who only stands in for one is none."""
        return any(person in people for people in self.roles.values())


_NOBODY: Final = _Staff()


def _told(tasks: Sequence[PlanTask], staff: _Staff) -> Told:
    whole_unit = staff.holding(Role.UNIT_HEAD, Role.FOCAL_POINT)
    told: Told = [(whole_unit, list(tasks))] if whole_unit else []
    for owner, own in _owners(tasks, staff).items():
        if people := staff.acting({owner}) - whole_unit:
            told.append((people, own))
    return told


def _owners(tasks: Iterable[PlanTask], staff: _Staff) -> dict[int, list[PlanTask]]:
    own: dict[int, list[PlanTask]] = {}
    for task in tasks:
        if task.owner_id is not None and staff.has(task.owner_id):
            own.setdefault(task.owner_id, []).append(task)
    return own


def _staff_of_units(units: Iterable[int], *, on: date) -> dict[int, _Staff]:
    """Two queries."""
    by_unit: dict[int, dict[str, set[int]]] = {}
    held = RoleAssignment.objects.filter(
        identity.in_force(on),
        unit__in=set(units),
        account__is_active=True,
    )
    for unit_id, role, account_id in held.values_list("unit", "role", "account"):
        by_unit.setdefault(unit_id, {}).setdefault(role, set()).add(account_id)
    everyone = {person for roles in by_unit.values() for people in roles.values() for person in people}
    away = identity.stand_ins(people=everyone, on=on)
    return {unit_id: _Staff(roles, away) for unit_id, roles in by_unit.items()}


def _who_answers(task: PlanTask, staff: _Staff) -> set[int]:
    if task.owner_id is not None and staff.has(task.owner_id):
        return staff.acting({task.owner_id})
    return staff.holding(Role.FOCAL_POINT) or staff.holding(Role.UNIT_HEAD)


def _with_stand_ins(accounts: QuerySet[Account], *, on: date) -> set[int]:
    return with_stand_ins(set(accounts.order_by().values_list("pk", flat=True)), on=on)
