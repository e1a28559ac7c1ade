"""What waits for a decision of the person: plans to approve, extensions to grant or refuse."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.access import STEERING_ROLES
from caicach.measurement.programme.models import DraftStep, ExtensionRequest, ExtensionState, Plan, PlanState

OF_OPEN_TASK = Q(task__done_on=None, task__cancelled_on=None, task__is_dropped=False)


def plans_to_approve(*, actor: Actor) -> QuerySet[Plan]:
    """Written and submitted by others to the person's own leadership; two people prepare and approve."""
    waiting = Plan.objects.filter(state=PlanState.SUBMITTED, issuer__in=actor.units_of(Role.LEADER))
    me = actor.account_id
    edited = DraftStep.objects.filter(plan=OuterRef("pk"), by=me, is_undone=False)
    return waiting.exclude(Q(submitted_by=me) | Q(prepared_by=me) | Exists(edited))


def extensions_to_decide(*, actor: Actor) -> QuerySet[ExtensionRequest]:
    """Asked by others, on open tasks of plans that the person steers."""
    return ExtensionRequest.objects.filter(
        OF_OPEN_TASK, state=ExtensionState.ASKED, task__plan__issuer__in=actor.units_of(*STEERING_ROLES)
    ).exclude(asked_by=actor.account_id)
