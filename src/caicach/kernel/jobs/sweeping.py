"""What the machinery keeps only for a time: finished work, told events, notes of steps taken, answers to repeats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.models import IdempotentResult, OutboxEvent

from . import access
from .instant import true_now
from .models import Delivery, DeliveryState, Job, JobState, Once, Worker

ROWS_AT_ONCE: Final = 1000
"""A transaction's worth, so that on SQLite nobody waits for the sweeper."""

KEEP_WAKE_UPS: Final = timedelta(days=1)
KEEP_RESULTS: Final = timedelta(days=7)
"""Answers to a repeated idempotency key; results that people may fetch."""
KEEP_EVENTS: Final = timedelta(days=30)
KEEP_JOBS: Final = timedelta(days=90)
KEEP_FAILED_JOBS: Final = timedelta(days=365)


@use_case("jobs.sweep", permission=access.by_the_system)
def sweep(uc: UseCase) -> int:
    """Delete some of what is older than its keeping time; how many rows. To be called until that is 0."""
    swept = sum(_delete_some(rows) for rows in _outdated(at=uc.at))
    uc.note = f"{swept} rows"
    return swept


def _outdated(*, at: datetime) -> Iterable[QuerySet[Any]]:
    """What goes, by kind. An event stays as long as someone has not taken it."""
    now = true_now()
    untold = Delivery.objects.filter(event=OuterRef("pk")).exclude(state=DeliveryState.DONE)
    yield DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_WAKE_UPS)
    yield IdempotentResult.objects.filter(at__lt=at - KEEP_RESULTS)
    yield OutboxEvent.objects.filter(~Exists(untold), dispatched_at__lt=at - KEEP_EVENTS)
    yield Once.objects.filter(at__lt=at - KEEP_JOBS)
    yield Job.objects.filter(state__in=[JobState.DONE, JobState.CANCELLED], finished_at__lt=at - KEEP_JOBS)
    yield Job.objects.filter(state=JobState.FAILED, finished_at__lt=at - KEEP_FAILED_JOBS)
    yield Worker.objects.filter(stopped_at__lt=now - KEEP_WAKE_UPS)


def _delete_some(rows: QuerySet[Any]) -> int:
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:ROWS_AT_ONCE])
    if ids:
        rows.model._default_manager.filter(pk__in=ids).delete()
    return len(ids)
