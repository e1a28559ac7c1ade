from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override

from caicach.kernel.identity.predicates import Answer, Predicate, anyone, has_role, only_the_system, predicate
from caicach.kernel.identity.roles import Role
from caicach.kernel.operation.queries.permissions import permissions
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.explanations import every_use_case, first_sentence

from .conftest import ClientOf


@predicate(roles=[Role.UNIT_HEAD])
def leads_it(actor: Actor, unit: int) -> bool:
    return actor.holds_over(unit, Role.UNIT_HEAD)


@predicate
def made_it(actor: Actor, by: int) -> bool:
    return actor.account_id == by


@pytest.mark.parametrize(
    ("rule", "head", "auditor"),
    [
        (has_role(Role.UNIT_HEAD), Answer.YES, Answer.NO),
        (leads_it, Answer.DEPENDS, Answer.NO),
        (made_it, Answer.DEPENDS, Answer.DEPENDS),
        (has_role(Role.AUDITOR) | leads_it, Answer.DEPENDS, Answer.YES),
        (has_role(Role.AUDITOR) & made_it, Answer.NO, Answer.DEPENDS),
        (~has_role(Role.AUDITOR), Answer.YES, Answer.NO),
        (~made_it, Answer.DEPENDS, Answer.DEPENDS),
        (anyone, Answer.YES, Answer.YES),
        (only_the_system, Answer.NO, Answer.NO),
    ],
    ids=lambda value: str(value) if isinstance(value, Predicate) else "",
)
def test_a_rule_answers_for_a_role_before_a_record_is_known(rule: Predicate, head: Answer, auditor: Answer) -> None:
    assert (rule.of_role(Role.UNIT_HEAD), rule.of_role(Role.AUDITOR)) == (head, auditor)


def test_every_use_case_says_what_it_does_in_one_sentence() -> None:
    silent = [name for name, use_case in every_use_case().items() if not first_sentence(use_case).endswith(".")]

    assert silent == []


def test_every_use_case_is_named_by_its_room() -> None:
    odd = [
        name
        for name, use_case in every_use_case().items()
        if name.partition(".")[0] not in use_case.__module__.split(".")
    ]

    assert odd == []


def test_what_a_role_may_do_is_written_in_vietnamese() -> None:
    with override("vi"):
        leader = {line.name: line.what for room in permissions(role=Role.LEADER) for line in room.lines}
        rooms = [room.room for room in permissions()]

    assert leader["programme.approve"].startswith("Duyệt kế hoạch")
    assert "programme.import_plan" not in leader
    assert rooms[0] == "Tổ chức"
    assert "Tài khoản, đơn vị và đăng nhập" in rooms


def test_what_only_the_system_does_is_no_permission_of_anyone() -> None:
    names = {line.name for room in permissions() for line in room.lines}

    assert "jobs.conclude" not in names
    assert "jobs.run_again" in names


@pytest.mark.django_db
def test_operators_and_auditors_read_the_page_and_others_do_not(client_of: ClientOf) -> None:
    address = reverse("operation:roles")

    page = client_of("auditor").get(address).content.decode()

    assert "Tùy hồ sơ" in page
    assert "Thôi vai trò" not in page
    assert client_of("operator").get(address + "?vai=unit_head").status_code == 200
    assert client_of("leader").get(address).status_code == 403
