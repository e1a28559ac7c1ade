"""While a person is away another acts in that person's roles, and the journal names both."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from caicach.kernel.audit import queries as journal
from caicach.kernel.audit.queries import WrittenBy
from caicach.kernel.identity import acting, services
from caicach.kernel.identity.models import Account, Delegation
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted, UseCaseError
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

FIRST, DAY_AFTER = date(2022, 6, 20), date(2022, 6, 25)
WITHIN = date(2022, 6, 22)


def stand_in(ministry: Ministry, receiver: str, *, giver: str, **period: Any) -> Delegation:
    delegation: Delegation = services.delegate(
        actor=SYSTEM,
        giver=ministry.accounts[giver],
        receiver=ministry.accounts[receiver],
        **{"valid_from": FIRST, "valid_to": DAY_AFTER, **period},
    )
    return delegation


def author_of_unit(code: str, *, made_by: Actor) -> WrittenBy:
    """As whom the journal names an operator's act."""
    unit = services.create_unit(actor=made_by, code=code, name=f"Phòng {code}", parent=None, valid_from=FIRST)
    return journal.history_of("identity.unit", str(unit.pk), limit=1)[0].author


# --- from when to when -----------------------------------------------------------------------------------------------

DAYS = {
    "the day before": (date(2022, 6, 19), False),
    "the first day": (FIRST, True),
    "the last day": (date(2022, 6, 24), True),
    "the day after": (DAY_AFTER, False),
}


@pytest.mark.parametrize(("day", "stands_in"), DAYS.values(), ids=DAYS.keys())
def test_it_holds_from_its_first_day_to_its_last(ministry: Ministry, day: date, stands_in: bool) -> None:
    stand_in(ministry, "staff", giver="head")

    assert ministry.actor("staff", on=day).holds(Role.UNIT_HEAD) == stands_in


@pytest.mark.parametrize(("name", "statements"), [("staff", 2), ("head", 1), ("nobody", 1)])
def test_the_account_of_a_request_is_read_with_all_its_roles(
    ministry: Ministry, django_assert_num_queries: Any, name: str, statements: int
) -> None:
    """One statement; another only for who stands in for someone, and none when the request asks for its actor."""
    ministry.accounts["nobody"] = services.create_account(actor=SYSTEM, username="nobody", full_name="Ngô Vô Danh")
    stand_in(ministry, "staff", giver="head")
    person = ministry.accounts[name]

    with django_assert_num_queries(statements):
        found = acting.account_with_actor(person.pk, WITHIN)

    assert found is not None
    account, actor = found
    assert {f.attname: getattr(account, f.attname) for f in Account._meta.concrete_fields} == {
        f.attname: getattr(person, f.attname) for f in Account._meta.concrete_fields
    }
    assert actor == ministry.actor(name, on=WITHIN)


def test_who_is_away_keeps_all_rights(ministry: Ministry) -> None:
    before = ministry.actor("head", on=WITHIN)
    stand_in(ministry, "staff", giver="head")

    assert ministry.actor("head", on=WITHIN) == before


# --- what passes and what does not -----------------------------------------------------------------------------------


def test_every_role_passes_with_what_it_reaches_and_says_whose_it_is(ministry: Ministry) -> None:
    stand_in(ministry, "neighbour", giver="officer")

    received = [held for held in ministry.actor("neighbour", on=WITHIN).roles if held.on_behalf_of]

    assert [(held.role, held.unit_code, held.on_behalf_of) for held in received] == [
        ("reform_officer", "BNV", "Người giữ vai officer"),
        ("staff", "CCHC", "Người giữ vai officer"),
    ]
    assert received[0].reach == {unit.pk for unit in ministry.units.values()}


def test_ones_own_roles_come_first(ministry: Ministry) -> None:
    stand_in(ministry, "staff", giver="leader")

    assert [held.on_behalf_of for held in ministry.actor("staff", on=WITHIN).roles] == ["", "Người giữ vai leader"]


