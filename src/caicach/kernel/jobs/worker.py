"""The worker process: jobs in its main thread, where a time limit can end them; beside it a keeper (outbox, schedules,
what dead workers left), a sealer of the journal, and a beat that says that this one lives.

One writer at a time is all that SQLite has, and all that this needs: several workers may run, on several machines.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

import structlog
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from caicach.kernel.audit.sealing import seal
from caicach.kernel.calendar import clock
from caicach.kernel.usecase.tracing import where_raised

from . import dispatch, leases, rescue, schedules
from .instant import true_now

log = structlog.get_logger("caicach.jobs")

IDLE_SECONDS: Final = 0.25
BEAT_SECONDS: Final = 5.0
SEAL_SECONDS: Final = 1.0
SCHEDULE_SECONDS: Final = 1.0
RESCUE_SECONDS: Final = 5.0
DELIVERIES_AT_ONCE: Final = 50
GRACE_SECONDS: Final = 60.0
"""After its time limit a job that cannot be told (it is deep in foreign code) has this long before the process ends."""
EXIT_JOB_STUCK: Final = 70


def work() -> int:
    """Run until told to stop (SIGTERM, SIGINT); 0, or 1 when others took this worker for dead."""
    with leases.at_work(at=true_now()) as presence:
        runner = JobRunner(presence)
        runner.stop_on_signals()
        threads = [
            threading.Thread(target=_repeat, args=(presence, keep), daemon=True)
            for keep in (Keeper(), seal_journal, Beat(presence))
        ]
        for thread in threads:
            thread.start()
        _repeat(presence, runner)
        for thread in threads:
            thread.join(timeout=GRACE_SECONDS)
        _leave(presence)
    return 1 if presence.taken_for_dead else 0


def work_once() -> int:
    """Do all that is due now, and what follows from it, then seal the journal and leave.

    0, or 1 when others took this worker for dead: what was due may then be theirs, or still to do.
    """
    with leases.at_work(at=true_now()) as presence:
        runner = JobRunner(presence)
        beat = threading.Thread(target=_repeat, args=(presence, Beat(presence)), daemon=True)
        beat.start()
        rescue.take_over()
        schedules.start_due(at=clock.now())
        while deliver_due() or runner.drain():
            pass
        seal(at=clock.now())
        presence.stopping.set()
        beat.join(timeout=GRACE_SECONDS)
        _leave(presence)
    return 1 if presence.taken_for_dead else 0


def _leave(presence: leases.Presence) -> None:
    if not presence.taken_for_dead:
        rescue.free(worker=presence.name)
        leases.close(name=presence.name, at=true_now())


def _repeat(presence: leases.Presence, step: Callable[[], float]) -> None:
    """Call `step`, wait for as long as it says, until the worker is to stop. A lost database is waited for."""
    failures = 0
    try:
        while not presence.stopping.is_set():
            try:
                pause = step()
                failures = 0
            except DatabaseError as error:
                failures += 1
                pause = _pause_after(failures, longest=10.0)
                log.warning("database", kind=type(error).__name__, failures=failures)
                connection.close()
            except Exception as error:  # noqa: BLE001  one broken step must not end the worker
                failures += 1
                pause = _pause_after(failures, longest=60.0)
                log.error("worker", detail=where_raised(error), failures=failures)
                connection.close()
            presence.stopping.wait(pause)
    finally:
        connection.close()


def _pause_after(failures: int, *, longest: float) -> float:
    return min(0.5 * (1 << min(failures, 10)), longest)


def deliver_due() -> int:
    """Hand events to their subscribers; how much there was to do."""
    spread = dispatch.spread_events()
    due = dispatch.due_deliveries(limit=DELIVERIES_AT_ONCE)
    for delivery_id in due:
        dispatch.deliver(delivery_id=delivery_id)
    return spread + len(due)


def seal_journal() -> float:
    seal(at=clock.now())
    return SEAL_SECONDS


class Keeper:
    """Everything that must go on while a long job runs."""

    def __init__(self) -> None:
        self._scheduled = self._rescued = float("-inf")

    def __call__(self) -> float:
        now = time.monotonic()
        if now - self._rescued >= RESCUE_SECONDS:
            self._rescued = now
            rescue.take_over()
            rescue.reopen_broken_wake_ups()
        if now - self._scheduled >= SCHEDULE_SECONDS:
            self._scheduled = now
            schedules.start_due(at=clock.now())
        return 0.0 if deliver_due() else IDLE_SECONDS


class Beat:
    """Says that the worker lives, and ends it when a job can be ended in no other way."""

    def __init__(self, presence: leases.Presence) -> None:
        self._presence = presence

    def __call__(self) -> float:
        ends_by = self._presence.ends_by
        if ends_by is not None and time.monotonic() > ends_by + GRACE_SECONDS:
            log.error("job stuck", worker=self._presence.name)
            os._exit(EXIT_JOB_STUCK)
        if not leases.beat(name=self._presence.name, at=true_now()):
            self._presence.taken_for_dead = True
            self._presence.stopping.set()
        return BEAT_SECONDS


class JobRunner:
    """Runs what the queue holds, one job after another."""

    def __init__(self, presence: leases.Presence) -> None:
        self._presence = presence
        self._unsure = False
        self._queue = QueueWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=presence.name,
        )

    def __call__(self) -> float:
        if self._unsure:
            # The database went away under a job: whether it was settled is not known, so it is settled now.
            rescue.free(worker=self._presence.name)
            self._unsure = False
        return 0.0 if self.run_next() else IDLE_SECONDS

    def run_next(self) -> bool:
        """Run the first job that is ready; False when none is."""
        # Looking first keeps SQLite's one write lock out of the hands of the idle.
        if not DBTaskResult.objects.ready().exists():
            return False
        self._unsure = True
        with transaction.atomic():
            taken = DBTaskResult.objects.ready().get_locked()
            if taken is not None:
                taken.claim(self._presence.name)
        if taken is not None:
            self._queue.run_task(taken)
        self._unsure = False
        return taken is not None

    def drain(self) -> int:
        """Run all that is ready; how many."""
        ran = 0
        while not self._presence.stopping.is_set() and self.run_next():
            ran += 1
        return ran

    def stop_on_signals(self) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        """Take no more; what runs gives itself back at its next step. A second signal ends at once."""
        signal.signal(number, signal.SIG_DFL)
        self._presence.stopping.set()
