"""A unit takes a request for a later deadline back, as long as nobody has answered it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from caicach.kernel.usecase.errors import InvalidInput
from caicach.measurement.programme import services
from caicach.measurement.programme.models import ExtensionRequest, ExtensionState
from caicach.measurement.programme.services.deadlines import UnableToExtend
from tests.ministry import Ministry

from .task_pages import ClientOf, TaskNamed, page, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    """20/06/2022."""
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def asked(task_named: TaskNamed, ministry: Ministry) -> ExtensionRequest:
    request: ExtensionRequest = services.ask_extension(
        actor=ministry.focal, task=task_named("Số hóa"), new_deadline=date(2022, 12, 30), reason="Chờ cổng quốc gia"
    )
    return request


def test_on_the_page_and_another_day_can_be_asked_for(
    asked: ExtensionRequest, client_of: ClientOf, ministry: Ministry
) -> None:
    address = reverse("programme:withdraw_extension", args=[asked.task_id])
    assert f'href="{address}"' in page(client_of("focal"), asked.task)
    for who in ("officer", "leader"):
        assert address not in page(client_of(who), asked.task)

    answer = post(client_of("focal"), "withdraw_extension", asked.task_id, seen=asked.pk)

    assert answer.status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (ExtensionState.WITHDRAWN, ministry.accounts["focal"])
    shown = page(client_of("officer"), asked.task)
    assert "Rút đề nghị gia hạn" in shown
    assert reverse("programme:decide_extension", args=[asked.task_id]) not in shown
    services.ask_extension(actor=ministry.focal, task=asked.task, new_deadline=date(2022, 11, 30), reason="Ngày khác")


def test_over_the_api(asked: ExtensionRequest, client_of: ClientOf) -> None:
    address = f"/api/programme/tasks/{asked.task_id}/extensions/withdraw"

    answer = client_of("focal").post(address, {"request": asked.pk}, content_type="application/json")
    again = client_of("focal").post(address, {}, content_type="application/json")

    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert again.status_code == 404


@pytest.mark.parametrize("is_granted", [True, False])
def test_what_was_answered_is_not_taken_back(asked: ExtensionRequest, ministry: Ministry, is_granted: bool) -> None:
    services.decide_extension(actor=ministry.officer, request=asked, is_granted=is_granted, remark="Đã cân nhắc")

    with pytest.raises(UnableToExtend):
        services.withdraw_extension(actor=ministry.focal, request=asked)


def test_who_decides_second_is_told(asked: ExtensionRequest, ministry: Ministry) -> None:
    services.withdraw_extension(actor=ministry.focal, request=asked)

    with pytest.raises(UnableToExtend):
        services.decide_extension(actor=ministry.officer, request=asked, is_granted=True)

    asked.task.refresh_from_db()
    assert asked.task.deadline == asked.old_deadline


def test_a_long_decision_is_refused_and_not_cut(task_named: TaskNamed, ministry: Ministry) -> None:
    with pytest.raises(InvalidInput):
        services.ask_to_cancel_task(actor=ministry.officer, task=task_named("Số hóa"), decision="5" * 201)
