"""Plans an actor may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import NotFound
from caicach.measurement.programme.access import STEERING_ROLES
from caicach.measurement.programme.models import Plan, PlanState


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


def current_plan(*, actor: Actor, year: int) -> Plan | None:
    """The approved plan of that year that concerns the actor, else the latest approved one."""
    approved = plans_of(actor=actor).filter(state=PlanState.APPROVED)
    return (
        approved.filter(year=year, parent=None).order_by("-approved_at").first()
        or approved.filter(parent=None).order_by("-year", "-approved_at").first()
    )
