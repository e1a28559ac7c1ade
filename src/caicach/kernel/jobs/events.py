"""Listening to what happened in other rooms.

A room's `subscriptions.py` (found at start) says:

    subscribe("programme.task_assigned", tell_the_owner)

The handler runs in the worker, in one transaction with the note that it was told: what it writes is there exactly
once. It is called again when it failed. It must be quick, since that transaction stays open: slow work (mail, a paper,
another system) is a job that it enqueues.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from caicach.kernel.calendar import clock

from .discovery import discover
from .models import Once

_NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Event:
    """id : rises with time, though not without gaps; name : `room.past_tense`; payload : ids and plain values;
    at : when it happened; request_id : of the request that made it happen.
    """

    id: int
    name: str
    payload: dict[str, Any]
    at: datetime
    request_id: str


Handler = Callable[[Event], None]

_SUBSCRIBERS: dict[str, dict[str, Handler]] = {}
"""Event name -> subscriber name -> handler."""


def subscribe(event_name: str, handler: Handler) -> Handler:
    """The handler is told of every event of this name from now on, also after failures and restarts.

    It is known by module and name: deliveries that wait while it is renamed are shown to the operator as failed.
    """
    if not _NAME.fullmatch(event_name):
        raise ValueError(f"an event is named room.past_tense, got {event_name!r}")
    subscriber = f"{handler.__module__}.{handler.__qualname__}".removeprefix("caicach.")
    _SUBSCRIBERS.setdefault(event_name, {})[subscriber] = handler
    return handler


def subscribers_of(event_name: str) -> dict[str, Handler]:
    """Subscriber name -> handler; empty when nobody listens."""
    discover()
    return _SUBSCRIBERS.get(event_name, {})


def once(event: Event, key: str) -> bool:
    """True the first time this step is taken for this event, False ever after; undone with the transaction around it.

    For steps whose effect other steps may repeat: `if once(event, f"notice:{account_id}"): ...`.
    """
    return first_time(scope=f"event:{event.id}", key=key, at=clock.now())


def first_time(*, scope: str, key: str, at: datetime) -> bool:
    """The same for any scope. Raises RuntimeError outside a transaction: the step and its note belong together."""
    if not connection.in_atomic_block:
        raise RuntimeError("a step taken once is noted in the transaction that takes it")
    _, is_first = Once.objects.get_or_create(scope=scope, key=key, defaults={"at": at})
    return is_first


def was_taken(*, scope: str, key: str) -> bool:
    """Whether a step was taken already. What `first_time` says counts; this only saves asking for every part of it."""
    return Once.objects.filter(scope=scope, key=key).exists()