def test_what_one_received_is_not_passed_on(ministry: Ministry) -> None:
    """No delegation of a delegation: the leader chose the officer, not whom the officer chooses."""
    stand_in(ministry, "officer", giver="leader")
    stand_in(ministry, "staff", giver="officer")

    staff = ministry.actor("staff", on=WITHIN)

    assert staff.holds(Role.REFORM_OFFICER)
    assert not staff.holds(Role.LEADER)


def test_two_who_stand_in_for_each_other_have_each_other_s_roles_once(ministry: Ministry) -> None:
    stand_in(ministry, "staff", giver="head")
    stand_in(ministry, "head", giver="staff")
    stand_in(ministry, "staff", giver="head")

    assert [held.role for held in ministry.actor("staff", on=WITHIN).roles] == ["staff", "unit_head"]
    assert [held.role for held in ministry.actor("head", on=WITHIN).roles] == ["unit_head", "staff"]


def test_a_role_that_has_ended_passes_no_more(ministry: Ministry) -> None:
    stand_in(ministry, "staff", giver="head")
    services.end_role(actor=SYSTEM, assignment=ministry.accounts["head"].assignments.get(), valid_to=WITHIN)

    assert ministry.actor("staff", on=date(2022, 6, 21)).holds(Role.UNIT_HEAD)
    assert not ministry.actor("staff", on=WITHIN).holds(Role.UNIT_HEAD)


def test_nothing_passes_from_a_shut_account(ministry: Ministry) -> None:
    stand_in(ministry, "staff", giver="head")

    services.disable_account(actor=SYSTEM, account=ministry.accounts["head"])

    assert not ministry.actor("staff", on=WITHIN).holds(Role.UNIT_HEAD)


def test_what_is_the_absent_person_s_own_stays_theirs(ministry: Ministry) -> None:
    """Their password, their settings and who else stands in for them."""
    given = stand_in(ministry, "staff", giver="head")
    staff, head = ministry.actor("staff", on=WITHIN), ministry.accounts["head"]

    with pytest.raises(NotPermitted):
        services.set_own_password(actor=staff, account=head, password="mot-mat-khau-khac-han")
    with pytest.raises(NotPermitted):
        services.set_preferences(actor=staff, account=head, theme="dark")
    with pytest.raises(NotPermitted):
        services.delegate(
            actor=staff, giver=head, receiver=ministry.accounts["neighbour"], valid_from=FIRST, valid_to=DAY_AFTER
        )
    with pytest.raises(NotPermitted):
        services.end_delegation(actor=staff, delegation=given)


# --- in the journal --------------------------------------------------------------------------------------------------


def test_the_journal_names_who_acted_and_for_whom(ministry: Ministry) -> None:
    stand_in(ministry, "staff", giver="operator")

    author = author_of_unit("X1", made_by=ministry.actor("staff", on=WITHIN))

    assert (author.name, author.on_behalf_of) == ("Người giữ vai staff", "Người giữ vai operator")
    assert (author.role, author.unit_code) == ("operator", "BNV")


def test_it_names_the_one_whose_role_was_needed(ministry: Ministry) -> None:
    stand_in(ministry, "staff", giver="head")
    stand_in(ministry, "staff", giver="operator")

    author = author_of_unit("X1", made_by=ministry.actor("staff", on=WITHIN))

    assert author.on_behalf_of == "Người giữ vai operator"


def test_what_one_may_do_oneself_is_done_in_one_s_own_name(ministry: Ministry) -> None:
    other = services.create_account(actor=SYSTEM, username="quantri2", full_name="Người quản trị khác")
    services.grant_role(
        actor=SYSTEM, account=other, role=Role.OPERATOR.value, unit=ministry.units["BNV"], valid_from=FIRST
    )
    services.delegate(
        actor=SYSTEM, giver=other, receiver=ministry.accounts["operator"], valid_from=FIRST, valid_to=DAY_AFTER
    )
    stand_in(ministry, "staff", giver="operator")
    staff = ministry.actor("staff", on=WITHIN)
    services.set_preferences(actor=staff, account=ministry.accounts["staff"], theme="dark")

    by_operator = author_of_unit("X1", made_by=ministry.actor("operator", on=WITHIN))
    own = journal.history_of("identity.account", str(ministry.accounts["staff"].pk), limit=1)[0].author

    assert (by_operator.role, by_operator.on_behalf_of) == ("operator", "")
    assert (own.role, own.on_behalf_of) == ("staff", "")


