"""What people type and who they are stays out of the technical log, however much it is made to tell."""

from __future__ import annotations

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity.models import Account
from tests.ministry import PASSWORD, Ministry

from .signing import prove, sign_in, signed_in, with_password, words

pytestmark = pytest.mark.django_db

PERSON = {"full_name": "Hoàng Thị Thu Trang", "username": "trang.htt", "email": "trang.htt@bnv.example"}
TYPED = "gio-dua-canh-truc-la-da"
"""A password typed at the wrong place or wrongly."""


def test_signing_in_and_making_accounts_leave_nothing_personal_in_the_log(
    ministry: Ministry, caplog: pytest.LogCaptureFixture
) -> None:
    with_password(ministry.accounts["operator"])
    caplog.set_level(logging.DEBUG)
    operator = signed_in("operator")

    given = make_account(operator)
    person = choose_own_password(given)
    person.post(reverse("operation:create_account"), PERSON)  # refused: no operator
    person.get(f"{reverse('operation:account', args=[999_999])}?words={PERSON['email']}")
    operator.post(reverse("operation:create_account"), PERSON)  # refused: the name is taken
    correct(operator)
    for _ in range(6):
        sign_in(Client(), PERSON["username"], TYPED)
    Client().post(reverse("account_reset_password"), {"email": PERSON["email"]})

    told = "\n".join(written(record) for record in caplog.records)
    assert [secret for secret in (*PERSON.values(), PASSWORD, given, TYPED, "argon2") if secret in told] == []


def make_account(operator: Client) -> str:
    page = words(operator.post(reverse("operation:create_account"), PERSON))
    found = re.search(r'id="password-once">([a-z0-9-]+)<', page)
    assert found is not None
    return found.group(1)


def choose_own_password(given: str) -> Client:
    person = Client()
    sign_in(person, PERSON["username"], given)
    person.post(
        reverse("account_change_password"), {"oldpassword": given, "password1": PASSWORD, "password2": PASSWORD}
    )
    prove(person, TYPED)
    prove(person)
    return person


def correct(operator: Client) -> None:
    account = Account.objects.get(username=PERSON["username"])
    form = {"full_name": PERSON["full_name"], "email": PERSON["email"]}
    operator.post(reverse("operation:edit_account", args=[account.pk]), form)


def written(record: logging.LogRecord) -> str:
    """As a handler would write it, with the trace of what went wrong."""
    return logging.Formatter("%(name)s %(message)s").format(record)
