"""Two people press at once: whoever comes second decides on what the first left, not on the page opened before."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Any

import pytest

from caicach.kernel.usecase.errors import NotFound, UseCaseError
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask, TaskProduct
from caicach.measurement.programme.services.amending import UnableToAmend
from caicach.measurement.programme.services.approval import WrongPlanState
from caicach.measurement.programme.services.deadlines import UnableToExtend
from caicach.measurement.programme.services.drafting import DraftClosed
from caicach.measurement.programme.services.following import TaskNotOpen
from tests.ministry import Ministry

from .conftest import approved_by_leader

pytestmark = pytest.mark.django_db

Named = Callable[[str], PlanTask]


def test_a_plan_is_approved_and_numbered_once(draft: Plan, ministry: Ministry) -> None:
    ids = list(draft.tasks.values_list("pk", flat=True))
    services.paste_rows(
        actor=ministry.officer, plan=draft, replace=ids, rows=[{"lead": "VP", "time": "15/06/2022"} for _ in ids]
    )
    seen_before = copy(draft)
    services.submit(actor=ministry.officer, plan=draft)
    with pytest.raises(DraftClosed):
        services.drop_tasks(actor=ministry.officer, plan=seen_before, task_ids=ids[:1])
    seen_submitted = copy(draft)
    number = services.approve(actor=ministry.leader, plan=draft).number

    with pytest.raises(WrongPlanState):
        services.approve(actor=ministry.leader, plan=copy(seen_submitted))
    with pytest.raises(WrongPlanState):
        services.return_draft(actor=ministry.leader, plan=seen_submitted, reason="Thiếu thời hạn")
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("approved", number)


def test_a_draft_that_is_gone_cannot_be_undone_again(draft: Plan, ministry: Ministry) -> None:
    seen_before = copy(draft)
    services.undo_import(actor=ministry.officer, plan=draft)

    with pytest.raises(NotFound):
        services.undo_import(actor=ministry.officer, plan=seen_before)


def test_a_product_is_decided_once(task_named: Named, ministry: Ministry) -> None:
    product = task_named("Số hóa").products.get()
    services.hand_in_product(actor=ministry.focal, product=product, paper="Công văn số 15/VP ngày 01/6/2022")
    first, second = TaskProduct.objects.get(pk=product.pk), TaskProduct.objects.get(pk=product.pk)
    services.accept_product(actor=ministry.officer, product=first)

    with pytest.raises(UseCaseError):
        services.refuse_product(actor=ministry.officer, product=second, remark="Thiếu phụ lục")
    product.refresh_from_db()
    assert product.state == "accepted"


def test_no_progress_is_reported_on_a_task_that_was_cancelled_meanwhile(task_named: Named, ministry: Ministry) -> None:
    seen_before = task_named("Số hóa")
    asked = services.ask_to_cancel_task(actor=ministry.officer, task=task_named("Số hóa"), decision="QĐ 12/QĐ-BNV")
    approved_by_leader(ministry, asked)

    with pytest.raises(TaskNotOpen):
        services.report_progress(actor=ministry.focal, task=seen_before, progress=50)


def test_a_request_for_more_time_is_answered_once(task_named: Named, ministry: Ministry, at: Any) -> None:
    task = task_named("Số hóa")
    with at("2022-06-07 09:00"):
        request = services.ask_extension(
            actor=ministry.focal, task=task, new_deadline=date(2022, 7, 29), reason="Chờ kinh phí"
        )
    seen_before = copy(request)
    with at("2022-06-08 09:00"):
        services.decide_extension(actor=ministry.officer, request=request, is_granted=True)

        with pytest.raises(UnableToExtend, match="đã được trả lời"):
            services.decide_extension(actor=ministry.officer, request=seen_before, is_granted=False, remark="Không")
    task.refresh_from_db()
    assert task.deadline == date(2022, 7, 29)


def test_a_change_of_a_plan_is_decided_once(task_named: Named, ministry: Ministry) -> None:
    asked = services.ask_to_reassign(
        actor=ministry.officer, task=task_named("Số hóa"), lead="PC", reason="Đúng chức năng"
    )
    seen_before = copy(asked)
    services.withdraw_amendment(actor=ministry.officer, amendment=asked)

    with pytest.raises(UnableToAmend):
        services.decide_amendment(actor=ministry.leader, amendment=seen_before, is_approved=True)
    assert task_named("Số hóa").lead.code == "VP"


def test_a_task_that_was_done_meanwhile_is_not_stopped_any_more(task_named: Named, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    asked = services.ask_to_cancel_task(actor=ministry.officer, task=task, decision="QĐ 12/QĐ-BNV")
    product = task.products.get()
    services.hand_in_product(actor=ministry.focal, product=product, paper="15/BC-VP")
    services.accept_product(actor=ministry.officer, product=product)

    with pytest.raises(TaskNotOpen):
        services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=True)
    asked.refresh_from_db()
    assert asked.is_waiting
    services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=False, remark="Đã xong")
