"""What rooms declare: records that the one search box finds, as far as the actor may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from caicach.kernel.usecase.actor import Actor

from .terms import Query, parse


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: what it is called, a line about it, where it opens.

    missing : the words, as typed, that it does not hold; only where no record holds all of them.
    """

    title: str
    detail: str
    url: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A kind of record. `find(actor, query, limit)` returns what the actor may see of what it matches, best first.

    label : lazy translation, the group's head ("Nhiệm vụ"); order : place among the groups.
    """

    kind: str
    label: Any
    icon: str
    find: Callable[[Actor, Query, int], Iterable[Hit]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Group:
    source: SearchSource
    hits: list[Hit]


_SOURCES: dict[str, SearchSource] = {}


def register(source: SearchSource) -> None:
    _SOURCES[source.kind] = source


def find(*, actor: Actor, query: str, limit: int = 8) -> list[Group]:
    """Groups with at least one hit, in their order; nothing for fewer than two letters.

    What holds every word; when nothing does, what holds most of them, with the words that each lacks.
    """
    asked = parse(query)
    if sum(len(term.forms[0]) for term in asked.terms) < 2:
        return []
    for attempt in (asked, *asked.loosened()):
        if groups := _found(actor, attempt, limit):
            return groups
    return []


def _found(actor: Actor, query: Query, limit: int) -> list[Group]:
    sources = sorted(_SOURCES.values(), key=lambda source: source.order)
    groups = [Group(source, list(source.find(actor, query, limit))) for source in sources]
    return [group for group in groups if group.hits]
