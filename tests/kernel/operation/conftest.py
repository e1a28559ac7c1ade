from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.test import Client

from tests.ministry import Ministry

ClientOf = Callable[..., Client]


@pytest.fixture
def client_of(ministry: Ministry) -> ClientOf:
    """`client_of("operator")`: signed in, and has given the password a moment ago unless `proved=False`."""

    def signed_in(name: str, *, proved: bool = True) -> Client:
        account = ministry.accounts[name]
        client = Client()
        client.force_login(account, backend="caicach.kernel.identity.backends.AccountBackend")
        if proved:
            session = client.session
            session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
            session["account_authentication_methods_user"] = str(account.pk)
            session.save()
        return client

    return signed_in
