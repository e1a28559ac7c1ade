"""A reason that one of the choices needs is not called optional, and an act has one name wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.measurement.programme import services
from caicach.measurement.programme.models import PlanTask, TaskProduct
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TaskNamed = Callable[[str], PlanTask]


@pytest.fixture(autouse=True)
def before_the_deadline(at: Any) -> Any:
    with at("2022-06-01 09:00"):
        yield


def test_no_reason_that_may_be_needed_is_called_optional(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    (product,) = TaskProduct.objects.select_related("task__plan", "task__lead").filter(task=task)
    returning = client_of("focal").get(reverse("programme:answer_task", args=[task.pk])).content.decode()
    services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="chờ thiết bị")
    services.hand_in_product(actor=ministry.focal, product=product, paper="15/BC")
    officer = client_of("officer")
    refusing = officer.get(reverse("programme:decide_product", args=[product.pk])).content.decode()
    deciding = officer.get(reverse("programme:decide_extension", args=[task.pk])).content.decode()

    for page in (returning, refusing, deciding):
        assert "<textarea" in page
        assert "không bắt buộc" not in page


def test_deciding_on_an_extension_has_the_same_two_names_on_the_task_and_in_its_form(
    task_named: TaskNamed, client_of: ClientOf, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="chờ thiết bị")
    officer = client_of("officer")

    for name in ("task", "decide_extension"):
        page = officer.get(reverse(f"programme:{name}", args=[task.pk])).content.decode()
        assert ">Đồng ý gia hạn<" in page
        assert ">Giữ nguyên hạn<" in page
