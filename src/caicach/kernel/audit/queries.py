"""Reading the journal: the history of one record, the operator's list, what waits for the sealer.

What was erased is shown as erased; a constant number of SQL queries each, whatever the number of lines.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from .models import AuthorIdentity, Entry, EntryChange, Outcome, PersonalValue, SealedEntry, UnsealedEntry

CHANGES_SHOWN: Final = 20
"""Records shown of an entry that changed very many; `changes_total` counts them all."""
_OLDEST: Final = 100
"""Entries that have waited longest, by number; among them is the oldest moment or one very near it."""


class _Absent:
    """Where a field has no value because the record did not exist."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """before, after : JSON values, or ABSENT. is_erased : a personal value that was erased; both are ABSENT then."""

    name: str
    before: Any
    after: Any
    is_erased: bool = False


class Act(Enum):
    """What was done to one record."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What an entry did to one record; no fields when it was only looked at."""

    subject_type: str
    subject_id: str
    act: Act
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class WrittenBy:
    """name, on_behalf_of, address : None once erased."""

    account_ref: int | None
    name: str | None
    role: str
    unit_code: str
    on_behalf_of: str | None
    address: str | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry, for people. `changes` : in the history of a record, of that record alone; else the first twenty.

    seal : its number; None while the entry waits, and in the history of a record, which does not ask.
    """

    entry_id: int
    at: datetime
    use_case: str
    outcome: Outcome
    author: WrittenBy
    via: str
    request_id: str
    note: str
    changes: tuple[RecordChange, ...]
    changes_total: int
    seal: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is not yet sealed. oldest_at : None when nothing waits."""

    count: int
    oldest_at: datetime | None


def history_of(subject_type: str, subject_id: str, *, limit: int, before_id: int | None = None) -> list[HistoryLine]:
    """Entries that changed or looked at one record, newest first. What was tried and not done is in the journal alone:
    a form sent with a mistake is nothing that happened to the record.

    before_id : only entries with a lower number, for the next page. Four queries, five with personal values.
    """
    return history_of_records({subject_type: [subject_id]}, limit=limit, before_id=before_id)


def history_of_records(
    subjects: Mapping[str, Collection[str]], *, limit: int, before_id: int | None = None
) -> list[HistoryLine]:
    """The same for a record together with its parts: subject type -> ids. `changes` are of these records alone."""
    of_records = _changes_of(subjects)
    older = of_records if before_id is None else of_records.filter(entry_id__lt=before_id)
    numbers = list(older.order_by("-entry_id").values_list("entry_id", flat=True).distinct()[:limit])
    changes = _changes(of_records.filter(entry_id__in=numbers))
    return _lines(Entry.objects.filter(pk__in=numbers), changes, {n: len(c) for n, c in changes.items()}, seals={})


def changes_within(numbers: Collection[int], *, subject_type: str) -> dict[int, tuple[RecordChange, ...]]:
    """What entries did to records of one kind: entry -> changes. One query, two with personal values."""
    return _changes(EntryChange.objects.filter(entry_id__in=numbers, subject_type=subject_type))


def count_of_records(subjects: Mapping[str, Collection[str]]) -> int:
    """How many entries `history_of_records` has in all. One query."""
    return _changes_of(subjects).order_by().values("entry_id").distinct().count()


