"""Entries as they stand in the database now, ready to be hashed again: shared by the sealer and the verifier.

Read by number, table by table and without a join from the entry: a joined row that someone took away would take its
entry out of sight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db import OperationalError
from django.db import connection as database
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from . import hashing, keys
from .models import Entry, EntryChange

_GAP: Final = 200
"""Numbers that lie nearer together than this are read in one stretch, the ones between them too."""


class StoredEntry(NamedTuple):
    """at : as hashed. content : hash of what stands there now. is_ours : a holder of the key wrote it as it stands.

    changes : (position, subject_type, subject_id, before, after, personal), by position.
    """

    at: str
    author_digest: str
    content: bytes
    is_ours: bool
    changes: Sequence[tuple[Any, ...]]


class MomentAsHashed(Func):
    """A moment as it is hashed, written by the database: reading a date and writing it again would take longer.

    No two moments give one text: what a hand may put there (years before Christ, more than SQLite's usual text) counts.
    """

    output_field = CharField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any) -> Any:
        template = (
            """coalesce(to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') """
            "|| CASE WHEN %(expressions)s < '0001-01-01' THEN ' BC' ELSE '' END, '')"
        )
        return self.as_sql(compiler, connection, template=template)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any) -> Any:
        template = (
            "replace(%(expressions)s, ' ', 'T') "
            "|| CASE length(%(expressions)s) WHEN 19 THEN '.000000' ELSE '' END || '+00:00'"
        )
        return self.as_sql(compiler, connection, template=template)


def plain_rows(query: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """The rows of a `values_list` of texts and whole numbers, as the driver gives them: half the ORM's time."""
    sql, parameters = query.query.sql_with_params()
    with database.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def rows_of_entries(query: QuerySet[Any, Any], column: str, numbers: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of some entries; the entry's number is the last column of `query`.

    Entries of one batch follow each other with few gaps. Asked for from one number to another they are read along the
    index; asked for by a list or a sub-query, PostgreSQL may read the whole table for every batch.
    """
    wanted = frozenset(numbers)
    for first, last in _runs(sorted(wanted)):
        within = {f"{column}__gte": first, f"{column}__lte": last}
        yield from (row for row in plain_rows(query.filter(**within)) if row[-1] in wanted)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers without a large gap."""
    first = before = None
    for number in numbers:
        if first is None or before is None:
            first = number
        elif number - before > _GAP:
            yield first, before
            first = number
        before = number
    if first is not None and before is not None:
        yield first, before


def stored_entries(numbers: Collection[int]) -> dict[int, StoredEntry]:
    """By number; numbers without an entry are left out. Two queries for numbers that follow each other."""
    changes: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = EntryChange.objects.order_by("entry_id", "position")
    columns = ("position", "subject_type", "subject_id", "before", "after", "personal", "entry_id")
    for change in rows_of_entries(rows.values_list(*columns), "entry_id", numbers):
        changes[change[-1]].append(change[:-1])
    key = keys.entry_key()
    found = {}
    for *head, mac, number in rows_of_entries(_entry_rows(), "pk", numbers):
        of_entry = changes.get(number, ())
        content = hashing.content_digest(head, of_entry)
        is_ours = hashing.entry_mac(key, content) == mac
        found[number] = StoredEntry(head[1], head[5], content, is_ours, of_entry)
    return found


def is_spoilt_text(error: OperationalError) -> bool:
    """SQLite's columns take any bytes; a hand may have left some that are no text."""
    return database.vendor == "sqlite" and "decode" in str(error)


def _entry_rows() -> QuerySet[Any, Any]:
    """What an entry's hash covers, in its order; then the entry's mark and number."""
    return Entry.objects.annotate(moment=MomentAsHashed("at")).values_list(
        "nonce",
        "moment",
        "use_case",
        "outcome",
        "account_ref",
        "author_digest",
        "role",
        "unit_code",
        "via",
        "request_id",
        "note",
        "mac",
        "pk",
    )
