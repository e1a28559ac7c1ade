"""Closing what was written into a chain: a Merkle tree a batch, each root chained to the one before, each head signed.

One sealer works at a time. Two that meet all the same (two machines) cannot fork the chain: a seal's number and an
entry's place are primary keys, so the second one's transaction fails and it comes again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from . import hashing, heads
from .journal import moment
from .models import Entry, Seal, SealedEntry, UnsealedEntry
from .stored import StoredEntry, rows_of_entries, stored_entries

BATCH: Final = 1000
"""Entries in a seal at most: on SQLite the database is held for some milliseconds while a seal is written."""


@dataclass(frozen=True, slots=True)
class SealOutcome:
    """What one run of the sealer did and saw.

    foreign : numbers of entries that this program did not write (wrong HMAC); sealed as found, and to be looked into.
    is_busy : another sealer was at work; nothing was done.
    heads_differ : the file of heads does not end where the database does; `caicach audit verify` says how.
    """

    seals: int = 0
    entries: int = 0
    foreign: tuple[int, ...] = ()
    is_busy: bool = False
    heads_differ: bool = False


def seal(*, at: datetime) -> SealOutcome:
    """Seal all entries that wait, and append the heads to settings.AUDIT_HEADS. Called every second.

    What a crash left undone between the database and the file is done first.
    Raises OSError when the file cannot be written: then nothing more is sealed until it can.
    """
    with heads.held(Path(settings.AUDIT_HEADS)) as file:
        if file is None:
            return SealOutcome(is_busy=True)
        return _seal_all(file, at.astimezone(UTC))


def requeue_forgotten() -> int:
    """Line up again every entry that is neither sealed nor waiting, which only a hand in the database can bring about.

    Reads the whole journal: for an operator's command, not for every second. Gives their count.
    """
    forgotten = Entry.objects.filter(
        ~Exists(SealedEntry.objects.filter(pk=OuterRef("pk"))), ~Exists(UnsealedEntry.objects.filter(pk=OuterRef("pk")))
    ).values_list("pk", flat=True)
    return len(UnsealedEntry.objects.bulk_create([UnsealedEntry(entry_id=number) for number in forgotten]))


def _seal_all(file: heads.HeadsFile, at: datetime) -> SealOutcome:
    last = Seal.objects.order_by("sequence").last()
    heads_differ = not _catch_up(file, last)
    seals = entries = 0
    foreign: list[int] = []
    for batch in _waiting():
        found = stored_entries(batch)
        if not found:
            continue
        try:
            last = _seal_batch(found, last, at)
        except IntegrityError:
            return SealOutcome(seals, entries, tuple(foreign), is_busy=True, heads_differ=heads_differ)
        file.append(head_of(last))
        seals += 1
        entries += len(found)
        foreign += [number for number in sorted(found) if not found[number].is_ours]
    return SealOutcome(seals, entries, tuple(foreign), heads_differ=heads_differ)


def _waiting() -> Iterator[list[int]]:
    """Numbers of the entries that wait, by the batch. What someone put on the list without need is passed over."""
    rows = UnsealedEntry.objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(rows[:BATCH]):
        sealed = {row[0] for row in rows_of_entries(SealedEntry.objects.values_list("pk"), "pk", batch)}
        yield [number for number in batch if number not in sealed]
        if len(batch) < BATCH:
            return  # what came meanwhile has time until the next run; else a busy day would make seals of one entry
        rows = rows.filter(pk__gt=batch[-1])


def _seal_batch(found: dict[int, StoredEntry], last: Seal | None, at: datetime) -> Seal:
    """Raises IntegrityError when another sealer was first."""
    sequence = last.sequence + 1 if last else 1
    numbers = sorted(found)
    leaves = [
        hashing.leaf_hash(sequence=sequence, position=position, entry_id=number, content=found[number].content)
        for position, number in enumerate(numbers)
    ]
    # The moment in a row that is not ours is not believed.
    moments = [datetime.fromisoformat(entry.at) for entry in found.values() if entry.is_ours] or [at]
    new = _new_seal(sequence, last, leaves, moments, at)
    with transaction.atomic():
        new.save(force_insert=True)
        SealedEntry.objects.bulk_create(
            SealedEntry(entry_id=number, seal=new, position=position, leaf=leaves[position].hex())
            for position, number in enumerate(numbers)
        )
        UnsealedEntry.objects.filter(pk__in=numbers).delete()
    return new


def _new_seal(
    sequence: int, last: Seal | None, leaves: Sequence[bytes], moments: Sequence[datetime], at: datetime
) -> Seal:
    new = Seal(
        sequence=sequence,
        first_at=min(moments),
        last_at=max(moments),
        count=len(leaves),
        merkle_root=hashing.merkle_root(leaves),
        previous=last.chain_hash if last else hashing.NO_PREVIOUS,
        at=at,
    )
    new.chain_hash = recomputed_chain_hash(new)
    new.signature = heads.signed(sequence=sequence, chain_hash=new.chain_hash, count=new.count, at=moment(at)).signature
    return new


def recomputed_chain_hash(seal: Seal) -> str:
    return hashing.chain_hash(
        sequence=seal.sequence,
        previous=seal.previous,
        merkle_root=seal.merkle_root,
        count=seal.count,
        first_at=moment(seal.first_at),
        last_at=moment(seal.last_at),
        at=moment(seal.at),
    )


def head_of(seal: Seal) -> heads.Head:
    return heads.Head(seal.sequence, seal.chain_hash, seal.count, moment(seal.at), seal.signature)


def _catch_up(file: heads.HeadsFile, last: Seal | None) -> bool:
    """Append the one head that a crash may have left out; whether the file then ends where the chain does.

    A larger difference is never mended here: a file that was made anew from the database could prove nothing.
    """
    written = file.last()
    if last is None or written is None:
        if last is not None and last.sequence == 1:
            file.append(head_of(last))
            return True
        return last is None and written is None
    if written.sequence == last.sequence - 1:
        file.append(head_of(last))
        return True
    return written == head_of(last)
