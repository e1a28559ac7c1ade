"""The database's own refusal to change the journal, on both databases.

A row of the journal is written once. The erasable tables allow one change: their personal columns become null.
Migration 0002 installs what stands here: a table guarded later needs a migration and a function of its own.
"""

from __future__ import annotations

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


def install(connection: BaseDatabaseWrapper) -> None:
    """The guards, and the list of what waits for a seal."""
    is_postgresql = connection.vendor == "postgresql"
    _run(connection, _POSTGRESQL_FUNCTIONS if is_postgresql else [])
    _run(connection, [_POSTGRESQL_WAITING if is_postgresql else _SQLITE_WAITING])
    set_guards(connection)


def remove(connection: BaseDatabaseWrapper) -> None:
    lift_guards(connection)
    is_postgresql = connection.vendor == "postgresql"
    _run(connection, ["DROP TRIGGER audit_entry_waits" + (" ON audit_entry" if is_postgresql else "")])
    _run(connection, _POSTGRESQL_FUNCTION_DROPS if is_postgresql else [])


def set_guards(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _postgresql_guards() if connection.vendor == "postgresql" else _sqlite_guards())


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """For taking the journal's tables down, and for tests: the product itself never does."""
    if connection.vendor == "postgresql":
        suffixes = ("no_update", "no_delete", "no_truncate")
        _run(connection, [f"DROP TRIGGER {g.table}_{suffix} ON {g.table}" for g in GUARDED for suffix in suffixes])
    else:
        suffixes = ("no_update", "no_delete", "no_replace")
        _run(connection, [f"DROP TRIGGER {g.table}_{suffix}" for g in GUARDED for suffix in suffixes])


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
_POSTGRESQL_FUNCTIONS: Final = [
    "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"RAISE EXCEPTION '{_REFUSAL}: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE FUNCTION audit_wait_for_seal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "INSERT INTO audit_unsealedentry (entry_id) VALUES (NEW.id); RETURN NULL; END $$",
]
_POSTGRESQL_WAITING: Final = (
    "CREATE TRIGGER audit_entry_waits AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_wait_for_seal()"
)
_POSTGRESQL_FUNCTION_DROPS: Final = ["DROP FUNCTION audit_refuse()", "DROP FUNCTION audit_wait_for_seal()"]


def _sqlite_guards() -> list[str]:
    statements = []
    for guarded in GUARDED:
        table = guarded.table
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        unless_erased = f"WHEN NOT ({_erases(guarded, same='IS')}) " if guarded.erasable else ""
        taken = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{c} = NEW.{c}' for c in key)})"  # noqa: S608 our names
            for key in guarded.keys
        )
        statements += [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {unless_erased}{refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
        ]
    return statements


def _postgresql_guards() -> list[str]:
    statements = []
    for guarded in GUARDED:
        table = guarded.table
        unless_erased = f"WHEN (NOT ({_erases(guarded, same='IS NOT DISTINCT FROM')})) " if guarded.erasable else ""
        statements += [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"FOR EACH ROW {unless_erased}EXECUTE FUNCTION audit_refuse()",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        ]
    return statements
