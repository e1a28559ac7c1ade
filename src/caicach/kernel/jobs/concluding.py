"""The end of a job: the one act of the machinery that the journal and other rooms hear of."""

from __future__ import annotations

from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.core import UseCase, use_case

from . import access
from .models import Job, JobState
from .registry import Outcome


@use_case("jobs.conclude", permission=access.by_the_system)
def conclude(
    uc: UseCase,
    *,
    job: Job,
    state: JobState,
    outcome: Outcome,
    error_code: str,
    error_message: str,
    error_detail: str,
) -> bool:
    """Finish the running attempt that `job` was read in. False, and nothing, when it is no longer ours to finish.

    Emits `jobs.finished` with job_id, kind, state and account_id (None for the system's own).
    """
    held = Job.objects.select_for_update().filter(
        pk=job.pk, state=JobState.RUNNING, attempts=job.attempts, worker_id=job.worker_id
    )
    fresh = held.first()
    if fresh is None:
        return False
    with uc.changing(fresh):
        fresh.state = state
        fresh.worker = None
        fresh.finished_at = uc.at
        fresh.words = outcome.words[:300]
        fresh.result_url = outcome.url[:500]
        fresh.result = outcome.value
        fresh.error_code = error_code
        fresh.error_message = error_message[:1000]
        fresh.error_detail = error_detail
        if state == JobState.DONE and fresh.total is not None:
            fresh.done = fresh.total
        fresh.save()
    uc.emit("jobs.finished", job_id=str(fresh.pk), kind=fresh.kind, state=state.value, account_id=fresh.started_by_id)
    return True


def done(*, job: Job, outcome: Outcome) -> bool:
    return bool(
        conclude(
            actor=SYSTEM,
            job=job,
            state=JobState.DONE,
            outcome=outcome,
            error_code="",
            error_message="",
            error_detail="",
        )
    )


def failed(*, job: Job, code: str, message: str, detail: str) -> bool:
    return _ended(job, JobState.FAILED, code, message, detail)


def cancelled(*, job: Job, message: str) -> bool:
    return _ended(job, JobState.CANCELLED, "jobs.cancelled", message, "")


def _ended(job: Job, state: JobState, code: str, message: str, detail: str) -> bool:
    return bool(
        conclude(
            actor=SYSTEM,
            job=job,
            state=state,
            outcome=Outcome(),
            error_code=code,
            error_message=message,
            error_detail=detail,
        )
    )
