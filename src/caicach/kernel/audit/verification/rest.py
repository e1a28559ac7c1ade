"""What no seal speaks of: entries that wait, entries out of sight of the sealer, copies, orphans, authors, guards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db import OperationalError, connection
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from caicach.kernel.audit import hashing, keys, triggers
from caicach.kernel.audit.models import (
    AuthorIdentity,
    Entry,
    EntryChange,
    PersonalValue,
    Seal,
    SealedEntry,
    UnsealedEntry,
)
from caicach.kernel.audit.stored import is_spoilt_text, stored_entries

from .entries import Beside, Tally, check_erasable
from .erasures import RecordedErasures
from .findings import KEPT, Findings

_BATCH: Final = 5000


def check_unsealed() -> Iterator[Tally]:
    """Entries that no seal holds: written by us, whole, and waiting for the sealer."""
    beside = Beside()
    sealed = SealedEntry.objects.filter(pk=OuterRef("pk"))
    after = 0
    while True:
        open_entries = Entry.objects.filter(~Exists(sealed), pk__gt=after).order_by("pk")
        numbers = list(open_entries.values_list("pk", flat=True)[:_BATCH])
        if not numbers:
            return
        after = numbers[-1]
        yield from _check_readable(numbers, beside)


def _check_readable(numbers: list[int], beside: Beside) -> Iterator[Tally]:
    """Entry by entry where SQLite holds a text that is none."""
    try:
        yield _check_waiting(numbers, beside)
    except OperationalError as error:
        if not is_spoilt_text(error):
            raise
        if len(numbers) > 1:
            for number in numbers:
                yield from _check_readable([number], beside)
            return
        tally = Tally()
        tally.findings.add("entry_unreadable", entry=numbers[0])
        yield tally


def _check_waiting(numbers: list[int], beside: Beside) -> Tally:
    found = stored_entries(numbers)
    waiting = set(UnsealedEntry.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    tally = Tally()
    for number, entry in found.items():
        if not entry.is_ours:
            tally.findings.add("entry_inserted", entry=number)
        elif number not in waiting:
            tally.findings.add("entry_withheld", entry=number)
    check_erasable(numbers, found, beside, tally)
    return tally


def check_lost(findings: Findings) -> None:
    """Entries that waited for the sealer and are gone."""
    entry, sealed = Entry.objects.filter(pk=OuterRef("pk")), SealedEntry.objects.filter(pk=OuterRef("pk"))
    lost = UnsealedEntry.objects.filter(~Exists(entry), ~Exists(sealed)).order_by("pk")
    for number in lost.values_list("pk", flat=True)[:KEPT]:
        findings.add("entry_deleted_unsealed", entry=number)


def check_copies(findings: Findings) -> None:
    """No two entries have the same random mark: a second one is a copy, which our HMAC would vouch for."""
    copies = (
        Entry.objects.values("nonce")
        .annotate(times=Count("pk"), original=Min("pk"), copy=Max("pk"))
        .filter(times__gt=1)
        .order_by("copy")
    )
    for original, copy in copies.values_list("original", "copy")[:KEPT]:
        seal = SealedEntry.objects.filter(pk=copy).values_list("seal_id", flat=True).first()
        findings.add("entry_copied", seal=seal, entry=copy, original=original)


def check_orphans(seen: Tally, findings: Findings) -> None:
    """Rows that hang on nothing; looked for only when the tables hold more than was seen through the entries."""
    entry = Entry.objects.filter(pk=OuterRef("entry_id"))
    if EntryChange.objects.count() != seen.changes:
        for number in _first_numbers(EntryChange.objects.filter(~Exists(entry))):
            findings.add("change_without_entry", entry=number)
    if PersonalValue.objects.count() != seen.personal:
        for number in _first_numbers(PersonalValue.objects.filter(~Exists(entry))):
            findings.add("change_without_entry", entry=number)
    if SealedEntry.objects.count() != seen.places:
        seal = Seal.objects.filter(pk=OuterRef("seal_id"))
        lost = SealedEntry.objects.filter(~Exists(seal)).values("seal_id").annotate(first=Min("pk")).order_by("seal_id")
        for sequence, number in lost.values_list("seal_id", "first")[:KEPT]:
            findings.add("place_without_seal", seal=sequence, entry=number)


def _first_numbers(rows: QuerySet[EntryChange] | QuerySet[PersonalValue]) -> list[int]:
    return list(rows.order_by("entry_id").values_list("entry_id", flat=True).distinct()[:KEPT])


def check_authors(findings: Findings) -> int:
    """Names and networks are those that the entries' hashes stand for, or a recorded erasure took them out.

    Gives how many it took out.
    """
    key = keys.author_key()
    empty: list[str] = []
    altered: list[str] = []
    rows = AuthorIdentity.objects.values_list("digest", "account_ref", "name", "on_behalf_of", "address")
    for digest, account, name, on_behalf_of, address in rows.iterator(chunk_size=_BATCH):
        if name is None and on_behalf_of is None and address is None:
            empty.append(digest)
        elif hashing.author_digest(key, account, name, on_behalf_of, address) != digest:
            altered.append(digest)
    unrecorded = RecordedErasures().authors_left_out(empty)
    _add_by_first_entry("author_altered", altered, findings)
    _add_by_first_entry("author_erased_unrecorded", unrecorded, findings)
    return len(empty) - len(unrecorded)


def _add_by_first_entry(code: str, digests: list[str], findings: Findings) -> None:
    """Each author by the first entry written as that author; many at once, as each look-up reads all entries."""
    for begin in range(0, len(digests), _BATCH):
        some = digests[begin : begin + _BATCH]
        of_author = Entry.objects.filter(author_digest__in=some).values("author_digest").annotate(first=Min("pk"))
        first = dict(of_author.values_list("author_digest", "first"))
        for digest in some:
            findings.add(code, entry=first.get(digest))


def check_guards(findings: Findings) -> None:
    """The database still refuses to change the journal: whoever owns it can take that away, and put it back."""
    if missing := triggers.missing(connection):
        findings.add("guards_missing", guards=", ".join(missing))
