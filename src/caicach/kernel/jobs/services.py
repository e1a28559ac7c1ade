"""Asking for background work, stopping it, and starting again what failed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from caicach.kernel.calendar import clock
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.context import surroundings
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import UseCaseError

from . import access, running
from .instant import true_now
from .models import FINISHED, Delivery, DeliveryState, Job, JobState
from .registry import JobKind


class UnableToCancel(UseCaseError):
    code = "jobs.already_finished"

    def default_message(self) -> str:
        return _("This work has finished already.")


class UnableToRunAgain(UseCaseError):
    code = "jobs.not_failed"

    def default_message(self) -> str:
        return _("Only work that failed or was stopped can be started again.")


def enqueue(
    kind: JobKind,
    /,
    *,
    actor: Actor,
    subject: str,
    key: str = "",
    not_before: datetime | None = None,
    **arguments: Any,
) -> Job:
    """Ask for background work within the transaction of a use case: it is there if and only if that is committed.

    actor : as whom it runs; subject : what it works on, in words for people (a file's name, a plan's number);
    key : the same kind and key give the same job, however often asked; not_before : true time, for a later start;
    the rest are the job's own arguments: ids and plain values.
    Raises TypeError for arguments that the job cannot be called with, RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{kind.name} is asked for outside a transaction: let a use case ask for it")
    kind.check_arguments(arguments)
    at = not_before or true_now()
    values = {
        "subject": subject[:200],
        "arguments": arguments,
        "priority": kind.priority,
        "language": get_language() or "vi",
        "request_id": surroundings().request_id,
        "started_by_id": actor.account_id,
        "created_at": clock.now(),
        "next_attempt_at": at,
    }
    if not key:
        job = Job.objects.create(kind=kind.name, **values)
    else:
        job, is_new = Job.objects.get_or_create(kind=kind.name, key=key[:128], defaults=values)
        if not is_new:
            return job
    running.wake(job=job, at=not_before)
    return job


@use_case("jobs.cancel", permission=access.can_cancel)
def cancel(uc: UseCase, *, job: Job) -> Job:
    """Stop it: at once when it waits, at its next step when it runs. Raises UnableToCancel when it is over."""
    fresh = Job.objects.select_for_update().get(pk=job.pk)
    if fresh.state in FINISHED:
        raise UnableToCancel
    with uc.changing(fresh):
        fresh.cancel_requested_at = uc.at
        if fresh.state == JobState.WAITING:
            fresh.state = JobState.CANCELLED
            fresh.finished_at = uc.at
            fresh.error_code = "jobs.cancelled"
            fresh.error_message = _("Stopped before it began.")
        fresh.save()
    return fresh


@use_case("jobs.run_again", permission=access.can_operate)
def run_again(uc: UseCase, *, job: Job) -> Job:
    """Start failed or stopped work afresh, with all its attempts. Raises UnableToRunAgain."""
    fresh = Job.objects.select_for_update().get(pk=job.pk)
    if fresh.state not in (JobState.FAILED, JobState.CANCELLED):
        raise UnableToRunAgain
    with uc.changing(fresh):
        fresh.state = JobState.WAITING
        fresh.attempts = 0
        fresh.done = 0
        fresh.total = None
        fresh.words = fresh.error_code = fresh.error_message = fresh.error_detail = ""
        fresh.cancel_requested_at = fresh.finished_at = None
        fresh.next_attempt_at = true_now()
        fresh.save()
    running.wake(job=fresh, at=None)
    return fresh


@use_case("jobs.deliver_again", permission=access.can_operate)
def deliver_again(uc: UseCase, *, delivery: Delivery) -> Delivery:
    """Tell a subscriber once more of an event that it failed to take. Raises UnableToRunAgain."""
    fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if fresh.state != DeliveryState.FAILED:
        raise UnableToRunAgain
    with uc.changing(fresh):
        fresh.state = DeliveryState.WAITING
        fresh.attempts = 0
        fresh.finished_at = None
        fresh.error_code = fresh.error_detail = ""
        fresh.next_attempt_at = true_now()
        fresh.save()
    return fresh
