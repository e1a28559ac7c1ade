"""A role is held in a unit for a period, and reaches that unit and all beneath it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caicach.kernel.audit.models import AuthorIdentity, Entry
from caicach.kernel.identity import queries, services
from caicach.kernel.identity.models import Account, RoleAssignment, Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

At = Callable[[str], Any]
FIRST, DAY_AFTER = date(2022, 7, 1), date(2023, 1, 1)


def give(ministry: Ministry, name: str, role: Role, code: str, **period: Any) -> RoleAssignment:
    period.setdefault("valid_from", FIRST)
    assignment: RoleAssignment = services.grant_role(
        actor=SYSTEM, account=ministry.accounts[name], role=role.value, unit=ministry.units[code], **period
    )
    return assignment


def holds(ministry: Ministry, name: str, role: Role, code: str, *, on: date) -> bool:
    return ministry.actor(name, on=on).holds_over(ministry.units[code].pk, role)


# --- the period ------------------------------------------------------------------------------------------------------

DAYS = {
    "the day before": (date(2022, 6, 30), False),
    "the first day": (FIRST, True),
    "the last day": (date(2022, 12, 31), True),
    "the day after": (DAY_AFTER, False),
}


@pytest.mark.parametrize(("day", "held"), DAYS.values(), ids=DAYS.keys())
def test_a_role_is_held_from_its_first_day_to_its_last(ministry: Ministry, day: date, held: bool) -> None:
    give(ministry, "staff", Role.UNIT_HEAD, "PC", valid_to=DAY_AFTER)

    assert holds(ministry, "staff", Role.UNIT_HEAD, "PC", on=day) == held
    assert (
        ministry.accounts["staff"] in queries.holders(roles=[Role.UNIT_HEAD], unit=ministry.units["PC"], on=day)
    ) == held


def test_days_begin_at_midnight_in_viet_nam(ministry: Ministry, at: At) -> None:
    """Midnight of Hà Nội is 17:00 of the day before elsewhere."""
    give(ministry, "staff", Role.AUDITOR, "BNV", valid_to=DAY_AFTER)
    client = Client()
    told = []
    for moment in ("2022-12-31 23:59:59", "2023-01-01 00:00:00"):
        with at(moment):
            client.force_login(ministry.accounts["staff"])
            told.append(client.get(reverse("operation:accounts")).status_code)

    assert told == [200, 403]


def test_a_role_without_end_is_held_ever_after(ministry: Ministry) -> None:
    give(ministry, "staff", Role.UNIT_HEAD, "PC")

    assert holds(ministry, "staff", Role.UNIT_HEAD, "PC", on=date(2099, 12, 31))


def test_a_role_may_be_held_again_after_a_break_but_not_twice_at_a_time(ministry: Ministry) -> None:
    give(ministry, "staff", Role.UNIT_HEAD, "PC", valid_to=DAY_AFTER)
    give(ministry, "staff", Role.UNIT_HEAD, "PC", valid_from=DAY_AFTER)

    with pytest.raises(services.UnableToGrant):
        give(ministry, "staff", Role.UNIT_HEAD, "PC", valid_from=date(2022, 12, 31))


@pytest.mark.parametrize(
    "wrong",
    [{"valid_to": FIRST}, {"valid_to": date(2022, 6, 1)}, {"role": "king"}],
    ids=["no day long", "ends before it begins", "unknown role"],
)
def test_a_role_that_cannot_be_is_not_given(ministry: Ministry, wrong: dict[str, Any]) -> None:
    asked = {"role": Role.UNIT_HEAD.value, "valid_from": FIRST, **wrong}

    with pytest.raises(InvalidInput):
        services.grant_role(actor=SYSTEM, account=ministry.accounts["staff"], unit=ministry.units["PC"], **asked)


def test_nor_does_the_database_take_one(ministry: Ministry) -> None:
    whose = {"account": ministry.accounts["staff"], "unit": ministry.units["PC"], "valid_from": FIRST}

    for wrong in ({"role": "king"}, {"role": "leader", "valid_to": FIRST}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleAssignment.objects.create(**whose, **wrong)


@pytest.mark.parametrize("name", ["leader", "officer", "head", "auditor"])
def test_only_operators_give_and_end_roles(ministry: Ministry, name: str) -> None:
    account, unit = ministry.accounts["staff"], ministry.units["VP"]

    with pytest.raises(NotPermitted):
        services.grant_role(actor=ministry.actor(name), account=account, role="auditor", unit=unit, valid_from=FIRST)
    with pytest.raises(NotPermitted):
        services.end_role(actor=ministry.actor(name), assignment=account.assignments.get(), valid_to=FIRST)


def test_ending_a_role_does_not_make_it_longer(ministry: Ministry) -> None:
    """Nobody gives a role to themselves, and not a longer one either."""
    role = give(ministry, "operator", Role.LEADER, "BNV", valid_from=date(2022, 1, 1), valid_to=FIRST)

    with pytest.raises(InvalidInput):
        services.end_role(actor=ministry.operator, assignment=role, valid_to=DAY_AFTER)

    role.refresh_from_db()
    assert role.valid_to == FIRST


def test_a_role_does_not_outlive_its_unit(ministry: Ministry) -> None:
    services.end_unit(actor=SYSTEM, unit=ministry.units["PC"], valid_to=DAY_AFTER)

    role = give(ministry, "staff", Role.UNIT_HEAD, "PC")

    assert role.valid_to == DAY_AFTER
    with pytest.raises(InvalidInput):
        give(ministry, "head", Role.UNIT_HEAD, "PC", valid_to=date(2023, 6, 1))
    with pytest.raises(InvalidInput):
        give(ministry, "head", Role.UNIT_HEAD, "PC", valid_from=DAY_AFTER)


# --- the last operator -----------------------------------------------------------------------------------------------


def test_a_unit_that_holds_the_last_operator_is_not_ended(ministry: Ministry) -> None:
    """The Information Centre is where operators commonly sit; without one nobody could give the role again."""
    give(ministry, "neighbour", Role.OPERATOR, "TTTT", valid_from=date(2022, 1, 1))
    services.end_role(
        actor=SYSTEM, assignment=ministry.accounts["operator"].assignments.get(), valid_to=date(2022, 6, 1)
    )

    with pytest.raises(services.LastOperator):
        services.end_unit(actor=SYSTEM, unit=ministry.units["TTTT"], valid_to=FIRST)

    ministry.units["TTTT"].refresh_from_db()
    assert ministry.units["TTTT"].valid_to is None


def test_the_last_operator_may_give_up_one_of_two_places(ministry: Ministry) -> None:
    second = give(ministry, "operator", Role.OPERATOR, "TTTT", valid_from=date(2022, 1, 1))

    services.end_role(actor=SYSTEM, assignment=second, valid_to=FIRST)

    assert not holds(ministry, "operator", Role.OPERATOR, "BNV", on=date(2021, 12, 31))
    assert holds(ministry, "operator", Role.OPERATOR, "BNV", on=DAY_AFTER)


def test_an_operator_with_a_shut_account_does_not_count(ministry: Ministry) -> None:
    give(ministry, "head", Role.OPERATOR, "BNV", valid_from=date(2022, 1, 1))
    services.disable_account(actor=SYSTEM, account=ministry.accounts["head"])

    with pytest.raises(services.LastOperator):
        services.end_role(
            actor=SYSTEM, assignment=ministry.accounts["operator"].assignments.get(), valid_to=date(2022, 6, 1)
        )


# --- what it reaches -------------------------------------------------------------------------------------------------


def test_it_reaches_what_stands_beneath_and_neither_neighbours_nor_what_is_above(ministry: Ministry) -> None:
    room = services.create_unit(
        actor=SYSTEM, code="VP-HC", name="Phòng Hành chính", parent=ministry.units["VP"], valid_from=date(2022, 1, 1)
    )

    head = ministry.actor("head")

    assert head.holds_over(room.pk, Role.UNIT_HEAD)
    assert not head.reaches(ministry.units["TTTT"].pk)
    assert not head.reaches(ministry.units["BNV"].pk)
    assert not head.holds_over(room.pk, Role.FOCAL_POINT)
    assert not head.reaches(None)


def test_what_an_ended_unit_did_is_still_reached_from_above(ministry: Ministry) -> None:
    """Its plans and papers stay someone's business."""
    services.end_unit(actor=SYSTEM, unit=ministry.units["PC"], valid_to=FIRST)

    assert ministry.actor("leader", on=DAY_AFTER).reaches(ministry.units["PC"].pk)


