"""Erasures that the journal itself records: what is empty beside the entries is held against them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from django.db import OperationalError

from caicach.kernel.audit import erasure
from caicach.kernel.audit.erasure import ValuePlace
from caicach.kernel.audit.models import Entry
from caicach.kernel.audit.stored import StoredEntry, is_spoilt_text, stored_entries


class RecordedErasures:
    """Read when first needed, and again before anything is called unrecorded.

    Again, because a process that shares the work has no snapshot: an erasure may be committed while it reads. Only
    entries that a holder of the key wrote count, so that one put in by hand excuses nothing.
    """

    def __init__(self) -> None:
        self._authors: frozenset[str] = frozenset()
        self._values: frozenset[ValuePlace] = frozenset()

    def authors_left_out(self, digests: Collection[str]) -> list[str]:
        """Those of the erased authors that no recorded erasure names."""
        if any(digest not in self._authors for digest in digests):
            self._read()
        return [digest for digest in digests if digest not in self._authors]

    def values_left_out(self, places: Collection[ValuePlace]) -> list[ValuePlace]:
        """Those of the erased values that no recorded erasure names."""
        if any(place not in self._values for place in places):
            self._read()
        return [place for place in places if place not in self._values]

    def _read(self) -> None:
        authors: set[str] = set()
        values: set[ValuePlace] = set()
        for listed in _listed():
            authors |= set(listed.get("authors", ()))
            values |= {ValuePlace.of_text(text) for text in listed.get("values", ())}
        self._authors, self._values = frozenset(authors), frozenset(values)


def _listed() -> Iterator[dict[str, list[str]]]:
    for number in Entry.objects.filter(use_case=erasure.USE_CASE).order_by("pk").values_list("pk", flat=True):
        entry = _readable(number)
        if entry is None or not entry.is_ours:
            continue
        yield from (
            json.loads(after)
            for _position, subject_type, _id, _before, after, _personal in entry.changes
            if subject_type == erasure.SUBJECT
        )


def _readable(number: int) -> StoredEntry | None:
    """None for one that SQLite holds as a text that is none: it is named elsewhere, and excuses nothing."""
    try:
        return stored_entries([number]).get(number)
    except OperationalError as error:
        if is_spoilt_text(error):
            return None
        raise
