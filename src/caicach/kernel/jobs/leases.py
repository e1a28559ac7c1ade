"""Which processes work, and what becomes of the work of one that is gone.

A worker on this machine is alive as long as it holds the lock of its own file: the kernel lets go of it when the
process ends, however it ends. One on another machine is alive while its row's beat is young.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from .models import Worker

LEASE: Final = timedelta(seconds=60)
"""An older beat is that of a dead worker. Longer than the 30 s that a beat may wait for SQLite's one writer."""


@dataclass(slots=True)
class Presence:
    """This process as a worker.

    stopping : set when it is to leave; a running job notices at its next progress.
    ends_by : monotonic seconds at which the running job has had its time; None when nothing runs.
    """

    name: str
    stopping: threading.Event = field(default_factory=threading.Event)
    ends_by: float | None = None
    taken_for_dead: bool = False


_here: Presence | None = None


def here() -> Presence:
    """Raises RuntimeError in a process that is no worker."""
    if _here is None:
        raise RuntimeError("jobs are run by a worker: `caicach worker`")
    return _here


@contextmanager
def at_work(*, at: datetime) -> Iterator[Presence]:
    """Registers this process as a worker for the time of the block."""
    global _here
    if _here is not None:
        raise RuntimeError("this process is a worker already")
    host, process_id = socket.gethostname(), os.getpid()
    name = f"{host[:40]}-{process_id}-{secrets.token_hex(4)}"
    lock = _lock_path(name).open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    Worker.objects.create(name=name, host=host, process_id=process_id, started_at=at, beat_at=at)
    _here = Presence(name=name)
    try:
        yield _here
    finally:
        # The row stays open when the database cannot be told: whoever comes next finds the lock free and closes it.
        _here = None
        lock.close()


def beat(*, name: str, at: datetime) -> bool:
    """False when others took this worker for dead and have its work now."""
    return Worker.objects.filter(name=name, stopped_at=None).update(beat_at=at) > 0


def gone(*, at: datetime) -> list[Worker]:
    """Workers that never said they stopped and live no more. One SQL query."""
    return [worker for worker in Worker.objects.filter(stopped_at=None) if _is_gone(worker, at)]


def _is_gone(worker: Worker, at: datetime) -> bool:
    if _here is not None and worker.name == _here.name:
        return False
    if worker.host == socket.gethostname():
        held = _is_held(_lock_path(worker.name))
        if held is not None:
            return not held
    # Also a beat from far ahead: the clock was set back, and a living worker would have beaten since.
    return abs(at - worker.beat_at) > LEASE


def _is_held(path: Path) -> bool | None:
    """None when there is no such lock here, so that nothing can be said."""
    try:
        with path.open("rb+") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return True
    return False


def _lock_path(name: str) -> Path:
    folder = settings.DATA_DIR / "workers"
    folder.mkdir(parents=True, exist_ok=True)
    return Path(folder / name)


def close(*, name: str, at: datetime) -> None:
    """Its row says that it is over; its lock file, if it is on this machine, goes."""
    Worker.objects.filter(name=name).update(stopped_at=at)
    _lock_path(name).unlink(missing_ok=True)
