"""A unit takes back what it handed in by mistake, as long as nobody has decided on it."""

from __future__ import annotations

from copy import copy
from typing import Any

import pytest
from django.urls import reverse

from caicach.kernel.files.models import Attachment
from caicach.measurement.programme import services
from caicach.measurement.programme.models import ProductState
from caicach.measurement.programme.services.products import NotHandedIn
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, page, post, the_product, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    """20/06/2022."""
    with at("2022-06-20 09:00"):
        yield


def test_it_is_missing_again_and_its_papers_are_shut(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task, sent = task_named("Số hóa"), upload(ministry)
    services.hand_in_product(actor=ministry.focal, product=the_product(task), attachments=[sent], paper="15/BC-VP")
    address = reverse("programme:withdraw_product", args=[the_product(task).pk])
    assert f'href="{address}"' in page(client_of("focal"), task)

    asked = client_of("focal").get(address).content.decode()
    answer = post(client_of("focal"), "withdraw_product", the_product(task).pk)

    assert "bien-ban.txt" in asked
    assert "15/BC-VP" in asked
    assert answer.status_code == 302
    product = the_product(task)
    assert (product.state, product.submitted_on, product.submitted_by) == (ProductState.MISSING, None, None)
    assert not product.evidence.exists()
    for who in ("officer", "focal"):
        assert client_of(who).get(reverse("files:download", args=[sent.pk])).status_code == 404
    assert "Còn thiếu" in page(client_of("officer"), task)


def test_nobody_else_is_offered_it(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    address = reverse("programme:withdraw_product", args=[the_product(task).pk])

    assert address in page(client_of("head"), task)
    for who in ("officer", "leader", "auditor", "staff"):
        assert address not in page(client_of(who), task)
        assert client_of(who).post(address).status_code == 403


@pytest.mark.parametrize("decide", ["accept", "refuse"])
def test_what_was_decided_on_is_not_taken_back(decide: str, task_named: TaskNamed, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    product = services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    seen_before = copy(product)
    if decide == "refuse":
        services.refuse_product(actor=ministry.officer, product=product, remark="Thiếu chữ ký")
    else:
        other = services.add_product(actor=ministry.focal, task=task, name="Báo cáo thứ hai")
        services.accept_product(actor=ministry.officer, product=product)
        assert other.state == ProductState.MISSING, "the task stays open"

    with pytest.raises(NotHandedIn, match="đã được nghiệm thu hoặc chưa nộp"):
        services.withdraw_product(actor=ministry.focal, product=seen_before)

    product.refresh_from_db()
    assert product.evidence.count() == 1


def test_the_officer_who_comes_second_is_told(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    services.withdraw_product(actor=ministry.focal, product=the_product(task))

    answer = post(client_of("officer"), "decide_product", the_product(task).pk, decision="accept")

    assert "Sản phẩm này không ở trạng thái chờ xem." in answer.content.decode()
    task.refresh_from_db()
    assert task.done_on is None


def test_papers_that_were_decided_on_before_stay(task_named: TaskNamed, ministry: Ministry, at: Any) -> None:
    task = task_named("Số hóa")
    product = services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    services.refuse_product(actor=ministry.officer, product=product, remark="Thiếu chữ ký")
    with at("2022-06-21 09:00"):
        services.hand_in_product(
            actor=ministry.focal, product=product, attachments=[upload(ministry, "nham.txt")], paper="16/BC-VP"
        )
        services.withdraw_product(actor=ministry.focal, product=product)

    assert [one.paper for one in product.evidence.all()] == ["15/BC-VP"]
    assert Attachment.objects.get(name="nham.txt").detached_at is not None


def test_the_day_of_the_new_handing_in_counts(task_named: TaskNamed, ministry: Ministry, at: Any) -> None:
    product = the_product(task_named("Số hóa"))
    services.hand_in_product(actor=ministry.focal, product=product, paper="15/BC-VP")
    services.withdraw_product(actor=ministry.focal, product=product)
    with at("2022-06-22 09:00"):
        services.hand_in_product(actor=ministry.focal, product=product, paper="16/BC-VP")
        services.accept_product(actor=ministry.officer, product=product)

    assert str(product.task.done_on) == "2022-06-22"


def test_history_tells_who_took_it_back(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    services.withdraw_product(actor=ministry.focal, product=the_product(task))

    html = client_of("officer").get(reverse("programme:task_history", args=[task.pk])).content.decode()

    assert "Rút lại sản phẩm đã nộp" in html
    assert "Trạng thái: Chờ xem thành Còn thiếu" in html


def test_over_the_api(task_named: TaskNamed, client_of: ClientOf, ministry: Ministry) -> None:
    task = task_named("Số hóa")
    services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
    address = f"/api/programme/products/{the_product(task).pk}/withdraw"

    first = client_of("focal").post(address, content_type="application/json")
    again = client_of("focal").post(address, content_type="application/json")

    assert (first.status_code, first.json()["state"]) == (200, "missing")
    assert (again.status_code, again.json()["code"]) == (409, "programme.not_handed_in")
