"""Signing in with a name and a password."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.audit.models import Entry
from caicach.kernel.identity import services
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.actor import SYSTEM
from tests.ministry import PASSWORD, Ministry

from .signing import is_in, sign_in, signed_in, with_password, words

pytestmark = pytest.mark.django_db

WRONG = "khong-phai-mat-khau-nay"
TOKEN = re.compile(r'value="[A-Za-z0-9]{64}"')


@pytest.mark.parametrize("name", ["staff", "STAFF", " staff "])
def test_the_right_password_lets_in_however_the_name_is_typed(person: Account, name: str) -> None:
    client = Client()

    answer = sign_in(client, name)

    assert answer.status_code == 302
    assert is_in(client)


def test_one_goes_on_to_the_page_one_had_asked_for(person: Account) -> None:
    client = Client()
    asked = client.get(reverse("identity:absence"))

    answer = client.post(
        asked["Location"], {"login": "staff", "password": PASSWORD, "next": reverse("identity:absence")}
    )

    assert answer["Location"] == reverse("identity:absence")


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\x00"])
def test_and_never_to_another_house(person: Account, target: str) -> None:
    answer = Client().post(reverse("account_login"), {"login": "staff", "password": PASSWORD, "next": target})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")


@pytest.mark.parametrize("name", ["head", "leader", "ai-do-khong-co-that"], ids=["shut", "no password", "unknown"])
def test_a_wrong_password_is_answered_alike_whether_or_not_there_is_an_account(
    person: Account, ministry: Ministry, name: str
) -> None:
    services.disable_account(actor=SYSTEM, account=with_password(ministry.accounts["head"]))

    known, other = (sign_in(Client(), each, WRONG) for each in ("staff", name))

    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in words(known)
    assert known.status_code == other.status_code
    # Only what was typed and the form's token differ.
    assert TOKEN.sub("", words(known)).replace("staff", name) == TOKEN.sub("", words(other))


def test_a_shut_account_stays_out_with_the_right_password(person: Account) -> None:
    services.disable_account(actor=SYSTEM, account=person)
    client = Client()

    sign_in(client, "staff")

    assert not is_in(client)


def test_an_account_without_a_password_has_none_that_fits(ministry: Ministry) -> None:
    client = Client()
    for tried in ("", "!", ministry.accounts["staff"].password):
        sign_in(client, "staff", tried)

    assert not is_in(client)


def test_a_session_known_before_signing_in_is_not_the_one_after(person: Account) -> None:
    """Or whoever planted it in the browser would be signed in too."""
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()

    sign_in(client, "staff")

    assert client.session.session_key != session.session_key
    assert not type(session)(session.session_key).exists(session.session_key)


def test_the_journal_keeps_who_signed_in_and_that_someone_failed_to(person: Account) -> None:
    sign_in(Client(), "staff", WRONG)
    signed_in("staff")

    failed, came = Entry.objects.filter(use_case__in=["identity.sign_in", "identity.refuse_sign_in"]).order_by("id")
    assert (failed.use_case, failed.account_ref) == ("identity.refuse_sign_in", None)
    assert (came.use_case, came.account_ref) == ("identity.sign_in", person.pk)


# --- input that no person types --------------------------------------------------------------------------------------

ODD = {
    "a NUL byte": "sta\x00ff",
    "nothing but a NUL byte": "\x00",
    "10 kB": "a" * 10_000,
    "10 kB of marks": "ế" * 10_000,
    "line breaks": "staff\r\nSet-Cookie: a=b",
    "a right-to-left mark": "\u202estaff",
    "four-byte letters": "🏛" * 20,
    "SQL": "staff' OR '1'='1",
    "a pattern": "sta%",
    "blanks": "   ",
}


@pytest.mark.parametrize("name", ODD.values(), ids=ODD.keys())
def test_an_odd_name_is_turned_away_on_the_page(person: Account, name: str) -> None:
    client = Client()

    answer = sign_in(client, name)

    assert answer.status_code == 200
    assert 'name="login"' in words(answer)
    assert not is_in(client)


@pytest.mark.parametrize("password", ODD.values(), ids=ODD.keys())
def test_an_odd_password_is_turned_away_on_the_page(person: Account, password: str) -> None:
    client = Client()

    answer = sign_in(client, "staff", password)

    assert answer.status_code == 200
    assert password[:40].strip() == "" or password[:40] not in words(answer)
    assert not is_in(client)


def test_bytes_that_are_no_text_are_turned_away(person: Account) -> None:
    answer = Client().post(
        reverse("account_login"),
        data=b"login=%FF%FEstaff&password=%80%80&next=%00",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("key", ["x-y", "1-%00", "zzzzzzzzzzzzzzzzzzzzzzzz-abc", "0-set-password"])
def test_a_link_for_a_new_password_that_was_made_up_is_said_to_be_void(person: Account, key: str) -> None:
    answer = Client().get(f"/tai-khoan/password/reset/key/{key}/")

    assert answer.status_code == 200
    assert "Liên kết này không còn dùng được" in words(answer)


def test_nobody_makes_an_account_for_themselves(db: None) -> None:
    form = {"username": "toi-tu-vao", "password1": PASSWORD, "password2": PASSWORD}

    Client().post(reverse("account_signup"), form)

    assert not Account.objects.exists()
