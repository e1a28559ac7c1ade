"""Which tasks of a list an act is for: those ticked, or all that the list's filters give."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from caicach.kernel.calendar import clock
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme import access, queries
from caicach.measurement.programme.lists import TASKS
from caicach.measurement.programme.models import TaskResponse

EVERY = "ca"
"""In what is sent: the filters of a list, as its address has them, all of whose tasks are chosen."""


def of_filters(request: StaffRequest, filters: str) -> QuerySet[Any]:
    """All tasks that these filters show the person; none where one cannot be read, as in the list itself."""
    visible = queries.with_state(queries.visible_tasks(actor=request.actor), today=clock.today())
    narrowed = TASKS.filters(QueryDict(filters), queryset=visible, request=request)
    return narrowed.qs if narrowed.is_valid() else visible.none()


def to_accept(*, actor: Actor) -> Q:
    """Of a task: it waits for the answer of a unit for which the person may give it."""
    if not access.can_answer_tasks(actor):
        return Q(pk__in=[])
    return Q(pk__in=queries.tasks_to_accept(actor=actor).order_by().values("pk"))


def to_urge(*, actor: Actor) -> Q:
    """Of a task: it is open and waits for the unit that leads it, and the person steers its plan."""
    return ~Q(response=TaskResponse.RETURNED) & Q(
        plan__issuer__in=actor.units_of(Role.REFORM_OFFICER),
        done_on=None,
        cancelled_on=None,
        handed_in_on=None,
        lead__isnull=False,
    )
