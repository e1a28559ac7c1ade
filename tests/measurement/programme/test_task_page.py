"""The page of one task: what each person sees and may do there, and what the acts do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from caicach.kernel.files import services as files
from caicach.kernel.files.models import Attachment, StoredFile
from caicach.kernel.usecase.models import OutboxEvent
from caicach.measurement.programme import services
from caicach.measurement.programme.models import (
    Evidence,
    ExtensionState,
    Plan,
    PlanTask,
    ProductState,
    TaskProduct,
    TaskResponse,
)
from caicach.measurement.programme.queries.task_page import task_records
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

TaskNamed = Callable[[str], PlanTask]
ClientOf = Callable[[str], Client]
NOW = "2022-06-20 09:00"


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at(NOW):
        yield


def page(client: Client, task: PlanTask, **query: str) -> str:
    answer = client.get(reverse("programme:task", args=[task.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, pk: int, **typed: Any) -> Any:
    return client.post(reverse(f"programme:{name}", args=[pk]), typed)


def the_product(task: PlanTask) -> TaskProduct:
    return TaskProduct.objects.select_related("task__plan").get(task=task)


def upload(ministry: Ministry, name: str = "bien-ban.txt", *, by: str = "focal") -> Attachment:
    with files.receiving(BytesIO(f"Biên bản {name}".encode()), name=name) as received:
        sent: Attachment = files.store_upload(actor=ministry.actor(by), file=received)
    return sent


# --- what is shown ---


def test_the_unit_sees_what_waits_for_its_answer(task_named: TaskNamed, client_of: ClientOf) -> None:
    html = page(client_of("focal"), task_named("Số hóa"))

    assert "Nhiệm vụ chờ đơn vị bạn trả lời" in html
    assert "Quá hạn 6 ngày làm việc" in html
    assert "Vì sao hạn là 10/06/2022" in html


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("focal", {"answer_task", "assign_owner", "report_progress", "ask_extension", "add_product", "hand_in"}),
        ("head", {"answer_task", "assign_owner", "report_progress", "ask_extension", "add_product", "hand_in"}),
        ("officer", {"urge", "reassign", "cancel_task", "add_product"}),
        ("leader", set()),
        ("auditor", set()),
        ("staff", set()),
    ],
)
def test_each_is_offered_only_what_is_allowed(
    who: str, may: set[str], task_named: TaskNamed, client_of: ClientOf
) -> None:
    task = task_named("Số hóa")
    html = page(client_of(who), task)

    product = the_product(task)
    acts = {
        name: reverse(f"programme:{name}", args=[task.pk])
        for name in ("answer_task", "assign_owner", "report_progress", "ask_extension", "add_product", "reassign")
    }
    acts |= {
        "cancel_task": reverse("programme:cancel_task", args=[task.pk]),
        "urge": reverse("programme:urge"),
        "hand_in": reverse("programme:hand_in", args=[product.pk]),
    }
    assert {name for name, address in acts.items() if f'"{address}' in html} == may


@pytest.mark.parametrize("who", ["neighbour", "operator"])
def test_who_has_no_part_in_a_task_does_not_learn_of_it(who: str, task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    for name in ("task", "task_history", "why_deadline", "report_progress", "cancel_task"):
        assert client_of(who).get(reverse(f"programme:{name}", args=[task.pk])).status_code == 404
    assert client_of(who).get(reverse("programme:hand_in", args=[the_product(task).pk])).status_code == 404


def test_who_sees_a_task_but_may_not_act_is_told_so(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    assert client_of("staff").get(reverse("programme:report_progress", args=[task.pk])).status_code == 403
    assert post(client_of("staff"), "report_progress", task.pk, progress=50).status_code == 403
    assert client_of("focal").get(reverse("programme:cancel_task", args=[task.pk])).status_code == 403


@pytest.mark.parametrize("tab", ["", "san-pham", "chi-tieu", "trao-doi", "khong-co"])
def test_each_tab_has_its_address(tab: str, task_named: TaskNamed, client_of: ClientOf) -> None:
    html = page(client_of("focal"), task_named("Số hóa"), muc=tab)

    assert html.count('aria-current="page"') >= 1


def test_a_deadline_opens_its_explanation_beside_the_page_and_on_its_own(
    task_named: TaskNamed, client_of: ClientOf
) -> None:
    address = reverse("programme:why_deadline", args=[task_named("Số hóa").pk])

    beside = client_of("focal").get(address, headers={"HX-Request": "true"}).content.decode()
    alone = client_of("focal").get(address).content.decode()

    assert "<html" not in beside
    assert "Kế hoạch ghi “10/06/2022”" in beside
    assert "<h1>Vì sao hạn là 10/06/2022</h1>" in alone


def test_history_tells_who_changed_what_on_the_task_and_its_products(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.report_progress(actor=ministry.focal, task=task, progress=80, text="31 trên 46")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")

    html = client_of("officer").get(reverse("programme:task_history", args=[task.pk])).content.decode()

    assert "Báo cáo tiến độ" in html
    assert "Tiến độ, phần trăm: 0 thành 80" in html
    assert "Nộp sản phẩm" in html
    assert "Trạng thái: Còn thiếu thành Chờ xem" in html
    assert "Đầu mối đơn vị" in html or "Người giữ vai focal" in html


@pytest.mark.parametrize("number", [1, 50])
def test_the_records_take_a_constant_number_of_queries(
    number: int, task_named: TaskNamed, ministry: Ministry, django_assert_num_queries: Any
) -> None:
    task = task_named("Số hóa")
    held = upload(ministry)
    for place in range(number):
        product = services.add_product(actor=ministry.focal, task=task, name=f"Sản phẩm {place}")
        product.task = task
        services.hand_in_product(actor=ministry.focal, product=product, attachments=[held], paper=f"{place}/BC")
        held.refresh_from_db()
        services.report_progress(actor=ministry.focal, task=task, progress=50, text=f"Lần {place}")
        services.comment(actor=ministry.officer, task=task, text=f"Ý kiến {place}")

    officer = ministry.officer
    # 1. task  2. co-operating units  3. targets  4. products  5. evidence  6. used elsewhere  7. requests
    # 8. changes of the plan  9. notes  10. comments  11. reminders  12. entries of the journal counted
    with django_assert_num_queries(12):
        records = task_records(actor=officer, pk=task.pk, today=date(2022, 6, 20))
        told = [str(note.by) for note in records.notes] + [str(said.by) for said in records.comments]

    assert len(told) == 2 * number


# --- the unit's acts ---


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


def test_a_word_of_a_unit_stands_on_the_page(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")

    answer = post(client_of("focal"), "comment", task.pk, text="<b>Cổng kiểm thử</b> mở ngày 04/07")

    assert answer.headers["Location"].endswith("?muc=trao-doi")
    assert escape("<b>Cổng kiểm thử</b> mở ngày 04/07") in page(client_of("officer"), task, muc="trao-doi")


# --- products ---


def test_an_upload_proves_a_product_and_is_seen_by_who_sees_the_task(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task, sent = task_named("Số hóa"), upload(ministry)

    answer = post(client_of("focal"), "hand_in", the_product(task).pk, files=[str(sent.pk)])

    assert answer.status_code == 302
    assert the_product(task).state == ProductState.SUBMITTED
    address = reverse("files:download", args=[sent.pk])
    assert client_of("officer").get(address).status_code == 200
    assert client_of("staff").get(address).status_code == 200
    assert client_of("neighbour").get(address).status_code == 404


def test_a_file_goes_with_the_form_where_no_script_runs(task_named: TaskNamed, client_of: ClientOf) -> None:
    task = task_named("Số hóa")
    file = SimpleUploadedFile("bao-cao.txt", "Báo cáo kết quả".encode())

    post(client_of("focal"), "hand_in", the_product(task).pk, file=file)

    assert Evidence.objects.get(product__task=task).attachment.name == "bao-cao.txt"


def test_a_paper_already_in_the_system_needs_no_upload(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    first, second = task_named("Số hóa"), task_named("Công khai")
    services.hand_in_product(actor=ministry.focal, product=the_product(first), attachments=[upload(ministry)])
    known = Evidence.objects.get(product__task=first).attachment
    form = client_of("focal").get(reverse("programme:hand_in", args=[the_product(second).pk]), {"tim": "BIEN ban"})
    assert "bien-ban.txt" in form.content.decode()

    post(client_of("focal"), "hand_in", the_product(second).pk, existing=[str(known.pk)])

    held = Evidence.objects.get(product__task=second).attachment
    assert held.pk != known.pk
    assert held.file_id == known.file_id
    assert StoredFile.objects.count() == 1
    assert "dùng ở 1 nơi khác" in page(client_of("officer"), first)


def test_papers_of_tasks_that_one_may_not_see_are_neither_offered_nor_taken(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    theirs, own = task_named("IPv6"), task_named("Số hóa")
    services.hand_in_product(
        actor=ministry.neighbour,
        product=the_product(theirs),
        attachments=[upload(ministry, "ipv6.txt", by="neighbour")],
    )
    secret = Evidence.objects.get(product__task=theirs).attachment
    address = reverse("programme:hand_in", args=[the_product(own).pk])

    assert "ipv6.txt" not in client_of("focal").get(address).content.decode()
    assert client_of("focal").post(address, {"existing": [str(secret.pk)]}).status_code == 404
    assert not Evidence.objects.filter(product__task=own).exists()


def test_nothing_attached_is_refused_in_words(task_named: TaskNamed, client_of: ClientOf) -> None:
    answer = post(client_of("focal"), "hand_in", the_product(task_named("Số hóa")).pk, paper=" ")

    assert "Đính kèm văn bản chứng minh sản phẩm" in answer.content.decode()


def test_the_last_product_accepted_on_the_page_ends_the_task(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")

    post(client_of("officer"), "decide_product", the_product(task).pk, decision="accept")

    task.refresh_from_db()
    assert task.done_on == date(2022, 6, 20)
    html = page(client_of("focal"), task)
    assert "Xong sau hạn 6 ngày" in html
    assert reverse("programme:report_progress", args=[task.pk]) not in html


def test_a_product_goes_back_with_what_is_missing(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    client = client_of("officer")

    assert (
        "Nêu còn thiếu gì." in post(client, "decide_product", the_product(task).pk, decision="refuse").content.decode()
    )
    post(client, "decide_product", the_product(task).pk, decision="refuse", remark="Thiếu chữ ký")

    assert "Nhận xét: Thiếu chữ ký" in page(client_of("focal"), task)


# --- the officer's acts ---


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


def test_every_act_is_a_whole_page_without_script(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ")
    of_task = {
        "focal": ("answer_task", "assign_owner", "report_progress", "comment", "add_product"),
        "officer": ("decide_extension", "cancel_task", "reassign"),
    }

    for who, names in of_task.items():
        for name in names:
            html = client_of(who).get(reverse(f"programme:{name}", args=[task.pk])).content.decode()
            assert "<h1>" in html
            assert 'method="post"' in html
    decide = client_of("officer").get(reverse("programme:decide_product", args=[the_product(task).pk]))
    assert "15/BC-VP" in decide.content.decode()


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


def test_not_started_and_without_a_deadline_have_shapes_of_their_own(plan: Plan, client_of: ClientOf) -> None:
    html = client_of("leader").get("/viec-cua-toi/").content.decode()

    assert re.search(r"#shape-dots.{0,60}Chưa bắt đầu", html, re.S)
    assert not re.search(r"#shape-dash.{0,60}Chưa bắt đầu", html, re.S)
