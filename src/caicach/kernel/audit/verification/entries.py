"""The sealed entries of a stretch of the chain: each hashed again, and each seal's tree grown again from them.

In batches, so that memory stays the same however long the journal is, and in stretches, so that processes can share it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from django.db import OperationalError

from caicach.kernel.audit import hashing
from caicach.kernel.audit.erasure import ValuePlace
from caicach.kernel.audit.models import AuthorIdentity, PersonalValue, Seal, SealedEntry
from caicach.kernel.audit.stored import StoredEntry, is_spoilt_text, plain_rows, rows_of_entries, stored_entries

from .erasures import RecordedErasures
from .findings import Findings

_BATCH: Final = 5000
"""Entries read at a time; and as many seals at most."""


@dataclass(slots=True)
class Tally:
    """What was seen, to be held against the tables' own counts. erased : personal values whose erasure is recorded."""

    places: int = 0
    entries: int = 0
    changes: int = 0
    personal: int = 0
    erased: int = 0
    findings: Findings = field(default_factory=Findings)

    def include(self, other: Tally) -> None:
        self.places += other.places
        self.entries += other.entries
        self.changes += other.changes
        self.personal += other.personal
        self.erased += other.erased
        self.findings.include(other.findings)


class _Sealing(NamedTuple):
    """A seal as far as its entries are concerned."""

    sequence: int
    size: int
    merkle_root: str


class _Place(NamedTuple):
    entry: int
    position: int
    leaf: str


def check_sealed(*, first: int, last: int) -> Iterator[Tally]:
    """Seals `first` to `last`, batch by batch."""
    beside = Beside()
    for seals in _batches(first, last):
        yield from _check_readable(seals, beside)


def _batches(first: int, last: int) -> Iterator[list[_Sealing]]:
    after = first - 1
    while True:
        rows = Seal.objects.filter(sequence__gt=after, sequence__lte=last).order_by("sequence")
        batch: list[_Sealing] = []
        entries = 0
        for row in plain_rows(rows.values_list("sequence", "count", "merkle_root")[:_BATCH]):
            batch.append(_Sealing(*row))
            entries += row[1] if isinstance(row[1], int) else 0
            if entries >= _BATCH:
                break
        if not batch:
            return
        yield batch
        after = batch[-1].sequence


def _check_readable(seals: Sequence[_Sealing], beside: Beside) -> Iterator[Tally]:
    """Seal by seal where SQLite holds a text that is none."""
    try:
        yield _check_batch(seals, beside)
    except OperationalError as error:
        if not is_spoilt_text(error):
            raise
        if len(seals) > 1:
            for seal in seals:
                yield from _check_readable([seal], beside)
            return
        tally = Tally()
        tally.findings.add("seal_unreadable", seal=seals[0].sequence)
        yield tally


def _check_batch(seals: Sequence[_Sealing], beside: Beside) -> Tally:
    within = SealedEntry.objects.filter(seal_id__gte=seals[0].sequence, seal_id__lte=seals[-1].sequence)
    places: dict[int, list[_Place]] = defaultdict(list)
    for sequence, *place in plain_rows(
        within.order_by("seal_id", "position").values_list("seal_id", "pk", "position", "leaf")
    ):
        places[sequence].append(_Place(*place))
    numbers = frozenset(place.entry for of_seal in places.values() for place in of_seal if type(place.entry) is int)
    found = stored_entries(numbers)
    tally = Tally(places=sum(len(places[seal.sequence]) for seal in seals))
    for seal in seals:
        try:
            _SealCheck(seal, places[seal.sequence], found, tally.findings).run()
        except (TypeError, ValueError):  # a text in the place of a number: SQLite's columns take any type
            tally.findings.add("seal_unreadable", seal=seal.sequence)
    check_erasable(numbers, found, beside, tally)
    return tally


class KnownAuthors:
    """Digests of authors that are there, asked for once each; forgotten when there are very many."""

    _LIMIT: Final = 50_000

    def __init__(self) -> None:
        self._digests: set[str] = set()

    def lacking(self, digests: set[str]) -> set[str]:
        if len(self._digests) > self._LIMIT:
            self._digests.clear()
        asked = digests - self._digests
        there = (
            set(AuthorIdentity.objects.filter(digest__in=asked).values_list("digest", flat=True)) if asked else set()
        )
        self._digests |= there
        return asked - there


@dataclass(frozen=True, slots=True)
class Beside:
    """What is remembered from batch to batch of the tables beside the entries."""

    authors: KnownAuthors = field(default_factory=KnownAuthors)
    erasures: RecordedErasures = field(default_factory=RecordedErasures)


def check_erasable(numbers: Collection[int], found: dict[int, StoredEntry], beside: Beside, tally: Tally) -> None:
    """What stands beside the entries is there; counts what was seen."""
    tally.entries += len(found)
    tally.changes += sum(len(entry.changes) for entry in found.values())
    lacking = beside.authors.lacking({entry.author_digest for entry in found.values()})
    for number, entry in found.items():
        # An entry that is not ours has been named; whom it claims as its author says nothing.
        if entry.author_digest in lacking and entry.is_ours:
            tally.findings.add("author_deleted", entry=number)
    check_personal(numbers, found, beside.erasures, tally)


