"""Background work: what is to be done, who does it, what was told to whom, and when it comes round again."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caicach.kernel.usecase.models import OutboxEvent


class JobState(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    DONE = "DONE", _("Done")
    FAILED = "FAILED", _("Failed")
    CANCELLED = "CANCELLED", _("Cancelled")


FINISHED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Worker(models.Model):
    """A process that runs jobs. What it holds is taken from it when it is gone: its row is every lease it has."""

    data_classes: ClassVar[dict[str, str]] = {
        "name": "internal",
        "host": "internal",
        "process_id": "internal",
        "started_at": "internal",
        "beat_at": "internal",
        "stopped_at": "internal",
    }

    name = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    process_id = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    """Written every few seconds while the process lives."""
    stopped_at = models.DateTimeField(null=True)
    """When it left in order, or was found dead; null = at work."""

    class Meta:
        indexes = [
            models.Index(fields=["beat_at"], name="jobs_worker_at_work", condition=Q(stopped_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """One piece of background work and all that people are told about it. A queue entry only wakes it up."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "kind": "internal",
        "subject": "internal",
        "arguments": "internal",
        "key": "internal",
        "priority": "internal",
        "language": "internal",
        "request_id": "internal",
        "started_by": "internal",
        "created_at": "internal",
        "state": "internal",
        "done": "internal",
        "total": "internal",
        "words": "internal",
        "attempts": "internal",
        "next_attempt_at": "internal",
        "worker": "internal",
        "started_at": "internal",
        "finished_at": "internal",
        "cancel_requested_at": "internal",
        "result": "internal",
        "result_url": "internal",
        "error_code": "internal",
        "error_message": "internal",
        "error_detail": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    """What it works on, in words for people: the name of a file, the number of a plan."""
    arguments = models.JSONField(default=dict)
    """Ids and plain values; never the content of a record."""
    key = models.CharField(max_length=128)
    """Same kind and key = the same job, asked for again. Empty: no such promise."""
    priority = models.SmallIntegerField(default=0)
    language = models.CharField(max_length=10)
    request_id = models.CharField(max_length=32)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    """Null: the system itself."""
    created_at = models.DateTimeField()

    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    """Null: not known yet."""
    words = models.CharField(max_length=300)
    """What is being done now, or what came out, in the language of who started it."""

    attempts = models.PositiveSmallIntegerField(default=0)
    """Counted when an attempt begins, so that one that takes its worker down counts too."""
    next_attempt_at = models.DateTimeField()
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField(null=True)
    """Of the last attempt."""
    finished_at = models.DateTimeField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)

    result = models.JSONField(null=True)
    result_url = models.CharField(max_length=500)
    error_code = models.CharField(max_length=100)
    error_message = models.CharField(max_length=1000)
    """For people; of the last failed attempt."""
    error_detail = models.TextField()
    """For operators: kind of the exception and where it was raised, without its text, which may quote content."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="jobs_job_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | (~Q(state__in=FINISHED) & Q(finished_at=None)),
                name="jobs_job_finished_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, worker__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(worker=None)),
                name="jobs_job_running_has_its_worker",
            ),
            models.UniqueConstraint(fields=["kind", "key"], condition=~Q(key=""), name="jobs_job_once_a_key"),
        ]
        indexes = [
            # My own work, newest first.
            models.Index(fields=["started_by", "-created_at"], name="jobs_job_of_a_person"),
            # The few that run, among the many that are over: for whoever takes over from a dead worker.
            models.Index(fields=["worker"], name="jobs_job_held", condition=Q(state=JobState.RUNNING)),
            models.Index(fields=["next_attempt_at"], name="jobs_job_waiting", condition=Q(state=JobState.WAITING)),
            models.Index(fields=["-finished_at"], name="jobs_job_failed", condition=Q(state=JobState.FAILED)),
            # For the daily sweep.
            models.Index(fields=["finished_at"], name="jobs_job_age", condition=~Q(finished_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class DeliveryState(models.TextChoices):
    WAITING = "WAITING", _("Waiting")
    DONE = "DONE", _("Delivered")
    FAILED = "FAILED", _("Failed")


class Delivery(models.Model):
    """One event for one subscriber: one that fails is tried again alone, the others are not told twice."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "event": "internal",
        "subscriber": "internal",
        "state": "internal",
        "attempts": "internal",
        "next_attempt_at": "internal",
        "finished_at": "internal",
        "error_code": "internal",
        "error_detail": "internal",
    }

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    subscriber = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=100)
    error_detail = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="jobs_delivery_known_state"),
            models.UniqueConstraint(fields=["event", "subscriber"], name="jobs_delivery_once_a_subscriber"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], name="jobs_delivery_due", condition=Q(state=DeliveryState.WAITING)
            ),
            models.Index(fields=["-finished_at"], name="jobs_delivery_failed", condition=Q(state=DeliveryState.FAILED)),
        ]

    def __str__(self) -> str:
        return f"event {self.event_id} for {self.subscriber}"


class Once(models.Model):
    """A step that was taken: kept so that the same step is not taken again when its event or job comes twice."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "scope": "internal",
        "key": "internal",
        "at": "internal",
    }

    scope = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="jobs_once_a_scope_and_key")]
        indexes = [models.Index(fields=["at"], name="jobs_once_age")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class ScheduledTime(models.Model):
    """When a schedule comes round next: the row that workers agree by, so that one of them starts it."""

    data_classes: ClassVar[dict[str, str]] = {
        "name": "internal",
        "cron": "internal",
        "next_due_at": "internal",
        "last_due_at": "internal",
    }

    name = models.CharField(max_length=100, primary_key=True)
    cron = models.CharField(max_length=100)
    """As the code had it when `next_due_at` was reckoned; a change of the code reckons anew."""
    next_due_at = models.DateTimeField()
    last_due_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.cron})"
