"""Which tasks of a list an act is for: those ticked, or all that the list's filters give; and the way back to it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from caicach.kernel.calendar import clock
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.roles import Role
from caicach.kernel.operation import my_work_list
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme import access, queries
from caicach.measurement.programme.lists import TASKS
from caicach.measurement.programme.models import TaskResponse

EVERY = "ca"
"""In what is sent: the filters of a list, as its address has them, all of whose tasks are chosen."""
_OF_MY_WORK = "viec-cua-toi"
"""Among these filters: they are those of “Việc của tôi”, not of the list of tasks."""


def of_my_work(filters: str) -> str:
    """Filters of “Việc của tôi”, for `of_filters` to know them by."""
    return f"{_OF_MY_WORK}=1&{filters}" if filters else f"{_OF_MY_WORK}=1"


def of_filters(request: StaffRequest, filters: str) -> QuerySet[Any]:
    """All tasks that these filters show the person; none where one cannot be read, as in the list itself."""
    today, asked = clock.today(), QueryDict(filters, mutable=True)
    visible = queries.with_state(queries.visible_tasks(actor=request.actor), today=today)
    if asked.pop(_OF_MY_WORK, None):
        ids = my_work_list.ids_of_filters(actor=request.actor, today=today, filters=asked)
        return visible.filter(pk__in=ids)
    narrowed = TASKS.filters(asked, queryset=visible, request=request)
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


def page_of(request: StaffRequest, address: str, *, otherwise: str) -> str:
    """The address, when it is a page of ours: it was typed by anyone."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else otherwise
