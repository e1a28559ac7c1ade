"""Units are told that they co-operate in a task from now on, or no more."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_noop

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.identity.models import Unit
from caicach.kernel.jobs.events import Event

from . import notices, recipients
from .telling import of_task, task_of, tell


def tell_units_that_support(event: Event) -> None:
    """Those that co-operate from now on. Events of before this was noted name none."""
    if (task := task_of(event)) is None:
        return
    for unit in _units(event, "units_added"):
        tell(
            event,
            notices.SUPPORT_BEGUN,
            recipients.of_unit(unit, on=local_date(event.at)),
            gettext_noop("%(unit)s co-operates in this task from now on"),
            part=f"support:{unit.pk}",
            params={"unit": unit.name},
            **of_task(task),
        )


def tell_units_that_support_no_more(event: Event) -> None:
    """They may see the task no more, the plan they may."""
    if (task := task_of(event)) is None:
        return
    for unit in _units(event, "units_removed"):
        tell(
            event,
            notices.SUPPORT_ENDED,
            recipients.of_unit(unit, on=local_date(event.at)),
            gettext_noop("%(unit)s co-operates in this task no more"),
            part=f"support:{unit.pk}",
            params={"unit": unit.name},
            url=reverse("programme:plan", args=[task.plan_id]),
            about=notices.about([task]),
        )


def _units(event: Event, which: str) -> Iterator[Unit]:
    return Unit.objects.filter(pk__in=event.payload.get(which, ())).order_by("pk").iterator()
