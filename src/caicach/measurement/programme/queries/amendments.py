"""Changes of approved plans that were asked for, and what each would change, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import NotFound
from caicach.measurement.programme.access import WATCHING_ROLES
from caicach.measurement.programme.cells import shown_time
from caicach.measurement.programme.models import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    ExtensionState,
    PlanTask,
    ProductState,
    Recurrence,
    ReformField,
    TaskProduct,
)

from .tasks import visible_tasks


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changes. name : for programs, as the cells of a row are named; label : for people."""

    name: str
    label: str
    before: str
    after: str


def amendments_of(*, actor: Actor) -> QuerySet[Amendment]:
    """Of plans that the actor steers or watches, and of tasks that the actor may see."""
    found = Amendment.objects.select_related(
        "plan__issuer", "task__lead", "asked_by", "decided_by", "version"
    )  # the plan and the task come with every one: a page names both
    if actor.is_system:
        return found
    watched = Q(plan__issuer__in=actor.units_of(*WATCHING_ROLES))
    return found.filter(watched | Q(task__in=visible_tasks(actor=actor).values("pk")))


def amendment_of(*, actor: Actor, pk: int) -> Amendment:
    """Raises NotFound alike for what is missing and may not be seen."""
    amendment = amendments_of(actor=actor).filter(pk=pk).first()
    if amendment is None:
        raise NotFound
    if amendment.task is not None:
        amendment.task.plan = amendment.plan
    return amendment


def waiting_amendments(*, actor: Actor) -> QuerySet[Amendment]:
    return amendments_of(actor=actor).filter(state=AmendmentState.ASKED)


def amendments_to_decide(*, actor: Actor) -> QuerySet[Amendment]:
    """Asked by others, of plans of the leader's own leadership."""
    waiting = Amendment.objects.filter(state=AmendmentState.ASKED, plan__issuer__in=actor.units_of(Role.LEADER))
    return waiting.exclude(asked_by=actor.account_id)


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a task's unit has open when the task goes to another, and what becomes of it then is told to who decides.

    asked_until : the day asked for in an open request for more time. progress : per cent, 0 for none reported.
    """

    asked_until: date | None
    products: list[TaskProduct]
    progress: int
    has_owner: bool

    def __bool__(self) -> bool:
        return bool(self.asked_until or self.products or self.progress or self.has_owner)


def left_behind_by(task: PlanTask) -> LeftBehind:
    """Two queries. `services.handing_over` closes the same."""
    request = task.extensions.filter(state=ExtensionState.ASKED).first()
    return LeftBehind(
        asked_until=request.new_deadline if request else None,
        products=list(task.products.filter(state=ProductState.SUBMITTED)),
        progress=task.progress,
        has_owner=task.owner_id is not None,
    )


def lines_of(amendments: Iterable[Amendment]) -> dict[int, list[Line]]:
    """Id -> what it changes, as it was asked for. One query for the names of all units."""
    listed = list(amendments)
    ids = {pk for amendment in listed for pk in _units(amendment.change)}
    names = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))
    return {amendment.pk: list(_lines(amendment, names)) for amendment in listed}


def _units(change: Mapping[str, Any]) -> Iterator[int]:
    for side in (change, change.get("before", {})):
        yield from side.get("cooperating", ())
        if side.get("lead_id") is not None:
            yield side["lead_id"]


def _lines(amendment: Amendment, names: Mapping[int, str]) -> Iterator[Line]:
    change, before = amendment.change, amendment.change.get("before", {})
    if amendment.kind == AmendmentKind.CANCEL_TASK:
        yield Line("decision", _("Stopped by decision"), "", change["decision"])
        return
    if amendment.kind == AmendmentKind.ADD_TASK:
        yield from _of_a_new_task(change)
    yield Line("lead", _("Lead unit"), _lead(before, names), _lead(change, names))
    supported_by, supports = _cooperating(before, names), _cooperating(change, names)
    if supported_by != supports:
        yield Line("cooperating", _("Co-operating units"), supported_by, supports)


def _of_a_new_task(change: Mapping[str, Any]) -> Iterator[Line]:
    deadline = date.fromisoformat(change["deadline"]) if change.get("deadline") else None
    time = shown_time(deadline=deadline, deadline_text=change.get("deadline_text", ""))
    told = (
        ("number", _("No."), change.get("number", "")),
        ("title", _("Task"), change["title"]),
        ("field", _("Field"), str(ReformField(change["field"]).label)),
        ("product", _("Product"), change.get("product", "")),
        ("time", _("Time"), time or str(Recurrence(change.get("recurrence", "")).label)),
        ("budget", _("Budget"), change.get("budget", "")),
    )
    for name, label, after in told:
        if after:
            yield Line(name, label, "", after)


def _lead(side: Mapping[str, Any], names: Mapping[int, str]) -> str:
    return names.get(side.get("lead_id") or 0) or side.get("lead_text", "")


def _cooperating(side: Mapping[str, Any], names: Mapping[int, str]) -> str:
    return "; ".join(names[pk] for pk in side.get("cooperating", ()) if pk in names)
