"""What rooms declare: records that others may name as their proof, and who may read them.

Who names one keeps its `Reference` and the name that it had, and asks here where it opens; so a plan's task is proved
by a report of a room that plans know nothing of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import NotFound

from .terms import Query, parse

MOST_OFFERED: Final = 500
"""Of one kind: a ministry approves a few plans and reports a year."""
_BETWEEN: Final = ":"


class Reference(NamedTuple):
    """kind : `app.model`, as in `record._meta.label_lower`."""

    kind: str
    id: str

    def __str__(self) -> str:
        """As it stands in a form; `reference_of` reads it."""
        return f"{self.kind}{_BETWEEN}{self.id}"


def reference_of(text: str) -> Reference:
    """What leads nowhere is a reference too: whoever follows it gets NotFound."""
    kind, _between, pk = text.partition(_BETWEEN)
    return Reference(kind, pk)


@dataclass(frozen=True, slots=True)
class Record:
    """name : as papers name it, with number and day, for whoever keeps it."""

    reference: Reference
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class RecordSource:
    """A kind of record that is final: what it says and its name change no more.

    find(actor, query, limit) : those that the actor may read and that the query matches, the newest first.
    read(actor, ids) : of these ids those that the actor may read; one query. Ids are what anyone typed.
    """

    kind: str
    find: Callable[[Actor, Query, int], Iterable[Record]]
    read: Callable[[Actor, Collection[str]], Iterable[Record]]
    order: int = 100


_SOURCES: dict[str, RecordSource] = {}


def register(source: RecordSource) -> None:
    _SOURCES[source.kind] = source


def records_to_name(*, actor: Actor, words: str = "", limit: int = MOST_OFFERED) -> list[Record]:
    """What the actor may read, found by all the words without accents, at most `limit` of each kind."""
    query = parse(words)
    sources = sorted(_SOURCES.values(), key=lambda source: source.order)
    return [record for source in sources for record in source.find(actor, query, limit)]


def readable(*, actor: Actor, references: Iterable[Reference]) -> dict[Reference, Record]:
    """Those that the actor may read. One query for each kind."""
    ids: dict[str, set[str]] = {}
    for reference in references:
        ids.setdefault(reference.kind, set()).add(reference.id)
    sources = ((_SOURCES[kind], found) for kind, found in ids.items() if kind in _SOURCES)
    return {record.reference: record for source, found in sources for record in source.read(actor, found)}


def record_to_read(*, actor: Actor, reference: Reference) -> Record:
    """Raises NotFound alike for what is missing and what may not be read."""
    record = readable(actor=actor, references=[reference]).get(reference)
    if record is None:
        raise NotFound
    return record
