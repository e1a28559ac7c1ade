"""Reads of reports and of the tasks they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import NotFound
from caicach.measurement.programme.models import (
    ExtensionRequest,
    ExtensionState,
    Plan,
    PlanState,
    PlanTask,
    PlanVersion,
    TaskProduct,
)
from caicach.measurement.programme.papers import RECURRENCES
from caicach.measurement.programme.queries import progress_told

from .access import READING_ROLES
from .models import Report
from .rules import Bounds, Period, TaskFacts, next_cut_off, periods_to_have_begun
from .usual_recipients import recipients_of_first_report


def reports_of(*, actor: Actor) -> QuerySet[Report]:
    """Of the units one prepares, leads or audits; for others none."""
    rows = Report.objects.select_related("issuer", "plan")
    return rows if actor.is_system else rows.filter(issuer__in=actor.units_of(*READING_ROLES))


def report_of(*, actor: Actor, pk: int) -> Report:
    """Raises NotFound alike for what is missing and what may not be seen."""
    report = reports_of(actor=actor).select_related("approved_by", "submitted_by", "previous").filter(pk=pk).first()
    if report is None:
        raise NotFound
    return report


@dataclass(frozen=True, slots=True)
class NotBegun:
    """A report that is to be sent by `bounds.due_on` and that nobody has begun."""

    issuer: Unit
    period: Period
    year: int
    bounds: Bounds


def reports_not_begun(*, actor: Actor, today: date) -> list[NotBegun]:
    """Of the units whose reports the actor draws up, where an approved plan gives something to report. Two queries.

    The longest late first.
    """
    own = [held.unit_id for held in actor.own_units(Role.REFORM_OFFICER)]
    if not own:
        return []
    plans = Plan.objects.filter(
        issuer__in=own, state=PlanState.APPROVED, parent=None, year__gte=today.year - 1, approved_at__isnull=False
    )
    begun = set(Report.objects.filter(issuer__in=own).values_list("issuer", "year", "period"))
    first_plans: dict[tuple[int, int], Plan] = {}
    for plan in plans.select_related("issuer").order_by("approved_at"):
        first_plans.setdefault((plan.issuer_id, plan.year), plan)
    found = [
        NotBegun(plan.issuer, period, year, bounds)
        for plan in first_plans.values()
        for period, year, bounds in periods_to_have_begun(today=today, since=_approved_on(plan))
        if year == plan.year and (plan.issuer_id, year, period.value) not in begun
    ]
    return sorted(found, key=lambda each: (each.bounds.due_on, each.issuer.pk))


def report_to_come(*, actor: Actor, today: date) -> NotBegun | None:
    """The next report that the actor will draw up: that of the first cut-off after `today`. Two queries, or one."""
    own = [held.unit_id for held in actor.own_units(Role.REFORM_OFFICER)]
    coming = next_cut_off(today=today)
    if not own or coming is None:
        return None
    period, year, bounds = coming
    plan = (
        Plan.objects.filter(issuer__in=own, state=PlanState.APPROVED, parent=None, year=year)
        .exclude(issuer__in=Report.objects.filter(year=year, period=period.value).values("issuer"))
        .select_related("issuer")
        .order_by("approved_at")
        .first()
    )
    return NotBegun(plan.issuer, period, year, bounds) if plan else None


def _approved_on(plan: Plan) -> date:
    return local_date(plan.approved_at or plan.created_at)


def plans_to_count(*, issuer: Unit, year: int) -> QuerySet[Plan]:
    """What a report of that unit on that year counts: all its approved plans, but those beneath another one."""
    return Plan.objects.filter(issuer=issuer, year=year, state=PlanState.APPROVED, parent=None).order_by("pk")


def task_facts(*, plans: Sequence[Plan], by: date) -> dict[int, TaskFacts]:
    """Every task of the plans that counts, with deadline and lead unit as at the end of the day `by`; plan by plan, in
    the order of their numbers. Five queries.
    """
    rows = list(PlanTask.objects.filter(plan__in=plans, is_dropped=False).select_related("lead", "plan"))
    deadlines = _deadlines_since_moved(plans, by)
    leads = _leads_now(rows) | _leads_by(plans, by)
    progress = progress_told(plans=plans, by=by)
    handed_in = set(
        TaskProduct.objects.filter(task__plan__in=plans, submitted_on__lte=by).values_list("task", flat=True).distinct()
    )
    facts = (
        TaskFacts(
            id=task.pk,
            number=task.number,
            title=task.title,
            field=task.field,
            unit_id=leads[task.pk].id,
            unit_name=leads[task.pk].name,
            deadline=deadlines.get(task.pk, task.deadline),
            done_on=task.done_on,
            handed_in_on=task.handed_in_on,
            cancelled_on=task.cancelled_on,
            given_on=_given_on(task.plan, task),
            time=RECURRENCES.get(task.recurrence, ""),
            # Of a deadline that was moved since, nobody knows any more from when it showed as due soon.
            soon_from=None if task.pk in deadlines else task.soon_from,
            progress=progress.get(task.pk, 0),
            reached_after=_reached_after(task.plan, task, by),
            plan_id=task.plan_id,
            has_handed_in=task.pk in handed_in,
        )
        for task in rows
    )
    return {fact.id: fact for fact in sorted(facts, key=lambda fact: fact.order)}


def _reached_after(plan: Plan, task: PlanTask, by: date) -> date | None:
    """The day on which the unit saw the task, where that was after the day `by`: a decision may be older than that."""
    reached = local_date(task.given_at or plan.approved_at or plan.created_at)
    return reached if reached > by else None


def _given_on(plan: Plan, task: PlanTask) -> date:
    """The day of the decision; of a task added since, the day of the version that added it."""
    approved_at = plan.approved_at or plan.created_at
    if task.given_at is not None and task.given_at > approved_at:
        return local_date(task.given_at)
    return plan.decision_date or local_date(approved_at)


@dataclass(frozen=True, slots=True)
class _Lead:
    id: int | None
    name: str


def _leads_now(tasks: Sequence[PlanTask]) -> dict[int, _Lead]:
    return {task.pk: _Lead(task.lead_id, task.lead.name if task.lead else "") for task in tasks}


def _leads_by(plans: Sequence[Plan], by: date) -> dict[int, _Lead]:
    """By task: who led it by the version of its plan in force at the end of the day `by`, as the unit was called then.

    Of a plan approved later the first version: nobody led its tasks before. One query.
    """
    versions = PlanVersion.objects.filter(plan=OuterRef("plan"))
    in_force = versions.filter(at__date__lte=by).order_by("-version").values("pk")[:1]
    first = versions.order_by("version").values("pk")[:1]
    wanted = PlanVersion.objects.filter(plan__in=plans, pk=Coalesce(Subquery(in_force), Subquery(first)))
    leads = {}
    for content in wanted.values_list("content", flat=True):
        names = content.get("units", {})
        for task in content["tasks"]:
            name = names.get(str(task["lead_id"]))
            if name is not None:
                leads[task["id"]] = _Lead(task["lead_id"], name)
    return leads


def _deadlines_since_moved(plans: Sequence[Plan], by: date) -> dict[int, date]:
    """By task: what the deadline was, where an extension has been granted after the day `by`."""
    later = _granted(plans).filter(decided_at__date__gt=by).order_by("-decided_at")
    return dict(later.values_list("task_id", "old_deadline"))


def extended_tasks(*, plans: Sequence[Plan], by: date) -> frozenset[int]:
    """Ids of the tasks whose extension was granted by the end of the day `by`."""
    granted = _granted(plans).filter(decided_at__date__lte=by)
    return frozenset(granted.values_list("task_id", flat=True))


def _granted(plans: Sequence[Plan]) -> QuerySet[ExtensionRequest]:
    return ExtensionRequest.objects.filter(task__plan__in=plans, state=ExtensionState.GRANTED)


def usual_recipients(*, issuer: Unit) -> str:
    """Those of the unit's latest report; of its first, those of a body of its kind."""
    latest = Report.objects.filter(issuer=issuer).exclude(recipients="").order_by("-created_at").first()
    return latest.recipients if latest is not None else recipients_of_first_report(issuer=issuer)
