"""One attempt at one job: taking it, running it within its time, and what follows from how it ended.

The queue (django-tasks) holds wake-ups that carry nothing but the job's id; the job's row is the truth. A wake-up that
comes twice, late or for a job that is over does nothing.
"""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType
from typing import Final

import structlog
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from caicach.kernel.calendar import clock
from caicach.kernel.identity.queries import actor_of
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.context import Surroundings, surrounded
from caicach.kernel.usecase.errors import UseCaseError
from caicach.kernel.usecase.tracing import where_raised

from . import concluding, leases, rules
from .instant import true_now
from .models import Job, JobState
from .registry import JobKind, Outcome, kind_of
from .run import Cancelled, Interrupted, LeaseLost, Run, TimeLimitPassed

log = structlog.get_logger("caicach.jobs")

ATTEMPTS_AT_AN_UNKNOWN_KIND: Final = 8


@task()
def run_job(job_id: str) -> None:
    """The one task that the queue knows."""
    presence = leases.here()
    job = _take(job_id=job_id, worker=presence.name)
    if job is None:
        return
    begun = time.monotonic()
    with (
        surrounded(Surroundings(request_id=job.request_id, via="job")),
        translation.override(job.language),
    ):
        ended = _attempt(job, presence)
    log.info(
        "job", id=job_id, kind=job.kind, attempt=job.attempts, ended=ended, seconds=round(time.monotonic() - begun, 3)
    )


def wake(*, job: Job, at: datetime | None) -> None:
    """Put a wake-up into the queue, in the caller's transaction.

    at : true time, not the sample ministry's; None for at once, also after the computer's clock was set back.
    """
    run_job.using(priority=job.priority, run_after=at).enqueue(str(job.pk))


def _take(*, job_id: str, worker: str) -> Job | None:
    """The job, now running here; None when it is over, too early, or someone else's."""
    # The first wake-up comes in its time by itself; a clock that was set back since must not make it wait again.
    is_time = Q(next_attempt_at__lte=true_now()) | Q(attempts=0)
    waiting = Job.objects.filter(is_time, pk=job_id, state=JobState.WAITING)
    if not waiting.update(state=JobState.RUNNING, worker=worker, attempts=F("attempts") + 1, started_at=clock.now()):
        return None
    return Job.objects.select_related("started_by").get(pk=job_id)


def _attempt(job: Job, presence: leases.Presence) -> str:
    """Runs it and settles what follows; says how it ended, for the log."""
    kind = kind_of(job.kind)
    if kind is None:
        # A newer release asked for it and this worker is still the older one: it waits for the newer.
        return _try_again(job, ATTEMPTS_AT_AN_UNKNOWN_KIND, code="jobs.unknown_kind", detail="")
    try:
        outcome = _call(kind, job, presence)
    except LeaseLost:
        return "lease lost"
    except Interrupted:
        return _give_back(job)
    except Cancelled:
        concluding.cancelled(job=job, message=_("Stopped at your request. What was finished before stays."))
        return "cancelled"
    except TimeLimitPassed as error:
        _drop_connection()
        minutes = max(1, round(kind.time_limit.total_seconds() / 60))
        message = _("This took longer than %(minutes)d minutes and was stopped.") % {"minutes": minutes}
        concluding.failed(job=job, code="jobs.time_limit", message=message, detail=where_raised(error))
        return "time limit"
    except UseCaseError as error:
        concluding.failed(job=job, code=error.code, message=error.message, detail="")
        return error.code
    except Exception as error:  # noqa: BLE001  whatever a room's code raises is an attempt that failed
        if isinstance(error, DatabaseError):
            _drop_connection()
        return _try_again(job, kind.max_attempts, code="jobs.unexpected", detail=where_raised(error))
    return "done" if concluding.done(job=job, outcome=outcome) else "lease lost"


def _call(kind: JobKind, job: Job, presence: leases.Presence) -> Outcome:
    if job.cancel_requested_at is not None:
        raise Cancelled
    actor = SYSTEM if job.started_by is None else actor_of(account=job.started_by, on=clock.today())
    run = Run(job=job, actor=actor, at=clock.now(), presence=presence)
    with _at_most(kind.time_limit, presence):
        return kind.function(run, **job.arguments) or Outcome()


@contextmanager
def _at_most(limit: timedelta, presence: leases.Presence) -> Iterator[None]:
    """Raises TimeLimitPassed in the block when it takes longer; for code that cannot be told, `ends_by` is watched."""

    def passed(_signal: int, _frame: FrameType | None) -> None:
        raise TimeLimitPassed

    before = signal.signal(signal.SIGALRM, passed)
    presence.ends_by = time.monotonic() + limit.total_seconds()
    signal.setitimer(signal.ITIMER_REAL, limit.total_seconds())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        presence.ends_by = None
        signal.signal(signal.SIGALRM, before)


def _try_again(job: Job, max_attempts: int, *, code: str, detail: str) -> str:
    if job.attempts >= max_attempts:
        concluding.failed(job=job, code=code, message=unexpected(), detail=detail)
        return f"{code}, for good"
    at = true_now() + rules.pause_before(attempt=job.attempts, spread=random.random())  # noqa: S311  spreads load
    _back_to_waiting(job, at=at, attempts=job.attempts, code=code, detail=detail)
    return f"{code}, again later"


def _give_back(job: Job) -> str:
    """An attempt that the worker's leaving cut short does not count."""
    _back_to_waiting(job, at=true_now(), attempts=job.attempts - 1, code="", detail="")
    return "given back"


def _back_to_waiting(job: Job, *, at: datetime, attempts: int, code: str, detail: str) -> None:
    with transaction.atomic():
        ours = Job.objects.filter(
            pk=job.pk, state=JobState.RUNNING, attempts=job.attempts, worker_id=job.worker_id
        ).update(
            state=JobState.WAITING,
            worker=None,
            next_attempt_at=at,
            attempts=attempts,
            error_code=code,
            error_message=unexpected() if code else "",
            error_detail=detail,
        )
        if ours:
            wake(job=job, at=at)


def unexpected() -> str:
    return _("Something unexpected happened. Nothing was half-done; the operators can see it and start it again.")


def _drop_connection() -> None:
    """The alarm may have cut a conversation with the database in two, or the database may have gone away."""
    if not connection.in_atomic_block:
        connection.close()
