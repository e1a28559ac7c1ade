"""What the one search box finds of the programme: tasks by number, words of the plan and product, those of drafts
apart; targets of tasks; papers that prove products; plans by title; units by code, name and short forms, each with the
tasks that it leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.calendar import clock
from caicach.kernel.search.folding import fold
from caicach.kernel.search.matching import matching
from caicach.kernel.search.sources import Hit, SearchSource
from caicach.kernel.search.terms import Query
from caicach.kernel.usecase.actor import Actor
from caicach.registry.organisation.queries import named_units

from . import access, queries
from .models import Evidence, PlanState, PlanTask, TaskTarget

MOST_PLANS = 500
"""Plans looked through: a ministry makes a few a year."""
MOST_PAPERS = 2000
"""Papers looked through, the newest first."""
MOST_TARGETS = 1000
"""Targets looked through, those of the latest plans first: a plan of sixty tasks has about twenty."""


def find_tasks(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Of approved plans; what is nearest to the words first, then the latest plan in its own order. One query."""
    tasks = matching(queries.visible_tasks(actor=actor), query, column="search_text")
    nearest = tasks.select_related("lead", "plan").order_by("-search_rank", "-plan__year", "position", "pk")
    for task in nearest[:limit]:
        detail = _("Task %(number)s, plan %(year)d, %(unit)s") % {
            "number": task.number,
            "year": task.plan.year,
            "unit": task.lead.name if task.lead else "",
        }
        address = reverse("programme:task", args=[task.pk])
        yield Hit(task.title, detail.rstrip(", "), address, query.missing(task.search_text))


def find_draft_tasks(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Of drafts and plans that wait for approval, for whoever may read these. One query."""
    drafts = queries.plans_of(actor=actor).exclude(state=PlanState.APPROVED).values("pk")
    proposed = PlanTask.objects.filter(plan__in=drafts, is_dropped=False)
    tasks = matching(proposed, query, column="search_text")
    nearest = tasks.select_related("plan").order_by("-search_rank", "-plan__year", "position", "pk")
    for task in nearest[:limit]:
        detail = _("Task %(number)s of a plan that is not approved yet: %(plan)s") % {
            "number": task.number,
            "plan": task.plan.title,
        }
        address = f"{reverse('programme:review', args=[task.plan_id])}?viec={task.pk}"
        yield Hit(task.title, detail, address, query.missing(task.search_text))


def find_targets(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Targets of tasks that the actor may see, by their own words and those of the national target. One query."""
    targets = TaskTarget.objects.filter(task__in=queries.visible_tasks(actor=actor).values("pk"))
    found = 0
    for target in targets.select_related("task", "national").order_by("-task__plan__year", "task", "pk")[:MOST_TARGETS]:
        if found == limit:
            return
        national = f"{target.national.code} {target.national.subject}" if target.national else ""
        text = fold(f"{target.subject} {target.wanted} {national}")
        if not query.matches(text):
            continue
        found += 1
        detail = _("Target of task %(number)s %(task)s") % {"number": target.task.number, "task": target.task.title}
        address = f"{reverse('programme:task', args=[target.task_id])}?muc=chi-tieu"
        yield Hit(f"{target.subject}: {target.wanted}", detail, address, query.missing(text))


def find_papers(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Papers of products, by the name of the file or the number of the paper, newest first. One query."""
    papers = Evidence.objects.filter(product__task__in=queries.visible_tasks(actor=actor).values("pk"))
    found = 0
    for paper in papers.select_related("attachment", "product__task").order_by("-at", "-pk")[:MOST_PAPERS]:
        if found == limit:
            return
        name = paper.attachment.name if paper.attachment else paper.paper
        text = fold(f"{name} {paper.product.name}")
        if not query.matches(text):
            continue
        found += 1
        task = paper.product.task
        words = (
            _("Paper of task %(number)s %(task)s")
            if paper.refused_at is None
            else _("Not accepted paper of task %(number)s %(task)s")
        )
        address = f"{reverse('programme:task', args=[task.pk])}?muc=san-pham"
        yield Hit(name, words % {"number": task.number, "task": task.title}, address, query.missing(text))


def find_plans(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """By title, decision and number, without accents. One query."""
    found = 0
    for plan in queries.plans_of(actor=actor).order_by("-year", "-pk")[:MOST_PLANS]:
        text = fold(f"{plan.title} {plan.decision_number} {plan.number} {plan.year}")
        if found == limit:
            return
        if not query.matches(text):
            continue
        found += 1
        is_approved = plan.state == PlanState.APPROVED
        address = reverse("programme:plan" if is_approved else "programme:review", args=[plan.pk])
        detail = " ".join(part for part in (plan.decision_number, plan.get_state_display()) if part)
        yield Hit(plan.title, detail, address, query.missing(text))


def find_units(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Units in force today, for whoever may open the list of tasks; that list shows each what they may see. One query.

    The tree of units is known to everyone in the house.
    """
    if not access.can_open_plans(actor):
        return
    found = 0
    for unit in named_units(on=clock.today()):
        if found == limit:
            return
        text = fold(" ".join((unit.code, unit.name, *unit.aliases)))
        if query.matches(text):
            found += 1
            tasks = f"{reverse('programme:tasks')}?lead={unit.id}"
            detail = _("%(code)s: tasks that the unit leads") % {"code": unit.code}
            yield Hit(unit.name, detail, tasks, query.missing(text))


TASKS = SearchSource(kind="programme.task", label=gettext_lazy("Tasks"), icon="checklist", find=find_tasks, order=10)
PLANS = SearchSource(
    kind="programme.plan", label=gettext_lazy("Reform plans"), icon="target-arrow", find=find_plans, order=20
)
DRAFT_TASKS = SearchSource(
    kind="programme.draft_task", label=gettext_lazy("Tasks of drafts"), icon="edit", find=find_draft_tasks, order=15
)
TARGETS = SearchSource(
    kind="programme.target", label=gettext_lazy("Targets"), icon="chart-bar", find=find_targets, order=30
)
PAPERS = SearchSource(
    kind="programme.paper", label=gettext_lazy("Papers of products"), icon="paperclip", find=find_papers, order=35
)
UNITS = SearchSource(kind="programme.unit", label=gettext_lazy("Units"), icon="sitemap", find=find_units, order=40)
