"""One verification, from the first seal to the last unsealed entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from caicach.kernel.audit import heads
from caicach.kernel.audit.stretches import shared_out

from .chain import STRETCH, Outside, check_chain
from .entries import Tally, check_sealed
from .findings import Finding, Findings
from .rest import check_authors, check_copies, check_guards, check_lost, check_orphans, check_unsealed


@dataclass(frozen=True, slots=True)
class Verification:
    """entries : sealed ones. erased : personal values and authors that recorded erasures took out.
    head : None without seals.

    head_unwritten : the last seal's head is not yet in the file (a crash, or this very moment).
    findings : the first hundred in the order of the journal; `total` counts all.
    """

    entries: int
    seals: int
    unsealed: int
    erased: int
    head: heads.Head | None
    head_unwritten: bool
    findings: list[Finding]
    total: int

    @property
    def is_intact(self) -> bool:
        return not self.total

    def as_json(self) -> dict[str, Any]:
        """Documented in docs/audit.md."""
        return {
            "intact": self.is_intact,
            "entries": self.entries,
            "seals": self.seals,
            "unsealed": self.unsealed,
            "erased": self.erased,
            "head": {"sequence": self.head.sequence, "chain_hash": self.head.chain_hash, "at": self.head.at}
            if self.head
            else None,
            "head_unwritten": self.head_unwritten,
            "first": self.findings[0].as_json() if self.findings else None,
            "findings": [finding.as_json() for finding in self.findings],
            "findings_total": self.total,
        }


def verify(
    *,
    heads_file: Path,
    processes: int = 1,
    stretch: int = STRETCH,
    progress: Callable[[int], None] = lambda entries: None,
) -> Verification:
    """Read everything; change nothing; keep no writer waiting. Memory stays the same however long the journal is.

    processes : how many share the sealed entries; more than one needs a database that other processes can open.
    stretch : entries that one process takes at a time.
    progress : called with the count of entries read so far.
    """
    findings = Findings()
    outside = Outside(heads_file, findings)
    with _snapshot():
        chain = check_chain(outside, findings, stretch=stretch)
        sealed = _total(_sealed(chain.stretches, processes), progress)
        unsealed = _total(check_unsealed(), lambda entries: progress(sealed.entries + entries))
        seen = Tally()
        seen.include(sealed)
        seen.include(unsealed)
        findings.include(seen.findings)
        check_lost(findings)
        check_copies(findings)
        check_orphans(seen, findings)
        erased = seen.erased + check_authors(findings)
        check_guards(findings)
    return Verification(
        entries=sealed.entries,
        seals=chain.seals,
        unsealed=unsealed.entries,
        erased=erased,
        head=chain.last,
        head_unwritten=chain.unwritten,
        findings=findings.in_order(),
        total=findings.total,
    )


def _sealed(stretches: list[tuple[int, int]], processes: int) -> Iterator[Tally]:
    if processes > 1 and len(stretches) > 1:
        yield from shared_out(stretches, processes)
        return
    for first, last in stretches:
        yield from check_sealed(first=first, last=last)


def _total(tallies: Iterator[Tally], progress: Callable[[int], None]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.include(tally)
        progress(total.entries)
    return total


@contextmanager
def _snapshot() -> Iterator[None]:
    """The journal as of one moment, while others go on writing. Inside a transaction: as that one sees it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not `atomic`: that takes SQLite's only write lock, and would keep all writers waiting.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
