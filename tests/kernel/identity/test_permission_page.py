"""The page of roles and permissions says what the rules would answer: read off the page, then asked of each rule."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from caicach.kernel.identity.models import Account
from caicach.kernel.identity.roles import Role
from caicach.kernel.operation.queries.permissions import permissions
from caicach.kernel.usecase.actor import Actor, HeldRole
from caicach.kernel.usecase.explanations import every_use_case
from tests.ministry import Ministry

from .signing import signed_in, with_password

pytestmark = pytest.mark.django_db

EVERYWHERE = frozenset(range(1_000))


@pytest.fixture
def auditor(ministry: Ministry) -> Client:
    with_password(ministry.accounts["auditor"])
    return signed_in("auditor")


def someone_with(role: Role) -> Actor:
    """Holds this role over every unit, and no other."""
    held = HeldRole(role=role.value, unit_id=1, unit_code="BNV", unit_name="Bộ Nội vụ", reach=EVERYWHERE)
    return Actor(account_id=999_999, name="Ai đó", roles=(held,))


def rows(page: bytes) -> list[list[str]]:
    tree: Any = html.fromstring(page.decode())
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./td")] for row in tree.xpath("//tr[@data-row]")
    ]


def test_every_cell_is_what_the_rule_answers(auditor: Client) -> None:
    """ "Yes" and "No" hold whatever the record; "by record" promises nothing before one is known."""
    table = rows(auditor.get(reverse("operation:roles")).content)
    names = [line.name for room in permissions() for line in room.lines]
    use_cases = every_use_case()
    assert len(table) == len(names)

    wrong = [
        (name, role.label, cell)
        for name, (_what, *cells) in zip(names, table, strict=True)
        for role, cell in zip(Role, cells, strict=True)
        if (cell == "Có") != use_cases[name].permission(someone_with(role)) and cell != "Tùy hồ sơ"
    ]

    assert wrong == []


def test_each_column_is_named_by_its_role(auditor: Client) -> None:
    tree: Any = html.fromstring(auditor.get(reverse("operation:roles")).content.decode())

    headings = [" ".join(cell.text_content().split()) for cell in tree.xpath("//thead//th")]

    assert headings[1:] == [str(role.label) for role in Role]


@pytest.mark.parametrize("role", Role)
def test_the_page_of_one_role_lists_what_its_column_does_not_refuse(auditor: Client, role: Role) -> None:
    whole = rows(auditor.get(reverse("operation:roles")).content)
    column = list(Role).index(role) + 1

    own = rows(auditor.get(reverse("operation:roles"), {"vai": role.value}).content)

    assert own == [[row[0], row[column]] for row in whole if row[column] != "Không"]


def test_an_account_without_a_role_is_told_no_rights(person: Account) -> None:
    person.assignments.all().delete()

    assert signed_in("staff").get(reverse("operation:roles")).status_code == 403
