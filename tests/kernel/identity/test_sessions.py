"""Where one is signed in, and how that ends (QUALITY A10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import services
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import PASSWORD

from .signing import A_PAGE, is_in, sign_in, signed_in, words

pytestmark = pytest.mark.django_db

At = Callable[[str], Any]
LIST = "usersessions_list"
NEW = "con-trau-di-truoc-cai-cay"


def at_desk(agent: str, network: str) -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=network)
    client.post(reverse("account_login"), {"login": "staff", "password": PASSWORD})
    return client


def test_the_list_names_each_browser_with_its_network(person: Account) -> None:
    here = at_desk("Firefox của phòng", "10.0.0.1")
    at_desk("Điện thoại", "203.0.113.9")

    page = words(here.get(reverse(LIST)))

    assert "Firefox của phòng" in page
    assert "Điện thoại" in page
    assert "203.0.113.9" in page
    assert page.count("Nơi này") == 1


def test_a_browser_is_named_as_people_know_it(person: Account) -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0"

    page = words(at_desk(agent, "10.0.0.1").get(reverse(LIST)))

    assert "Firefox trên Windows" in page
    assert "Gecko" not in page


def test_the_sessions_of_others_are_not_in_it(person: Account, ministry: Any) -> None:
    other = Client(HTTP_USER_AGENT="Máy của trưởng phòng")
    other.force_login(ministry.accounts["head"])

    assert "Máy của trưởng phòng" not in words(signed_in("staff").get(reverse(LIST)))


def test_signing_out_the_other_places_leaves_this_one(person: Account) -> None:
    here, elsewhere = at_desk("Máy ở bàn", "10.0.0.1"), at_desk("Máy quên ở phòng họp", "10.0.0.2")

    here.post(reverse(LIST))

    assert is_in(here)
    assert not is_in(elsewhere)
    assert "Máy quên ở phòng họp" not in words(here.get(reverse(LIST)))


def test_signing_out_ends_the_session_and_not_only_the_cookie(person: Account) -> None:
    client = signed_in("staff")
    stolen = Client()
    stolen.cookies = client.cookies.copy()  # type: ignore[assignment]
    assert is_in(stolen)

    client.post(reverse("account_logout"))

    assert not is_in(stolen)


def test_a_link_signs_nobody_out(person: Account) -> None:
    """Only the button does: a picture in a mail could ask for an address."""
    client = signed_in("staff")

    client.get(reverse("account_logout"))

    assert is_in(client)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(person: Account) -> None:
    here, elsewhere = signed_in("staff"), signed_in("staff")

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert is_in(here)
    assert not is_in(elsewhere)
    assert "Nơi này" in words(here.get(reverse(LIST)))


def test_the_operator_ends_also_a_session_that_has_changed_its_password(person: Account) -> None:
    client = signed_in("staff")
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    services.end_sessions(actor=SYSTEM, account=person)

    assert not is_in(client)


def test_a_shut_account_is_out_of_pages_and_of_the_api_at_once(person: Account) -> None:
    client = signed_in("staff")
    before = client.get("/api/programme/plans").status_code

    services.disable_account(actor=SYSTEM, account=person)

    assert (before, client.get("/api/programme/plans").status_code) == (200, 401)
    assert not is_in(client)


# --- without use -----------------------------------------------------------------------------------------------------


def test_half_an_hour_without_use_ends_it(person: Account, at: At) -> None:
    with at("2022-06-20 09:00:00"):
        used, left = signed_in("staff"), signed_in("staff")
    with at("2022-06-20 09:29:00"):
        assert is_in(used)
    with at("2022-06-20 09:30:01"):
        assert not is_in(left)
    with at("2022-06-20 09:58:00"):
        assert is_in(used)


def test_what_a_page_asks_by_itself_is_no_use(person: Account, at: At) -> None:
    """An open tab whose bell asks each minute would be signed in all night."""
    with at("2022-06-20 09:00:00"):
        client = signed_in("staff")
    for minute in range(5, 30, 5):
        with at(f"2022-06-20 09:{minute:02}:00"):
            client.get(reverse(A_PAGE), headers={"X-Background": "1"})
    with at("2022-06-20 09:30:01"):
        assert not is_in(client)


def test_twelve_hours_end_it_whatever_is_done(person: Account, at: At) -> None:
    with at("2022-06-20 07:00:00"):
        client = signed_in("staff")
    told = []
    for minutes in (*range(7 * 60 + 29, 18 * 60 + 37, 29), 18 * 60 + 59):
        with at(f"2022-06-20 {minutes // 60:02}:{minutes % 60:02}:00"):
            told.append(is_in(client))
    with at("2022-06-20 19:00:01"):
        last = is_in(client)

    assert set(told) == {True}
    assert not last


def test_who_was_signed_out_is_led_back_after_signing_in(person: Account, at: At) -> None:
    with at("2022-06-20 09:00"):
        client = signed_in("staff")
    with at("2022-06-20 10:00"):
        sent_on = client.get(reverse("identity:absence"))

    assert sent_on["Location"] == f"{reverse('account_login')}?next={reverse('identity:absence')}"


def test_a_new_name_at_the_same_browser_takes_nothing_over(person: Account, ministry: Any) -> None:
    client = signed_in("staff")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e9}]
    session.save()
    client.post(reverse("account_logout"))

    sign_in(client, "staff")

    assert all(record["at"] < 9e9 for record in client.session["account_authentication_methods"])
