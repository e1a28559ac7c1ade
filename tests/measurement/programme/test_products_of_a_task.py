"""Products on the page of a task: handed in with their papers, looked at, accepted or returned."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caicach.kernel.files.models import StoredFile
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Evidence, ProductState
from tests.file_builders import word
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, page, post, the_product, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    """20/06/2022."""
    with at("2022-06-20 09:00"):
        yield


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


def test_a_blank_document_proves_nothing_and_the_refusal_names_it(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    blank = upload(ministry, "ket-qua.docx", content=word(""))

    answer = post(client_of("focal"), "hand_in", the_product(task).pk, files=[str(blank.pk)]).content.decode()

    assert "ket-qua.docx không có chữ, cũng không có hình nên chưa chứng minh được sản phẩm." in answer
    assert the_product(task).state == ProductState.MISSING
    assert blank.name in answer, "it need not be sent again to be looked at"


def test_a_blank_document_beside_a_good_paper_is_marked_for_who_looks_at_it(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    blank = upload(ministry, "phu-luc.docx", content=word(""))
    post(client_of("focal"), "hand_in", the_product(task).pk, files=[str(blank.pk)], paper="15/BC-VP")

    decide = client_of("officer").get(reverse("programme:decide_product", args=[the_product(task).pk]))

    assert the_product(task).state == ProductState.SUBMITTED
    assert "Văn bản này không có chữ, cũng không có hình." in decide.content.decode()
    assert "Văn bản này không có chữ, cũng không có hình." in page(client_of("focal"), task)


def test_a_papers_page_leads_back_to_its_task(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    sent = upload(ministry)
    services.hand_in_product(actor=ministry.focal, product=the_product(task), attachments=[sent])

    html = client_of("officer").get(reverse("files:preview", args=[sent.pk])).content.decode()

    assert f'href="{reverse("programme:plan", args=[task.plan_id])}"' in html
    assert f'href="{reverse("programme:task", args=[task.pk])}?muc=san-pham"' in html
    assert f"{task.number} {task.title}" in html


def test_the_evidence_opens_beside_the_decision_whose_buttons_name_the_acts(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    sent = upload(ministry)
    services.hand_in_product(actor=ministry.focal, product=the_product(task), attachments=[sent], paper="15/BC-VP")

    html = client_of("officer").get(reverse("programme:decide_product", args=[the_product(task).pk])).content.decode()

    assert f'href="{reverse("files:preview", args=[sent.pk])}" target="_blank"' in html
    assert reverse("files:download", args=[sent.pk]) in html
    assert "Lưu ngoài hệ thống: ở đây chỉ có số và ngày." in html
    assert re.findall(r'<button class="[^"]*" name="decision" value="(\w+)">([^<]+)<', html) == [
        ("accept", "Chấp nhận kết quả"),
        ("refuse", "Trả lại đơn vị"),
    ]


def test_a_decision_without_one_of_the_two_acts_is_asked_for(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    """Ctrl+Enter in the remark presses neither."""
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")

    answer = post(client_of("officer"), "decide_product", the_product(task).pk, remark="Tốt").content.decode()

    assert "Hãy chọn một trong hai." in answer
    assert ">Tốt</textarea>" in answer.replace("\n", "")
    assert the_product(task).state == ProductState.SUBMITTED
