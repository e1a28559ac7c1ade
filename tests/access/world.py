"""The ministry while its doors are tried: who is there, and the records that the addresses lead to."""

from __future__ import annotations

import time as machine_time
import uuid
from dataclasses import dataclass, field
from typing import Any, Final

from django.test import Client
from django.urls import reverse

from tests.ministry import PEOPLE, Ministry

NOBODY, NEWCOMER, LOCAL, ELSEWHERE = "nobody", "newcomer", "local", "elsewhere"
PERSONS: Final = (NOBODY, NEWCOMER, *PEOPLE, LOCAL, ELSEWHERE)
"""Someone not signed in; an account without a role; the people of `tests.ministry`, who hold every role between them;
and two whose roles do not reach the records: a reform officer of the Information Centre, and someone who is leader,
head and auditor, but of Vụ Tổ chức cán bộ, which has no part in the plan.
"""

MISSING_ID: Final = 987_654_321
MISSING_UUID: Final = uuid.UUID("00000000-0000-4000-8000-00000000dead")

Record = dict[str, Any]
"""What the addresses of a record are made of: parameter -> value."""


@dataclass
class World:
    ministry: Ministry
    records: dict[str, Record] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)
    nowhere: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What doors say where there is nothing: door and status -> the answer."""

    def client_of(self, person: str) -> Client:
        """A browser in which that person signed in a moment ago, by password."""
        client = Client()
        if person == NOBODY:
            return client
        account = self.ministry.accounts[person]
        client.force_login(account, backend="caicach.kernel.identity.backends.AccountBackend")
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": machine_time.time()}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
        # The first request notes when the session began: not again with every door that is undone.
        client.get(reverse("operation:alive"))
        return client

    def hold(self, name: str, record: Any, **more: Any) -> None:
        """`more`: parameters of its addresses beside its own id."""
        self.objects[name] = record
        self.records[name] = {"pk": record.pk, **more}


def missing(record: Record) -> Record:
    """The same address for a record that never was; what is no id stays."""
    return {name: value if name in ("number", "version") else _missing(value) for name, value in record.items()}


def _missing(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return MISSING_UUID
    return MISSING_ID if isinstance(value, int) else value
