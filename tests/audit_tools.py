"""What tests may do with the journal and the product may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from caicach.kernel.audit import triggers


@contextmanager
def unguarded_journal() -> Iterator[None]:
    """Without the triggers that refuse, as an attacker who owns the database would have it."""
    triggers.lift_guards(connection)
    try:
        yield
    finally:
        triggers.set_guards(connection)


@contextmanager
def guards_put_back() -> Iterator[None]:
    """While someone looks: an attacker who lifted the guards covers that up, and goes on afterwards."""
    lifted = bool(triggers.missing(connection))
    if lifted:
        triggers.set_guards(connection)
    try:
        yield
    finally:
        if lifted:
            triggers.lift_guards(connection)


def let_transactional_tests_empty_the_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that commit (`transaction=True`, `live_server`) end with Django emptying every table, which ours refuse."""
    empty_all_tables = TransactionTestCase._fixture_teardown

    def _fixture_teardown(self: Any) -> None:
        with unguarded_journal():
            empty_all_tables(self)

    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", _fixture_teardown)
