"""What surrounds a call: request id, the door it came through, the caller's network. Never personal content."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Surroundings:
    """request_id : quoted to support and found in the journal; via : page, api, cli, job, import."""

    request_id: str
    via: str
    address: str = ""


_current: ContextVar[Surroundings | None] = ContextVar("caicach_surroundings", default=None)


def new_request_id() -> str:
    return secrets.token_hex(8)


def surroundings() -> Surroundings:
    """Of the current request, job or command; a fresh one outside any."""
    return _current.get() or Surroundings(request_id=new_request_id(), via="cli")


def current_request_id() -> str:
    """ "" outside any request, job or command."""
    here = _current.get()
    return here.request_id if here is not None else ""


@contextmanager
def surrounded(by: Surroundings) -> Iterator[Surroundings]:
    token = _current.set(by)
    try:
        yield by
    finally:
        _current.reset(token)
