"""Guessing passwords: five wrong ones lock the name for that network for a quarter of an hour (QUALITY A8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from caicach.kernel.identity import services
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import PASSWORD

from .signing import is_in, sign_in, words

pytestmark = pytest.mark.django_db

At = Callable[[str], Any]
WRONG = "khong-phai-mat-khau-nay"
LOCKED = "Đã gõ sai nhiều lần. Chờ 15 phút rồi thử lại"
NEW = "con-trau-di-truoc-cai-cay"


def fail(name: str, times: int = 5, *, network: str = "127.0.0.1") -> list[Any]:
    return [sign_in(Client(), name, WRONG, network=network) for _ in range(times)]


def gets_in(name: str = "staff", password: str = PASSWORD, *, network: str = "127.0.0.1") -> bool:
    client = Client()
    sign_in(client, name, password, network=network)
    return is_in(client)


def test_five_wrong_passwords_lock_and_four_do_not(person: Account) -> None:
    fail("staff", 4)
    after_four = gets_in()
    fail("staff", 1)

    locked = sign_in(Client(), "staff")

    assert after_four
    assert LOCKED in words(locked)


def test_a_right_one_in_between_does_not_start_the_count_anew(person: Account) -> None:
    """Else someone with an account of their own would guess without end."""
    fail("staff", 4)
    gets_in()
    fail("staff", 1)

    assert not gets_in()


def test_upper_and_lower_case_are_one_name(person: Account) -> None:
    for name in ("staff", "STAFF", "Staff", "sTaff", "stafF"):
        fail(name, 1)

    assert not gets_in()


def test_it_ends_by_itself_after_a_quarter_of_an_hour(person: Account, at: At) -> None:
    with at("2022-06-20 09:00:00"):
        fail("staff")
    with at("2022-06-20 09:14:59"):
        before = gets_in()
    with at("2022-06-20 09:15:01"):
        after = gets_in()

    assert (before, after) == (False, True)


def test_asking_while_it_is_locked_does_not_make_it_longer(person: Account, at: At) -> None:
    with at("2022-06-20 09:00:00"):
        fail("staff")
    with at("2022-06-20 09:10:00"):
        fail("staff", 3)
    with at("2022-06-20 09:15:01"):
        assert gets_in()


def test_a_stranger_elsewhere_does_not_shut_the_person_out(person: Account) -> None:
    """Names are no secret: the lock is for the name from one network."""
    fail("staff", network="203.0.113.7")

    assert not gets_in(network="203.0.113.7")
    assert gets_in(network="10.1.2.3")


def test_a_name_that_nobody_has_is_locked_all_the_same(person: Account) -> None:
    last_known, last_unknown = fail("staff", 6)[-1], fail("ai-do-khong-co", 6)[-1]

    assert LOCKED in words(last_known)
    assert LOCKED in words(last_unknown)


def test_the_operator_ends_it_with_a_new_password(person: Account) -> None:
    fail("staff")
    services.give_new_password(actor=SYSTEM, account=person, password=NEW)
    client = Client()

    sign_in(client, "staff", NEW)

    assert client.get(reverse("operation:my_work"))["Location"] == reverse("account_change_password")


def test_the_person_ends_it_by_the_link_in_the_mail(person: Account, mailoutbox: Any) -> None:
    """As the message says: wait, or set a new password."""
    fail("staff")
    client = Client()
    client.post(reverse("account_reset_password"), {"email": person.email})
    (link,) = re.findall(r"http://testserver(\S+)", mailoutbox[0].body)
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})

    assert gets_in(password=NEW)


def test_one_network_that_tries_many_names_is_stopped_too(person: Account, at: At) -> None:
    with at("2022-06-20 09:00:00"):
        for number in range(30):
            fail(f"nguoi-{number}", 1, network="203.0.113.7")

        assert not gets_in(network="203.0.113.7")
        assert gets_in(network="10.1.2.3")


def test_the_password_asked_for_again_is_no_way_to_guess_it(person: Account) -> None:
    client = Client()
    sign_in(client, "staff")
    for _ in range(5):
        client.post(reverse("account_reauthenticate"), {"password": WRONG})

    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert answer.status_code in (200, 429)


# --- behind a proxy --------------------------------------------------------------------------------------------------


def through_proxy(name: str, password: str, *, forwarded: str) -> Client:
    client = Client(REMOTE_ADDR="10.0.0.9", headers={"X-Forwarded-For": forwarded})
    client.post(reverse("account_login"), {"login": name, "password": password})
    return client


def test_behind_a_proxy_a_network_is_that_of_the_person(person: Account, settings: Settings) -> None:
    """Else one stranger would lock the whole ministry, since everyone comes from the proxy's address."""
    settings.PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(5):
        through_proxy("staff", WRONG, forwarded=f"198.51.100.{number}, 203.0.113.7")

    guesser = through_proxy("staff", PASSWORD, forwarded="198.51.100.99, 203.0.113.7")
    at_work = through_proxy("staff", PASSWORD, forwarded="192.0.2.44")

    assert not is_in(guesser)
    assert is_in(at_work)
    assert "192.0.2.44" in words(at_work.get(reverse("usersessions_list")))


def test_without_a_proxy_what_the_asker_says_of_itself_counts_for_nothing(person: Account) -> None:
    for number in range(5):
        through_proxy("staff", WRONG, forwarded=f"198.51.100.{number}")

    assert not is_in(through_proxy("staff", PASSWORD, forwarded="203.0.113.7"))
