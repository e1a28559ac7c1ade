"""Papers of a refused handing in stand apart with the reason, and the timeline tells every handing in."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from caicach.measurement.programme import services
from caicach.measurement.programme.models import Evidence
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, page, the_product, upload

pytestmark = pytest.mark.django_db


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def refused_once(task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(
        actor=ministry.focal, product=the_product(task), attachments=[upload(ministry, "baocao.txt")]
    )
    services.refuse_product(actor=ministry.officer, product=the_product(task), remark="Thiếu chữ ký")


def handed_in_again(task_named: TaskNamed, ministry: Ministry) -> None:
    again = upload(ministry, "baocao.txt", content="Báo cáo đã ký".encode())
    services.hand_in_product(actor=ministry.focal, product=the_product(task_named("Số hóa")), attachments=[again])


def test_the_officer_decides_on_the_new_papers_with_the_last_reason_beside(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    refused_once(task_named, ministry)
    handed_in_again(task_named, ministry)
    old, new = Evidence.objects.order_by("pk")

    shown = (
        client_of("officer")
        .get(reverse("programme:decide_product", args=[the_product(task_named("Số hóa")).pk]))
        .content.decode()
    )

    assert "Không đạt ngày" in shown
    assert "Thiếu chữ ký" in shown
    assert reverse("files:preview", args=[new.attachment_id]) in shown
    assert reverse("files:preview", args=[old.attachment_id]) not in shown


def test_the_refused_paper_stays_marked_once_the_product_is_accepted(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    refused_once(task_named, ministry)
    handed_in_again(task_named, ministry)
    services.accept_product(actor=ministry.officer, product=the_product(task_named("Số hóa")))

    told = words(page(client_of("focal"), task_named("Số hóa"), muc="san-pham"))

    assert len(re.findall(r"baocao\.txt Không đạt ngày \d\d/\d\d/\d{4}: Thiếu chữ ký", told)) == 1


def test_refused_papers_alone_are_no_evidence_of_a_new_handing_in(task_named: TaskNamed, ministry: Ministry) -> None:
    refused_once(task_named, ministry)

    with pytest.raises(services.EvidenceMissing):
        services.hand_in_product(actor=ministry.focal, product=the_product(task_named("Số hóa")))


def test_programs_learn_which_papers_prove_nothing(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    refused_once(task_named, ministry)
    handed_in_again(task_named, ministry)
    services.accept_product(actor=ministry.officer, product=the_product(task_named("Số hóa")))

    told = client_of("focal").get(f"/api/programme/tasks/{task_named('Số hóa').pk}").json()

    (product,) = told["products"]
    refused_at = {paper["refused_at"] is not None for paper in product["evidence"]}
    assert (len(product["evidence"]), refused_at) == (2, {True, False})


def test_a_refused_paper_is_used_nowhere(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    refused_once(task_named, ministry)
    paper = Evidence.objects.select_related("attachment").get()
    other = the_product(task_named("Công khai"))
    services.hand_in_product(actor=ministry.focal, product=other, attachments=[paper.attachment])

    shown = words(page(client_of("focal"), task_named("Công khai"), muc="san-pham"))

    assert "baocao.txt" in shown
    assert "dùng ở" not in shown


def test_the_same_file_again_is_a_paper_again_and_taking_it_back_leaves_the_refused_one(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    refused_once(task_named, ministry)
    product = the_product(task_named("Số hóa"))
    paper = Evidence.objects.select_related("attachment").get()
    services.hand_in_product(actor=ministry.focal, product=product, attachments=[paper.attachment])
    services.withdraw_product(actor=ministry.focal, product=the_product(product.task))

    paper.attachment.refresh_from_db()
    assert list(Evidence.objects.all()) == [paper]
    assert paper.attachment.detached_at is None


def test_the_timeline_tells_every_handing_in_taking_back_and_refusal_with_files(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    refused_once(task_named, ministry)
    handed_in_again(task_named, ministry)
    services.withdraw_product(actor=ministry.focal, product=the_product(task_named("Số hóa")))
    handed_in_again(task_named, ministry)

    told = words(page(client_of("focal"), task_named("Số hóa"), moc="tat-ca"))

    assert told.count("Nộp sản phẩm:") == 3
    assert told.count("Đơn vị rút lại:") == 1
    assert "Thiếu chữ ký. Người giữ vai officer" in told
    assert told.count("baocao.txt. Người giữ vai focal") == 4


def test_the_history_names_the_files(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    refused_once(task_named, ministry)

    address = reverse("programme:task_history", args=[task_named("Số hóa").pk])

    assert "Tệp: baocao.txt" in words(client_of("focal").get(address).content.decode())
