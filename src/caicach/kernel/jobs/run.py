"""What a job's function is given, and how it is ended from outside."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Final

from django.db import connection

from caicach.kernel.usecase.actor import Actor

from .leases import Presence
from .models import Job, JobState

SECONDS_BETWEEN_PROGRESS: Final = 0.5


class JobStopped(BaseException):
    """Ends a job from outside. No Exception: a room's own `except` must not swallow it."""


class Cancelled(JobStopped):
    """Someone asked for it to stop."""


class Interrupted(JobStopped):
    """The worker is leaving; the job goes on in another."""


class LeaseLost(JobStopped):
    """The job was given to another worker, which took this one for dead."""


class TimeLimitPassed(JobStopped):
    """It ran for longer than its kind may."""


class Run:
    """What a job's function is given: who it acts as, and how it tells how far it is.

    actor : who started it, with the roles held now (the system, when nobody did); at : when this attempt began;
    attempt : from 1.
    """

    def __init__(self, *, job: Job, actor: Actor, at: datetime, presence: Presence) -> None:
        self.job_id = str(job.pk)
        self.actor = actor
        self.at = at
        self.attempt = job.attempts
        self._job = job
        self._presence = presence
        self._told = float("-inf")

    def key(self, step: str) -> str:
        """An idempotency key for a use case called by this job: the same in every attempt."""
        return f"job:{self.job_id}:{step}"

    def progress(self, *, done: int, total: int | None = None, words: str = "") -> None:
        """Tell how far the work is; call it as often as you like, twice a second reaches the database.

        Inside a transaction nothing is told, since nobody could see it. Raises JobStopped when the job is to end.
        """
        if self._presence.stopping.is_set():
            raise Interrupted
        now = time.monotonic()
        if now - self._told < SECONDS_BETWEEN_PROGRESS or connection.in_atomic_block:
            return
        self._told = now
        ours = Job.objects.filter(
            pk=self._job.pk, state=JobState.RUNNING, attempts=self.attempt, worker_id=self._presence.name
        )
        if ours.filter(cancel_requested_at=None).update(done=done, total=total, words=words[:300]):
            return
        raise Cancelled if ours.exists() else LeaseLost
