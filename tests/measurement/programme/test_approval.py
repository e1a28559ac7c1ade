"""From draft to plan: submit, return, approve, number, version."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from caicach.kernel.identity import services as identity
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import NotPermitted
from caicach.kernel.usecase.models import OutboxEvent
from caicach.measurement.programme import queries, services
from caicach.measurement.programme.models import Plan, PlanState
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


def test_nothing_counts_before_approval(draft: Plan, ministry: Ministry) -> None:
    assert draft.tasks.count() == 3
    assert not queries.given_tasks().exists()
    assert not queries.visible_tasks(actor=ministry.leader).exists()


def test_a_plan_with_gaps_is_not_submitted_and_the_tasks_are_named(draft: Plan, ministry: Ministry) -> None:
    with pytest.raises(services.PlanIncomplete) as refused:
        services.submit(actor=ministry.officer, plan=draft)

    assert {gap.code for gap in refused.value.gaps} == {"no_lead", "no_time"}
    draft.refresh_from_db()
    assert draft.state == PlanState.DRAFT


def test_an_approved_plan_has_a_number_a_version_and_products(plan: Plan) -> None:
    assert plan.state == PlanState.APPROVED
    assert plan.number == "01/KH-BNV"
    assert plan.version == 1
    assert plan.versions.get().content["tasks"][0]["title"] == "Số hóa kết quả giải quyết thủ tục"
    assert all(task.products.count() == 1 for task in plan.tasks.all())


def test_who_submitted_may_not_approve(draft: Plan, ministry: Ministry) -> None:
    ids = list(draft.tasks.values_list("pk", flat=True))
    services.paste_rows(
        actor=ministry.officer,
        plan=draft,
        replace=ids,
        rows=[{"field": "1", "lead": "VP", "time": "30/09/2022"}] * len(ids),
    )
    draft.refresh_from_db()
    services.submit(actor=ministry.officer, plan=draft)

    with pytest.raises(NotPermitted):
        services.approve(actor=ministry.officer, plan=draft)
    services.return_draft(actor=ministry.leader, plan=draft, reason="Bổ sung nhiệm vụ về dữ liệu")
    draft.refresh_from_db()
    assert (draft.state, draft.returned_reason) == (PlanState.DRAFT, "Bổ sung nhiệm vụ về dữ liệu")


def test_an_approved_plan_is_closed_for_editing_and_its_import_for_undoing(plan: Plan, ministry: Ministry) -> None:
    with pytest.raises(services.DraftClosed):
        services.drop_tasks(actor=ministry.officer, plan=plan, task_ids=[plan.tasks.first().pk])
    with pytest.raises(services.ImportedPlan):
        services.undo_import(actor=ministry.officer, plan=plan)


def test_numbers_begin_anew_each_year_and_for_each_unit(ministry: Ministry, at: Callable[[str], Any]) -> None:
    """NĐ 30/2020/NĐ-CP: a register runs from 1 January to 31 December; a plan's notation carries no year."""
    with at("2022-12-30 09:00"):
        first, second = approved(ministry), approved(ministry)
    with at("2023-01-03 09:00"):
        of_next_year = approved(ministry)

    told = [(plan.number_year, plan.number) for plan in (first, second, of_next_year)]
    assert told == [(2022, "01/KH-BNV"), (2022, "02/KH-BNV"), (2023, "01/KH-BNV")]
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=second.pk).update(number="01/KH-BNV")


def approved(ministry: Ministry) -> Plan:
    """One more plan of the year 2022, whenever it is approved."""
    from .conftest import proposal

    plan = services.import_plan(
        actor=ministry.officer,
        issuer=ministry.units["BNV"],
        proposal=proposal("Rà soát", name=f"{Plan.objects.count()}"),
    )
    fill(plan, ministry)
    services.submit(actor=ministry.officer, plan=plan)
    done: Plan = services.approve(actor=ministry.leader, plan=plan)
    return done


def fill(plan: Plan, ministry: Ministry) -> None:
    ids = list(plan.tasks.values_list("pk", flat=True))
    rows = [{"field": "1", "lead": "VP", "time": "30/09/2022"}] * len(ids)
    services.paste_rows(actor=ministry.officer, plan=plan, replace=ids, rows=rows)
    plan.refresh_from_db()


def test_a_split_task_has_a_number_of_its_own_once_the_plan_goes_to_the_leader(draft: Plan, ministry: Ministry) -> None:
    fill(draft, ministry)
    first, second, third = draft.tasks.order_by("position")
    services.split_task(actor=ministry.officer, plan=draft, task_id=second.pk, titles=["Công bố", "Số hóa"])
    services.drop_tasks(actor=ministry.officer, plan=draft, task_ids=[first.pk])
    draft.refresh_from_db()

    services.submit(actor=ministry.officer, plan=draft)
    seen = numbers(draft)
    plan = services.approve(actor=ministry.leader, plan=draft)

    assert seen == {"Công bố": second.number, "Số hóa": "1.4", "Kiểm tra đơn vị": third.number}
    assert {task["title"]: task["number"] for task in plan.versions.get().content["tasks"]} == seen


