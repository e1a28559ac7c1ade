"""A product that was accepted by mistake is looked at again: nothing decided stays wrong for ever."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted
from caicach.measurement.programme import services, work
from caicach.measurement.programme.models import ProductState, TaskProduct
from caicach.measurement.programme.services.products import LONGEST_NAME, MOST_FILES
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, page, post, the_product, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    """20/06/2022."""
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def accepted(task_named: TaskNamed, ministry: Ministry, at: Any) -> TaskProduct:
    """The only product of its task, which is done by it; its unit had reported 60 per cent."""
    task = task_named("Số hóa")
    with at("2022-06-09 09:00"):
        services.report_progress(actor=ministry.focal, task=task, progress=60, text="Xong phần lớn")
    with at("2022-06-10 09:00"):
        services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    return services.accept_product(actor=ministry.officer, product=the_product(task))  # type: ignore[no-any-return]


def test_the_task_is_open_again_as_its_unit_left_it(accepted: TaskProduct, ministry: Ministry) -> None:
    assert accepted.task.done_on == date(2022, 6, 10)

    services.take_back_acceptance(actor=ministry.officer, product=accepted, reason="Nhầm nhiệm vụ")

    product = the_product(accepted.task)
    assert (product.state, product.submitted_on, product.decided_at) == (
        ProductState.SUBMITTED,
        date(2022, 6, 10),
        None,
    )
    task = product.task
    assert (task.done_on, task.progress, task.handed_in_on) == (None, 60, date(2022, 6, 10))
    assert [paper.paper for paper in product.evidence.all()] == ["15/BC-VP"]


def test_it_can_be_accepted_or_refused_anew(accepted: TaskProduct, ministry: Ministry) -> None:
    product = services.take_back_acceptance(actor=ministry.officer, product=accepted, reason="Nhầm")

    services.refuse_product(actor=ministry.officer, product=product, remark="Thiếu chữ ký")

    assert the_product(accepted.task).state == ProductState.REFUSED


def test_the_officer_does_it_on_the_page_and_the_unit_reads_why(
    accepted: TaskProduct, client_of: ClientOf, ministry: Ministry
) -> None:
    address = reverse("programme:take_back_acceptance", args=[accepted.pk])
    assert f'href="{address}"' in page(client_of("officer"), accepted.task)
    for who in ("focal", "head", "leader", "auditor"):
        assert address not in page(client_of(who), accepted.task)
        assert client_of(who).post(address).status_code == 403

    without_reason = client_of("officer").post(address, {"reason": " "}).content.decode()
    answer = post(client_of("officer"), "take_back_acceptance", accepted.pk, reason="Nhầm nhiệm vụ")

    assert "Nêu lý do xem lại." in without_reason
    assert answer.status_code == 302
    assert "Nhầm nhiệm vụ" in page(client_of("focal"), accepted.task)
    history = client_of("officer").get(reverse("programme:task_history", args=[accepted.task_id])).content.decode()
    assert "Rút lại việc nghiệm thu" in history


@pytest.mark.parametrize("name", ["take_back_acceptance", "decide_product"])
def test_no_form_is_shown_that_cannot_succeed(
    name: str, accepted: TaskProduct, client_of: ClientOf, ministry: Ministry
) -> None:
    if name == "take_back_acceptance":
        services.take_back_acceptance(actor=ministry.officer, product=accepted, reason="Nhầm")

    answer = client_of("officer").get(reverse(f"programme:{name}", args=[accepted.pk]))

    assert answer.status_code == 409
    assert "<textarea" not in answer.content.decode()


def test_without_a_reason_or_a_second_time_nothing_happens(accepted: TaskProduct, ministry: Ministry) -> None:
    with pytest.raises(InvalidInput):
        services.take_back_acceptance(actor=ministry.officer, product=accepted, reason="  ")
    services.take_back_acceptance(actor=ministry.officer, product=accepted, reason="Nhầm")

    with pytest.raises(services.NotAccepted):
        services.take_back_acceptance(actor=ministry.officer, product=accepted, reason="Nhầm")


# --- who looks at what --------------------------------------------------------------------------------------------


def test_nobody_accepts_what_they_added_a_paper_to(task_named: TaskNamed, ministry: Ministry) -> None:
    """QUALITY A12: also when another person's paper was the first, or the last."""
    task = task_named("Số hóa")
    both = ministry.accounts["officer"]
    since = date(2022, 1, 1)
    identity.grant_role(actor=SYSTEM, account=both, role=Role.FOCAL_POINT, unit=task.lead, valid_from=since)
    officer = ministry.officer
    product = services.hand_in_product(actor=officer, product=the_product(task), paper="15/BC-VP")
    services.hand_in_product(actor=ministry.focal, product=product, paper="16/BC-VP")

    with pytest.raises(NotPermitted):
        services.accept_product(actor=officer, product=the_product(task))

    assert the_product(task).submitted_by == both, "who handed it in first, with the day of that"
    assert not work._products(officer).exists()


def test_what_is_too_much_is_refused_and_nothing_is_cut(task_named: TaskNamed, ministry: Ministry) -> None:
    product = the_product(task_named("Số hóa"))
    many = [upload(ministry, f"ban-{number}.txt") for number in range(MOST_FILES + 1)]

    for wrong in ({"paper": "x" * (LONGEST_NAME + 1)}, {"attachments": many}):
        with pytest.raises(InvalidInput):
            services.hand_in_product(actor=ministry.focal, product=product, **wrong)

    assert not the_product(product.task).evidence.exists()


def test_a_paper_that_was_refused_is_marked_where_it_is_offered_again(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    product = the_product(task_named("Số hóa"))
    services.hand_in_product(actor=ministry.focal, product=product, attachments=[upload(ministry)])
    services.refuse_product(actor=ministry.officer, product=product, remark="Thiếu chữ ký")

    offered = client_of("focal").get(reverse("programme:hand_in", args=[product.pk])).content.decode()

    assert "Không đạt ngày 20/06/2022" in offered