# --- naming and ending -----------------------------------------------------------------------------------------------


def test_one_names_one_s_own_stand_in_and_nobody_else_s(ministry: Ministry) -> None:
    period = {"valid_from": FIRST, "valid_to": DAY_AFTER}
    head, staff = ministry.accounts["head"], ministry.accounts["staff"]

    services.delegate(actor=ministry.head, giver=head, receiver=staff, **period)

    with pytest.raises(NotPermitted):
        services.delegate(actor=ministry.head, giver=ministry.accounts["leader"], receiver=staff, **period)


@pytest.mark.parametrize("receiver", ["operator", "auditor"])
def test_who_runs_the_system_or_audits_it_stands_in_for_nobody_else(ministry: Ministry, receiver: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        stand_in(ministry, receiver, giver="head")

    assert "receiver" in refused.value.fields
    assert not Delegation.objects.exists()


def test_who_will_audit_only_later_may_stand_in_until_then(ministry: Ministry) -> None:
    services.grant_role(
        actor=SYSTEM,
        account=ministry.accounts["staff"],
        role=Role.AUDITOR.value,
        unit=ministry.units["BNV"],
        valid_from=DAY_AFTER,
    )

    stand_in(ministry, "staff", giver="head")
    with pytest.raises(InvalidInput):
        stand_in(ministry, "staff", giver="head", valid_to=date(2022, 6, 26))


def test_an_operator_does_not_make_themselves_the_stand_in(ministry: Ministry) -> None:
    """Or they would give themselves every role there is."""
    with pytest.raises(UseCaseError):
        services.delegate(
            actor=ministry.operator,
            giver=ministry.accounts["leader"],
            receiver=ministry.accounts["operator"],
            valid_from=FIRST,
            valid_to=DAY_AFTER,
        )

    assert not ministry.actor("operator", on=WITHIN).holds(Role.LEADER)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"receiver": "head"}, "receiver"),
        ({"valid_to": FIRST}, "valid_to"),
        ({"receiver": "auditor"}, "receiver"),
    ],
    ids=["oneself", "no day long", "shut account"],
)
def test_a_stand_in_that_cannot_be_is_refused_beside_the_field(
    ministry: Ministry, wrong: dict[str, Any], field: str
) -> None:
    services.disable_account(actor=SYSTEM, account=ministry.accounts["auditor"])
    receiver = wrong.pop("receiver", "staff")

    with pytest.raises(InvalidInput) as refused:
        stand_in(ministry, receiver, giver="head", **wrong)

    assert list(refused.value.fields) == [field]


def test_the_database_takes_no_such_one_either(ministry: Ministry) -> None:
    head, staff = ministry.accounts["head"], ministry.accounts["staff"]

    for giver, receiver, last in ((head, head, DAY_AFTER), (head, staff, FIRST)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delegation.objects.create(giver=giver, receiver=receiver, valid_from=FIRST, valid_to=last)


def test_coming_back_early_ends_it_the_same_day(ministry: Ministry, at: Any) -> None:
    delegation = stand_in(ministry, "staff", giver="head")

    with at("2022-06-22 10:00"):
        services.end_delegation(actor=ministry.head, delegation=delegation)

    assert not ministry.actor("staff", on=WITHIN).holds(Role.UNIT_HEAD)
    assert ministry.actor("staff", on=date(2022, 6, 21)).holds(Role.UNIT_HEAD)


def test_ending_one_that_is_over_does_not_make_it_longer(ministry: Ministry, at: Any) -> None:
    """As from a page that stayed open over the week-end."""
    delegation = stand_in(ministry, "staff", giver="head")

    with at("2022-07-11 08:00"):
        services.end_delegation(actor=ministry.head, delegation=delegation)

    delegation.refresh_from_db()
    assert delegation.valid_to == DAY_AFTER
