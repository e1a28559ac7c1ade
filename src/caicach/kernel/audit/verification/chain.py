"""The chain of seals, link by link, held against the heads kept outside the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from caicach.kernel.audit import hashing, heads
from caicach.kernel.audit.models import Seal
from caicach.kernel.audit.stored import MomentAsHashed, plain_rows

from .findings import KEPT, Findings

_CHUNK: Final = 2000
"""Seals between two checks of a signature: each head covers all before it, and a check costs as much as 20 links."""
STRETCH: Final = 50_000


@dataclass(frozen=True, slots=True)
class ChainResult:
    """last : head of the last seal, None without seals. unwritten : whether that head is not yet in the file.

    stretches : first and last seal of parts of the chain with some `stretch` entries or seals each.
    """

    seals: int
    last: heads.Head | None
    unwritten: bool
    stretches: list[tuple[int, int]]


class _Link(NamedTuple):
    """A seal as it stands in the database, its moments as hashed."""

    sequence: int
    previous: str
    merkle_root: str
    size: int
    first_at: str
    last_at: str
    at: str
    chain_hash: str
    signature: str

    @property
    def head(self) -> heads.Head:
        return heads.Head(self.sequence, self.chain_hash, self.size, self.at, self.signature)

    def is_as_hashed(self) -> bool:
        recomputed = hashing.chain_hash(
            sequence=self.sequence,
            previous=self.previous,
            merkle_root=self.merkle_root,
            count=self.size,
            first_at=self.first_at,
            last_at=self.last_at,
            at=self.at,
        )
        return recomputed == self.chain_hash


def check_chain(outside: Outside, findings: Findings, *, stretch: int = STRETCH) -> ChainResult:
    """Every seal follows the one before it, is as it was hashed, signed, and the same as its head outside."""
    seals = 0
    last: _Link | None = None
    stretches = _Stretches(stretch)
    for chunk in _chunks(findings):
        for link in chunk:
            _check_link(link, last, findings)
            outside.compare(link.head)
            stretches.add(link.sequence, link.size)
            last = link
        seals += len(chunk)
        _check_signatures(chunk, findings)
    head = last.head if last else None
    return ChainResult(seals, head, outside.finish(head), stretches.done())


def _chunks(findings: Findings) -> Iterator[Sequence[_Link]]:
    after = 0
    while links := _links(after):
        # SQLite's columns take any type; texts in the place of numbers come last.
        whole = [link for link in links if isinstance(link.sequence, int) and isinstance(link.size, int)]
        for _link in links[len(whole) :]:
            findings.add("seal_unreadable")
        if not whole:
            return
        yield whole
        after = whole[-1].sequence


def _links(after: int) -> list[_Link]:
    rows = Seal.objects.filter(sequence__gt=after).order_by("sequence")
    moments = {f"{name}_hashed": MomentAsHashed(name) for name in ("first_at", "last_at", "at")}
    columns = ("sequence", "previous", "merkle_root", "count", *moments, "chain_hash", "signature")
    return [_Link(*row) for row in plain_rows(rows.annotate(**moments).values_list(*columns)[:_CHUNK])]


def _check_link(link: _Link, last: _Link | None, findings: Findings) -> None:
    expected = last.sequence + 1 if last else 1
    for sequence in range(expected, min(link.sequence, expected + KEPT)):
        findings.add("seal_deleted", seal=sequence)
    previous = last.chain_hash if last else hashing.NO_PREVIOUS
    follows = link.previous == previous or link.sequence != expected
    if not (follows and link.is_as_hashed()):
        findings.add("seal_altered", seal=link.sequence)


def _check_signatures(chunk: Sequence[_Link], findings: Findings) -> None:
    if chunk[-1].head.is_genuine():
        return
    forged = next(link for link in chunk if not link.head.is_genuine())
    findings.add("seal_forged", seal=forged.sequence)


class _Stretches:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._done: list[tuple[int, int]] = []
        self._first = self._last = self._size = 0

    def add(self, sequence: int, size: int) -> None:
        self._first = self._first or sequence
        self._last = sequence
        self._size += size + 1
        if self._size >= self._limit:
            self._close()

    def done(self) -> list[tuple[int, int]]:
        self._close()
        return self._done

    def _close(self) -> None:
        if self._first:
            self._done.append((self._first, self._last))
        self._first = self._last = self._size = 0


class Outside:
    """The heads of the file, in step with the seals of the database.

    Made before the database is looked at: a line that is there already belongs to a seal that must be there too.
    """

    def __init__(self, path: Path, findings: Findings) -> None:
        self._path = path
        self._findings = findings
        self._size = path.stat().st_size if path.exists() else None
        self._lines = heads.read(path) if self._size is not None else iter(())
        self._next = next(self._lines, None)
        self._rebuilt = False
        self._lacking: tuple[int, int] | None = None

    def compare(self, inside: heads.Head) -> None:
        line = self._line_for(inside)
        if line is None or line.head is None:
            first = self._lacking[0] if self._lacking else inside.sequence
            self._lacking = (first, inside.sequence)
            return
        self._report_lacking()
        if line.head != inside and not self._rebuilt:
            self._tell_apart(line, line.head, inside)

    def finish(self, last: heads.Head | None) -> bool:
        """Look at what the file holds beyond the last seal. Whether only the last seal's head is not yet written."""
        if self._size is None:
            if last is not None:
                self._findings.add("heads_missing", path=str(self._path))
            return False
        self._report_cut(last.sequence if last else 0)
        if last is not None and self._lacking == (last.sequence, last.sequence) and last.is_genuine():
            return True
        self._report_lacking()
        return False

    def _line_for(self, inside: heads.Head) -> heads.Line | None:
        """The line of this seal, if it is next; lines before it that belong to no seal are named and passed over."""
        while (line := self._next) is not None:
            if line.head is not None and line.head.sequence > inside.sequence:
                return None
            self._next = next(self._lines, None)
            if line.head is not None and line.head.sequence == inside.sequence:
                return line
            # A crash in the middle of a line leaves the beginning of this very head, which then follows whole.
            if not self._rebuilt and not inside.line().startswith(line.text):
                self._findings.add("heads_altered", line=line.number)
        return None

    def _tell_apart(self, line: heads.Line, head: heads.Head, inside: heads.Head) -> None:
        if inside.is_genuine() and not head.is_genuine():
            self._findings.add("heads_altered", line=line.number)
            return
        if head.chain_hash == inside.chain_hash and head.is_genuine():
            self._findings.add("seal_altered", seal=inside.sequence)
            return
        self._rebuilt = True
        self._findings.add("chain_rebuilt", seal=inside.sequence)

    def _report_lacking(self) -> None:
        if self._lacking:
            self._findings.add("heads_short", seal=self._lacking[0], last=self._lacking[1])
        self._lacking = None

    def _report_cut(self, last: int) -> None:
        farthest = last
        while (line := self._next) is not None and line.offset < (self._size or 0):
            if line.head is not None:
                farthest = max(farthest, line.head.sequence)
            elif not self._rebuilt:
                self._findings.add("heads_altered", line=line.number)
            self._next = next(self._lines, None)
        if farthest > last:
            self._findings.add("tail_cut", seal=last, last=farthest)
