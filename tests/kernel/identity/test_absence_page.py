"""The page on which a person says who stands in for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import services
from caicach.kernel.identity.models import Delegation
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import Ministry

from .signing import words

pytestmark = pytest.mark.django_db

At = Callable[[str], Any]
PAGE = "identity:absence"


@pytest.fixture
def head(ministry: Ministry, at: At) -> Any:
    with at("2022-06-20 09:00"):
        client = Client()
        client.force_login(ministry.accounts["head"])
        yield client


def asked(ministry: Ministry, **changed: Any) -> dict[str, Any]:
    form = {
        "receiver": ministry.accounts["staff"].pk,
        "valid_from": "27/06/2022",
        "last_day": "01/07/2022",
        "reason": "Đi công tác Cần Thơ",
    }
    return {**form, **changed}


def test_both_people_read_who_stands_in_and_until_which_day(head: Client, ministry: Ministry) -> None:
    head.post(reverse(PAGE), asked(ministry))
    receiver = Client()
    receiver.force_login(ministry.accounts["staff"])

    own, theirs = words(head.get(reverse(PAGE))), words(receiver.get(reverse(PAGE)))

    assert "Người giữ vai staff" in own
    assert "27/06/2022 - 01/07/2022, Đi công tác Cần Thơ" in own
    assert "Người giữ vai head" in theirs
    assert "27/06/2022 - 01/07/2022" in theirs
    # Why someone is away is not for everyone who helps out.
    assert "Cần Thơ" not in theirs


def test_people_do_not_read_of_others_absences(head: Client, ministry: Ministry) -> None:
    head.post(reverse(PAGE), asked(ministry))
    other = Client()
    other.force_login(ministry.accounts["focal"])

    assert "27/06/2022" not in words(other.get(reverse(PAGE)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last_day": "26/06/2022"}, "Ngày cuối không được trước ngày đầu"),
        ({"receiver": ""}, "id_receiver_error"),
        ({"receiver": "999999"}, "id_receiver_error"),
        ({"valid_from": "ngày mai"}, "id_valid_from_error"),
        ({"valid_from": "31/06/2022"}, "id_valid_from_error"),
        ({"last_day": "01/07/99999"}, "id_last_day_error"),
        ({"last_day": "31/12/9999"}, "id_last_day_error"),
        ({"reason": "x" * 251}, "id_reason_error"),
        ({"reason": "Đi\x00họp"}, "id_reason_error"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_is_said_beside_the_field(
    head: Client, ministry: Ministry, wrong: dict[str, Any], said: str
) -> None:
    answer = head.post(reverse(PAGE), asked(ministry, **wrong))

    assert answer.status_code in (200, 422)
    assert said in words(answer)
    assert not Delegation.objects.exists()


def test_one_does_not_choose_oneself_or_someone_who_has_left(head: Client, ministry: Ministry) -> None:
    services.disable_account(actor=SYSTEM, account=ministry.accounts["neighbour"])

    page = words(head.get(reverse(PAGE)))

    assert f'<option value="{ministry.accounts["staff"].pk}"' in page
    assert f'<option value="{ministry.accounts["head"].pk}"' not in page
    assert f'<option value="{ministry.accounts["neighbour"].pk}"' not in page


def test_who_runs_the_system_or_audits_it_is_not_offered(head: Client, ministry: Ministry) -> None:
    page = words(head.get(reverse(PAGE)))
    sent = head.post(reverse(PAGE), asked(ministry, receiver=ministry.accounts["auditor"].pk))

    for kept_apart in ("operator", "auditor"):
        assert f'<option value="{ministry.accounts[kept_apart].pk}"' not in page
    assert "id_receiver_error" in words(sent)
    assert not Delegation.objects.exists()


def test_every_page_says_for_whom_one_stands_in(head: Client, ministry: Ministry, at: At) -> None:
    head.post(reverse(PAGE), asked(ministry))
    receiver = Client()
    receiver.force_login(ministry.accounts["staff"])
    before = words(receiver.get(reverse("operation:my_work")))

    with at("2022-06-27 09:00"):
        receiver.force_login(ministry.accounts["staff"])
        within = words(receiver.get(reverse("operation:my_work")))

    assert "Đang làm thay: Người giữ vai head" not in before
    assert "Đang làm thay: Người giữ vai head" in within


def test_a_stand_in_of_someone_else_is_not_ended_nor_known_of(head: Client, ministry: Ministry) -> None:
    head.post(reverse(PAGE), asked(ministry))
    delegation = Delegation.objects.get()
    receiver = Client()
    receiver.force_login(ministry.accounts["staff"])

    there = receiver.post(reverse("identity:end_absence", args=[delegation.pk]))
    nowhere = receiver.post(reverse("identity:end_absence", args=[999_999]))

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert Delegation.objects.filter(pk=delegation.pk).exists()


def test_what_is_over_is_no_longer_shown(head: Client, ministry: Ministry, at: At) -> None:
    head.post(reverse(PAGE), asked(ministry))
    with at("2022-07-01 17:00"):
        head.force_login(ministry.accounts["head"])
        on_the_last_day = words(head.get(reverse(PAGE)))
    with at("2022-07-02 08:00"):
        head.force_login(ministry.accounts["head"])
        on_the_day_after = words(head.get(reverse(PAGE)))

    assert "27/06/2022 - 01/07/2022" in on_the_last_day
    assert "27/06/2022 - 01/07/2022" not in on_the_day_after


def test_the_stand_in_sees_their_pages_during_the_absence_and_not_before(ministry: Ministry, at: At) -> None:
    auditor_away = {"valid_from": "27/06/2022", "last_day": "01/07/2022"}
    client, told = Client(), []
    with at("2022-06-20 09:00"):
        giver = Client()
        giver.force_login(ministry.accounts["auditor"])
        giver.post(reverse(PAGE), asked(ministry, **auditor_away))
    for moment in ("2022-06-26 23:59", "2022-06-27 00:00", "2022-07-01 23:59", "2022-07-02 00:00"):
        with at(moment):
            client.force_login(ministry.accounts["staff"])
            told.append(client.get(reverse("operation:accounts")).status_code)

    assert told == [403, 200, 200, 403]
