"""The tree of units with who holds which role in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from caicach.kernel.audit.wording import HistoryPage, history_page
from caicach.kernel.identity.models import RoleAssignment, Unit
from caicach.kernel.identity.queries import in_force
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.errors import NotFound


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds one role in one unit, by name."""

    role: Role
    held: list[RoleAssignment]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit at its place in the tree. depth : 0 for a root; holders : in the order of the roles."""

    unit: Unit
    depth: int
    holders: list[Holders]
    is_over: bool


def tree(*, on: date, with_former: bool = False) -> list[UnitLine]:
    """Units in force that day, each after the one it belongs to; `with_former` adds those that are over or to come.

    Two SQL queries.
    """
    rows = Unit.objects.all() if with_former else Unit.objects.filter(in_force(on))
    units = list(rows.order_by("order", "pk"))
    holders = _holders(on=on)
    return [
        UnitLine(unit, depth, _by_role(holders.get(unit.pk, ())), is_over=not _holds_on(unit, on))
        for unit, depth in _in_order(units)
    ]


def _holds_on(unit: Unit, on: date) -> bool:
    return unit.valid_from <= on and (unit.valid_to is None or on < unit.valid_to)


def _holders(*, on: date) -> dict[int, list[RoleAssignment]]:
    held: dict[int, list[RoleAssignment]] = defaultdict(list)
    rows = RoleAssignment.objects.filter(in_force(on), account__is_active=True).select_related("account")
    for assignment in rows.order_by("account__full_name"):
        held[assignment.unit_id].append(assignment)
    return held


def _by_role(held: Iterable[RoleAssignment]) -> list[Holders]:
    by_role = {role: [assignment for assignment in held if assignment.role == role] for role in Role}
    return [Holders(role, found) for role, found in by_role.items() if found]


def _in_order(units: list[Unit]) -> list[tuple[Unit, int]]:
    """Depth first. A unit whose parent is not among them (it is over) stands as a root."""
    known = {unit.pk for unit in units}
    beneath: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in units:
        beneath[unit.parent_id if unit.parent_id in known else None].append(unit)
    found: list[tuple[Unit, int]] = []
    waiting = [(unit, 0) for unit in reversed(beneath[None])]
    while waiting:
        unit, depth = waiting.pop()
        found.append((unit, depth))
        waiting += [(child, depth + 1) for child in reversed(beneath[unit.pk])]
    return found


@dataclass(frozen=True, slots=True)
class UnitRecords:
    """One unit with all that its page shows."""

    unit: Unit
    holders: list[Holders]
    children: list[Unit]
    is_over: bool


def unit_to_see(*, pk: int) -> Unit:
    """Raises NotFound."""
    unit = Unit.objects.select_related("parent").filter(pk=pk).first()
    if unit is None:
        raise NotFound
    return unit


def unit_records(*, pk: int, on: date) -> UnitRecords:
    """Raises NotFound. Three SQL queries."""
    unit = unit_to_see(pk=pk)
    held = RoleAssignment.objects.filter(in_force(on), unit=unit, account__is_active=True).select_related("account")
    children = Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), parent=unit)
    return UnitRecords(
        unit=unit,
        holders=_by_role(list(held.order_by("account__full_name"))),
        children=list(children),
        is_over=not _holds_on(unit, on),
    )


def unit_history(unit: Unit, *, before: str) -> HistoryPage:
    """What was done to the unit, newest first. `before` : as of `history_page`."""
    subjects = {Unit._meta.label_lower: [str(unit.pk)]}
    labels = {"parent_id": _("Belongs to")}
    return history_page(subjects, before=before, address="", labels=labels, hidden=frozenset({"path"}))
