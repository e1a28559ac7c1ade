"""What a unit does on the page of its task: answer, name a person, report, write."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape

from caicach.measurement.programme import services
from caicach.measurement.programme.models import TaskResponse
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, page, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    """20/06/2022."""
    with at("2022-06-20 09:00"):
        yield


def test_a_unit_takes_a_task_on_with_one_press(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    answer = post(client_of("focal"), "answer_task", task.pk, answer="accept", revision=task.revision)

    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.response == TaskResponse.ACCEPTED


def test_a_return_needs_its_reason_and_keeps_what_was_typed(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    refused = post(client_of("focal"), "answer_task", task.pk, answer="return", reason=" ")
    assert "Nêu vì sao nên giao đơn vị khác." in refused.content.decode()

    post(client_of("focal"), "answer_task", task.pk, answer="return", reason="Thuộc Trung tâm Thông tin")
    task.refresh_from_db()
    assert (task.response, task.response_reason) == (TaskResponse.RETURNED, "Thuộc Trung tâm Thông tin")


def test_a_form_in_the_drawer_comes_back_with_its_errors_and_leads_on_when_done(
    task_named: TaskNamed, client_of: ClientOf
) -> None:
    task, client = task_named("Số hóa"), client_of("focal")
    address = reverse("programme:report_progress", args=[task.pk])
    swap = {"HX-Request": "true"}

    refused = client.post(address, {"progress": "140", "text": "Đã chạy thử"}, headers=swap)
    done = client.post(address, {"progress": "80", "text": "Đã chạy thử"}, headers=swap)

    assert refused.status_code == 422
    assert "Ghi số từ 0 đến 100." in refused.content.decode()
    assert "Đã chạy thử" in refused.content.decode()
    assert done.headers["HX-Redirect"] == reverse("programme:task", args=[task.pk])
    task.refresh_from_db()
    assert task.progress == 80


def test_the_same_form_sent_twice_is_one_report(task_named: TaskNamed, client_of: ClientOf) -> None:
    task, client = task_named("Số hóa"), client_of("focal")
    typed = {"progress": "80", "text": "Đã chạy thử", "key": "mot-lan"}

    post(client, "report_progress", task.pk, **typed)
    post(client, "report_progress", task.pk, **typed)

    assert task.notes.count() == 1


def test_the_second_of_two_editors_sees_what_the_first_changed(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    seen = task.revision
    services.assign_owner(actor=ministry.head, task=task, owner=ministry.accounts["staff"])
    client = client_of("focal")

    answer = post(client, "assign_owner", task.pk, owner=ministry.accounts["focal"].pk, revision=seen).content.decode()

    assert "Người giữ vai head đã sửa nhiệm vụ này sau khi bạn mở" in answer
    assert "Người giữ vai staff" in answer
    task.refresh_from_db()
    assert task.owner == ministry.accounts["staff"]

    fresh = re.search(r'name="revision" value="(\d+)"', answer)
    assert fresh is not None
    post(client, "assign_owner", task.pk, owner=ministry.accounts["focal"].pk, revision=fresh[1])
    task.refresh_from_db()
    assert task.owner == ministry.accounts["focal"]


def test_only_people_of_the_lead_unit_can_be_named(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")

    answer = post(client_of("head"), "assign_owner", task.pk, owner=ministry.accounts["neighbour"].pk)

    assert answer.status_code == 200
    task.refresh_from_db()
    assert task.owner is None


def test_the_person_in_charge_may_report(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.assign_owner(actor=ministry.head, task=task, owner=ministry.accounts["staff"])

    assert post(client_of("staff"), "report_progress", task.pk, progress=30).status_code == 302
    assert "Báo cáo tiến độ" in page(client_of("staff"), task)


def test_an_earlier_deadline_is_refused_beside_its_field(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Góp ý")

    answer = post(client_of("officer"), "ask_extension", task.pk, new_deadline="01/06/2022", reason="Chờ")
    assert answer.status_code == 403

    lead = task_named("Số hóa")
    refused = post(client_of("focal"), "ask_extension", lead.pk, new_deadline="01/06/2022", reason="Chờ")
    assert 'id="id_new_deadline_error"' in refused.content.decode()
    assert "Hạn mới phải sau ngày 10/06/2022" in refused.content.decode()
    refused = post(client_of("focal"), "ask_extension", lead.pk, new_deadline="15/06/2022", reason="Chờ")
    assert "Ngày 15/06/2022 đã qua. Chọn hôm nay hoặc một ngày sau đó." in refused.content.decode()
    assert not lead.extensions.exists()


def test_a_deadline_outside_the_year_of_the_plan_is_asked_about_once_and_told_to_who_decides(
    task_named: TaskNamed, client_of: ClientOf
) -> None:
    task = task_named("Số hóa")
    asked = {"new_deadline": "15/07/2031", "reason": "Chờ cổng quốc gia"}

    warned = post(client_of("focal"), "ask_extension", task.pk, **asked)
    assert "Ngày 15/07/2031 nằm ngoài năm 2022 của kế hoạch." in warned.content.decode()
    assert 'name="meant" value="2031-07-15"' in warned.content.decode()
    assert not task.extensions.exists()

    assert post(client_of("focal"), "ask_extension", task.pk, **asked, meant="2031-07-15").status_code == 302
    decision = client_of("officer").get(reverse("programme:decide_extension", args=[task.pk])).content.decode()
    assert "Hạn mới 15/07/2031 nằm ngoài năm 2022 của kế hoạch." in decision


def test_a_word_of_a_unit_stands_on_the_page(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    answer = post(client_of("focal"), "comment", task.pk, text="<b>Cổng kiểm thử</b> mở ngày 04/07")

    assert answer.headers["Location"].endswith("?muc=trao-doi")
    assert escape("<b>Cổng kiểm thử</b> mở ngày 04/07") in page(client_of("officer"), task, muc="trao-doi")


def test_a_report_without_anything_new_is_refused_beside_its_field(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")
    address = reverse("programme:report_progress", args=[task.pk])

    html = client_of("focal").post(address, {"progress": 0, "text": "", "revision": task.revision}).content.decode()

    field = html[html.index('id="id_text"') - 1500 : html.index('id="id_text"') + 1500]
    assert "Báo cáo chưa có gì mới. Hãy đổi số phần trăm hoặc nêu việc đã làm." in field
    task.refresh_from_db()
    assert not task.notes.exists()
    assert task.response == "waiting"


def test_words_alone_are_a_report(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    post(client_of("focal"), "report_progress", task.pk, progress=0, text="Đã lập tổ công tác", revision=task.revision)

    assert task.notes.get().text == "Đã lập tổ công tác"
