"""A program: a worker's day. It works, seals, is told to leave, is killed by a job; what was seen is printed as JSON.

usage: python -m tests.kernel.jobs.shift
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable

import django

django.setup()

from django.db import connections  # noqa: E402
from django.utils.translation import gettext_lazy as _  # noqa: E402

from caicach.kernel.audit.models import Seal, UnsealedEntry  # noqa: E402
from caicach.kernel.jobs import leases, worker  # noqa: E402
from caicach.kernel.jobs.events import subscribe  # noqa: E402
from caicach.kernel.jobs.leases import Presence  # noqa: E402
from caicach.kernel.jobs.models import Delivery, DeliveryState, Job, JobState, Worker  # noqa: E402
from caicach.kernel.jobs.registry import job  # noqa: E402
from caicach.kernel.jobs.run import Run  # noqa: E402

from . import kinds  # noqa: E402

PATIENCE_SECONDS = 60.0


@job("tests.linger", title=_("Linger"))
def linger(run: Run) -> None:
    started.touch()
    told_to_leave = leases.here().stopping
    told_to_leave.wait()
    run.progress(done=0)


@job("tests.kill", title=_("Kill the worker"), max_attempts=2)
def kill(run: Run) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Flag:
    """Raised by a child, seen by the parent."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()

    def touch(self) -> None:
        os.write(self._writing, b".")

    def wait(self) -> None:
        os.read(self._reading, 1)


started = Flag()
subscribe("tests.marked", lambda event: None)


def a_worker() -> int:
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        os._exit(worker.work())
    except BaseException:  # noqa: BLE001  a child never returns into the parent's code
        traceback.print_exc()
        os._exit(3)


def exit_code_of_a_stuck_worker() -> int:
    """One whose job is deep in foreign code, long past its time, where no signal reaches it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    presence = Presence(name="stuck", ends_by=time.monotonic() - worker.GRACE_SECONDS - 1)
    worker.Beat(presence)()
    os._exit(0)


def until(condition: Callable[[], bool]) -> bool:
    ends, pause = time.monotonic() + PATIENCE_SECONDS, threading.Event()
    while not condition():
        if time.monotonic() > ends:
            return False
        pause.wait(0.05)
    return True


def state_of(job: Job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def main() -> None:
    seen: dict[str, object] = {}

    child, marked = a_worker(), kinds.asked(kinds.mark)
    seen["job done"] = until(lambda: state_of(marked) == JobState.DONE)
    seen["event told"] = until(lambda: Delivery.objects.filter(state=DeliveryState.DONE).exists())
    seen["journal sealed"] = until(lambda: Seal.objects.exists() and not UnsealedEntry.objects.exists())

    lingering = kinds.asked(linger)
    started.wait()
    os.kill(child, signal.SIGTERM)
    seen["left with"] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    job = Job.objects.get(pk=lingering.pk)
    seen["given back"] = [job.state, job.attempts]
    seen["worker rows open"] = Worker.objects.filter(stopped_at=None).count()
    Job.objects.filter(pk=lingering.pk).delete()

    seen["stuck left with"] = exit_code_of_a_stuck_worker()

    killing, other = kinds.asked(kill), kinds.asked(kinds.mark)
    deaths = []
    for _death in range(kill.max_attempts):
        deaths.append(os.waitstatus_to_exitcode(os.waitpid(a_worker(), 0)[1]))
    child = a_worker()
    until(lambda: state_of(killing) == JobState.FAILED and state_of(other) == JobState.DONE)
    os.kill(child, signal.SIGTERM)
    os.waitpid(child, 0)
    seen["deaths"] = deaths
    seen["poison"] = [state_of(killing), Job.objects.get(pk=killing.pk).error_code]
    seen["other"] = state_of(other)
    print(json.dumps(seen))  # noqa: T201


if __name__ == "__main__":
    main()