@pytest.mark.parametrize("more", [0, 6])
def test_who_acts_is_found_in_one_query_however_much_one_holds(
    ministry: Ministry, django_assert_num_queries: Any, more: int
) -> None:
    for code in list(ministry.units)[:more]:
        give(ministry, "staff", Role.AUDITOR, code)

    with django_assert_num_queries(1):
        ministry.actor("staff", on=DAY_AFTER)


# --- any tree, moved about -------------------------------------------------------------------------------------------


@st.composite
def trees_and_moves(draw: st.DrawFn) -> tuple[list[int | None], list[tuple[int, int]]]:
    """For each unit the place of the one above it (an earlier one, or none); then (which unit, under which)."""
    size = draw(st.integers(2, 9))
    above = [draw(st.one_of(st.none(), st.integers(0, place - 1))) if place else None for place in range(size)]
    place = st.integers(0, size - 1)
    return above, draw(st.lists(st.tuples(place, place), max_size=6))


def beneath(above: list[int | None], top: int) -> set[int]:
    """The same said slowly: whoever finds `top` on the way up."""

    def way_up(place: int | None) -> list[int]:
        return [] if place is None else [place, *way_up(above[place])]

    return {place for place in range(len(above)) if top in way_up(place)}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trees_and_moves())
def test_a_role_reaches_exactly_its_subtree_in_any_tree_however_it_is_moved(
    db: None, found: tuple[list[int | None], list[tuple[int, int]]]
) -> None:
    above, moves = found
    cache.clear()
    with transaction.atomic():
        units = grow(above)
        for which, under in moves:
            try:
                services.move_unit(actor=SYSTEM, unit=units[which], parent=units[under])
            except InvalidInput:
                assert under in beneath(above, which)
            else:
                assert under not in beneath(above, which)
                above[which] = under
            units = [Unit.objects.get(pk=unit.pk) for unit in units]
        assert [reached_from(unit, units) for unit in units] == [beneath(above, place) for place in range(len(units))]
        transaction.set_rollback(True)


