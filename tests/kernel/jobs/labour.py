"""A program: asks for many jobs, runs workers and kills them (-9) in the midst of it, prints what came of it as JSON.

usage: python -m tests.kernel.jobs.labour JOBS KILLS SEED
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import traceback
from collections import Counter

import django

django.setup()

from django.db import connections  # noqa: E402
from django.utils.translation import gettext_lazy as _  # noqa: E402

from caicach.kernel.jobs import worker  # noqa: E402
from caicach.kernel.jobs.events import Event, subscribe  # noqa: E402
from caicach.kernel.jobs.models import Delivery, Job, Worker  # noqa: E402
from caicach.kernel.jobs.registry import job  # noqa: E402
from caicach.kernel.jobs.run import Run  # noqa: E402
from caicach.kernel.numbering.services import next_number  # noqa: E402
from caicach.kernel.usecase.actor import SYSTEM, Actor  # noqa: E402
from caicach.kernel.usecase.core import UseCase, use_case  # noqa: E402
from caicach.kernel.usecase.models import OutboxEvent  # noqa: E402
from tests.registers import last_number  # noqa: E402

from . import kinds  # noqa: E402

WORKERS = 2
_beat: int = -1
"""Where a working child tells that it is at work: one byte a job begun, one a job's work done."""


def anyone(actor: Actor, **_: object) -> bool:
    return True


@use_case("tests.do_work", permission=anyone)
def do_work(uc: UseCase, *, piece: int) -> int:
    number = next_number(uc, register="tests.done", year=2026)
    uc.emit("tests.worked", piece=piece)
    return number


@job("tests.work", title=_("Work"), max_attempts=1000)
def work(run: Run, *, piece: int) -> None:
    os.write(_beat, b"+")
    do_work(actor=run.actor, piece=piece, idempotency_key=run.key("work"))
    os.write(_beat, b"-")


@use_case("tests.hear_of_work", permission=anyone)
def hear(uc: UseCase) -> int:
    return next_number(uc, register="tests.heard", year=2026)


def hear_of_work(event: Event) -> None:
    hear(actor=SYSTEM)


subscribe("tests.worked", hear_of_work)


def started_worker() -> tuple[int, int]:
    """A worker in a process of its own, and where it tells of its work."""
    global _beat
    reading, writing = os.pipe()
    connections.close_all()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        os.setpgrp()
        _beat = writing
        os._exit(worker.work())
    except BaseException:  # noqa: BLE001  a child never returns into the parent's code
        traceback.print_exc()
        os._exit(3)


def main(jobs: int, kills: int, seed: int) -> None:
    for piece in range(jobs):
        kinds.asked(work, piece=piece)
    dice = random.Random(seed)  # noqa: S311
    living = [started_worker() for _ in range(WORKERS)]
    for _kill in range(kills):
        doomed, tells = living.pop(dice.randrange(WORKERS))
        for _beat_of_it in range(dice.randint(1, max(2, jobs // kills))):
            if not os.read(tells, 1):
                break
        os.kill(doomed, signal.SIGKILL)
        os.waitpid(doomed, 0)
        os.close(tells)
        living.append(started_worker())
    for child, tells in living:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        os.close(tells)
    global _beat
    _beat = os.open(os.devnull, os.O_WRONLY)
    worker.work_once()
    pieces = Counter(event.payload["piece"] for event in OutboxEvent.objects.filter(name="tests.worked"))
    answer = {
        "states": dict(Counter(Job.objects.values_list("state", flat=True))),
        "deliveries": dict(Counter(Delivery.objects.values_list("state", flat=True))),
        "pieces_done": len(pieces),
        "pieces_done_twice": sum(times > 1 for times in pieces.values()),
        "numbers": last_number(register="tests.done", year=2026),
        "heard": last_number(register="tests.heard", year=2026),
        "attempts": sum(Job.objects.values_list("attempts", flat=True)),
        "workers_open": Worker.objects.filter(stopped_at=None).count(),
    }
    print(json.dumps(answer))  # noqa: T201


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
