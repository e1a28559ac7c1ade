"""Reads of accounts, units and roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet

from caicach.kernel.usecase.actor import ANONYMOUS, Actor, HeldRole

from .models import Account, Delegation, RoleAssignment, Unit
from .roles import Role


def in_force(on: date) -> Q:
    """Rows whose period holds that day (`valid_to` is exclusive)."""
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


_ROLES_WITH_REACH: Final = """
SELECT held.id, held.role, unit.id, unit.code, unit.name, unit.parent_id, held.absent, reached.id, account.full_name
FROM identity_account account
LEFT JOIN (
    SELECT id, role, unit_id, '' AS absent
    FROM identity_roleassignment
    WHERE account_id = %(account)s AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
    UNION ALL
    SELECT given.id, given.role, given.unit_id, giver.full_name
    FROM identity_roleassignment given JOIN identity_account giver ON giver.id = given.account_id
    WHERE given.valid_from <= %(on)s AND (given.valid_to IS NULL OR given.valid_to > %(on)s) AND giver.is_active
    AND EXISTS (
        SELECT 1 FROM identity_delegation away
        WHERE away.receiver_id = %(account)s AND away.giver_id = giver.id
        AND away.valid_from <= %(on)s AND away.valid_to > %(on)s
    )
) held ON 1 = 1
LEFT JOIN identity_unit unit ON unit.id = held.unit_id
LEFT JOIN identity_unit reached ON reached.path LIKE unit.path || '%%'
WHERE account.id = %(account)s AND account.is_active
ORDER BY held.absent <> '', held.id
"""
"""One row for each role held and each unit that it reaches: own roles first, then those received by delegation.

Someone without a role has one row of nulls; who may not sign in has none.
"""


def actor_of(*, account: Account, on: date) -> Actor:
    """The account with the roles it holds that day, its own first, then those received by delegation."""
    return actor_with_id(account.pk, on)


def actor_with_id(account_id: int, on: date) -> Actor:
    """ANONYMOUS for an account that is gone or shut. One statement of plain SQL: every request pays for it."""
    with connection.cursor() as cursor:
        asked = {"account": account_id, "on": connection.ops.adapt_datefield_value(on)}
        cursor.execute(_ROLES_WITH_REACH, asked)
        rows = cursor.fetchall()
    if not rows:
        return ANONYMOUS
    by_role = (list(of_role) for _place, of_role in groupby(rows, key=lambda row: (row[6] != "", row[0])))
    held = tuple(_held(of_role) for of_role in by_role if of_role[0][0] is not None)
    return Actor(account_id=account_id, name=rows[0][-1], roles=held)


def _held(rows: Sequence[tuple[Any, ...]]) -> HeldRole:
    """One role, from its rows: all but the unit reached are the same in each."""
    _id, role, unit_id, code, name, parent_id, absent, _reached, _full_name = rows[0]
    return HeldRole(
        role=role,
        unit_id=unit_id,
        unit_code=code,
        unit_name=name,
        reach=frozenset(row[7] for row in rows),
        on_behalf_of=absent,
        is_at_top=parent_id is None,
    )


def units(*, on: date) -> QuerySet[Unit]:
    """The tree that day, in its own order."""
    return Unit.objects.filter(in_force(on)).select_related("parent")


def holders(*, roles: Iterable[str], unit: Unit, on: date) -> QuerySet[Account]:
    """Active accounts that hold one of the roles in exactly that unit that day."""
    return (
        Account.objects.filter(is_active=True)
        .filter(pk__in=RoleAssignment.objects.filter(in_force(on), role__in=list(roles), unit=unit).values("account"))
        .order_by("full_name")
    )


def holders_over(*, roles: Iterable[str], unit: Unit, on: date) -> QuerySet[Account]:
    """Active accounts that hold one of the roles in that unit or in one above it."""
    above = [int(part) for part in unit.path.strip("/").split("/") if part]
    return (
        Account.objects.filter(is_active=True)
        .filter(
            pk__in=RoleAssignment.objects.filter(in_force(on), role__in=list(roles), unit_id__in=above).values(
                "account"
            )
        )
        .order_by("full_name")
    )


def staff_of(*, unit: Unit, on: date) -> QuerySet[Account]:
    """Active accounts that hold any role in exactly that unit."""
    return Account.objects.filter(
        is_active=True, pk__in=RoleAssignment.objects.filter(in_force(on), unit=unit).values("account")
    ).order_by("full_name")


@dataclass(frozen=True, slots=True)
class SigningCapacity:
    """By which office a person signs for a unit; "" where none was noted.

    stands_in_for : the office of the absent leader in whose place the person acts; None for who acts in the own role.
    """

    office: str
    stands_in_for: str | None = None


def signing_capacity(*, account_id: int, unit: Unit, on: date) -> SigningCapacity:
    """Of a leader over the unit, or of who stands in for one that day. At most three queries."""
    above = [int(part) for part in unit.path.strip("/").split("/") if part]
    leading = RoleAssignment.objects.filter(in_force(on), role=Role.LEADER, unit__in=above).order_by("id")
    own = leading.filter(account=account_id).values_list("office", flat=True)
    if (office := _first_noted(own)) is not None:
        return SigningCapacity(office)
    givers = Delegation.objects.filter(in_force(on), receiver=account_id, giver__is_active=True).values("giver")
    absent = _first_noted(leading.filter(account__in=givers).values_list("office", flat=True))
    held = RoleAssignment.objects.filter(in_force(on), account=account_id).order_by("id")
    return SigningCapacity(_first_noted(held.values_list("office", flat=True)) or "", stands_in_for=absent)


def _first_noted(offices: Iterable[str]) -> str | None:
    """The first that was written down, "" when none was, None when there is no role at all."""
    listed = list(offices)
    return next((office for office in listed if office), "") if listed else None


def is_last_operator(*, account: Account, on: date) -> bool:
    """Whether the system would be left without anyone who operates it, if this account did not on that day."""
    operators = RoleAssignment.objects.filter(in_force(on), role=Role.OPERATOR, account__is_active=True)
    holders_of_role = set(operators.values_list("account", flat=True))
    return holders_of_role == {account.pk}


def operator_remains(*, without: QuerySet[RoleAssignment], on: date) -> bool:
    """Whether someone would operate the system on that day if these roles were not held."""
    operators = RoleAssignment.objects.filter(in_force(on), role=Role.OPERATOR, account__is_active=True)
    return operators.exclude(pk__in=without.values("pk")).exists()


def unit_by_code(*, code: str) -> Unit | None:
    """Whatever its period; None when there is none."""
    return Unit.objects.filter(code=code).first()


def names_of_units(codes: set[str]) -> dict[str, str]:
    """Code -> name, whatever their period; unknown codes are left out. One query."""
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))


def account_by_name(*, username: str) -> Account | None:
    """By sign-in name, upper and lower case alike."""
    return Account.objects.filter(username__iexact=username).first()
