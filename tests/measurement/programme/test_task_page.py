"""The page of one task: what each person sees and is offered there, and its acts as pages of their own."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan
from caicach.measurement.programme.queries.task_page import task_records
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, page, post, the_product, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    """20/06/2022."""
    with at("2022-06-20 09:00"):
        yield


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


def test_the_head_offers_no_urging_while_the_officer_has_to_look(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task, urge = task_named("Số hóa"), f'"{reverse("programme:urge")}'
    assert urge in page(client_of("officer"), task)

    product = services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    assert urge not in page(client_of("officer"), task)

    services.refuse_product(actor=ministry.officer, product=product, remark="Thiếu chữ ký")
    assert urge in page(client_of("officer"), task)


def test_the_head_offers_no_urging_about_what_the_unit_returned(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.return_task(actor=ministry.focal, task=task, reason="Không đúng chức năng")

    assert f'"{reverse("programme:urge")}' not in page(client_of("officer"), task)


def test_taking_the_task_on_is_a_main_event(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.accept_task(actor=ministry.focal, task=task)

    assert "Văn phòng Bộ nhận nhiệm vụ" in page(client_of("leader"), task)


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
    assert "Người giữ vai officer ghi “10/06/2022” khi rà soát kế hoạch" in beside
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
    # 8. changes of the plan  9. notes  10. comments  11. reminders
    # 12. steps of the draft  13. entries of the journal counted
    # 14. to 17. the journal of the products  18. papers in it  19. names of their files
    with django_assert_num_queries(19):
        records = task_records(actor=officer, pk=task.pk, today=date(2022, 6, 20))
        told = [str(note.by) for note in records.notes] + [str(said.by) for said in records.comments]

    assert len(told) == 2 * number


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


def test_not_started_and_without_a_deadline_have_shapes_of_their_own(plan: Plan, client_of: ClientOf) -> None:
    html = client_of("leader").get("/viec-cua-toi/").content.decode()

    assert re.search(r"#shape-dots.{0,60}Chưa bắt đầu", html, re.S)
    assert not re.search(r"#shape-dash.{0,60}Chưa bắt đầu", html, re.S)
