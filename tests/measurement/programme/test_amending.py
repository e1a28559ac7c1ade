"""Changing an approved plan takes two people: the officer asks, a leader who did not ask approves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from caicach.kernel.identity import services as identity
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted
from caicach.measurement.programme import papers, queries, services, work
from caicach.measurement.programme.models import Amendment, Plan, PlanTask, PlanVersion
from tests.ministry import SINCE, Ministry

from .conftest import approved_by_leader

pytestmark = pytest.mark.django_db

Named = Callable[[str], PlanTask]
ClientOf = Callable[[str], Client]
CELLS = {"title": "Khắc phục kết luận kiểm tra", "field": "7", "lead": "VP", "time": "15/07/2022"}
SOURCE = "Thông báo 12/TB-BNV ngày 15/06/2022"


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


def ask_to_add(ministry: Ministry, plan: Plan, **cells: str) -> Amendment:
    asked: Amendment = services.ask_to_add_task(
        actor=ministry.officer, plan=plan, cells_typed=CELLS | cells, reason=SOURCE
    )
    return asked


def ask_to_reassign(ministry: Ministry, task: PlanTask, **more: Any) -> Amendment:
    asked: Amendment = services.ask_to_reassign(
        actor=ministry.officer, task=task, lead="Văn phòng Bộ", reason="Đúng chức năng", **more
    )
    return asked


# --- asking changes nothing ---


def test_what_is_asked_for_changes_neither_the_plan_nor_its_tasks(
    plan: Plan, task_named: Named, ministry: Ministry
) -> None:
    ask_to_add(ministry, plan)
    ask_to_reassign(ministry, task_named("IPv6"))
    services.ask_to_cancel_task(actor=ministry.officer, task=task_named("Góp ý"), decision="512/QĐ-BNV")

    plan.refresh_from_db()
    assert (plan.version, plan.versions.count(), plan.tasks.count()) == (1, 1, 5)
    assert task_named("IPv6").lead.code == "TTTT"
    assert task_named("Góp ý").cancelled_on is None


def test_a_task_of_the_year_needs_its_source_a_name_and_a_unit(plan: Plan, ministry: Ministry) -> None:
    ask = {"actor": ministry.officer, "plan": plan}
    with pytest.raises(InvalidInput) as unsourced:
        services.ask_to_add_task(**ask, cells_typed=CELLS, reason=" ")
    with pytest.raises(InvalidInput) as unnamed:
        services.ask_to_add_task(
            **ask, cells_typed={name: CELLS[name] for name in CELLS if name != "title"}, reason=SOURCE
        )
    with pytest.raises(services.PlanIncomplete):
        services.ask_to_add_task(**ask, cells_typed=CELLS | {"lead": ""}, reason=SOURCE)

    assert (list(unsourced.value.fields), list(unnamed.value.fields)) == (["reason"], ["title"])


def test_one_change_of_a_task_waits_at_a_time(task_named: Named, ministry: Ministry) -> None:
    task = task_named("IPv6")
    asked = ask_to_reassign(ministry, task)

    with pytest.raises(services.UnableToAmend):
        services.ask_to_cancel_task(actor=ministry.officer, task=task, decision="512/QĐ-BNV")
    services.withdraw_amendment(actor=ministry.officer, amendment=asked)
    services.ask_to_cancel_task(actor=ministry.officer, task=task, decision="512/QĐ-BNV")


@pytest.mark.parametrize("who", ["leader", "head", "focal", "staff", "auditor", "neighbour", "operator"])
def test_only_the_officer_of_the_plan_asks(who: str, plan: Plan, task_named: Named, ministry: Ministry) -> None:
    actor, task = ministry.actor(who), task_named("Số hóa")

    for ask in (
        lambda: services.ask_to_add_task(actor=actor, plan=plan, cells_typed=CELLS, reason=SOURCE),
        lambda: services.ask_to_reassign(actor=actor, task=task, lead="PC", reason="Đúng chức năng"),
        lambda: services.ask_to_cancel_task(actor=actor, task=task, decision="512/QĐ-BNV"),
    ):
        with pytest.raises(NotPermitted):
            ask()
    assert not Amendment.objects.exists()


# --- who decides ---


@pytest.mark.parametrize("who", ["officer", "head", "focal", "staff", "auditor", "operator"])
def test_nobody_but_a_leader_decides(who: str, plan: Plan, ministry: Ministry) -> None:
    asked = ask_to_add(ministry, plan)

    with pytest.raises(NotPermitted):
        services.decide_amendment(actor=ministry.actor(who), amendment=asked, is_approved=True)


def test_who_asked_does_not_approve_whatever_roles_that_person_holds(plan: Plan, ministry: Ministry) -> None:
    identity.grant_role(
        actor=SYSTEM, account=ministry.accounts["officer"], role="leader", unit=ministry.units["BNV"], valid_from=SINCE
    )
    asked = ask_to_add(ministry, plan)
    identity.delegate(
        actor=SYSTEM,
        giver=ministry.accounts["leader"],
        receiver=ministry.accounts["officer"],
        valid_from=date(2022, 6, 20),
        valid_to=date(2022, 6, 21),
    )

    for actor in (ministry.officer, SYSTEM):
        with pytest.raises(NotPermitted):
            services.decide_amendment(actor=actor, amendment=asked, is_approved=True)
    assert not work.amendments_to_decide(actor=ministry.officer).exists()


def test_the_database_refuses_one_person_for_both(plan: Plan, ministry: Ministry) -> None:
    asked, officer = ask_to_add(ministry, plan), ministry.accounts["officer"]

    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=asked.pk).update(decided_by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(plan=plan).update(approved_by=officer)


# --- approved ---


def test_an_added_task_is_in_the_next_version_which_the_leader_approved(plan: Plan, ministry: Ministry) -> None:
    task = approved_by_leader(ministry, ask_to_add(ministry, plan))

    plan.refresh_from_db()
    second = plan.versions.get(version=2)
    assert (plan.version, second.reason, task.number) == (2, SOURCE, "7.1")
    assert second.asked_by == ministry.accounts["officer"]
    assert second.approved_by == ministry.accounts["leader"]
    assert queries.visible_tasks(actor=ministry.focal).filter(pk=task.pk).exists()
    assert (task.deadline, task.first_deadline) == (date(2022, 7, 15), date(2022, 7, 15))
    assert [product.name for product in task.products.all()] == ["Báo cáo kết quả thực hiện"]


@pytest.mark.parametrize("kind", ["add", "reassign"])
def test_a_unit_that_ended_meanwhile_gets_no_task(
    kind: str, plan: Plan, task_named: Named, ministry: Ministry, client_of: ClientOf, at: Any
) -> None:
    asked = ask_to_add(ministry, plan, lead="TTTT")
    if kind == "reassign":
        services.withdraw_amendment(actor=ministry.officer, amendment=asked)
        task = task_named("Số hóa")
        asked = services.ask_to_reassign(actor=ministry.officer, task=task, lead="TTTT", reason="Đúng chức năng")
    identity.end_unit(actor=SYSTEM, unit=ministry.units["TTTT"], valid_to=date(2022, 6, 22))

    with at("2022-06-22 09:00"):
        with pytest.raises(services.PlanIncomplete):
            services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=True)
        address = reverse("programme:amendment", args=[asked.pk])
        html = client_of("leader").post(address, {"decision": "approve", "remark": "", "key": "k"}).content.decode()

    assert "đơn vị chủ trì không còn" in html
    asked.refresh_from_db()
    plan.refresh_from_db()
    assert (asked.is_waiting, plan.version, plan.tasks.count()) == (True, 1, 5)


def test_another_unit_takes_over(task_named: Named, ministry: Ministry) -> None:
    services.accept_task(actor=ministry.neighbour, task=task_named("IPv6"))
    task = approved_by_leader(ministry, ask_to_reassign(ministry, task_named("IPv6"), cooperating="TTTT; PC"))

    assert (task.lead.code, task.response) == ("VP", "waiting")
    assert {unit.code for unit in task.cooperating.all()} == {"TTTT", "PC"}
    assert queries.visible_tasks(actor=ministry.focal).filter(pk=task.pk).exists()


def test_a_stopped_task_leaves_the_next_version(plan: Plan, task_named: Named, ministry: Ministry) -> None:
    task = approved_by_leader(
        ministry,
        services.ask_to_cancel_task(actor=ministry.officer, task=task_named("Góp ý"), decision="512/QĐ-BNV"),
    )

    assert (task.cancelled_on, task.cancelled_by) == (date(2022, 6, 20), "512/QĐ-BNV")
    version = PlanVersion.objects.select_related("plan__issuer", "approved_by").get(plan=plan, version=2)
    assert "Góp ý dự án Luật" not in [each["title"] for each in version.content["tasks"]]
    assert len(version.content["tasks"]) == 4
    grounds = str(papers.paper_of(version).blocks[0])
    assert f"dừng nhiệm vụ {task.number} theo 512/QĐ-BNV" in grounds


def test_the_paper_of_every_version_bears_the_leaders_name(plan: Plan, ministry: Ministry) -> None:
    approved_by_leader(ministry, ask_to_add(ministry, plan))

    for version in PlanVersion.objects.select_related("plan__issuer", "approved_by").filter(plan=plan):
        signer = papers.paper_of(version).signer
        assert signer is not None
        assert signer.name == "Người giữ vai leader"


def test_a_returned_change_needs_its_reason_and_leaves_the_plan(plan: Plan, ministry: Ministry) -> None:
    asked = ask_to_add(ministry, plan)
    with pytest.raises(InvalidInput):
        services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=False)

    services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=False, remark="Đã có ở nhiệm vụ 2.1")

    plan.refresh_from_db()
    assert (plan.version, plan.tasks.count()) == (1, 5)
    with pytest.raises(services.UnableToAmend):
        services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=True)


def test_only_who_asked_takes_it_back(plan: Plan, ministry: Ministry) -> None:
    asked = ask_to_add(ministry, plan)

    with pytest.raises(NotPermitted):
        services.withdraw_amendment(actor=ministry.leader, amendment=asked)
    services.withdraw_amendment(actor=ministry.officer, amendment=asked)
    with pytest.raises(services.UnableToAmend):
        services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=True)


# --- numbers of tasks ---


def test_each_added_task_gets_the_next_free_number_of_its_field(plan: Plan, ministry: Ministry) -> None:
    first, second = ask_to_add(ministry, plan, field="1"), ask_to_add(ministry, plan, field="1", title="Việc thứ hai")

    numbers = [approved_by_leader(ministry, asked).number for asked in (second, first)]

    last = max(int(number.partition(".")[2]) for number in _numbers(plan) if number.startswith("1."))
    assert numbers == [f"1.{last - 1}", f"1.{last}"]
    assert len(set(_numbers(plan))) == plan.tasks.count()


def test_a_number_that_another_task_bears_is_refused(plan: Plan, ministry: Ministry) -> None:
    taken = plan.tasks.first().number

    with pytest.raises(InvalidInput) as refused:
        ask_to_add(ministry, plan, number=taken)
    assert list(refused.value.fields) == ["number"]
    first, second = ask_to_add(ministry, plan, number="9"), ask_to_add(ministry, plan, number="9")
    approved_by_leader(ministry, first)
    with pytest.raises(InvalidInput):
        approved_by_leader(ministry, second)


def _numbers(plan: Plan) -> list[str]:
    return list(plan.tasks.filter(is_dropped=False).values_list("number", flat=True))


# --- pages ---


def test_the_leader_finds_it_in_my_work_and_the_officer_does_not(plan: Plan, ministry: Ministry) -> None:
    asked = ask_to_add(ministry, plan)
    today = date(2022, 6, 20)

    (item,) = work.items(ministry.leader, today)

    assert (item.title, item.group_key) == ("Duyệt thêm nhiệm vụ: Khắc phục kết luận kiểm tra", "decide")
    assert item.detail == "Thời gian: 15/07/2022; Đơn vị chủ trì: Văn phòng Bộ"
    assert item.url == reverse("programme:amendment", args=[asked.pk])
    assert work.count(ministry.leader, today) == 1
    assert all(not item.key.startswith("amendment") for item in work.items(ministry.officer, today))


def test_what_waits_is_shown_where_the_plan_and_the_task_are(
    plan: Plan, task_named: Named, ministry: Ministry, client_of: ClientOf
) -> None:
    task = task_named("IPv6")
    asked = ask_to_reassign(ministry, task)
    address = reverse("programme:amendment", args=[asked.pk])

    for who, path in (
        ("leader", reverse("programme:plan", args=[plan.pk])),
        ("leader", reverse("programme:dashboard")),
        ("officer", reverse("programme:task", args=[task.pk])),
        ("neighbour", reverse("programme:task", args=[task.pk])),
    ):
        html = client_of(who).get(path).content.decode()
        assert address in html
        assert "Chuyển đơn vị chủ trì" in html
    html = client_of("leader").get(address).content.decode()
    assert 'name="decision"' in html
    told = " ".join(strip_tags(html).split())
    for words in ("Chưa có gì thay đổi", "Trung tâm Thông tin", "Văn phòng Bộ", "Lý do: Đúng chức năng"):
        assert words in told
    html = client_of("officer").get(reverse("programme:task", args=[task.pk])).content.decode()
    assert reverse("programme:reassign", args=[task.pk]) not in html  # one at a time


def test_the_leader_decides_on_its_page(plan: Plan, ministry: Ministry, client_of: ClientOf) -> None:
    leader, asked = client_of("leader"), ask_to_add(ministry, plan)
    address = reverse("programme:amendment", args=[asked.pk])

    assert "Nêu vì sao kế hoạch giữ nguyên." in leader.post(address, {"decision": "return"}).content.decode()
    answer = leader.post(address, {"decision": "approve"})

    task = PlanTask.objects.get(plan=plan, title=CELLS["title"])
    assert answer.headers["Location"] == reverse("programme:task", args=[task.pk])
    told = leader.post(address, {"decision": "approve"}).content.decode()
    assert "đã được quyết định hoặc đã rút" in told
    history = client_of("officer").get(reverse("programme:task_history", args=[task.pk])).content.decode()
    assert "Quyết định về thay đổi kế hoạch" in history
    assert "Đề nghị thêm nhiệm vụ" in history


def test_the_officer_takes_it_back_on_its_page(plan: Plan, ministry: Ministry, client_of: ClientOf) -> None:
    asked = ask_to_add(ministry, plan)
    address = reverse("programme:withdraw_amendment", args=[asked.pk])
    assert client_of("leader").post(address).status_code == 403
    assert address in client_of("officer").get(reverse("programme:amendment", args=[asked.pk])).content.decode()

    client_of("officer").post(address)

    html = client_of("officer").get(reverse("programme:amendment", args=[asked.pk])).content.decode()
    assert "Đã rút" in html
    assert 'name="decision"' not in html


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("auditor", 403), ("neighbour", 404), ("focal", 404)])
def test_others_neither_decide_nor_learn_of_it(
    who: str, status: int, plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    address = reverse("programme:amendment", args=[ask_to_add(ministry, plan).pk])

    assert client_of(who).post(address, {"decision": "approve"}).status_code == status
    assert client_of(who).get(address).status_code == (200 if status == 403 else 404)


def test_adding_a_task_by_its_page_asks_the_leader(plan: Plan, client_of: ClientOf) -> None:
    typed = CELLS | {"reason": SOURCE}

    answer = client_of("officer").post(reverse("programme:add_task", args=[plan.pk]), typed)

    asked = Amendment.objects.get(plan=plan)
    assert answer.headers["Location"] == reverse("programme:amendment", args=[asked.pk])
    assert plan.tasks.count() == 5
