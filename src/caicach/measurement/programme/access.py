"""Who may see and change plans and tasks."""

from __future__ import annotations

import functools
import operator

from django.db.models import Q

from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.predicates import has_role, only_the_system, predicate, signed_in
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor

from .models import Amendment, ExtensionRequest, Plan, PlanTask, TaskProduct

UNIT_ROLES = (Role.FOCAL_POINT, Role.UNIT_HEAD)
STEERING_ROLES = (Role.REFORM_OFFICER, Role.LEADER)
WATCHING_ROLES = (Role.REFORM_OFFICER, Role.LEADER, Role.AUDITOR)


@predicate(roles=[Role.REFORM_OFFICER])
def officer_of_issuer(actor: Actor, issuer: Unit) -> bool:
    return actor.holds_over(issuer.pk, Role.REFORM_OFFICER)


@predicate(roles=[Role.REFORM_OFFICER])
def officer_of_plan(actor: Actor, plan: Plan) -> bool:
    return actor.holds_over(plan.issuer_id, Role.REFORM_OFFICER)


@predicate(roles=[Role.LEADER])
def leader_of_plan(actor: Actor, plan: Plan) -> bool:
    return actor.holds_over(plan.issuer_id, Role.LEADER)


@predicate(roles=WATCHING_ROLES)
def watches_plan(actor: Actor, plan: Plan) -> bool:
    return actor.holds_over(plan.issuer_id, *WATCHING_ROLES)


@predicate(roles=[Role.REFORM_OFFICER])
def officer_of_task(actor: Actor, task: PlanTask) -> bool:
    return actor.holds_over(task.plan.issuer_id, Role.REFORM_OFFICER)


@predicate(roles=STEERING_ROLES)
def steers_task(actor: Actor, task: PlanTask) -> bool:
    return actor.holds_over(task.plan.issuer_id, *STEERING_ROLES)


def is_in_charge(actor: Actor, task: PlanTask) -> bool:
    """The person in charge or who stands in for that person, as long as the person holds a role in the lead unit: who
    has left it works on its tasks no more.
    """
    return task.owner_id is not None and task.lead_id in actor.members.get(task.owner_id, ())


def in_charge(actor: Actor) -> Q:
    """`is_in_charge`, asked of all tasks at once."""
    nothing = Q(pk__in=())
    return functools.reduce(
        operator.or_, (Q(owner=person, lead__in=units) for person, units in actor.members.items()), nothing
    )


@predicate
def works_on_task(actor: Actor, task: PlanTask) -> bool:
    """Focal point or head of the lead unit, or the person in charge."""
    return actor.holds_over(task.lead_id, *UNIT_ROLES) or is_in_charge(actor, task)


@predicate(roles=UNIT_ROLES)
def leads_task(actor: Actor, task: PlanTask) -> bool:
    return actor.holds_over(task.lead_id, *UNIT_ROLES)


@predicate
def hands_in_product(actor: Actor, product: TaskProduct) -> bool:
    return works_on_task(actor, task=product.task)


@predicate(roles=[Role.REFORM_OFFICER])
def looks_at_product(actor: Actor, product: TaskProduct) -> bool:
    """The reform officer of the plan, but never who handed it in or added a paper to what was handed in."""
    if not officer_of_task(actor, task=product.task) or actor.account_id == product.submitted_by_id:
        return False
    return all(paper.by_id != actor.account_id for paper in product.evidence.all() if paper.refused_at is None)


@predicate(roles=STEERING_ROLES)
def decides_extension(actor: Actor, request: ExtensionRequest) -> bool:
    return steers_task(actor, task=request.task) and actor.account_id != request.asked_by_id


@predicate
def asks_for_time(actor: Actor, request: ExtensionRequest) -> bool:
    return works_on_task(actor, task=request.task)


@predicate(roles=[Role.LEADER])
def decides_amendment(actor: Actor, amendment: Amendment) -> bool:
    """A leader of the plan's issuer, but never whoever asked for the change."""
    return leader_of_plan(actor, plan=amendment.plan) and actor.account_id != amendment.asked_by_id


@predicate(roles=[Role.REFORM_OFFICER])
def asked_for_amendment(actor: Actor, amendment: Amendment) -> bool:
    return officer_of_plan(actor, plan=amendment.plan) and actor.account_id == amendment.asked_by_id


@predicate
def takes_part(actor: Actor, task: PlanTask) -> bool:
    """Sees the task: steers it, watches it, or belongs to a unit that leads or supports it."""
    if actor.holds_over(task.plan.issuer_id, *WATCHING_ROLES) or is_in_charge(actor, task):
        return True
    mine = actor.units_of(*UNIT_ROLES, Role.STAFF)
    return task.lead_id in mine or any(unit.pk in mine for unit in task.cooperating.all())


can_open_plans = has_role(*Role.values)
can_prepare = has_role(Role.REFORM_OFFICER)
can_keep_own_words = signed_in
by_the_system = only_the_system
can_import = officer_of_issuer
can_load_reference = has_role(Role.OPERATOR)
can_see_plan_history = watches_plan
can_edit_draft = officer_of_plan
can_submit = officer_of_plan
can_approve = leader_of_plan
can_return_draft = leader_of_plan | officer_of_plan
can_amend = officer_of_plan
can_decide_amendment = decides_amendment
can_withdraw_amendment = asked_for_amendment
can_answer_task = leads_task
can_answer_tasks = has_role(*UNIT_ROLES)
"""Several at once: each is asked about by itself."""
can_assign_owner = leads_task
can_report = works_on_task
can_comment = takes_part
can_hand_in = hands_in_product
can_withdraw_product = hands_in_product
can_accept_product = looks_at_product
can_take_back_acceptance = looks_at_product
can_add_product = officer_of_task | leads_task
can_ask_extension = works_on_task
can_decide_extension = decides_extension
can_withdraw_extension = asks_for_time
can_cancel = officer_of_task
can_reassign = officer_of_task
can_keep_with_unit = officer_of_task
can_urge = officer_of_plan
