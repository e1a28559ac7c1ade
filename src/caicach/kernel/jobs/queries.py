"""Background work as people see it: one's own, what failed, and how the machinery is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from caicach.kernel.calendar import clock
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import NotFound
from caicach.kernel.usecase.models import OutboxEvent

from . import access
from .instant import true_now
from .models import FINISHED, Delivery, DeliveryState, Job, JobState, Worker
from .registry import kind_of


@dataclass(frozen=True, slots=True)
class SeenJob:
    """A job as its page shows it.

    next_attempt_at : by the ministry's clock; None when no other attempt is to come
    back : the page where what a job that failed was asked can be mended; "" for none
    told : what came out, in the reader's language; "" where the job's kind only keeps the words of the time
    """

    job: Job
    title: str
    next_attempt_at: datetime | None
    back: str = ""
    told: str = ""

    @property
    def is_finished(self) -> bool:
        return self.job.state in FINISHED

    @property
    def words(self) -> str:
        """What is being done or came out; what it is, where it says nothing itself."""
        return self.told or self.job.words or self.title

    @property
    def will_stop(self) -> bool:
        """Someone asked it to stop and it has not come to its next step."""
        return not self.is_finished and self.job.cancel_requested_at is not None


def _seen(job: Job) -> SeenJob:
    kind = kind_of(job.kind)
    waits = job.state == JobState.WAITING and job.attempts > 0
    at = job.next_attempt_at + (clock.demo_offset() or timedelta()) if waits else None
    is_over = job.state in (JobState.FAILED, JobState.CANCELLED)
    back = kind.back(job.arguments) if kind and kind.back and is_over else ""
    told = kind.told(job.result) if kind and kind.told and job.state == JobState.DONE and job.result else ""
    title = str(kind.title) if kind else job.kind
    return SeenJob(job=job, title=title, next_attempt_at=at, back=back, told=told)


def own_jobs(*, actor: Actor, before: datetime | None, limit: int) -> list[SeenJob]:
    """What the actor started, newest first, as of before a moment. One SQL query."""
    jobs = Job.objects.filter(started_by_id=actor.account_id).exclude(started_by=None).order_by("-created_at")
    if before is not None:
        jobs = jobs.filter(created_at__lt=before)
    return [_seen(job) for job in jobs[:limit]]


def job_to_see(*, actor: Actor, job_id: UUID) -> SeenJob:
    """Raises NotFound, also for the job of someone else. One SQL query."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or not access.can_see(actor, job=job):
        raise NotFound
    return _seen(job)


_BROKEN: Final = Q(state=JobState.FAILED) & (Q(error_code__startswith="jobs.") | Q(started_by=None))
"""What an operator must see to: the machinery's own codes, and whatever the system asked of itself."""


def failed_jobs() -> QuerySet[Job]:
    """Dead letters, latest first: for the operators' page."""
    return Job.objects.filter(_BROKEN).select_related("started_by").order_by("-finished_at")


def refused_jobs() -> QuerySet[Job]:
    """What a person asked for and a rule refused (a damaged file, say), latest first: told to them, theirs to mend."""
    refused = Job.objects.filter(state=JobState.FAILED).exclude(_BROKEN)
    return refused.select_related("started_by").order_by("-finished_at")


def failed_deliveries() -> QuerySet[Delivery]:
    """Events that a subscriber failed to take for good, latest first."""
    return Delivery.objects.filter(state=DeliveryState.FAILED).select_related("event").order_by("-finished_at")


@dataclass(frozen=True, slots=True)
class Health:
    """How background work is, for readiness and the operators' page.

    last_beat_age : since some worker was last heard of; None when none is at work.
    failed : by our fault or the machine's, not what was refused to a person.
    queue_age, outbox_age : how long the oldest that is due has been waiting; zero when nothing waits.
    """

    workers: int
    last_beat_age: timedelta | None
    waiting: int
    running: int
    failed: int
    queue_age: timedelta
    outbox_waiting: int
    outbox_age: timedelta
    failed_deliveries: int


def health(*, at: datetime) -> Health:
    """at : by the ministry's clock, for events; the machine's own times are asked for here. Four SQL queries."""
    now = true_now()
    workers = list(Worker.objects.filter(stopped_at=None).values_list("beat_at", flat=True))
    jobs = Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING, JobState.FAILED]).aggregate(
        waiting=Count("pk", filter=Q(state=JobState.WAITING)),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        failed=Count("pk", filter=_BROKEN),
        oldest=Min("next_attempt_at", filter=Q(state=JobState.WAITING, next_attempt_at__lte=now)),
    )
    events = OutboxEvent.objects.filter(dispatched_at=None).aggregate(waiting=Count("pk"), oldest=Min("at"))
    return Health(
        workers=len(workers),
        last_beat_age=max(now - max(workers), timedelta()) if workers else None,
        waiting=jobs["waiting"],
        running=jobs["running"],
        failed=jobs["failed"],
        queue_age=now - jobs["oldest"] if jobs["oldest"] else timedelta(),
        outbox_waiting=events["waiting"],
        outbox_age=max(at - events["oldest"], timedelta()) if events["oldest"] else timedelta(),
        failed_deliveries=Delivery.objects.filter(state=DeliveryState.FAILED).count(),
    )


@dataclass(frozen=True, slots=True)
class FilesLookedAt:
    """What the last look at all stored files found. damaged : files gone or altered."""

    at: datetime
    damaged: int


def files_looked_at() -> FilesLookedAt | None:
    """None before the first look has ended. One SQL query."""
    looks = Job.objects.filter(kind="jobs.check_files", state=JobState.DONE).order_by("-finished_at")
    last = looks.values_list("finished_at", "result").first()
    return FilesLookedAt(last[0], int(last[1] or 0)) if last and last[0] else None
