"""Values that no program of ours can read: `verify` finds them and goes on."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.kernel.audit.writing import found, run, seal_now, sealed_journal, verified, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attacker")]


def test_a_moment_moved_to_before_christ() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL knows such years")
    numbers = sealed_journal()

    run(
        "UPDATE audit_entry SET at = "
        "(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00 BC')::timestamptz WHERE id = %s",
        numbers[5],
    )

    assert found() == [("entry_altered", 2, numbers[5])]


@pytest.mark.parametrize("moment", ["infinity", "-infinity"])
def test_a_moment_that_never_comes(moment: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL knows such moments")
    numbers = sealed_journal()
    run("UPDATE audit_entry SET at = %s WHERE id = %s", moment, numbers[5])
    run("UPDATE audit_entry SET at = %s WHERE id = %s", moment, last := write())

    assert seal_now(99).foreign == (last,)
    assert found() == [("entry_altered", 2, numbers[5]), ("entry_inserted", 4, last)]


OTHER_TYPES = [
    ("audit_entry", "note", "x'00ff'"),
    ("audit_entry", "at", "at || '+05'"),
    ("audit_entry", "account_ref", "'x'"),
    ("audit_entry", "mac", "x'00'"),
    ("audit_entry", "role", "CAST(x'ff' AS TEXT)"),
    ("audit_entrychange", "before", "x'ff'"),
    ("audit_entrychange", "personal", "x'ff'"),
    ("audit_entrychange", "position", "'x'"),
    ("audit_sealedentry", "position", "'x'"),
    ("audit_sealedentry", "leaf", "x'00'"),
    ("audit_sealedentry", "leaf", "CAST(x'ff' AS TEXT)"),
    ("audit_seal", "count", "'x'"),
    ("audit_seal", "sequence", "'x'"),
    ("audit_seal", "merkle_root", "x'00'"),
    ("audit_seal", "at", "x'00'"),
    ("audit_personalvalue", "after", "x'00'"),
    ("audit_authoridentity", "name", "x'00'"),
]


@pytest.mark.parametrize(("table", "column", "value"), OTHER_TYPES)
def test_a_value_of_another_type_is_found_and_stops_nothing(table: str, column: str, value: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite's columns take any type")
    sealed_journal()
    key = {"audit_seal": "sequence", "audit_sealedentry": "entry_id"}.get(table, "id")

    assert run(f"UPDATE {table} SET {column} = {value} WHERE {key} = (SELECT max({key}) FROM {table})") == 1

    assert not verified().is_intact


def test_a_text_that_is_none_in_an_entry_not_yet_sealed() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes no such text")
    sealed_journal()
    write()

    run("UPDATE audit_entry SET note = CAST(x'ff' AS TEXT) WHERE id = %s", number := write())

    assert found() == [("entry_unreadable", None, number)]
