"""What the one search box finds of the programme: tasks by number, words of the plan and product; plans by title;
units by code, name and short forms, each with the tasks that it leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.calendar import clock
from caicach.kernel.search.folding import fold
from caicach.kernel.search.sources import Hit, SearchSource
from caicach.kernel.usecase.actor import Actor
from caicach.registry.organisation.queries import named_units

from . import access, queries
from .models import PlanState

MOST_PLANS = 500
"""Plans looked through: a ministry makes a few a year."""


def find_tasks(actor: Actor, words: list[str], limit: int) -> Iterator[Hit]:
    """Of approved plans; the latest plan first, in its own order. One query."""
    tasks = queries.visible_tasks(actor=actor)
    for word in words:
        tasks = tasks.filter(search_text__contains=word)
    for task in tasks.select_related("lead", "plan").order_by("-plan__year", "position", "pk")[:limit]:
        detail = _("Task %(number)s, plan %(year)d, %(unit)s") % {
            "number": task.number,
            "year": task.plan.year,
            "unit": task.lead.name if task.lead else "",
        }
        yield Hit(task.title, detail.rstrip(", "), reverse("programme:task", args=[task.pk]))


def find_plans(actor: Actor, words: list[str], limit: int) -> Iterator[Hit]:
    """By title, decision and number, without accents. One query."""
    found = 0
    for plan in queries.plans_of(actor=actor).order_by("-year", "-pk")[:MOST_PLANS]:
        text = fold(f"{plan.title} {plan.decision_number} {plan.number} {plan.year}")
        if found == limit:
            return
        if not all(word in text for word in words):
            continue
        found += 1
        is_approved = plan.state == PlanState.APPROVED
        address = reverse("programme:plan" if is_approved else "programme:review", args=[plan.pk])
        yield Hit(
            plan.title, " ".join(part for part in (plan.decision_number, plan.get_state_display()) if part), address
        )


def find_units(actor: Actor, words: list[str], limit: int) -> Iterator[Hit]:
    """Units in force today, for whoever may open the list of tasks; that list shows each what they may see. One query.

    The tree of units is known to everyone in the house.
    """
    if not access.can_open_plans(actor):
        return
    found = 0
    for unit in named_units(on=clock.today()):
        if found == limit:
            return
        if all(word in fold(" ".join((unit.code, unit.name, *unit.aliases))) for word in words):
            found += 1
            tasks = f"{reverse('programme:tasks')}?lead={unit.id}"
            yield Hit(unit.name, _("%(code)s: tasks that the unit leads") % {"code": unit.code}, tasks)


TASKS = SearchSource(kind="programme.task", label=gettext_lazy("Tasks"), icon="checklist", find=find_tasks, order=10)
PLANS = SearchSource(
    kind="programme.plan", label=gettext_lazy("Reform plans"), icon="target-arrow", find=find_plans, order=20
)
UNITS = SearchSource(kind="programme.unit", label=gettext_lazy("Units"), icon="sitemap", find=find_units, order=40)