def test_numbers_that_begin_anew_in_each_field_of_a_table_become_the_plans_own(draft: Plan, ministry: Ministry) -> None:
    ids = list(draft.tasks.order_by("position").values_list("pk", flat=True))
    rows = [
        {"number": number, "field": field, "lead": "VP", "time": "30/09/2022"}
        for number, field in (("1", "1"), ("2", "1"), ("1", "2"))
    ]
    services.paste_rows(actor=ministry.officer, plan=draft, replace=ids, rows=rows)
    draft.refresh_from_db()
    services.submit(actor=ministry.officer, plan=draft)

    assert sorted(numbers(draft).values()) == ["1", "2", "2.1"]
    plan = services.approve(actor=ministry.leader, plan=draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.tasks.update(number="1")


def numbers(plan: Plan) -> dict[str, str]:
    return dict(plan.tasks.filter(is_dropped=False).values_list("title", "number"))


def test_approval_twice_is_refused(plan: Plan, ministry: Ministry) -> None:
    with pytest.raises(services.WrongPlanState):
        services.approve(actor=ministry.leader, plan=plan)


def test_each_step_tells_the_other_rooms_once(plan: Plan) -> None:
    names = list(OutboxEvent.objects.filter(name__startswith="programme.").values_list("name", flat=True))

    assert names == ["programme.plan_imported", "programme.plan_submitted", "programme.plan_approved"]


def test_the_same_file_sent_twice_is_one_draft(ministry: Ministry) -> None:
    from .conftest import proposal

    asked = {"actor": ministry.officer, "issuer": ministry.units["BNV"], "proposal": proposal("Một việc")}
    first = services.import_plan(**asked, idempotency_key="file:1")
    again = services.import_plan(**asked, idempotency_key="file:1")
    copy = services.import_plan(**asked, idempotency_key="file:1:copy")

    assert (again.pk, Plan.objects.count()) == (first.pk, 2)
    services.undo_import(actor=ministry.officer, plan=first)
    assert services.import_plan(**asked, idempotency_key="file:1").pk not in (first.pk, copy.pk)


@pytest.fixture
def of_a_unit_that_ends(draft: Plan, ministry: Ministry, at: Any) -> Plan:
    """Three tasks of Trung tâm Thông tin, which is no more from 10/06/2022 on."""
    with at("2022-06-01 09:00"):
        services.paste_rows(
            actor=ministry.officer,
            plan=draft,
            replace=list(draft.tasks.values_list("pk", flat=True)),
            rows=[{"field": "1", "lead": "TTTT", "time": "31/12/2022"}] * 3,
        )
        identity.end_unit(actor=SYSTEM, unit=ministry.units["TTTT"], valid_to=date(2022, 6, 10))
    draft.refresh_from_db()
    return draft


def test_a_plan_gives_no_task_to_a_unit_that_is_no_more(
    of_a_unit_that_ends: Plan, ministry: Ministry, client_of: Any, at: Any
) -> None:
    plan = of_a_unit_that_ends
    with at("2022-06-10 09:00"):
        with pytest.raises(services.LeadEnded, match="Trung tâm Thông tin đã hết hoạt động mà còn chủ trì 3 nhiệm vụ"):
            services.submit(actor=ministry.actor("officer"), plan=plan)
        html = client_of("officer").post(reverse("programme:submit", args=[plan.pk]), follow=True).content.decode()

    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT
    assert json.dumps("Trung tâm Thông tin đã hết hoạt động")[1:-1] in html


def test_a_unit_that_ended_while_the_plan_waited_gets_nothing_either(
    of_a_unit_that_ends: Plan, ministry: Ministry, at: Any
) -> None:
    plan = of_a_unit_that_ends
    with at("2022-06-09 09:00"):
        services.submit(actor=ministry.officer, plan=plan)
    with at("2022-06-10 09:00"), pytest.raises(services.LeadEnded):
        services.approve(actor=ministry.leader, plan=plan)

    plan.refresh_from_db()
    assert (plan.state, plan.number) == (PlanState.SUBMITTED, "")
    assert not OutboxEvent.objects.filter(name="programme.plan_approved").exists()


def test_on_the_last_day_of_a_unit_its_plan_may_still_be_approved(
    of_a_unit_that_ends: Plan, ministry: Ministry, at: Any
) -> None:
    with at("2022-06-09 16:00"):
        services.submit(actor=ministry.officer, plan=of_a_unit_that_ends)
        approved = services.approve(actor=ministry.leader, plan=of_a_unit_that_ends)

    assert approved.state == PlanState.APPROVED
