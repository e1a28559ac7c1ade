"""A program: a worker is killed (-9) in the midst of an act on many tasks, another goes on; what was seen is printed as
JSON.

usage: python -m tests.measurement.programme.killed_while_accepting RUN
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Mapping, Sequence

import django

django.setup()

from django.db import connections  # noqa: E402

from caicach.kernel.audit.models import Entry  # noqa: E402
from caicach.kernel.jobs import worker  # noqa: E402
from caicach.kernel.jobs.models import FINISHED, Job  # noqa: E402
from caicach.kernel.tables import bulk  # noqa: E402
from caicach.kernel.tables.bulk import BulkKind  # noqa: E402
from caicach.kernel.tables.models import BulkRun  # noqa: E402
from caicach.kernel.usecase.actor import Actor  # noqa: E402
from caicach.measurement.programme.services.many import ACCEPTING  # noqa: E402

PATIENCE_SECONDS = 120.0
_parts: list[int] = []


def dying_at_the_second(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    """The real act, and then no time is left to commit it."""
    refusals = ACCEPTING.perform(actor, ids)
    _parts.append(len(ids))
    if len(_parts) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return refusals


def a_worker(*, dies: bool) -> int:
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        if dies:
            bulk.register(BulkKind(ACCEPTING.key, dying_at_the_second, ACCEPTING.href))
        os._exit(worker.work())
    except BaseException:  # noqa: BLE001  a child never returns into the parent's code
        traceback.print_exc()
        os._exit(3)


def numbers(pk: int) -> tuple[int, int, int]:
    run = BulkRun.objects.get(pk=pk)
    return run.done, run.refused, run.left


def until_finished(pk: int) -> None:
    ends, pause = time.monotonic() + PATIENCE_SECONDS, threading.Event()
    while not Job.objects.filter(pk=pk, state__in=FINISHED).exists() and time.monotonic() < ends:
        pause.wait(0.05)


def main(pk: int) -> None:
    job = BulkRun.objects.get(pk=pk).job_id
    killed = os.waitstatus_to_exitcode(os.waitpid(a_worker(dies=True), 0)[1])
    after_the_kill = numbers(pk)
    second = a_worker(dies=False)
    until_finished(job)
    os.kill(second, signal.SIGTERM)
    os.waitpid(second, 0)
    seen = {
        "killed": killed,
        "after_the_kill": after_the_kill,
        "at_the_end": numbers(pk),
        "state": Job.objects.get(pk=job).state,
        "attempts": Job.objects.get(pk=job).attempts,
        "entries": Entry.objects.filter(use_case="programme.accept_task").count(),
    }
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main(int(sys.argv[1]))
