"""The card beside “Việc của tôi” that says how the year's plans stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from caicach.kernel.usecase.actor import Actor

from . import access, queries
from .models import Plan
from .queries.figures import standing_of_plans
from .rules import Progress, TaskState
from .views.plans import OF_DONE, OF_GIVEN, counted, figures_of, tasks_counted

OTHER_PLANS = 8
"""Plans beside the nearest that the card has a line for."""


def figures_card(actor: Actor, today: date) -> dict[str, Any] | None:
    """How this year's plans stand, as far as the actor sees their tasks: the nearest that has any in full, the others
    in a line each. Nothing without a plan or tasks.
    """
    choice = queries.plan_choice(actor=actor, year=today.year)
    if choice is None:
        return None
    has_several = len(choice.of_year) > 1
    lines = _counted_of_plans(actor=actor, plans=choice.of_year, today=today) if has_several else []
    plan = choice.plan
    share = counted(actor=actor, plan=plan)
    if lines and not share.cooperating and plan not in [line.plan for line in lines]:
        plan = lines[0].plan
        share = counted(actor=actor, plan=plan)
    standing = queries.standing(share.tasks, today=today)
    if not standing.progress.assigned and not share.cooperating:
        return None
    title = _("Plan %(year)d of %(unit)s") if has_several else _("Plan %(year)d")
    others = [line for line in lines if line.plan != plan]
    return {
        "title": title % {"year": plan.year, "unit": plan.issuer.name},
        "plan": plan if has_several else None,
        "others": len(choice.of_year) - 1,
        "lines": others[:OTHER_PLANS],
        "is_cut": len(others) > OTHER_PLANS,
        "figures": figures_of(standing, tasks_url=share.url),
        "counted": share,
        "why_url": reverse("programme:why_rates", args=[plan.pk]),
        "dashboard_url": f"{reverse('programme:dashboard')}?{urlencode(replace(choice, plan=plan).query)}",
    }


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan beside others, by what `counted` counts of it; every number has the address of its rows."""

    plan: Plan
    progress: Progress
    url: str

    @property
    def all_url(self) -> str:
        return f"{self.url}&{OF_GIVEN}"

    @property
    def done_url(self) -> str:
        return f"{self.url}&{OF_DONE}"

    @property
    def late_url(self) -> str:
        return f"{self.url}&state={TaskState.OVERDUE.value}"


def _counted_of_plans(*, actor: Actor, plans: Sequence[Plan], today: date) -> list[PlanLine]:
    """Those of the plans of which something is counted, in their order. Two queries."""
    watched = [plan.pk for plan in plans if access.watches_plan(actor, plan=plan)]
    others = [plan.pk for plan in plans if plan.pk not in watched]
    visible = queries.visible_tasks(actor=actor)
    led = queries.of_part(visible.filter(plan__in=others), actor=actor, part=queries.Part.LEAD)
    found = {
        **standing_of_plans(visible.filter(plan__in=watched), today=today),
        **standing_of_plans(led, today=today),
    }
    return [
        PlanLine(plan, found[plan.pk].progress, tasks_counted(actor, plan))
        for plan in plans
        if plan.pk in found and found[plan.pk].progress.assigned
    ]