def _changes_of(subjects: Mapping[str, Collection[str]]) -> QuerySet[EntryChange]:
    wanted = Q(pk__in=())
    for subject_type, ids in subjects.items():
        wanted |= Q(subject_type=subject_type, subject_id__in=list(ids))
    return EntryChange.objects.filter(wanted, entry__in=Entry.objects.filter(outcome=Outcome.DONE).values("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """What an operator looks for; None = any. use_case : a whole name, or a room with a dot (`one_stop.`)."""

    since: datetime | None = None
    until: datetime | None = None
    """Exclusive."""
    use_case: str | None = None
    outcome: Outcome | None = None
    account_ref: int | None = None
    unit_code: str | None = None
    request_id: str | None = None
    subject_type: str | None = None
    subject_id: str | None = None


def entries(wanted: EntryFilter | None = None, *, limit: int, before_id: int | None = None) -> list[HistoryLine]:
    """Entries of the whole journal, newest first; `before_id` as in `history_of`.

    Six queries, seven with personal values.
    """
    rows = _chosen(wanted or EntryFilter())
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    numbers = list(rows.order_by("-pk").values_list("pk", flat=True)[:limit])
    of_entries = EntryChange.objects.filter(entry_id__in=numbers)
    totals = dict(of_entries.values("entry_id").annotate(total=Count("pk")).values_list("entry_id", "total"))
    return _lines(
        Entry.objects.filter(pk__in=numbers),
        _changes(of_entries.filter(position__lte=CHANGES_SHOWN)),
        totals,
        dict(SealedEntry.objects.filter(pk__in=numbers).values_list("pk", "seal_id")),
    )


def entry(number: int) -> HistoryLine | None:
    """One entry with all its changes."""
    changes = _changes(EntryChange.objects.filter(entry_id=number))
    seals = dict(SealedEntry.objects.filter(pk=number).values_list("pk", "seal_id"))
    totals = {n: len(c) for n, c in changes.items()}
    return next(iter(_lines(Entry.objects.filter(pk=number), changes, totals, seals)), None)


def use_cases() -> list[str]:
    """Names that occur in the journal, for the filter: one step along the index for each, not one for each entry."""
    with connection.cursor() as cursor:
        cursor.execute(_USE_CASES)
        return [name for (name,) in cursor.fetchall()]


_USE_CASES: Final = """
    WITH RECURSIVE names (name) AS (
        SELECT min(use_case) FROM audit_entry
        UNION ALL
        SELECT (SELECT min(use_case) FROM audit_entry WHERE use_case > name) FROM names WHERE name IS NOT NULL
    )
    SELECT name FROM names WHERE name IS NOT NULL
"""


def waiting() -> Waiting:
    """For the health page: how much the sealer has before it. Three queries."""
    count = UnsealedEntry.objects.count()
    oldest = list(UnsealedEntry.objects.order_by("pk").values_list("pk", flat=True)[:_OLDEST])
    return Waiting(count=count, oldest_at=Entry.objects.filter(pk__in=oldest).aggregate(at=Min("at"))["at"])


def _chosen(wanted: EntryFilter) -> QuerySet[Entry]:
    exact = ("outcome", "account_ref", "unit_code", "request_id")
    rows = Entry.objects.filter(**{name: value for name in exact if (value := getattr(wanted, name)) is not None})
    if wanted.since is not None:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(at__lt=wanted.until)
    if wanted.use_case is not None:
        lookup = "use_case__startswith" if wanted.use_case.endswith(".") else "use_case"
        rows = rows.filter(**{lookup: wanted.use_case})
    if wanted.subject_type is not None:
        of_record = EntryChange.objects.filter(subject_type=wanted.subject_type)
        if wanted.subject_id is not None:
            of_record = of_record.filter(subject_id=wanted.subject_id)
        rows = rows.filter(pk__in=of_record.values("entry_id"))
    return rows


def _changes(rows: QuerySet[EntryChange]) -> dict[int, tuple[RecordChange, ...]]:
    """By entry, in order; personal values put back where they are still kept."""
    found = list(rows.order_by("entry_id", "position"))
    kept = _personal({row.entry_id for row in found if row.personal != "[]"})
    changes: dict[int, list[RecordChange]] = defaultdict(list)
    for row in found:
        change = RecordChange(row.subject_type, row.subject_id, _act(row), _fields(row, kept))
        changes[row.entry_id].append(change)
    return {number: tuple(of_entry) for number, of_entry in changes.items()}


def _act(row: EntryChange) -> Act:
    had, has = row.before != "{}", row.after != "{}"
    if had and has:
        return Act.CHANGED
    if has:
        return Act.CREATED
    return Act.DELETED if had else Act.SEEN


def _personal(numbers: set[int]) -> dict[tuple[int, int, str], PersonalValue]:
    if not numbers:
        return {}
    rows = PersonalValue.objects.filter(entry_id__in=numbers)
    return {(row.entry_id, row.position, row.field): row for row in rows}


def _fields(row: EntryChange, kept: dict[tuple[int, int, str], PersonalValue]) -> tuple[FieldChange, ...]:
    before, after = json.loads(row.before), json.loads(row.after)
    personal = frozenset(json.loads(row.personal))
    return tuple(
        _personal_change(name, kept.get((row.entry_id, row.position, name)))
        if name in personal
        else FieldChange(name, before.get(name, ABSENT), after.get(name, ABSENT))
        for name in dict.fromkeys((*before, *after))
    )


def _personal_change(name: str, value: PersonalValue | None) -> FieldChange:
    if value is None or value.salt is None:
        return FieldChange(name, ABSENT, ABSENT, is_erased=True)
    return FieldChange(name, _value(value.before), _value(value.after))


def _value(text: str | None) -> Any:
    return ABSENT if text is None else json.loads(text)


def _lines(
    rows: QuerySet[Entry],
    changes: dict[int, tuple[RecordChange, ...]],
    totals: dict[int, int],
    seals: dict[int, int],
) -> list[HistoryLine]:
    found = list(rows.order_by("-pk"))
    authors = _authors({row.author_digest for row in found})
    return [
        HistoryLine(
            entry_id=row.pk,
            at=row.at,
            use_case=row.use_case,
            outcome=Outcome(row.outcome),
            author=_written_by(row, authors.get(row.author_digest)),
            via=row.via,
            request_id=row.request_id,
            note=row.note,
            changes=changes.get(row.pk, ()),
            changes_total=totals.get(row.pk, 0),
            seal=seals.get(row.pk),
        )
        for row in found
    ]


def _authors(digests: Iterable[str]) -> dict[str, AuthorIdentity]:
    return {identity.digest: identity for identity in AuthorIdentity.objects.filter(digest__in=list(digests))}


def _written_by(row: Entry, identity: AuthorIdentity | None) -> WrittenBy:
    return WrittenBy(
        account_ref=row.account_ref,
        name=identity.name if identity else None,
        role=row.role,
        unit_code=row.unit_code,
        on_behalf_of=identity.on_behalf_of if identity else None,
        address=identity.address if identity else None,
    )
