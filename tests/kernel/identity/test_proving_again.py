"""Before rights are given or taken, whoever sits there proves again who they are (QUALITY A6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import services
from caicach.kernel.identity.models import Account, Delegation, Unit
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import Ministry

from .signing import prove, signed_in, with_password, words

pytestmark = pytest.mark.django_db

At = Callable[[str], Any]
NOON = "2022-06-20 12:00:00"


@pytest.fixture
def operator(ministry: Ministry, at: At) -> Client:
    """Signed in at noon."""
    with_password(ministry.accounts["operator"])
    with at(NOON):
        return signed_in("operator")


@pytest.fixture
def sensitive(ministry: Ministry) -> dict[str, str]:
    """Addresses whose form gives or takes rights."""
    staff = ministry.accounts["staff"]
    away: Delegation = services.delegate(
        actor=SYSTEM,
        giver=staff,
        receiver=ministry.accounts["head"],
        valid_from=date(2022, 6, 20),
        valid_to=date(2022, 6, 25),
    )
    of_account = {
        name: reverse(f"operation:{name}", args=[staff.pk])
        for name in (
            "give_new_password",
            "remove_second_factors",
            "shut_account",
            "open_account",
            "grant_role",
            "name_stand_in",
        )
    }
    return {
        **of_account,
        "create_account": reverse("operation:create_account"),
        "end_role": reverse("operation:end_role", args=[staff.pk, staff.assignments.get().pk]),
        "end_stand_in": reverse("operation:end_stand_in", args=[staff.pk, away.pk]),
        "move_unit": reverse("operation:move_unit", args=[ministry.units["PC"].pk]),
        "end_unit": reverse("operation:end_unit", args=[ministry.units["PC"].pk]),
    }


def is_asked(answer: Any) -> bool:
    return answer.status_code == 302 and "reauthenticate" in answer["Location"]


def state() -> Iterator[Any]:
    yield list(Account.objects.order_by("pk").values())
    yield list(Unit.objects.order_by("pk").values())
    yield list(Delegation.objects.order_by("pk").values())


def test_a_quarter_of_an_hour_after_signing_in_each_of_them_asks_and_does_nothing(
    operator: Client, sensitive: dict[str, str], at: At
) -> None:
    before = list(state())
    with at("2022-06-20 12:15:01"):
        silent = [name for name, address in sensitive.items() if not is_asked(operator.post(address))]

    assert silent == []
    assert list(state()) == before


def test_sooner_none_of_them_asks(operator: Client, sensitive: dict[str, str], at: At) -> None:
    with at("2022-06-20 12:14:00"):
        # An empty form: refused beside its fields or done, but not asked who one is.
        asking = [name for name, address in sensitive.items() if is_asked(operator.post(address))]

    assert asking == []


def test_reading_the_pages_does_not_ask(operator: Client, ministry: Ministry, at: At) -> None:
    with at("2022-06-20 12:20:00"):
        answer = operator.get(reverse("operation:grant_role", args=[ministry.accounts["staff"].pk]))

    assert answer.status_code == 200


def test_a_wrong_password_does_not_prove_it(operator: Client, sensitive: dict[str, str], at: At) -> None:
    with at("2022-06-20 12:20:00"):
        operator.post(sensitive["shut_account"])
        answer = prove(operator, "khong-phai-mat-khau-nay")
        again = operator.post(sensitive["shut_account"])

    assert "Mật khẩu" in words(answer)
    assert is_asked(again)
    assert Account.objects.get(username="staff").is_active


def test_the_right_one_does_what_was_asked_and_is_good_for_a_quarter_of_an_hour_more(
    operator: Client, sensitive: dict[str, str], at: At
) -> None:
    with at("2022-06-20 12:20:00"):
        asked = operator.post(sensitive["shut_account"])
        operator.post(asked["Location"], {"password": "mot-chuoi-rat-dai-cho-thu"})
        shut = not Account.objects.get(username="staff").is_active
    with at("2022-06-20 12:34:00"):
        later = operator.post(sensitive["open_account"])

    assert shut
    assert not is_asked(later)
