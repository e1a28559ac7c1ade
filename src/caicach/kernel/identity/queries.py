"""Reads of accounts, units and roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from caicach.kernel.usecase.actor import Actor

from . import acting
from .models import Account, Delegation, RoleAssignment, Unit
from .roles import KEPT_APART, Role


def in_force(on: date) -> Q:
    """Rows whose period holds that day (`valid_to` is exclusive)."""
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def actor_of(*, account: Account, on: date) -> Actor:
    """The account with the roles it holds that day, its own first, then those received by delegation.

    No query for the account of a request, which was read together with them.
    """
    if account.read_as is not None and account.read_as[0] == on:
        return account.read_as[1]
    return acting.actor_with_id(account.pk, on)


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
    return (
        Account.objects.filter(is_active=True)
        .filter(
            pk__in=RoleAssignment.objects.filter(in_force(on), role__in=list(roles), unit_id__in=line_of(unit)).values(
                "account"
            )
        )
        .order_by("full_name")
    )


def stand_ins(*, people: Collection[int], on: date) -> dict[int, set[int]]:
    """Absent person -> active accounts that act in that person's roles that day; who is not away has no entry.

    One query, none without people.
    """
    return _gathered(_delegations(on).filter(giver__in=people).values_list("giver", "receiver")) if people else {}


def stood_in_for(*, people: Collection[int], on: date) -> dict[int, set[int]]:
    """Who acts for others that day -> those absent people. One query, none without people."""
    return _gathered(_delegations(on).filter(receiver__in=people).values_list("receiver", "giver")) if people else {}


def may_stand_in_for(*, giver: Account, receiver: Account, valid_from: date, valid_to: date) -> bool:
    """Whether the receiver, in those days, has no role that is kept apart from one of the giver's. Two queries."""
    held = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=valid_from), account=receiver, valid_from__lt=valid_to, role__in=KEPT_APART
    )
    own = set(held.values_list("role", flat=True))
    given = RoleAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=valid_from), account=giver, valid_from__lt=valid_to
    )
    return not own or set(given.values_list("role", flat=True)) <= own


def who_may_stand_in_for(*, giver: Account, on: date) -> QuerySet[Account]:
    """Active accounts but the giver's own, without those whose role that day is kept apart from the giver's."""
    others = Account.objects.filter(is_active=True).exclude(pk=giver.pk)
    given = set(RoleAssignment.objects.filter(in_force(on), account=giver).values_list("role", flat=True))
    alike = given if len(given) == 1 else set()
    apart = RoleAssignment.objects.filter(in_force(on), role__in=KEPT_APART - alike)
    return others.exclude(pk__in=apart.values("account")).order_by("full_name")


def _delegations(on: date) -> QuerySet[Delegation]:
    """Those by which someone acts for another that day."""
    return Delegation.objects.filter(in_force(on), giver__is_active=True, receiver__is_active=True)


def _gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return found


def line_of(unit: Unit) -> list[int]:
    """Ids of the units above it, the highest first, and its own: roles in these reach it."""
    return [int(part) for part in unit.path.strip("/").split("/") if part]


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
    leading = RoleAssignment.objects.filter(in_force(on), role=Role.LEADER, unit__in=line_of(unit)).order_by("id")
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