def grow(above: list[int | None]) -> list[Unit]:
    units: list[Unit] = []
    for place, parent in enumerate(above):
        units.append(
            services.create_unit(
                actor=SYSTEM,
                code=f"U{place}",
                name=f"Đơn vị {place}",
                parent=None if parent is None else units[parent],
                valid_from=date(2022, 1, 1),
            )
        )
    return units


def reached_from(unit: Unit, units: list[Unit]) -> set[int]:
    account = Account.objects.create(
        username=f"of-{unit.pk}", full_name=unit.name, created_at="2022-01-01T00:00:00+07:00"
    )
    services.grant_role(actor=SYSTEM, account=account, role="staff", unit=unit, valid_from=date(2022, 1, 1))
    reach = queries.actor_of(account=account, on=date(2022, 6, 20)).reach
    return {place for place, each in enumerate(units) if each.pk in reach}


# --- taken away meanwhile --------------------------------------------------------------------------------------------


def test_who_lost_the_role_while_waiting_for_the_record_is_refused(ministry: Ministry) -> None:
    """The request began with the role; when its turn at the record has come, the role is gone."""
    give(ministry, "head", Role.OPERATOR, "BNV", valid_from=date(2022, 1, 1))
    waiting = ministry.operator
    services.end_role(
        actor=SYSTEM, assignment=ministry.accounts["operator"].assignments.get(), valid_to=date(2022, 6, 1)
    )

    with pytest.raises(NotPermitted):
        services.end_unit(actor=waiting, unit=ministry.units["PC"], valid_to=FIRST)
    assert Unit.objects.get(code="PC").valid_to is None


def test_and_so_is_who_waits_while_the_account_is_shut(ministry: Ministry) -> None:
    give(ministry, "head", Role.OPERATOR, "BNV", valid_from=date(2022, 1, 1))
    waiting = ministry.operator
    services.disable_account(actor=SYSTEM, account=ministry.accounts["operator"])

    with pytest.raises(NotPermitted):
        services.end_unit(actor=waiting, unit=ministry.units["PC"], valid_to=FIRST)


def test_the_journal_names_the_role_that_was_left_after_waiting(ministry: Ministry) -> None:
    """The own role ended meanwhile; the right remains by standing in for an absent operator."""
    give(ministry, "head", Role.OPERATOR, "BNV", valid_from=date(2022, 1, 1))
    waiting = ministry.head
    services.delegate(
        actor=SYSTEM,
        giver=ministry.accounts["operator"],
        receiver=ministry.accounts["head"],
        valid_from=date(2022, 1, 1),
        valid_to=date(2099, 1, 1),
    )
    role = ministry.accounts["head"].assignments.get(role=Role.OPERATOR)
    services.end_role(actor=SYSTEM, assignment=role, valid_to=date(2022, 6, 1))

    services.end_unit(actor=waiting, unit=ministry.units["PC"], valid_to=FIRST)

    author = AuthorIdentity.objects.get(digest=Entry.objects.latest("pk").author_digest)
    assert (author.name, author.on_behalf_of) == ("Người giữ vai head", "Người giữ vai operator")
