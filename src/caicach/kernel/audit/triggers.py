"""The database's own refusal to change the journal, on both databases.

A row of the journal is written once. The erasable tables allow one change: their personal columns become null.
Migration 0002 installs what stands here: a table guarded later needs a migration and a function of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Guarded:
    """A table of the journal.

    keys : column sets that are unique: SQLite's INSERT OR REPLACE would quietly delete the row that holds them.
    erasable : columns that an erasure sets to null, all at once; none = no UPDATE at all.
    fixed : columns that an erasure must leave as they are.
    """

    table: str
    keys: tuple[tuple[str, ...], ...]
    erasable: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()


GUARDED: Final = (
    Guarded("audit_entry", keys=(("id",),)),
    Guarded("audit_entrychange", keys=(("id",), ("entry_id", "position"))),
    Guarded("audit_seal", keys=(("sequence",),)),
    Guarded("audit_sealedentry", keys=(("entry_id",), ("seal_id", "position"))),
    Guarded(
        "audit_authoridentity",
        keys=(("id",),),
        erasable=("name", "on_behalf_of", "address"),
        fixed=("id", "digest", "account_ref"),
    ),
    Guarded(
        "audit_personalvalue",
        keys=(("id",), ("entry_id", "position", "field")),
        erasable=("before", "after", "salt"),
        fixed=("id", "entry_id", "position", "field"),
    ),
)

_REFUSAL: Final = "the journal is append-only"
_WAITING: Final = "audit_entry_waits"


def install(connection: BaseDatabaseWrapper) -> None:
    """The guards, and the list of what waits for a seal."""
    is_postgresql = connection.vendor == "postgresql"
    _run(connection, list(_POSTGRESQL_FUNCTIONS.values()) if is_postgresql else [])
    _run(connection, [_POSTGRESQL_WAITING if is_postgresql else _SQLITE_WAITING])
    set_guards(connection)


def remove(connection: BaseDatabaseWrapper) -> None:
    lift_guards(connection)
    is_postgresql = connection.vendor == "postgresql"
    _run(connection, [f"DROP TRIGGER {_WAITING}{_on_table(connection, _WAITING)}"])
    _run(connection, _POSTGRESQL_FUNCTION_DROPS if is_postgresql else [])


def set_guards(connection: BaseDatabaseWrapper) -> None:
    _run(connection, list(_guards(connection).values()))


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """For taking the journal's tables down, and for tests: the product itself never does."""
    _run(connection, [f"DROP TRIGGER {name}{_on_table(connection, name)}" for name in _guards(connection)])


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the guards, and of the list of what waits, that the database has not as they were installed."""
    wanted = _every_trigger(connection)
    if connection.vendor == "postgresql":
        return _missing_from_postgresql(connection, wanted)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        installed = dict(cursor.fetchall())
    return [name for name, statement in wanted.items() if installed.get(name) != statement]


def restore(connection: BaseDatabaseWrapper) -> list[str]:
    """Put back what `missing` names, and give its names. Called in a transaction."""
    lost = missing(connection)
    statements = _every_trigger(connection)
    if lost and connection.vendor == "postgresql":
        _run(connection, [text.replace("CREATE ", "CREATE OR REPLACE ", 1) for text in _POSTGRESQL_FUNCTIONS.values()])
    for name in lost:
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}{_on_table(connection, name)}", statements[name]])
    return lost


def _every_trigger(connection: BaseDatabaseWrapper) -> dict[str, str]:
    waiting = _POSTGRESQL_WAITING if connection.vendor == "postgresql" else _SQLITE_WAITING
    return {_WAITING: waiting, **_guards(connection)}


def _guards(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name -> statement."""
    return _postgresql_guards() if connection.vendor == "postgresql" else _sqlite_guards()


def _on_table(connection: BaseDatabaseWrapper, name: str) -> str:
    """PostgreSQL wants to hear the table of a trigger that it drops."""
    return f" ON {_table_of(name)}" if connection.vendor == "postgresql" else ""


def _table_of(name: str) -> str:
    return "audit_entry" if name == _WAITING else name[: name.index("_no_")]


def _missing_from_postgresql(connection: BaseDatabaseWrapper, wanted: Mapping[str, str]) -> list[str]:
    """A trigger may also be switched off, given a condition that is never true, or left with another function."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, t.tgrelid::regclass::text, p.proname, p.prosrc, t.tgqual IS NOT NULL"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgname = ANY(%s)",
            [list(wanted)],
        )
        installed = {row[0]: row[1:] for row in cursor.fetchall()}
    return [name for name in wanted if installed.get(name) != _expected_in_postgresql(name, wanted[name])]


def _expected_in_postgresql(name: str, statement: str) -> tuple[str, str, str, bool]:
    """Table, function, the function's text, and whether the trigger has a condition."""
    function = "audit_wait_for_seal" if name == _WAITING else "audit_refuse"
    text = _POSTGRESQL_FUNCTIONS[function].split("$$")[1]
    return _table_of(name), function, text, "WHEN (" in statement


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _erases(guarded: Guarded, *, same: str) -> str:
    """Condition under which an UPDATE is an erasure; `same` compares two values, null included."""
    gone = [f"NEW.{column} IS NULL" for column in guarded.erasable]
    kept = [f"NEW.{column} {same} OLD.{column}" for column in guarded.fixed]
    return " AND ".join(gone + kept)


_SQLITE_WAITING: Final = (
    "CREATE TRIGGER audit_entry_waits AFTER INSERT ON audit_entry "
    "BEGIN INSERT INTO audit_unsealedentry (entry_id) VALUES (NEW.id); END"
)
_POSTGRESQL_FUNCTIONS: Final = {
    "audit_refuse": "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"RAISE EXCEPTION '{_REFUSAL}: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$",
    "audit_wait_for_seal": "CREATE FUNCTION audit_wait_for_seal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "INSERT INTO audit_unsealedentry (entry_id) VALUES (NEW.id); RETURN NULL; END $$",
}
_POSTGRESQL_WAITING: Final = (
    "CREATE TRIGGER audit_entry_waits AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_wait_for_seal()"
)
_POSTGRESQL_FUNCTION_DROPS: Final = ["DROP FUNCTION audit_refuse()", "DROP FUNCTION audit_wait_for_seal()"]


def _sqlite_guards() -> dict[str, str]:
    statements: dict[str, str] = {}
    for guarded in GUARDED:
        table = guarded.table
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        unless_erased = f"WHEN NOT ({_erases(guarded, same='IS')}) " if guarded.erasable else ""
        taken = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{c} = NEW.{c}' for c in key)})"  # noqa: S608 our names
            for key in guarded.keys
        )
        statements |= {
            f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {unless_erased}{refuse}",
            f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"{table}_no_replace": f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
        }
    return statements


def _postgresql_guards() -> dict[str, str]:
    statements: dict[str, str] = {}
    for guarded in GUARDED:
        table = guarded.table
        unless_erased = f"WHEN (NOT ({_erases(guarded, same='IS NOT DISTINCT FROM')})) " if guarded.erasable else ""
        statements |= {
            f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"FOR EACH ROW {unless_erased}EXECUTE FUNCTION audit_refuse()",
            f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
            f"{table}_no_truncate": f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        }
    return statements
