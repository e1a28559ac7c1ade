"""What a verification can find, in words."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KEPT: Final = 100
"""Findings listed; the others are counted."""


class Kind(StrEnum):
    """What was done to the journal; stable, for programs."""

    ALTERED = "altered"
    DELETED = "deleted"
    INSERTED = "inserted"
    SWAPPED = "swapped"
    WITHHELD = "withheld"
    """An entry that was kept from being sealed."""
    REBUILT = "rebuilt"
    """The chain was made anew."""
    CUT_OFF = "cut_off"
    """The end of the chain is gone."""
    HEADS = "heads"
    """The file of heads is missing, incomplete or altered."""
    UNGUARDED = "unguarded"
    """The database no longer refuses to change the journal."""


_WORDS: Final[dict[str, tuple[Kind, Promise]]] = {
    "entry_altered": (Kind.ALTERED, _("Entry %(entry)s was altered after it was written.")),
    "entry_deleted": (Kind.DELETED, _("Entry %(entry)s was deleted.")),
    "entry_deleted_unsealed": (Kind.DELETED, _("Entry %(entry)s was deleted before it was sealed.")),
    "entry_deleted_between": (
        Kind.DELETED,
        _("An entry of seal %(seal)s was deleted: between entry %(before)s and entry %(after)s."),
    ),
    "entries_deleted_at_start": (
        Kind.DELETED,
        _("The first entries of seal %(seal)s, before entry %(after)s, were deleted."),
    ),
    "entries_deleted_all": (Kind.DELETED, _("All entries of seal %(seal)s were deleted.")),
    "entries_deleted_at_end": (
        Kind.DELETED,
        _("The last entries of seal %(seal)s, after entry %(before)s, were deleted."),
    ),
    "entry_inserted": (
        Kind.INSERTED,
        _("Entry %(entry)s was put in by hand, or altered before it was sealed: this program did not write it so."),
    ),
    "entry_added_to_seal": (Kind.INSERTED, _("Entry %(entry)s was added to seal %(seal)s after the sealing.")),
    "entry_copied": (Kind.INSERTED, _("Entry %(entry)s is a copy of entry %(original)s, put in by hand.")),
    "change_without_entry": (Kind.INSERTED, _("A change refers to entry %(entry)s, which does not exist.")),
    "entry_swapped": (Kind.SWAPPED, _("Entry %(entry)s holds the content of entry %(other)s.")),
    "entry_replaced": (Kind.SWAPPED, _("Entry %(entry)s holds the content of another entry.")),
    "entry_moved": (
        Kind.SWAPPED,
        _("Entry %(entry)s stands at place %(position)s of seal %(seal)s, but was sealed at place %(sealed)s."),
    ),
    "entry_withheld": (Kind.WITHHELD, _("Entry %(entry)s was kept from being sealed.")),
    "personal_altered": (Kind.ALTERED, _("A personal value of entry %(entry)s was altered: %(field)s.")),
    "personal_deleted": (Kind.DELETED, _("A personal value of entry %(entry)s was deleted: %(field)s.")),
    "personal_inserted": (Kind.INSERTED, _("A personal value of entry %(entry)s was put in by hand: %(field)s.")),
    "author_altered": (Kind.ALTERED, _("The author's name or address was altered, for one in entry %(entry)s.")),
    "author_deleted": (Kind.DELETED, _("The author's name and address of entry %(entry)s were deleted.")),
    "personal_erased_unrecorded": (
        Kind.DELETED,
        _("A personal value of entry %(entry)s was erased, but no erasure is recorded: %(field)s."),
    ),
    "author_erased_unrecorded": (
        Kind.DELETED,
        _("The author's name and address of entry %(entry)s were erased, but no erasure is recorded."),
    ),
    "leaf_altered": (Kind.ALTERED, _("The place of entry %(entry)s in seal %(seal)s was altered; the entry was not.")),
    "seal_altered": (Kind.ALTERED, _("Seal %(seal)s was altered.")),
    "seal_unreadable": (Kind.ALTERED, _("A seal, or an entry in it, was altered so that it cannot be read.")),
    "entry_unreadable": (Kind.ALTERED, _("Entry %(entry)s was altered so that it cannot be read.")),
    "seal_entries_differ": (Kind.ALTERED, _("The entries of seal %(seal)s are not those that were sealed.")),
    "seal_deleted": (Kind.DELETED, _("Seal %(seal)s was deleted.")),
    "place_without_seal": (Kind.DELETED, _("Seal %(seal)s was deleted; entry %(entry)s had been sealed in it.")),
    "seal_forged": (
        Kind.REBUILT,
        _("Seal %(seal)s was not made with this installation's key: the chain was rebuilt, or the key was changed."),
    ),
    "chain_rebuilt": (Kind.REBUILT, _("Seal %(seal)s differs from the head kept outside: the chain was rebuilt.")),
    "tail_cut": (
        Kind.CUT_OFF,
        _("The journal ends at seal %(seal)s, but heads up to seal %(last)s are kept outside: its end was cut off."),
    ),
    "heads_missing": (Kind.HEADS, _("The file of heads is missing: %(path)s.")),
    "heads_short": (Kind.HEADS, _("The file of heads lacks seal %(seal)s to seal %(last)s.")),
    "heads_altered": (Kind.HEADS, _("Line %(line)s of the file of heads was altered.")),
    "guards_missing": (
        Kind.UNGUARDED,
        _(
            "The database no longer refuses to change the journal; triggers are missing, switched off or altered: "
            "%(guards)s. Find out who did it, then run: caicach audit guard"
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written. `code` is one of the keys of the table above."""

    code: str
    seal: int | None = None
    entry: int | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return _WORDS[self.code][0]

    @property
    def message(self) -> str:
        """A sentence in the reader's language."""
        return str(_WORDS[self.code][1]) % {"seal": self.seal, "entry": self.entry, **self.more}

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "code": self.code,
            "entry": self.entry,
            "seal": self.seal,
            **self.more,
            "message": self.message,
        }

    @property
    def _order(self) -> tuple[float, bool, float]:
        far = float("inf")
        return (self.seal or far, self.entry is None, self.entry or far)


@dataclass(slots=True)
class Findings:
    """The first findings in the order of the journal, and how many there are in all."""

    total: int = 0
    kept: list[Finding] = field(default_factory=list)

    def add(self, code: str, *, seal: int | None = None, entry: int | None = None, **more: Any) -> None:
        self.include(Findings(1, [Finding(code, seal, entry, more)]))

    def include(self, other: Findings) -> None:
        self.total += other.total
        self.kept += other.kept
        if len(self.kept) > 2 * KEPT:
            self.kept = first(self.kept)

    def in_order(self) -> list[Finding]:
        return first(self.kept)


def first(found: Iterable[Finding]) -> list[Finding]:
    return heapq.nsmallest(KEPT, found, key=lambda finding: finding._order)
