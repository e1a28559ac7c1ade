"""What the one search box finds of the programme: tasks by number, words of the plan and product, those of drafts
apart; targets of tasks; papers that prove products; plans by title; units by code, name and short forms, each with the
tasks that it leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.calendar import clock
from caicach.kernel.search.folding import fold
from caicach.kernel.search.matching import looked_through, matching
from caicach.kernel.search.sources import Hit, SearchSource
from caicach.kernel.search.terms import Query
from caicach.kernel.usecase.actor import Actor
from caicach.registry.organisation.queries import NamedUnit, named_units

from . import access, queries
from .models import Evidence, Plan, PlanState, PlanTask, TaskTarget

_ORDER = ("-search_written", "-search_rank", "-plan__year", "position", "pk")
_WRITTEN = ("title", "text", "product")
"""Where the words of a task stand with their marks."""
_AT_A_TIME = 2000


def find_tasks(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Of approved plans, by their words and the unit that leads; what is nearest to the words first, then the latest
    plan in its own order. Two queries.
    """
    for task in _nearest(queries.visible_tasks(actor=actor), query)[:limit]:
        detail = _("Task %(number)s, plan %(year)d, %(unit)s") % {
            "number": task.number,
            "year": task.plan.year,
            "unit": task.lead.name if task.lead else "",
        }
        address = reverse("programme:task", args=[task.pk])
        yield Hit(task.title, detail.rstrip(", "), address, _missing(query, task))


def find_draft_tasks(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Of drafts and plans that wait for approval, for whoever may read these. Two queries."""
    drafts = queries.plans_of(actor=actor).exclude(state=PlanState.APPROVED).values("pk")
    proposed = PlanTask.objects.filter(plan__in=drafts, is_dropped=False)
    for task in _nearest(proposed, query)[:limit]:
        detail = _("Task %(number)s of a plan that is not approved yet: %(plan)s") % {
            "number": task.number,
            "plan": task.plan.title,
        }
        address = f"{reverse('programme:review', args=[task.plan_id])}?viec={task.pk}"
        yield Hit(task.title, detail, address, _missing(query, task))


def _nearest(tasks: QuerySet[PlanTask], query: Query) -> QuerySet[PlanTask]:
    found = matching(tasks, query, column="search_text", written=_WRITTEN, elsewhere=queries.led_by())
    return found.select_related("lead", "plan").order_by(*_ORDER)


def _missing(query: Query, task: PlanTask) -> tuple[str, ...]:
    unit = fold(f"{task.lead.code} {task.lead.name}") if task.lead else ""
    return query.missing(f"{task.search_text} {unit}")


def find_targets(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Targets of tasks that the actor may see, by their own words and those of the national target, those of the
    latest plans first. One query.
    """
    targets = TaskTarget.objects.filter(task__in=queries.visible_tasks(actor=actor).values("pk"))
    rows = targets.select_related("task", "national").order_by("-task__plan__year", "task", "pk")
    for target in looked_through(_all(rows), query, text=_text_of_target, limit=limit):
        detail = _("Target of task %(number)s %(task)s") % {"number": target.task.number, "task": target.task.title}
        address = f"{reverse('programme:task', args=[target.task_id])}?muc=chi-tieu"
        missing = query.missing(fold(_text_of_target(target)))
        yield Hit(f"{target.subject}: {target.wanted}", detail, address, missing)


def _text_of_target(target: TaskTarget) -> str:
    national = f"{target.national.code} {target.national.subject}" if target.national else ""
    return f"{target.subject} {target.wanted} {national}"


def find_papers(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Papers of products, by the name of the file or the number of the paper, newest first. One query."""
    papers = Evidence.objects.filter(product__task__in=queries.visible_tasks(actor=actor).values("pk"))
    rows = papers.select_related("attachment", "product__task").order_by("-at", "-pk")
    for paper in looked_through(_all(rows), query, text=_text_of_paper, limit=limit):
        task = paper.product.task
        words = (
            _("Paper of task %(number)s %(task)s")
            if paper.refused_at is None
            else _("Not accepted paper of task %(number)s %(task)s")
        )
        address = f"{reverse('programme:task', args=[task.pk])}?muc=san-pham"
        detail = words % {"number": task.number, "task": task.title}
        yield Hit(_name_of_paper(paper), detail, address, query.missing(fold(_text_of_paper(paper))))


def _name_of_paper(paper: Evidence) -> str:
    return paper.attachment.name if paper.attachment else paper.paper


def _text_of_paper(paper: Evidence) -> str:
    return f"{_name_of_paper(paper)} {paper.product.name}"


def find_plans(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """By title, decision and number, without accents, the latest first. One query."""
    rows = queries.plans_of(actor=actor).order_by("-year", "-pk")
    for plan in looked_through(_all(rows), query, text=_text_of_plan, limit=limit):
        is_approved = plan.state == PlanState.APPROVED
        address = reverse("programme:plan" if is_approved else "programme:review", args=[plan.pk])
        detail = " ".join(part for part in (plan.decision_number, plan.get_state_display()) if part)
        yield Hit(plan.title, detail, address, query.missing(fold(_text_of_plan(plan))))


def _text_of_plan(plan: Plan) -> str:
    return f"{plan.title} {plan.decision_number} {plan.number} {plan.year}"


def _all(rows: QuerySet[Any]) -> Iterator[Any]:
    """Not held in memory at once."""
    return rows.iterator(chunk_size=_AT_A_TIME)


def find_units(actor: Actor, query: Query, limit: int) -> Iterator[Hit]:
    """Units in force today, for whoever may open the list of tasks; that list shows each what they may see. One query.

    The tree of units is known to everyone in the house.
    """
    if not access.can_open_plans(actor):
        return
    units = named_units(on=clock.today())
    for unit in looked_through(units, query, text=_text_of_unit, limit=limit):
        tasks = f"{reverse('programme:tasks')}?lead={unit.id}"
        detail = _("%(code)s: tasks that the unit leads") % {"code": unit.code}
        yield Hit(unit.name, detail, tasks, query.missing(fold(_text_of_unit(unit))))


def _text_of_unit(unit: NamedUnit) -> str:
    return " ".join((unit.code, unit.name, *unit.aliases))


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
UNITS = SearchSource(kind="programme.unit", label=gettext_lazy("Units"), icon="sitemap", find=find_units, order=5)