class _SealCheck:
    """One seal against its entries as they stand now."""

    def __init__(
        self, seal: _Sealing, places: Sequence[_Place], found: dict[int, StoredEntry], findings: Findings
    ) -> None:
        self._seal = seal
        self._places = places
        self._found = found
        self._findings = findings
        self._wrong_leaves: list[_Place] = []
        self._foreign: list[_Place] = []

    def run(self) -> None:
        is_complete = self._check_places()
        tree = hashing.MerkleTree()
        for place in self._places:
            entry = self._found.get(place.entry)
            if entry is None:
                self._add("entry_deleted", place)
                is_complete = False
                continue
            leaf = self._leaf(place.position, place.entry, entry)
            tree.add(leaf)
            if leaf.hex() != place.leaf:
                self._wrong_leaves.append(place)
            elif not entry.is_ours:
                self._foreign.append(place)
        self._judge(is_same=is_complete and tree.root() == self._seal.merkle_root)

    def _judge(self, *, is_same: bool) -> None:
        """Name what was done. `is_same`: the entries as they stand give the root that was sealed."""
        for place in self._foreign:
            self._add("entry_inserted" if is_same else "entry_altered", place)
        for place in self._wrong_leaves:
            self._name_wrong(place, is_same=is_same)
        nothing_named = not (self._foreign or self._wrong_leaves)
        if nothing_named and not is_same and self._is_complete():
            self._findings.add("seal_entries_differ", seal=self._seal.sequence)

    def _is_complete(self) -> bool:
        return len(self._places) == self._seal.size and all(place.entry in self._found for place in self._places)

    def _check_places(self) -> bool:
        """Whether the places are 0, 1, 2 … to the end, by rising number; what is lacking or too much is named."""
        expected, before = 0, 0
        for place in self._places:
            if place.position > expected:
                self._name_missing(before, place.entry)
            if place.position >= self._seal.size:
                self._add("entry_added_to_seal", place)
            expected, before = place.position + 1, place.entry
        if not self._places:
            self._findings.add("entries_deleted_all", seal=self._seal.sequence)
        elif expected < self._seal.size:
            self._findings.add("entries_deleted_at_end", seal=self._seal.sequence, before=before)
        return len(self._places) == self._seal.size

    def _name_missing(self, before: int, after: int) -> None:
        if not before:
            self._findings.add("entries_deleted_at_start", seal=self._seal.sequence, after=after)
        elif after - before == 2:
            self._findings.add("entry_deleted", seal=self._seal.sequence, entry=before + 1)
        else:
            self._findings.add("entry_deleted_between", seal=self._seal.sequence, before=before, after=after)

    def _name_wrong(self, place: _Place, *, is_same: bool) -> None:
        """The hash of the entry as it stands is not the one at its place: why?"""
        entry = self._found[place.entry]
        if is_same:
            self._add("leaf_altered", place)
            return
        for position in range(min(self._seal.size, _BATCH)):
            if self._leaf(position, place.entry, entry).hex() == place.leaf:
                self._add("entry_moved", place, position=place.position + 1, sealed=position + 1)
                return
        for other in self._places:
            if self._leaf(other.position, other.entry, entry).hex() == other.leaf:
                self._add("entry_swapped", place, other=other.entry)
                return
        self._add("entry_replaced" if entry.is_ours else "entry_altered", place)

    def _leaf(self, position: int, number: int, entry: StoredEntry) -> bytes:
        return hashing.leaf_hash(
            sequence=self._seal.sequence, position=position, entry_id=number, content=entry.content
        )

    def _add(self, code: str, place: _Place, **more: int) -> None:
        self._findings.add(code, seal=self._seal.sequence, entry=place.entry, **more)


_Kept = tuple[str | None, str | None, str | None]
"""before, after and salt of a personal value."""
_NOTHING: Final[_Kept] = (None, None, None)


def check_personal(
    numbers: Collection[int], found: dict[int, StoredEntry], erasures: RecordedErasures, tally: Tally
) -> None:
    """Each personal value is the one whose salted hash the entry holds, or a recorded erasure took it out."""
    rows = PersonalValue.objects.values_list("position", "field", "before", "after", "salt", "entry_id")
    kept: dict[ValuePlace, _Kept] = {
        ValuePlace(number, position, name): (before, after, salt)
        for position, name, before, after, salt, number in rows_of_entries(rows, "entry_id", numbers)
    }
    tally.personal += len(kept)
    empty: list[ValuePlace] = []
    for number, entry in found.items():
        for position, _type, _id, before, after, personal in entry.changes:
            if personal == "[]":
                continue
            for name in _names(personal):
                place = ValuePlace(number, position, name)
                value = kept.pop(place, None)
                if value == _NOTHING:
                    empty.append(place)
                else:
                    _check_value(place, before, after, value, tally.findings)
    for number, _position, name in kept:
        tally.findings.add("personal_inserted", entry=number, field=name)
    unrecorded = erasures.values_left_out(empty)
    tally.erased += len(empty) - len(unrecorded)
    for place in unrecorded:
        tally.findings.add("personal_erased_unrecorded", entry=place.entry, field=place.field)


def _check_value(place: ValuePlace, before: str, after: str, value: _Kept | None, findings: Findings) -> None:
    if value is None:
        findings.add("personal_deleted", entry=place.entry, field=place.field)
        return
    *texts, salt = value
    for text, change in zip(texts, (before, after), strict=True):
        held = None if text is None or salt is None else hashing.salted_hash(salt, text)
        if salt is None or _held_hash(change, place.field) != held:
            findings.add("personal_altered", entry=place.entry, field=place.field)
            return


def _held_hash(change: str, name: str) -> str | None:
    """The salted hash that a change holds in place of a value."""
    fields = _parsed(change)
    value = fields.get(name) if isinstance(fields, dict) else None
    return value.get("sha256") if isinstance(value, dict) else None


def _names(personal: str) -> list[str]:
    names = _parsed(personal)
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _parsed(text: str) -> object:
    """None for what is no JSON any more: then its entry has been named as altered."""
    try:
        return json.loads(text)
    except ValueError:
        return None
