"""Two operators act at one moment on what hangs together: whoever comes second decides on what the first left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from caicach.kernel.identity import queries, services
from caicach.kernel.identity.models import Account, RoleAssignment, Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM, Actor
from tests.ministry import SINCE, Ministry
from tests.overlapping import answers

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2022, 6, 20)


@pytest.fixture
def other(ministry: Ministry) -> Account:
    """A second operator."""
    account: Account = services.create_account(actor=SYSTEM, username="truc", full_name="Trần Trực")
    role, unit = Role.OPERATOR.value, ministry.units["BNV"]
    services.grant_role(actor=SYSTEM, account=account, role=role, unit=unit, valid_from=SINCE)
    return account


@pytest.fixture(autouse=True)
def _on_a_day(at: Callable[[str], Any]) -> Iterator[None]:
    with at(f"{TODAY} 09:00"):
        yield


def actor(account: Account) -> Actor:
    return queries.actor_of(account=account, on=TODAY)


def operators() -> list[str]:
    held = RoleAssignment.objects.filter(queries.in_force(TODAY), role=Role.OPERATOR, account__is_active=True)
    return list(held.values_list("account__username", flat=True))


def test_two_operators_who_shut_each_other_leave_one(ministry: Ministry, other: Account) -> None:
    one, first, second = ministry.accounts["operator"], actor(ministry.accounts["operator"]), actor(other)

    told = answers(
        lambda: services.disable_account(actor=first, account=other),
        lambda: services.disable_account(actor=second, account=one),
    )

    assert told[0] == "done" != told[1]
    assert operators() == ["operator"]


def test_two_roles_of_operators_that_end_at_once_leave_one(ministry: Ministry, other: Account) -> None:
    held = {role.account.username: role for role in RoleAssignment.objects.filter(role=Role.OPERATOR)}

    told = answers(
        lambda: services.end_role(actor=SYSTEM, assignment=held["truc"], valid_to=TODAY),
        lambda: services.end_role(actor=SYSTEM, assignment=held["operator"], valid_to=TODAY),
    )

    assert told == ("done", "identity.last_operator")
    assert operators() == ["operator"]


def test_the_unit_of_one_operator_and_the_role_of_the_other_that_end_at_once_leave_one(
    ministry: Ministry, other: Account
) -> None:
    office = ministry.units["VP"]
    services.grant_role(actor=SYSTEM, account=other, role=Role.OPERATOR.value, unit=office, valid_from=SINCE)
    RoleAssignment.objects.filter(account=other, unit=ministry.units["BNV"]).delete()
    last = RoleAssignment.objects.get(account=ministry.accounts["operator"], role=Role.OPERATOR)

    told = answers(
        lambda: services.end_unit(actor=SYSTEM, unit=office, valid_to=TODAY),
        lambda: services.end_role(actor=SYSTEM, assignment=last, valid_to=TODAY),
    )

    assert told == ("done", "identity.last_operator")


def test_a_unit_made_beneath_one_that_moves_moves_with_it(ministry: Ministry) -> None:
    office, cadres = ministry.units["VP"], ministry.units["TCCB"]
    room = made("P1", office)

    told = answers(
        lambda: made("TO1", room),
        lambda: services.move_unit(actor=SYSTEM, unit=Unit.objects.get(pk=office.pk), parent=cadres),
    )

    assert told == ("done", "done")
    assert_paths_tell_of_every_unit_above("TO1", "P1", "VP", "TCCB")


def test_a_unit_that_moves_takes_along_what_is_made_beneath_it_meanwhile(ministry: Ministry) -> None:
    office, cadres = ministry.units["VP"], ministry.units["TCCB"]
    room = made("P1", office)

    told = answers(
        lambda: services.move_unit(actor=SYSTEM, unit=Unit.objects.get(pk=office.pk), parent=cadres),
        lambda: made("TO1", room),
    )

    assert told == ("done", "done")
    assert_paths_tell_of_every_unit_above("TO1", "P1", "VP", "TCCB")


def test_two_units_that_move_along_one_branch_keep_their_places(ministry: Ministry) -> None:
    office, cadres, law = (ministry.units[code] for code in ("VP", "TCCB", "PC"))
    group = made("TO1", made("P1", office))

    told = answers(
        lambda: services.move_unit(actor=SYSTEM, unit=Unit.objects.get(pk=office.pk), parent=cadres),
        lambda: services.move_unit(actor=SYSTEM, unit=Unit.objects.get(code="P1"), parent=law),
    )

    assert told == ("done", "done")
    assert Unit.objects.get(pk=group.pk).path.startswith(Unit.objects.get(code="P1").path)
    assert Unit.objects.get(code="P1").path.startswith(Unit.objects.get(code="PC").path)


def made(code: str, parent: Unit) -> Unit:
    above = Unit.objects.get(pk=parent.pk)
    unit: Unit = services.create_unit(actor=SYSTEM, code=code, name=f"Đơn vị {code}", parent=above, valid_from=SINCE)
    return unit


def assert_paths_tell_of_every_unit_above(*codes: str) -> None:
    """`codes` : a unit, then each unit above the one before."""
    found = [Unit.objects.get(code=code) for code in codes]
    for unit, above in pairwise(found):
        assert unit.parent_id == above.pk
        assert unit.path == f"{above.path}{unit.pk}/"
