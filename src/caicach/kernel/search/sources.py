"""What rooms declare: records that the one search box finds, as far as the actor may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from caicach.kernel.usecase.actor import Actor

from .folding import fold


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: what it is called, a line about it, where it opens."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A kind of record. `find(actor, words, limit)` takes folded words and returns what the actor may see, best first.

    label : lazy translation, the group's head ("Nhiệm vụ"); order : place among the groups.
    """

    kind: str
    label: Any
    icon: str
    find: Callable[[Actor, list[str], int], Iterable[Hit]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Group:
    source: SearchSource
    hits: list[Hit]


_SOURCES: dict[str, SearchSource] = {}


def register(source: SearchSource) -> None:
    _SOURCES[source.kind] = source


def find(*, actor: Actor, query: str, limit: int = 8) -> list[Group]:
    """Groups with at least one hit, in their order; nothing for fewer than two letters."""
    words = fold(query).split()
    if len("".join(words)) < 2:
        return []
    sources = sorted(_SOURCES.values(), key=lambda source: source.order)
    groups = [Group(source, list(source.find(actor, words[:10], limit))) for source in sources]
    return [group for group in groups if group.hits]
