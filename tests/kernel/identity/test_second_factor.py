"""A second factor: the code of an authenticator app, recovery codes (QUALITY A6). Passkeys: tests/browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from caicach.kernel.audit.models import Entry
from caicach.kernel.identity import services
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import PASSWORD

from .signing import code_now, is_in, prove, sign_in, signed_in, words, wrong_code

pytestmark = pytest.mark.django_db

At = Callable[[str], Any]
NEW = "con-trau-di-truoc-cai-cay"
ENROLLED, LATER, LATER_STILL = "2022-06-20 09:00", "2022-06-20 09:05", "2022-06-20 09:10"


@dataclass
class Phone:
    """What the person keeps after setting the app up."""

    secret: str
    recovery_codes: list[str]


@pytest.fixture
def phone(person: Account, at: At, django_capture_on_commit_callbacks: Any) -> Phone:
    """The person has set up an authenticator app at nine o'clock."""
    with at(ENROLLED), django_capture_on_commit_callbacks(execute=True):
        client = signed_in("staff")
        secret = begin(client)
        client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
        page = words(client.get(reverse("mfa_view_recovery_codes")))
    codes = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert codes is not None
    return Phone(secret, codes.group(1).split())


def begin(client: Client) -> str:
    prove(client)
    page = words(client.get(reverse("mfa_activate_totp")))
    found = re.search(r'value="([A-Z2-7]{32})"', page)
    assert found is not None
    return found.group(1)


def half_way_in() -> Client:
    """The password has been given, the code not yet."""
    client = Client()
    answer = sign_in(client, "staff")
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    return client


def give(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_the_code_on_the_phone_lets_in_after_the_password(phone: Phone, at: At) -> None:
    with at(LATER):
        client = half_way_in()
        before = is_in(client)
        give(client, code_now(phone.secret))
        after = is_in(client)

    assert (before, after) == (False, True)


def test_a_wrong_code_is_said_to_be_wrong_and_lets_nobody_in(phone: Phone, at: At) -> None:
    with at(LATER):
        client = half_way_in()
        answer = give(client, wrong_code(phone.secret))

        assert "Mã chưa đúng" in words(answer)
        assert not is_in(client)


@pytest.mark.parametrize("code", ["\x00", "0" * 10_000, "１２３４５６", "🏛", "12 34 56", ""])
def test_an_odd_code_is_turned_away(phone: Phone, at: At, code: str) -> None:
    with at(LATER):
        client = half_way_in()
        answer = give(client, code)

        assert answer.status_code == 200
        assert not is_in(client)


def test_a_code_seen_over_the_shoulder_is_worth_nothing(phone: Phone, at: At) -> None:
    with at(LATER):
        code = code_now(phone.secret)
        give(half_way_in(), code)
        again = half_way_in()
        give(again, code)

        assert not is_in(again)


def test_five_wrong_codes_lock_even_the_right_one_out_for_a_while(phone: Phone, at: At) -> None:
    with at(LATER):
        client = half_way_in()
        for _ in range(5):
            give(client, wrong_code(phone.secret))
        give(client, code_now(phone.secret))
        locked = is_in(client)
    with at("2022-06-20 09:20:01"):
        client = half_way_in()
        give(client, code_now(phone.secret))
        assert (locked, is_in(client)) == (False, True)


def test_a_recovery_code_lets_in_once(phone: Phone, at: At) -> None:
    code = phone.recovery_codes[3]
    with at(LATER):
        first = half_way_in()
        give(first, code)
    with at(LATER_STILL):
        second = half_way_in()
        give(second, code)
        assert (is_in(first), is_in(second)) == (True, False)


def test_there_are_ten_and_all_differ(phone: Phone) -> None:
    assert len(set(phone.recovery_codes)) == 10


def test_the_app_is_set_up_only_by_a_code_that_fits(person: Account, at: At) -> None:
    with at(ENROLLED):
        client = signed_in("staff")
        secret = begin(client)
        client.post(reverse("mfa_activate_totp"), {"code": wrong_code(secret)})

    assert not Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]
)
def test_what_concerns_second_factors_asks_who_one_is_again(phone: Phone, at: At, name: str) -> None:
    """A colleague's open screen is no way to a key of one's own."""
    with at(LATER):
        client = half_way_in()
        give(client, code_now(phone.secret))

        answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


def test_a_new_password_by_mail_does_not_go_round_the_second_factor(
    phone: Phone, person: Account, at: At, mailoutbox: Any
) -> None:
    with at(LATER):
        client = Client()
        client.post(reverse("account_reset_password"), {"email": person.email})
        (link,) = re.findall(r"http://testserver(\S+)", mailoutbox[-1].body)
        client.post(client.get(link)["Location"], {"password1": NEW, "password2": NEW})
        by_the_link = is_in(client)
        answer = sign_in(client, "staff", NEW)

    assert not by_the_link
    assert answer["Location"].startswith(reverse("mfa_authenticate"))


def test_nor_does_one_from_the_operator(phone: Phone, person: Account, at: At) -> None:
    services.give_new_password(actor=SYSTEM, account=person, password=NEW)

    with at(LATER):
        answer = sign_in(Client(), "staff", NEW)

    assert answer["Location"].startswith(reverse("mfa_authenticate"))


def test_the_operator_takes_a_lost_phone_off_and_ends_what_is_open(phone: Phone, person: Account, at: At) -> None:
    with at(LATER):
        lost = half_way_in()
        give(lost, code_now(phone.secret))
        services.remove_second_factors(actor=SYSTEM, account=person)
        client = Client()
        sign_in(client, "staff")

        assert not is_in(lost)
        assert is_in(client)
    assert not Authenticator.objects.filter(user=person).exists()


def test_the_journal_says_what_became_of_the_factors_and_who_failed(phone: Phone, person: Account, at: At) -> None:
    with at(LATER):
        client = half_way_in()
        give(client, wrong_code(phone.secret))

    changed = Entry.objects.filter(use_case="identity.note_factor_change", account_ref=person.pk)
    assert "totp_activated" in changed.values_list("note", flat=True)
    assert Entry.objects.filter(use_case="identity.refuse_sign_in").count() == 1


def test_giving_up_half_way_leaves_nobody_in(phone: Phone, at: At) -> None:
    with at(LATER):
        client = half_way_in()
        for name in ("operation:my_work", "usersessions_list", "mfa_index", "account_change_password"):
            assert client.get(reverse(name)).status_code == 302


def test_the_password_given_before_the_code_is_needed_still(phone: Phone, at: At) -> None:
    with at(LATER):
        client = Client()
        give(client, code_now(phone.secret))

        assert not is_in(client)


def test_the_sign_in_works_from_password_to_page_in_one_go(phone: Phone, at: At) -> None:
    """And leads to where one wanted to go."""
    target = reverse("identity:absence")
    with at(LATER):
        client = Client()
        asked = client.post(reverse("account_login"), {"login": "staff", "password": PASSWORD, "next": target})
        answer = client.post(asked["Location"], {"code": code_now(phone.secret)})

    assert answer["Location"] == target
