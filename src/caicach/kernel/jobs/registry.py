"""What rooms declare: kinds of background work.

    @job("programme.import_plan", title=_("Read a plan"), time_limit=timedelta(minutes=20))
    def import_plan(run: Run, *, file_id: int) -> Outcome: ...

The function lives at module level in the room's `background.py` (found at start) or in a module that it imports.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec

from .discovery import discover
from .run import Run

P = ParamSpec("P")

_NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job gives back to who started it.

    words : a sentence in the job's language ("57 nhiệm vụ đã đọc được"); url : the page to go on to;
    value : ids and plain values, kept with the job.
    """

    words: str = ""
    url: str = ""
    value: Any = None


@dataclass(frozen=True, slots=True)
class JobKind:
    """A declared kind of work. title : lazy translation, shown in lists; back, told : as in `job`."""

    name: str
    function: Callable[..., Outcome | None]
    title: Any
    max_attempts: int
    time_limit: timedelta
    priority: int
    back: Callable[[dict[str, Any]], str] | None = None
    told: Callable[[Any], str] | None = None

    def check_arguments(self, arguments: dict[str, Any]) -> None:
        """Raises TypeError when the function could not be called with them: at once, not in the night."""
        inspect.signature(self.function).bind(None, **arguments)


_KINDS: dict[str, JobKind] = {}


def kind_of(name: str) -> JobKind | None:
    """None for one that no room declares: of a newer release, or of a room that is gone."""
    discover()
    return _KINDS.get(name)


def job(
    name: str,
    *,
    title: Any,
    max_attempts: int = 5,
    time_limit: timedelta = timedelta(minutes=10),
    priority: int = 0,
    back: Callable[[dict[str, Any]], str] | None = None,
    told: Callable[[Any], str] | None = None,
) -> Callable[[Callable[Concatenate[Run, P], Outcome | None]], JobKind]:
    """Declare a function as a kind of work, `room.verb`; what it returns is given to `enqueue`.

    It may be called more than once for one job (a worker died, an attempt failed): its writes are use cases called
    with `idempotency_key=run.key("step")`, so that a second call changes nothing that the first one did.
    A UseCaseError ends the job at once, with its message; any other exception is tried again, `max_attempts` in all.
    priority : -100 to 100, higher first.
    back : from the job's arguments, the page where what was asked can be mended and asked again when the job failed.
    told : from the value of what came out, the words for whoever looks, in their language; else those of the time.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"a job is named room.verb, got {name!r}")

    def declare(function: Callable[Concatenate[Run, P], Outcome | None]) -> JobKind:
        kind = JobKind(name, function, title, max_attempts, time_limit, priority, back, told)
        known = _KINDS.get(name)
        if known is not None and _place(known.function) != _place(function):
            raise ValueError(f"two jobs are called {name!r}")
        _KINDS[name] = kind
        return kind

    return declare


def _place(function: Callable[..., Any]) -> tuple[str, str]:
    return function.__module__, function.__qualname__
