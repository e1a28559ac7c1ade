"""Writing the journal: one entry for each act, inside the transaction of the work that it records.

Plain INSERTs: through the ORM an entry takes three times as long, and every write of the product pays for one.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

from . import hashing, keys
from .models import Outcome

__all__ = ["Act", "Author", "Change", "Outcome", "moment", "record", "record_all"]

_INSERT_ENTRY: Final = (
    "INSERT INTO audit_entry (nonce, at, use_case, outcome, account_ref, author_digest, role, unit_code, via,"
    " request_id, note, mac) VALUES {rows} RETURNING id, nonce,"
    " (SELECT 1 FROM audit_authoridentity WHERE digest = audit_entry.author_digest LIMIT 1)"
)
"""Gives each entry's number and nonce, and null when its author is not written down yet."""
_ENTRY_ROW: Final = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
_MOST_ENTRIES_A_STATEMENT: Final = 500
"""Twelve values each: SQLite takes 32,766 in one statement, PostgreSQL 65,535."""
_INSERT_CHANGE: Final = (
    "INSERT INTO audit_entrychange (entry_id, position, subject_type, subject_id, before, after, personal)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_INSERT_PERSONAL: Final = (
    "INSERT INTO audit_personalvalue (entry_id, position, field, before, after, salt) VALUES (%s, %s, %s, %s, %s, %s)"
)
_INSERT_AUTHOR: Final = (
    "INSERT INTO audit_authoridentity (digest, account_ref, name, on_behalf_of, address) VALUES (%s, %s, %s, %s, %s)"
)
_NAME_LENGTH: Final = 255
_ADDRESS_LENGTH: Final = 64


