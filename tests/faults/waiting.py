"""Waiting for what must come, and never longer than a deadline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 120.0
LOOK_EVERY_SECONDS = 0.02

_never = threading.Event()


def until(condition: Callable[[], T], *, what: str, patience: float = PATIENCE_SECONDS) -> T:
    """The first true answer of `condition`. Fails when none came; `what` says in words what was waited for."""
    ends = time.monotonic() + patience
    while not (answer := condition()):
        assert time.monotonic() < ends, f"waited {patience:.0f} s in vain for: {what}"
        _never.wait(LOOK_EVERY_SECONDS)
    return answer


def let_pass(seconds: float) -> None:
    """Only to strike at a moment drawn by lot; what must have happened is waited for with `until`."""
    _never.wait(seconds)
