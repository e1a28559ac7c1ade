"""One notice of one event: how it is sent, and what it says of a task."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from caicach.kernel.jobs.events import Event
from caicach.kernel.notifications.kinds import NoticeKind
from caicach.kernel.notifications.services import notify
from caicach.kernel.usecase.actor import SYSTEM

from . import notices
from .models import Plan, PlanTask


def tell(
    event: Event, kind: NoticeKind, accounts: Collection[int], message: str, url: str, *, part: str = "", **more: Any
) -> None:
    """`part` tells apart several notices of one event."""
    if not accounts:
        return
    key = f"event:{event.id}:{part}" if part else f"event:{event.id}"
    notify(actor=SYSTEM, kind=kind, accounts=sorted(accounts), message=message, url=url, key=key, **more)


def of_task(task: PlanTask) -> dict[str, Any]:
    """Where it leads, how the task is called and when it falls due."""
    return {"url": reverse("programme:task", args=[task.pk]), "about": notices.about([task]), "deadline": task.deadline}


def plan_of(event: Event) -> Plan | None:
    """None when it is gone meanwhile: then there is nothing to tell. The same in `task_of`."""
    return Plan.objects.select_related("issuer").filter(pk=event.payload["plan"]).first()


def task_of(event: Event) -> PlanTask | None:
    return PlanTask.objects.select_related("plan__issuer", "lead").filter(pk=event.payload["task"]).first()
