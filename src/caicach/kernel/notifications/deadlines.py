"""Deadlines of what notices are about, as they stand now: a task may be done or have another day since it was told of.

    register_deadlines("programme:task", lambda actor, ids, today: {id: chip, …})

by the room whose page a notice leads to. A notice that leads elsewhere says the day that it was told with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Protocol
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from caicach.kernel.usecase.actor import Actor

from .models import Notice


class Chip(Protocol):
    """What `<c-deadline>` is given."""

    @property
    def state(self) -> str: ...
    @property
    def days(self) -> int | None: ...
    @property
    def due_date(self) -> date | None: ...
    @property
    def done_date(self) -> date | None: ...


Find = Callable[[Actor, Collection[int], date], Mapping[int, Chip]]
_FINDERS: dict[str, Find] = {}


def register_deadlines(page: str, find: Find) -> None:
    """page : name of a page whose address has the record's id as `pk`. find : chips of those that the actor may see."""
    _FINDERS[page] = find


def chips_of(notices: Iterable[Notice], *, actor: Actor, today: date) -> dict[str, Chip]:
    """Address -> the deadline of its record today. As many queries as there are kinds of pages."""
    asked: dict[str, dict[str, int]] = {}
    for notice in notices:
        if notice.deadline is not None and (found := _record_at(notice.url)) is not None:
            page, pk = found
            asked.setdefault(page, {})[notice.url] = pk
    chips: dict[str, Chip] = {}
    for page, ids in asked.items():
        known = _FINDERS[page](actor, set(ids.values()), today)
        chips |= {url: known[pk] for url, pk in ids.items() if pk in known}
    return chips


def _record_at(url: str) -> tuple[str, int] | None:
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    pk = match.kwargs.get("pk")
    return (match.view_name, pk) if match.view_name in _FINDERS and isinstance(pk, int) else None
