"""A unit returned a task: the officer keeps it with the unit for a reason, or asks for another unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.jobs.worker import deliver_due
from caicach.kernel.notifications.models import Notice
from caicach.kernel.notifications.queries import words_of
from caicach.measurement.programme import services, work
from caicach.measurement.programme.models import PlanTask
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TaskNamed = Callable[[str], PlanTask]
WHY = "Quyết định 1368/QĐ-BNV giao rõ Văn phòng Bộ"


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def returned(task_named: TaskNamed, ministry: Ministry) -> PlanTask:
    services.return_task(actor=ministry.focal, task=task_named("Công khai"), reason="Thuộc Trung tâm Thông tin")
    return task_named("Công khai")


def page_of(client: Client, task: PlanTask) -> str:
    return client.get(reverse("programme:task", args=[task.pk])).content.decode()


def test_the_page_offers_both_answers_to_the_officer_alone(returned: PlanTask, client_of: ClientOf) -> None:
    keep = reverse("programme:keep_with_unit", args=[returned.pk])
    html = page_of(client_of("officer"), returned)

    assert f'href="{keep}"' in html
    assert reverse("programme:reassign", args=[returned.pk]) in html
    assert keep not in page_of(client_of("focal"), returned)


def test_kept_with_a_reason_it_waits_for_the_unit_once_more(
    returned: PlanTask, client_of: ClientOf, ministry: Ministry
) -> None:
    keep = reverse("programme:keep_with_unit", args=[returned.pk])
    client = client_of("officer")
    assert "Thuộc Trung tâm Thông tin" in client.get(keep).content.decode()

    client.post(keep, {"reason": WHY, "revision": returned.revision})

    html = page_of(client_of("focal"), returned)
    assert f"đơn vị bạn giữ nhiệm vụ: {WHY}" in html
    assert "Nhận nhiệm vụ" in html
    rows = {item.title: item.group_key for item in work.items(ministry.focal, date(2022, 6, 20))}
    assert rows[returned.title] == "unit"
    assert not [item for item in work.items(ministry.officer, date(2022, 6, 20)) if "trả lại" in item.title]


def test_the_unit_is_told_why(returned: PlanTask, ministry: Ministry) -> None:
    services.keep_with_unit(actor=ministry.officer, task=returned, reason=WHY)
    while deliver_due():
        pass

    told = Notice.objects.get(account=ministry.accounts["focal"], kind="programme.task_kept")
    assert words_of(told) == f"Văn phòng Bộ giữ nhiệm vụ đã trả lại: {WHY}"


def test_a_reason_is_needed_beside_its_field(returned: PlanTask, client_of: ClientOf) -> None:
    keep = reverse("programme:keep_with_unit", args=[returned.pk])

    html = client_of("officer").post(keep, {"reason": " ", "revision": returned.revision}).content.decode()

    assert "Hãy nêu vì sao đơn vị giữ nhiệm vụ." in html


def test_only_a_returned_task_is_answered_and_once(returned: PlanTask, ministry: Ministry) -> None:
    services.keep_with_unit(actor=ministry.officer, task=returned, reason=WHY)

    with pytest.raises(services.NotReturned):
        services.keep_with_unit(actor=ministry.officer, task=returned, reason=WHY)


def test_what_the_leader_is_asked_about_is_taken_back_first(returned: PlanTask, ministry: Ministry) -> None:
    services.ask_to_reassign(actor=ministry.officer, task=returned, lead="TTTT", reason="Đúng chức năng")

    with pytest.raises(services.NotReturned, match="Hãy rút"):
        services.keep_with_unit(actor=ministry.officer, task=returned, reason=WHY)


def test_both_words_stand_in_the_course_of_the_task(
    returned: PlanTask, ministry: Ministry, client_of: ClientOf
) -> None:
    services.keep_with_unit(actor=ministry.officer, task=returned, reason=WHY)

    html = page_of(client_of("officer"), returned)

    assert "Thuộc Trung tâm Thông tin" in html
    assert WHY in html
