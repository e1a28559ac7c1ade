from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity import services
from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.operation.queries.units import tree
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import Ministry

from .conftest import ClientOf

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 20)


def words(response: Any) -> str:
    return str(response.content.decode())


def add(code: str, *, beneath: Unit | None, since: date = date(2022, 1, 1)) -> Unit:
    unit: Unit = services.create_unit(actor=SYSTEM, code=code, name=f"Phòng {code}", parent=beneath, valid_from=since)
    return unit


def test_the_tree_shows_each_unit_after_the_one_it_belongs_to(ministry: Ministry) -> None:
    add("VP1", beneath=ministry.units["VP"])

    lines = [(line.unit.code, line.depth) for line in tree(on=TODAY)]

    assert lines[0] == ("BNV", 0)
    assert lines[lines.index(("VP", 1)) + 1] == ("VP1", 2)


@pytest.mark.parametrize("more", [0, 30])
def test_the_tree_takes_two_queries_however_wide(ministry: Ministry, django_assert_num_queries: Any, more: int) -> None:
    for number in range(more):
        add(f"P{number}", beneath=ministry.units["VP"])

    # 1. units  2. roles held with their people
    with django_assert_num_queries(2):
        tree(on=TODAY)


def test_the_page_names_who_holds_which_role(client_of: ClientOf, ministry: Ministry) -> None:
    page = words(client_of("auditor").get(reverse("operation:units")))
    unit = words(client_of("auditor").get(reverse("operation:unit", args=[ministry.units["VP"].pk])))

    assert "Thủ trưởng đơn vị: " in page
    assert "Người giữ vai head" in unit
    assert "Chuyển đơn vị" not in unit


def test_an_operator_adds_a_unit_beneath_another(client_of: ClientOf, ministry: Ministry) -> None:
    address = reverse("operation:create_unit") + "?thuoc=VP"
    form = {
        "name": "Phòng Hành chính",
        "code": "VP-HC",
        "parent": ministry.units["VP"].pk,
        "valid_from": "01/07/2022",
        "order": "",
    }

    client_of("operator").post(address, form)

    made = Unit.objects.get(code="VP-HC")
    assert made.path == f"{ministry.units['VP'].path}{made.pk}/"
    assert made.valid_from == date(2022, 7, 1)


def test_a_code_that_is_taken_is_said_beside_its_field(client_of: ClientOf, ministry: Ministry) -> None:
    form = {"name": "Văn phòng khác", "code": "VP", "parent": "", "valid_from": "01/07/2022", "order": "0"}

    answer = client_of("operator").post(reverse("operation:create_unit"), form)

    assert answer.status_code == 422
    assert 'id="id_code_error"' in words(answer)


def test_a_moved_unit_is_reached_from_its_new_place_at_once(client_of: ClientOf, ministry: Ministry) -> None:
    below = add("VP1", beneath=ministry.units["VP"])
    deeper = add("VP11", beneath=below)
    before = identity.actor_of(account=ministry.accounts["head"], on=TODAY)

    client_of("operator").post(reverse("operation:move_unit", args=[below.pk]), {"parent": ministry.units["TTTT"].pk})

    after = identity.actor_of(account=ministry.accounts["head"], on=TODAY)
    neighbour = identity.actor_of(account=ministry.accounts["neighbour"], on=TODAY)
    assert before.reaches(deeper.pk)
    assert not after.reaches(deeper.pk)
    assert neighbour.reaches(deeper.pk)


def test_a_unit_cannot_be_placed_beneath_itself(client_of: ClientOf, ministry: Ministry) -> None:
    below = add("VP1", beneath=ministry.units["VP"])

    answer = client_of("operator").post(
        reverse("operation:move_unit", args=[ministry.units["VP"].pk]), {"parent": below.pk}
    )

    assert answer.status_code == 422
    ministry.units["VP"].refresh_from_db()
    assert ministry.units["VP"].parent == ministry.units["BNV"]


def test_a_unit_with_units_beneath_it_is_not_ended_before_them(client_of: ClientOf, ministry: Ministry) -> None:
    add("VP1", beneath=ministry.units["VP"])

    answer = client_of("operator").post(
        reverse("operation:end_unit", args=[ministry.units["VP"].pk]), {"last_day": "30/06/2022"}
    )

    assert "Phòng VP1 trực thuộc đơn vị này" in words(answer)
    ministry.units["VP"].refresh_from_db()
    assert ministry.units["VP"].valid_to is None


def test_the_roles_held_in_a_unit_end_with_it(client_of: ClientOf, ministry: Ministry) -> None:
    unit = ministry.units["VP"]
    to_come = services.grant_role(
        actor=SYSTEM, account=ministry.accounts["staff"], role=Role.UNIT_HEAD, unit=unit, valid_from=date(2023, 1, 1)
    )

    client_of("operator").post(reverse("operation:end_unit", args=[unit.pk]), {"last_day": "30/06/2022"})

    head = ministry.accounts["head"].assignments.get()
    assert head.valid_to == date(2022, 7, 1)
    assert not type(to_come).objects.filter(pk=to_come.pk).exists()
    assert [line.is_over for line in tree(on=date(2022, 7, 1), with_former=True) if line.unit == unit] == [True]


def test_only_operators_change_the_tree(client_of: ClientOf, ministry: Ministry) -> None:
    pk = ministry.units["VP"].pk

    assert client_of("leader").get(reverse("operation:units")).status_code == 403
    assert client_of("auditor").get(reverse("operation:create_unit")).status_code == 403
    assert client_of("auditor").post(reverse("operation:end_unit", args=[pk]), {}).status_code == 403
    assert client_of("operator").get(reverse("operation:unit", args=[999_999])).status_code == 404
