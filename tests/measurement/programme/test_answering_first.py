"""The lead unit answers before its people work on a task; who wrote a paper does not approve it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask, TaskResponse
from caicach.measurement.programme.queries.decisions import plans_to_approve
from caicach.measurement.programme.services.approval import ApprovedByPreparer
from caicach.measurement.programme.services.following import TaskReturned, UnitHasNotAnswered
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, page, post, the_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    """20/06/2022."""
    with at("2022-06-20 09:00"):
        yield


ACTS = {
    "progress": lambda who, task: services.report_progress(actor=who, task=task, progress=30, text="Đang làm"),
    "product": lambda who, task: services.hand_in_product(actor=who, product=the_product(task), paper="15/BC"),
    "more time": lambda who, task: services.ask_extension(
        actor=who, task=task, new_deadline=date(2022, 12, 30), reason="Chờ cổng quốc gia"
    ),
}


@pytest.mark.parametrize("act", ["progress", "product"])
def test_who_may_not_answer_does_not_answer_by_working(
    act: str, task_named: TaskNamed, ministry: Ministry, client_of: ClientOf
) -> None:
    """In charge since before the officer gave the task back to the unit, which has not answered anew."""
    task = task_named("Số hóa")
    PlanTask.objects.filter(pk=task.pk).update(owner=ministry.accounts["staff"])
    task.refresh_from_db()

    with pytest.raises(UnitHasNotAnswered):
        ACTS[act](ministry.staff, task)

    task.refresh_from_db()
    assert (task.response, task.progress) == (TaskResponse.WAITING, 0)
    assert reverse("programme:report_progress", args=[task.pk]) not in page(client_of("staff"), task)


def test_naming_who_is_in_charge_takes_the_task_on(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")

    services.assign_owner(actor=ministry.head, task=task, owner=ministry.accounts["staff"])
    services.report_progress(actor=ministry.staff, task=task, progress=20, text="Đã họp")

    task.refresh_from_db()
    assert (task.response, task.progress) == (TaskResponse.ACCEPTED, 20)


@pytest.mark.parametrize("act", ACTS)
def test_a_returned_task_takes_no_work(
    act: str, task_named: TaskNamed, ministry: Ministry, client_of: ClientOf
) -> None:
    task = services.return_task(actor=ministry.focal, task=task_named("Số hóa"), reason="Không đúng chức năng")

    with pytest.raises(TaskReturned):
        ACTS[act](ministry.focal, task)

    shown = page(client_of("focal"), task)
    for name in ("report_progress", "ask_extension"):
        assert reverse(f"programme:{name}", args=[task.pk]) not in shown


def test_a_return_by_mistake_is_taken_back_on_the_page(
    task_named: TaskNamed, ministry: Ministry, client_of: ClientOf
) -> None:
    task = services.return_task(actor=ministry.focal, task=task_named("Số hóa"), reason="Nhầm")
    assert "Vẫn nhận nhiệm vụ" in page(client_of("focal"), task)
    assert "Vẫn nhận nhiệm vụ" not in page(client_of("officer"), task)

    answer = post(client_of("focal"), "answer_task", task.pk, answer="accept", revision=task.revision)

    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.response == TaskResponse.ACCEPTED


def test_it_stays_returned_while_the_leader_decides_on_another_unit(
    task_named: TaskNamed, ministry: Ministry, client_of: ClientOf
) -> None:
    task = services.return_task(actor=ministry.focal, task=task_named("Số hóa"), reason="Nhầm")
    services.ask_to_reassign(actor=ministry.officer, task=task, lead="TTTT", reason="Đúng chức năng hơn")

    with pytest.raises(services.NotReturned):
        services.accept_task(actor=ministry.focal, task=task)

    assert "Vẫn nhận nhiệm vụ" not in page(client_of("focal"), task)


def test_a_leader_who_edited_the_draft_does_not_approve_it(draft: Plan, ministry: Ministry) -> None:
    """QUALITY A12, whoever pressed the button that submits."""
    since = date(2022, 1, 1)
    leader = ministry.accounts["leader"]
    identity.grant_role(
        actor=SYSTEM, account=leader, role=Role.REFORM_OFFICER, unit=ministry.units["BNV"], valid_from=since
    )
    services.paste_rows(
        actor=ministry.leader,
        plan=draft,
        replace=list(draft.tasks.values_list("pk", flat=True)),
        rows=[{"lead": "VP", "time": "30/09/2022"}] * draft.tasks.count(),
    )
    draft.refresh_from_db()
    plan = services.submit(actor=ministry.officer, plan=draft)

    with pytest.raises(ApprovedByPreparer):
        services.approve(actor=ministry.leader, plan=plan)

    assert not plans_to_approve(actor=ministry.leader).exists()
