"""Plans an actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import NotFound
from caicach.measurement.programme.access import STEERING_ROLES
from caicach.measurement.programme.models import Plan, PlanState

PLAN_PARAMETER: Final = "ke-hoach"
"""Of an address: the plan that was chosen among several of one year."""
STRANGE: Final = (2, 0, 0)
"""How near a plan is whose issuer stands neither above nor beneath any unit of one's own."""


def plans_of(*, actor: Actor) -> QuerySet[Plan]:
    """Every approved plan, whichever unit issued it, for whoever holds a role: such a plan is a paper of the house.
    Drafts and submitted ones only where one steers.

    The plan's paper and text go with it; which of its tasks open is asked of each (`visible_tasks`).
    """
    if actor.is_system:
        return Plan.objects.select_related("issuer")
    steers = actor.units_of(*STEERING_ROLES)
    approved = Q(state=PlanState.APPROVED) if actor.holds(*Role.values) else Q(pk__in=())
    return Plan.objects.filter(approved | Q(issuer__in=steers)).select_related("issuer")


def plan_of(*, actor: Actor, pk: int) -> Plan:
    """Raises NotFound for a plan that does not exist or may not be seen: the answer is the same."""
    plan = plans_of(actor=actor).select_related("source", "approved_by", "submitted_by").filter(pk=pk).first()
    if plan is None:
        raise NotFound
    return plan


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """The plan that is looked at, beside which others of its year can be.

    of_year : all that the actor may see, the nearest first, the plan itself among them; years : those of plans that
    concern the actor, and the plan's, the latest first.
    """

    plan: Plan
    of_year: tuple[Plan, ...]
    years: tuple[int, ...]

    @property
    def query(self) -> dict[str, int]:
        """What of an address opens this plan for whoever follows it: the year, and the plan where it has several."""
        chosen = {PLAN_PARAMETER: self.plan.pk} if len(self.of_year) > 1 else {}
        return {"nam": self.plan.year, **chosen}


def plan_choice(*, actor: Actor, year: int, chosen: int | None = None) -> PlanChoice | None:
    """Of the approved plans: the one chosen; else that of the nearest issuer above the actor's units, of that year or
    of the latest that has one. None where no plan concerns the actor. Two queries.

    Raises NotFound for a chosen plan that is not there or may not be seen.
    """
    approved = plans_of(actor=actor).filter(state=PlanState.APPROVED, parent=None)
    own = {held.unit_id for held in actor.roles if not held.on_behalf_of} or {held.unit_id for held in actor.roles}
    paths = list(Unit.objects.filter(pk__in=own).values_list("path", flat=True))
    plans = sorted(approved.order_by("approved_at", "pk"), key=lambda plan: nearness(plan.issuer.path, paths))
    concerning = [plan for plan in plans if nearness(plan.issuer.path, paths) < STRANGE]
    plan = _chosen(plans, chosen) if chosen is not None else _nearest(concerning, year)
    if plan is None:
        return None
    return PlanChoice(
        plan,
        tuple(each for each in plans if each.year == plan.year),
        tuple(sorted({plan.year, *(each.year for each in concerning)}, reverse=True)),
    )


def nearness(issuer: str, units: Sequence[str]) -> tuple[int, int, int]:
    """For sorting: plans of issuers above the units (or of them) first, from the nearest up, then of those beneath.

    issuer, units : paths in the tree. Of two equally near the one higher in the tree comes first.
    """
    depth = issuer.count("/")
    above = [unit.count("/") - depth for unit in units if unit.startswith(issuer)]
    if above:
        return 0, min(above), depth
    if any(issuer.startswith(unit) for unit in units):
        return 1, depth, 0
    return STRANGE


def _chosen(plans: Sequence[Plan], pk: int) -> Plan:
    for plan in plans:
        if plan.pk == pk:
            return plan
    raise NotFound


def _nearest(plans: Sequence[Plan], year: int) -> Plan | None:
    latest = max((plan.year for plan in plans), default=year)
    wanted = year if any(plan.year == year for plan in plans) else latest
    return next((plan for plan in plans if plan.year == wanted), None)
