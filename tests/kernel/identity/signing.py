"""What a person does at the sign-in pages, without a browser."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity.models import Account
from tests.ministry import PASSWORD

A_PAGE = "operation:my_work"


def words(response: Any) -> str:
    return str(response.content.decode())


def with_password(account: Account, password: str = PASSWORD) -> Account:
    account.set_password(password)
    account.save(update_fields=["password"])
    return account


def sign_in(client: Client, name: str, password: str = PASSWORD, *, network: str = "127.0.0.1") -> Any:
    return client.post(reverse("account_login"), {"login": name, "password": password}, REMOTE_ADDR=network)


def signed_in(name: str, password: str = PASSWORD) -> Client:
    client = Client()
    sign_in(client, name, password)
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    """Whether an officer's page opens."""
    return client.get(reverse(A_PAGE)).status_code == 200


def prove(client: Client, password: str = PASSWORD) -> Any:
    """Gives the password again, as asked before what concerns the safety of an account."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def code_now(secret: str) -> str:
    """What the app on the phone shows at this moment."""
    counters = list(totp.yield_hotp_counters_from_time())
    code: str = totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2]))
    return code


def wrong_code(secret: str) -> str:
    """Six digits that no app shows about now."""
    near = {
        totp.format_hotp_value(totp.hotp_value(secret, counter)) for counter in totp.yield_hotp_counters_from_time()
    }
    return next(code for code in (f"{number:06}" for number in range(10)) if code not in near)
