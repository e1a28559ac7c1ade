"""What the officer decides on the page of a task: extensions, stops, another unit, urging."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from caicach.kernel.usecase.models import OutboxEvent
from caicach.measurement.programme import services
from caicach.measurement.programme.models import ExtensionState, TaskResponse
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, page, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    """20/06/2022."""
    with at("2022-06-20 09:00"):
        yield


def test_the_officer_sees_both_rates_before_deciding_and_the_old_day_after(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ cổng quốc gia")
    client = client_of("officer")

    before = page(client, task)
    post(client, "decide_extension", task.pk, decision="grant")
    after = page(client, task)

    assert "Văn phòng Bộ đề nghị gia hạn từ 10/06/2022 sang 15/07/2022" in before
    assert "(0/2)" in before
    assert "(0/1)" in before
    task.refresh_from_db()
    assert task.deadline == date(2022, 7, 15)
    assert "Hạn ban đầu 10/06/2022" in after
    assert "Hạn: 10/06/2022 thành 15/07/2022" in after


def test_a_refused_extension_says_why(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ")
    client = client_of("officer")

    assert "Nêu vì sao giữ nguyên hạn." in post(client, "decide_extension", task.pk, decision="refuse").content.decode()
    post(client, "decide_extension", task.pk, decision="refuse", remark="Đã gia hạn hai lần")

    assert task.extensions.get().state == ExtensionState.REFUSED
    assert "Không đồng ý gia hạn, giữ hạn 10/06/2022" in page(client_of("focal"), task)


def test_the_unit_cannot_decide_on_its_own_request(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ")

    assert post(client_of("focal"), "decide_extension", task.pk, decision="grant").status_code == 403


def test_a_task_stopped_by_decision_offers_nothing_more(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    post(client_of("officer"), "cancel_task", task.pk, decision="512/QĐ-BNV ngày 15/06/2022")
    assert "Dừng theo quyết định: chờ lãnh đạo duyệt" in page(client_of("focal"), task)
    post(client_of("leader"), "amendment", task.amendments.get().pk, decision="approve")

    html = page(client_of("focal"), task)
    assert "Theo 512/QĐ-BNV ngày 15/06/2022" in html
    assert reverse("programme:report_progress", args=[task.pk]) not in html
    assert "Quá hạn" not in html


def test_another_unit_takes_over_and_has_to_answer(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    post(
        client_of("officer"),
        "reassign",
        task.pk,
        lead="TTTT",
        cooperating="",
        reason="Đúng chức năng",
        revision=task.revision,
    )
    task.refresh_from_db()
    assert task.lead.code == "VP"
    post(client_of("leader"), "amendment", task.amendments.get().pk, decision="approve")

    task.refresh_from_db()
    assert (task.lead.code, task.response) == ("TTTT", TaskResponse.WAITING)
    assert "Nhiệm vụ chờ đơn vị bạn trả lời" in page(client_of("neighbour"), task)
    assert OutboxEvent.objects.filter(name="programme.task_reassigned").count() == 1


def test_urging_from_a_task_leads_back_to_it(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    back = reverse("programme:task", args=[task.pk])
    answer = client_of("officer").post(reverse("programme:urge"), {"chon": [task.pk], "ve": back})

    assert answer.headers["Location"] == reverse("programme:task", args=[task.pk])
    assert "Chuyên viên cải cách đôn đốc" in page(client_of("focal"), task)
