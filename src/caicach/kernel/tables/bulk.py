"""What rooms declare: acts on many rows of a list, for the background when one request would take too long for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caicach.kernel.usecase.actor import Actor

MOST_ROWS: Final = 20_000
"""Of one act in the background: some minutes of work."""


@dataclass(frozen=True, slots=True)
class BulkKind:
    """A kind of act.

    key : `room.verb`; perform(actor, ids) : does it to the rows of one part by the room's own use cases, each row with
    its own right, and says of each that is refused why; a UseCaseError refuses them all. It is called in a transaction
    that also notes what came out, so it never comes twice. href : where a row opens.
    """

    key: str
    perform: Callable[[Actor, Sequence[int]], Mapping[int, str]]
    href: Callable[[int], str]


_KINDS: dict[str, BulkKind] = {}


def register(kind: BulkKind) -> None:
    _KINDS[kind.key] = kind


def kind_of(key: str) -> BulkKind:
    """Raises KeyError for one that no room declares."""
    return _KINDS[key]
