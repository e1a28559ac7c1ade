"""What the journal says that became of a record after a revision: for who saw it under that one and decides now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from .queries import ABSENT, Act, FieldChange, HistoryLine, RecordChange, history_of
from .wording import WordedField, worded

LINES_LOOKED_AT: Final = 200


def lines_after(subject_type: str, subject_id: str, *, revision: int, most: int = LINES_LOOKED_AT) -> list[HistoryLine]:
    """Entries that gave the record a higher `revision` than this one, newest first, among the `most` newest of all.

    Four queries, five at most.
    """
    lines = history_of(subject_type, subject_id, limit=most)
    return [line for line in lines if _revision_after(line) > revision]


def by_others(lines: Iterable[HistoryLine], *, account_id: int | None) -> list[HistoryLine]:
    """Those that somebody else wrote, in their order; of the system and of who was erased, too."""
    return [line for line in lines if account_id is None or line.author.account_ref != account_id]


def author_of(lines: Sequence[HistoryLine]) -> str:
    """Who wrote the newest of the lines; "" where nobody is known."""
    return lines[0].author.name or "" if lines else ""


def folded(changes: Iterable[RecordChange]) -> list[RecordChange]:
    """One change a record, from what it was to what it is, of the fields that differ in the end. Oldest comes first."""
    fields: dict[tuple[str, str], dict[str, FieldChange]] = defaultdict(dict)
    for change in changes:
        of_record = fields[change.subject_type, change.subject_id]
        for field in change.fields:
            of_record[field.name] = replace(field, before=of_record.get(field.name, field).before)
    return [
        RecordChange(subject_type, subject_id, _act(kept), kept)
        for (subject_type, subject_id), found in fields.items()
        if (kept := tuple(field for field in found.values() if field.before != field.after or field.is_erased))
    ]


def in_words(
    changes: Sequence[RecordChange],
    *,
    line: HistoryLine,
    hidden: frozenset[str] = frozenset(),
    told: Callable[[FieldChange], Iterable[FieldChange]] = lambda change: (change,),
) -> Iterator[tuple[RecordChange, tuple[WordedField, ...]]]:
    """Each change with its fields in words. line : any of those that the changes are from; hidden, told : as of
    `wording.history_page`.
    """
    shown = [
        replace(change, fields=tuple(part for field in change.fields for part in told(field))) for change in changes
    ]
    lines = worded([replace(line, changes=(change,)) for change in shown], hidden=hidden)
    return ((change, worded_line.fields) for change, worded_line in zip(changes, lines, strict=True))


def net_changes(
    lines: Sequence[HistoryLine],
    *,
    hidden: frozenset[str] = frozenset(),
    told: Callable[[FieldChange], Iterable[FieldChange]] = lambda change: (change,),
) -> dict[str, tuple[str, str]]:
    """Field label -> (what it was, what it is now) over all lines of one record, which come newest first."""
    changes = folded(change for line in reversed(lines) for change in line.changes)
    if not changes:
        return {}
    return {
        field.label: (field.before or "", field.after or "")
        for _change, fields in in_words(changes, line=lines[0], hidden=hidden, told=told)
        for field in fields
    }


def _revision_after(line: HistoryLine) -> int:
    after: Iterable[Any] = (
        field.after for change in line.changes for field in change.fields if field.name == "revision"
    )
    return max((int(each) for each in after if each is not ABSENT), default=0)


def _act(fields: Sequence[FieldChange]) -> Act:
    if all(field.before is ABSENT for field in fields):
        return Act.CREATED
    return Act.DELETED if all(field.after is ABSENT for field in fields) else Act.CHANGED
