"""Notices of the kernel itself: background work that ended while nobody was looking."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from caicach.kernel.calendar import clock
from caicach.kernel.identity.models import RoleAssignment
from caicach.kernel.identity.predicates import has_role
from caicach.kernel.identity.queries import in_force
from caicach.kernel.identity.roles import Role
from caicach.kernel.jobs.events import Event, subscribe
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.usecase.actor import SYSTEM

from .kinds import NoticeKind, register_kind
from .models import Mail
from .services import notify

WATCHED_FOR: Final = timedelta(seconds=10)
"""Whoever asked for shorter work is still looking at its page."""

WORK_FINISHED: Final = register_kind(
    NoticeKind("jobs.finished", gettext_lazy("Work that you asked for has ended"), mail=Mail.NONE)
)
WORK_FAILED: Final = register_kind(
    NoticeKind(
        "jobs.failed",
        gettext_lazy("Background work of the system has failed"),
        mail=Mail.DIGEST,
        meant_for=has_role(Role.OPERATOR),
    )
)


def tell_who_asked(event: Event) -> None:
    job = Job.objects.filter(pk=event.payload["job_id"]).first()
    if job is None or job.finished_at is None or job.state == JobState.CANCELLED:
        return
    if job.started_by_id is None:
        _tell_operators(job)
        return
    if job.finished_at - job.created_at < WATCHED_FOR:
        return
    done = job.state == JobState.DONE
    notify(
        actor=SYSTEM,
        kind=WORK_FINISHED,
        accounts=[job.started_by_id],
        message=gettext_noop("Done: %(subject)s") if done else gettext_noop("Not done: %(subject)s"),
        params={"subject": job.subject},
        about=job.words if done else job.error_message[:250],
        url=(job.result_url if done else "") or reverse("jobs:progress", args=[job.pk]),
        key=f"job:{job.pk}:{job.attempts}:{job.state}",
    )


def _tell_operators(job: Job) -> None:
    if job.state != JobState.FAILED:
        return
    today = clock.today()
    operators = RoleAssignment.objects.filter(in_force(today), role=Role.OPERATOR).values_list("account_id", flat=True)
    notify(
        actor=SYSTEM,
        kind=WORK_FAILED,
        accounts=sorted(set(operators)),
        message=gettext_noop("Background work failed: %(subject)s"),
        params={"subject": job.subject},
        about=job.error_code,
        url=reverse("jobs:progress", args=[job.pk]),
        # One a day for each kind: a mail server that is away for a day fails many jobs.
        key=f"failed:{job.kind}:{today.isoformat()}",
    )


subscribe("jobs.finished", tell_who_asked)
