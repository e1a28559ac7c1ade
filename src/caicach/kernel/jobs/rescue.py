"""What dead workers held goes back to the queue; wake-ups that were lost with them too."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from . import concluding, leases, rules
from .instant import true_now
from .models import Job, JobState
from .registry import kind_of
from .running import run_job, wake

log = structlog.get_logger("caicach.jobs")

ATTEMPTS_WITHOUT_PAUSE: Final = 2
"""Two workers that die under one job may be chance; from the third on the job waits, so that others get their turn."""
PAUSE_AFTER_BROKEN_WAKE_UP: Final = timedelta(seconds=10)


def take_over() -> int:
    """Free what workers held that live no more; how many of them."""
    dead = leases.gone(at=true_now())
    for worker in dead:
        log.warning("worker gone", worker=worker.name)
        free(worker=worker.name)
        leases.close(name=worker.name, at=true_now())
    return len(dead)


def free(*, worker: str) -> None:
    """Give back the jobs and wake-ups that a worker holds and no longer works on."""
    with transaction.atomic():
        woken = _reopen_wake_ups(worker)
        for job in Job.objects.select_for_update().filter(worker_id=worker, state=JobState.RUNNING):
            _free_job(job, has_wake_up=str(job.pk) in woken)


def _reopen_wake_ups(worker: str) -> set[str]:
    """Wake-ups that the worker took and did not finish; the ids of the jobs they wake."""
    # At most one a worker is running, so all of them are few; JSON is not searched, since SQLite cannot.
    taken = [
        result
        for result in DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING)
        if result.worker_ids and result.worker_ids[-1] == worker
    ]
    for result in taken:
        result.status = TaskResultStatus.READY
        result.save(update_fields=["status"])
    return {str(result.args_kwargs["args"][0]) for result in taken if result.task_path == run_job.module_path}


def _free_job(job: Job, *, has_wake_up: bool) -> None:
    kind = kind_of(job.kind)
    if kind is not None and job.attempts >= kind.max_attempts:
        with override(job.language):
            concluding.failed(
                job=job,
                code="jobs.worker_died",
                message=_("The computer stopped each time this was tried. The operators can see it."),
                detail="",
            )
        return
    at: datetime = true_now()
    if job.attempts > ATTEMPTS_WITHOUT_PAUSE:
        at += rules.pause_before(attempt=job.attempts - ATTEMPTS_WITHOUT_PAUSE, spread=0.5)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, worker=None, next_attempt_at=at)
    if not has_wake_up or at > true_now():
        wake(job=job, at=at)


def reopen_broken_wake_ups() -> int:
    """`run_job` settles every failure of a job itself; when it fails, the database was gone. Its wake-up is renewed."""
    broken = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, task_path=run_job.module_path)
    return broken.update(
        status=TaskResultStatus.READY, run_after=true_now() + PAUSE_AFTER_BROKEN_WAKE_UP, finished_at=None
    )
