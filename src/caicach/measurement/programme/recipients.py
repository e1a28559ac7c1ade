"""Whom a plan or a task concerns, as ids of accounts on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity.models import RoleAssignment, Unit
from caicach.kernel.identity.roles import Role

from .models import Plan, PlanTask, UrgingStep


def leaders(plan: Plan, *, on: date) -> set[int]:
    return _ids(identity.holders_over(roles=[Role.LEADER], unit=plan.issuer, on=on))


def officers(plan: Plan, *, on: date) -> set[int]:
    return _ids(identity.holders_over(roles=[Role.REFORM_OFFICER], unit=plan.issuer, on=on))


def of_unit(unit: Unit, *, on: date) -> set[int]:
    """Its head and its focal points."""
    return _ids(identity.holders(roles=[Role.UNIT_HEAD, Role.FOCAL_POINT], unit=unit, on=on))


def heads_of(unit: Unit, *, on: date) -> set[int]:
    return _ids(identity.holders(roles=[Role.UNIT_HEAD], unit=unit, on=on))


def workers_on(task: PlanTask, *, on: date) -> set[int]:
    """The person in charge and the focal points of the lead unit. The task comes with its lead."""
    if task.lead is None:
        return set()
    people = _ids(identity.holders(roles=[Role.FOCAL_POINT], unit=task.lead, on=on))
    owner = set() if task.owner_id is None else still_in(task.lead, {task.owner_id}, on=on)
    return people | owner


def still_in(unit: Unit, people: Collection[int], *, on: date) -> set[int]:
    """Those of the people who hold a role in the unit: a person in charge who has left is told of its tasks no more.

    One query, none without people.
    """
    if not people:
        return set()
    return set(identity.staff_of(unit=unit, on=on).filter(pk__in=people).values_list("pk", flat=True))


def answering_for(tasks: Iterable[PlanTask], *, on: date) -> dict[int, list[PlanTask]]:
    """Account -> its tasks: the person in charge, else the lead unit's focal points, else its head. One query.

    A person in charge who has left the lead unit answers for nothing there.
    """
    listed = list(tasks)
    by_unit = _people_by_unit({task.lead_id for task in listed if task.lead_id is not None}, on=on)
    answering: dict[int, list[PlanTask]] = {}
    for task in listed:
        for account_id in _who_answers(task, by_unit):
            answering.setdefault(account_id, []).append(task)
    return answering


def reaching_someone(tasks: Sequence[PlanTask], *, step: UrgingStep, on: date) -> list[PlanTask]:
    """Those of one plan's tasks of which a reminder of that step would tell a person. The tasks come with their plan
    and leads. One query, of heads one a unit.
    """
    match step:
        case UrgingStep.HEAD:
            units = {task.lead for task in tasks if task.lead is not None}
            headed = {unit.pk for unit in units if heads_of(unit, on=on)}
            return [task for task in tasks if task.lead_id in headed]
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
    """Head and focal points are told of all; a person in charge who still works there of the own ones. One query."""
    return _told(tasks, _people_by_unit({unit.pk}, on=on).get(unit.pk, {}))


def letter_of(task: PlanTask) -> tuple[int, int]:
    """Plan and lead unit: the tasks that share them go in one letter. The task has a lead."""
    assert task.lead_id is not None  # noqa: S101  callers leave out what nobody leads
    return task.plan_id, task.lead_id


def of_letters(tasks: Sequence[PlanTask], *, on: date) -> dict[tuple[int, int], Told]:
    """The same for each plan and lead unit of the tasks, in their order; tasks without a lead go in no letter. One
    query.
    """
    by_letter: dict[tuple[int, int], list[PlanTask]] = {}
    for task in tasks:
        if task.lead_id is not None:
            by_letter.setdefault(letter_of(task), []).append(task)
    people = _people_by_unit({unit_id for _plan_id, unit_id in by_letter}, on=on)
    return {key: _told(theirs, people.get(key[1], {})) for key, theirs in by_letter.items()}


def _told(tasks: Sequence[PlanTask], roles: dict[str, set[int]]) -> Told:
    whole_unit = roles.get(Role.UNIT_HEAD, set()) | roles.get(Role.FOCAL_POINT, set())
    told: Told = [(whole_unit, list(tasks))] if whole_unit else []
    return told + [({owner}, own) for owner, own in _owners(tasks, roles).items() if owner not in whole_unit]


def _owners(tasks: Iterable[PlanTask], roles: dict[str, set[int]]) -> dict[int, list[PlanTask]]:
    staff = {person for people in roles.values() for person in people}
    own: dict[int, list[PlanTask]] = {}
    for task in tasks:
        if task.owner_id is not None and task.owner_id in staff:
            own.setdefault(task.owner_id, []).append(task)
    return own


def _people_by_unit(units: Iterable[int], *, on: date) -> dict[int, dict[str, set[int]]]:
    """Unit -> role -> active accounts that hold it there that day. One query."""
    by_unit: dict[int, dict[str, set[int]]] = {}
    held = RoleAssignment.objects.filter(
        identity.in_force(on),
        unit__in=set(units),
        account__is_active=True,
    )
    for unit_id, role, account_id in held.values_list("unit", "role", "account"):
        by_unit.setdefault(unit_id, {}).setdefault(role, set()).add(account_id)
    return by_unit


def _who_answers(task: PlanTask, by_unit: dict[int, dict[str, set[int]]]) -> set[int]:
    roles = by_unit.get(task.lead_id or 0, {})
    if task.owner_id is not None and any(task.owner_id in people for people in roles.values()):
        return {task.owner_id}
    return roles.get(Role.FOCAL_POINT) or roles.get(Role.UNIT_HEAD) or set()


def _ids(accounts: Iterable[object]) -> set[int]:
    return {account.pk for account in accounts}  # type: ignore[attr-defined]