@dataclass(frozen=True, slots=True)
class Author:
    """As whom someone acted. `on_behalf_of` is the absent person's name when the role is held by delegation."""

    account_id: int | None
    name: str
    role: str
    unit_code: str
    on_behalf_of: str


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one record, field by field; both empty for a record that was only looked at.

    before, after : field -> JSON value; a created record has no before, a deleted one no after.
    personal : the fields whose values the law may later want erased; they stand beside the journal.
    """

    subject_type: str
    subject_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    personal: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Act:
    """What one entry tells: which use case, as whom, and what it changed."""

    use_case: str
    author: Author
    changes: Sequence[Change] = ()
    note: str = ""


def record(
    *,
    use_case: str,
    outcome: Outcome,
    author: Author,
    at: datetime,
    request_id: str,
    via: str,
    address: str,
    changes: Sequence[Change],
    note: str = "",
) -> int:
    """Write one entry; give back its number. Called inside the transaction of the work that it records."""
    act = Act(use_case, author, changes, note)
    return record_all([act], outcome=outcome, at=at, request_id=request_id, via=via, address=address)[0]


def record_all(
    acts: Sequence[Act], *, outcome: Outcome, at: datetime, request_id: str, via: str, address: str
) -> list[int]:
    """Write an entry for each act, in their order; give back their numbers.

    SQL, for up to 500 acts: one INSERT for the entries, one for their authors when new, one for all changes (none
    without changes), one for all personal values (none without).
    """
    entries = [
        _StoredEntry.of(act, outcome=outcome, at=at, request_id=request_id, via=via, address=address) for act in acts
    ]
    with connection.cursor() as cursor:
        numbers: dict[str, int] = {}
        for first in range(0, len(entries), _MOST_ENTRIES_A_STATEMENT):
            numbers |= _insert_entries(cursor, entries[first : first + _MOST_ENTRIES_A_STATEMENT], at)
        numbered = [(numbers[entry.nonce], entry.changes) for entry in entries]
        _write(
            cursor,
            _INSERT_CHANGE,
            [(number, n, *row.columns) for number, rows in numbered for n, row in enumerate(rows, start=1)],
        )
        _write(
            cursor,
            _INSERT_PERSONAL,
            [
                (number, n, *value)
                for number, rows in numbered
                for n, row in enumerate(rows, start=1)
                for value in row.personal_values
            ],
        )
    return [number for number, _changes in numbered]


def _insert_entries(cursor: CursorWrapper, entries: Sequence[_StoredEntry], at: datetime) -> dict[str, int]:
    """Nonce -> number. Authors that nobody wrote down yet are written down.

    The nonce finds the number again: neither database promises the order of what RETURNING gives.
    """
    stored_at = connection.ops.adapt_datetimefield_value(at.astimezone(UTC))
    rows = ", ".join([_ENTRY_ROW] * len(entries))
    values = [value for entry in entries for value in entry.columns(stored_at)]
    cursor.execute(_INSERT_ENTRY.format(rows=rows), values)
    numbers: dict[str, int] = {}
    unknown: set[str] = set()
    for number, nonce, is_known in cursor.fetchall():
        numbers[nonce] = number
        if not is_known:
            unknown.add(nonce)
    authors = {entry.digest: entry.who for entry in entries if entry.nonce in unknown}
    _write(cursor, _INSERT_AUTHOR, [(digest, *who) for digest, who in authors.items()])
    return numbers


def moment(at: datetime) -> str:
    """As hashed: ISO in UTC, always with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _write(cursor: CursorWrapper, insert: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if len(rows) == 1:
        cursor.execute(insert, rows[0])
    elif rows:
        cursor.executemany(insert, rows)


def _identity(author: Author, address: str) -> tuple[int | None, str, str, str]:
    """What the entry's digest stands for; written down where it can be erased, once."""
    return (
        author.account_id,
        author.name[:_NAME_LENGTH],
        author.on_behalf_of[:_NAME_LENGTH],
        address[:_ADDRESS_LENGTH],
    )


@dataclass(frozen=True, slots=True)
class _StoredEntry:
    """head : what is hashed, the moment as text; who : what the author's digest stands for."""

    head: tuple[Any, ...]
    who: tuple[int | None, str, str, str]
    digest: str
    mac: str
    changes: list[_StoredChange]

    @classmethod
    def of(cls, act: Act, *, outcome: Outcome, at: datetime, request_id: str, via: str, address: str) -> _StoredEntry:
        author = act.author
        who = _identity(author, address)
        digest = hashing.author_digest(keys.author_key(), *who)
        head = (
            secrets.token_hex(8),
            moment(at),
            act.use_case,
            outcome.value,
            author.account_id,
            digest,
            author.role,
            author.unit_code,
            via,
            request_id,
            act.note.replace("\x00", ""),
        )
        changes = [_StoredChange.of(change) for change in act.changes]
        content = hashing.content_digest(head, ((n, *row.columns) for n, row in enumerate(changes, start=1)))
        return cls(head, who, digest, hashing.entry_mac(keys.entry_key(), content), changes)

    @property
    def nonce(self) -> str:
        nonce: str = self.head[0]
        return nonce

    def columns(self, stored_at: Any) -> tuple[Any, ...]:
        """As the table has them: the moment in the database's own form."""
        return (self.head[0], stored_at, *self.head[2:], self.mac)


@dataclass(frozen=True, slots=True)
class _StoredChange:
    """columns : subject_type, subject_id, before, after, personal. personal_values : (field, before, after, salt)."""

    columns: tuple[str, str, str, str, str]
    personal_values: list[tuple[str, str | None, str | None, str]]

    @classmethod
    def of(cls, change: Change) -> _StoredChange:
        before, after = dict(change.before), dict(change.after)
        names = sorted(name for name in change.personal if name in before or name in after)
        values = []
        for name in names:
            salt = secrets.token_hex(16)
            values.append((name, _hide(before, name, salt), _hide(after, name, salt), salt))
        texts = (hashing.canonical(before), hashing.canonical(after), hashing.canonical(names))
        return cls((change.subject_type, change.subject_id, *texts), values)


def _hide(values: dict[str, Any], name: str, salt: str) -> str | None:
    """Put a salted hash in place of the value; give the value back as text."""
    if name not in values:
        return None
    text = hashing.canonical(values[name])
    values[name] = {"sha256": hashing.salted_hash(salt, text)}
    return text
