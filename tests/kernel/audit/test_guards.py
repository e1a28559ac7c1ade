"""The database itself refuses to change what was written."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from caicach.kernel.audit import triggers
from caicach.kernel.audit.erasure import Erased
from caicach.kernel.audit.verification import verify
from tests.audit_tools import unguarded_journal
from tests.kernel.audit.writing import erase, heads_file, phone_changed, rows, run, seal_now, verified, write

pytestmark = pytest.mark.django_db

LAST_GUARD = "truncate" if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") else "replace"
ALL_TRIGGERS = [
    "audit_entry_waits",
    *(f"{guarded.table}_no_{act}" for guarded in triggers.GUARDED for act in ("update", "delete", LAST_GUARD)),
]
TABLES = [guarded.table for guarded in triggers.GUARDED]


@pytest.fixture(autouse=True)
def _journal(db: None) -> None:
    write([phone_changed()])
    seal_now()


def refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            run(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def first_column(table: str) -> str:
    with connection.cursor() as cursor:
        return connection.introspection.get_table_description(cursor, table)[0].name


@pytest.mark.parametrize("table", TABLES)
def test_an_update_is_refused_by(table: str) -> None:
    column = first_column(table)

    assert refused(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", TABLES)
def test_a_delete_is_refused_by(table: str) -> None:
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
def test_emptying_is_refused_by(table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has TRUNCATE")

    assert refused(f"TRUNCATE {table}")
    assert refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", TABLES)
def test_a_row_cannot_be_replaced_in(table: str) -> None:
    if connection.vendor == "postgresql":
        key = "id" if table not in ("audit_seal", "audit_sealedentry") else first_column(table)
        upsert = f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}"
        assert refused(upsert)
    else:
        assert refused(f"REPLACE INTO {table} SELECT * FROM {table}")


def test_a_row_that_only_shares_a_second_key_cannot_be_replaced_either() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("only SQLite replaces on any key")

    assert refused(
        "REPLACE INTO audit_entrychange (entry_id, position, subject_type, subject_id, before, after, personal)"
        " SELECT entry_id, position, 'a.b', '1', '{}', '{}', '[]' FROM audit_entrychange"
    )


def test_an_erasure_is_the_one_change_that_passes() -> None:
    assert erase(subjects=[("identity.person", "9")], account_refs=[7]) == Erased(values=1, authors=1)

    assert verified().is_intact
    assert verified().erased == 2


@pytest.mark.parametrize("trigger", ALL_TRIGGERS)
def test_a_guard_that_is_gone_is_found_and_can_be_put_back(trigger: str) -> None:
    drop(trigger)

    (finding,) = verify(heads_file=heads_file()).findings
    assert (finding.code, finding.more["guards"]) == ("guards_missing", trigger)
    assert triggers.restore(connection) == [trigger]
    assert verify(heads_file=heads_file()).is_intact


def test_a_guard_that_refuses_nothing_any_more_is_found() -> None:
    drop("audit_entry_no_update")
    if connection.vendor == "postgresql":
        run(
            "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry"
            " FOR EACH ROW WHEN (false) EXECUTE FUNCTION audit_refuse()"
        )
    else:
        run("CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END")

    assert triggers.missing(connection) == ["audit_entry_no_update"]


def test_a_guard_that_is_switched_off_is_found() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL switches triggers off")
    run("ALTER TABLE audit_seal DISABLE TRIGGER audit_seal_no_delete")

    assert triggers.missing(connection) == ["audit_seal_no_delete"]


def test_guards_whose_function_was_replaced_are_found_and_mended() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has functions")
    run("CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")

    assert len(triggers.restore(connection)) == len(ALL_TRIGGERS) - 1
    assert refused("UPDATE audit_entry SET note = 'x'")


def drop(trigger: str) -> None:
    table = trigger.split("_no_")[0] if "_no_" in trigger else "audit_entry"
    run(f"DROP TRIGGER {trigger}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_personalvalue SET after = NULL",
        "UPDATE audit_personalvalue SET before = NULL, after = '\"x\"', salt = NULL",
        "UPDATE audit_personalvalue SET before = NULL, after = NULL, salt = NULL, field = 'other'",
        "UPDATE audit_authoridentity SET name = NULL",
        "UPDATE audit_authoridentity SET name = NULL, on_behalf_of = NULL, address = NULL, account_ref = 8",
        "UPDATE audit_authoridentity SET name = 'Trần Văn B'",
    ],
)
def test_half_an_erasure_or_more_than_one_is_refused(statement: str) -> None:
    assert refused(statement)


def test_the_guards_can_be_lifted_by_tests_and_stand_again_afterwards() -> None:
    with unguarded_journal():
        assert run("UPDATE audit_entry SET note = note") == 1

    assert refused("UPDATE audit_entry SET note = note")
    assert len(rows("SELECT 1 FROM audit_entry")) == 1
