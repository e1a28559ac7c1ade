"""What of the programme waits for a person: the rows of “Việc của tôi”, their exact number, and the card beside them.

A record stands once, whatever it waits for: what else it waits for is said in its line. A task whose products are all
handed in waits for who looks at them, a returned one for who answers the return; neither waits for its unit. Tasks of
units that fall due soon are shown to the reform officer and wait for the units alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.identity.roles import Role
from caicach.kernel.operation.my_work import LIMIT, SideCard, WorkItem, WorkSource
from caicach.kernel.ui.wording import day as written_day
from caicach.kernel.usecase.actor import Actor

from . import queries
from .access import STEERING_ROLES, UNIT_ROLES, in_charge, is_in_charge
from .figures_card import figures_card
from .models import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    Plan,
    PlanState,
    PlanTask,
    ProductState,
    TaskProduct,
    TaskResponse,
)
from .queries.amendments import amendments_to_decide, lines_of
from .queries.decisions import OF_OPEN_TASK, extensions_to_decide, plans_to_approve
from .queries.products import added_by
from .queries.urging import late_tasks_to_urge, still_to_urge, urged_today, waiting_for_units, waits_for_a_look
from .rules import OPEN

LEAD, DECIDE, UNIT, URGE, SOON = "lead", "decide", "unit", "urge", "soon"

FIRST_PLANS = 3
"""Drafts and submitted plans named on the card of first steps, the latest."""

_ASKED = {
    AmendmentKind.ADD_TASK: gettext_lazy("Approve a new task: %(task)s"),
    AmendmentKind.REASSIGN: gettext_lazy("Approve another lead unit: %(task)s"),
    AmendmentKind.CANCEL_TASK: gettext_lazy("Approve stopping: %(task)s"),
}
_TOLD = ("lead", "time", "decision")
"""Of a change, what the row tells; its page tells all."""
_OPEN = Q(done_on=None, cancelled_on=None)


# --- which records ---------------------------------------------------------------------------------------------------


def _mine(actor: Actor) -> QuerySet[PlanTask]:
    """Open tasks that the person is in charge of, or that a unit of the person's leads, and that wait for the unit.

    What the unit has to answer waits for it, even where all products are handed in.
    """
    tasks = queries.given_tasks().filter(_OPEN, Q(lead__in=actor.units_of(*UNIT_ROLES)) | in_charge(actor))
    is_with_officer = waits_for_a_look() & ~Q(response=TaskResponse.WAITING)
    return tasks.exclude(response=TaskResponse.RETURNED).exclude(is_with_officer)


def _products(actor: Actor) -> QuerySet[TaskProduct]:
    return TaskProduct.objects.filter(
        OF_OPEN_TASK, state=ProductState.SUBMITTED, task__plan__issuer__in=actor.units_of(Role.REFORM_OFFICER)
    ).exclude(Q(submitted_by=actor.account_id) | Q(task__response=TaskResponse.RETURNED) | Exists(added_by(actor)))


def _steered(actor: Actor) -> QuerySet[PlanTask]:
    """Open tasks of plans that the person steers as reform officer, but for those that are the person's own work."""
    return (
        queries.given_tasks()
        .filter(_OPEN, plan__issuer__in=actor.units_of(Role.REFORM_OFFICER))
        .exclude(pk__in=_mine(actor).values("pk"))
    )


def _returned(actor: Actor) -> QuerySet[PlanTask]:
    """Not those for which another unit was asked for already: they wait for the leader."""
    asked = Amendment.objects.filter(task=OuterRef("pk"), state=AmendmentState.ASKED)
    return _steered(actor).filter(~Exists(asked), response=TaskResponse.RETURNED)


def _pressing(actor: Actor, today: date) -> QuerySet[PlanTask]:
    """Late tasks and those due soon that wait for others, not for the officer's own answer."""
    return waiting_for_units(_steered(actor).filter(Q(deadline__lt=today) | Q(soon_from__lte=today)))


def _to_urge(actor: Actor, today: date) -> QuerySet[PlanTask]:
    return _pressing(actor, today).filter(deadline__lt=today)


def _plans_to_finish(actor: Actor) -> QuerySet[Plan]:
    """Drafts of the person's own, and those that came back: every officer of the issuer is told of these."""
    drafts = Plan.objects.filter(state=PlanState.DRAFT, issuer__in=actor.units_of(Role.REFORM_OFFICER))
    return drafts.filter(Q(prepared_by=actor.account_id) | ~Q(returned_reason=""))


# --- rows ------------------------------------------------------------------------------------------------------------


def items(actor: Actor, today: date) -> list[WorkItem]:
    """At most `LIMIT` rows of each part; ten queries, fewer for who holds fewer roles."""
    parts: list[Callable[[], Iterator[_Waiting]]] = []
    if actor.holds(Role.LEADER):
        parts += [lambda: _plan_items(actor), lambda: _amendment_items(actor)]
    if actor.holds(*STEERING_ROLES):
        parts.append(lambda: _extension_items(actor))
    if actor.holds(Role.REFORM_OFFICER):
        parts += [lambda: _product_items(actor), lambda: _returned_items(actor), lambda: _draft_items(actor)]
    parts.append(lambda: _own_items(actor))
    if actor.holds(Role.REFORM_OFFICER):
        parts.append(lambda: _pressing_items(actor, today))
    return _once(waiting for part in parts for waiting in part())


def count(actor: Actor, today: date) -> int:
    """Of what waits for the actor, not of what is only watched. Exact, in one query."""
    wanted = [_records("task", _mine(actor))]
    if actor.holds(*STEERING_ROLES):
        wanted.append(_records("task", extensions_to_decide(actor=actor), pk="task"))
    if actor.holds(Role.LEADER):
        asked = amendments_to_decide(actor=actor)
        wanted += [
            _records("plan", plans_to_approve(actor=actor)),
            _records("task", asked.exclude(task=None), pk="task"),
            _records("amendment", asked.filter(task=None)),
        ]
    if actor.holds(Role.REFORM_OFFICER):
        wanted += [
            _records("task", _products(actor), pk="task"),
            _records("task", _returned(actor)),
            _records("task", _to_urge(actor, today)),
            _records("plan", _plans_to_finish(actor)),
        ]
    first, *others = wanted
    return first.union(*others).count() if others else first.count()


def _records(kind: str, rows: QuerySet[Any], *, pk: str = "pk") -> QuerySet[Any]:
    """What `WorkItem.key` names, for a union that holds each record once."""
    named: QuerySet[Any] = rows.order_by().annotate(record=Value(kind, output_field=CharField()))
    return named.values_list("record", pk)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """One reason for which a record waits.

    item : its row, were it the only reason; why : without the number of the task.
    """

    item: WorkItem
    why: str
    task: PlanTask | None = None


def _once(waiting: Iterable[_Waiting]) -> list[WorkItem]:
    """One row a record, by its first reason."""
    by_record: dict[str, list[_Waiting]] = {}
    for one in waiting:
        by_record.setdefault(one.item.key, []).append(one)
    return [_row(reasons) for reasons in by_record.values()]


def _row(reasons: list[_Waiting]) -> WorkItem:
    first = reasons[0]
    why = "; ".join(dict.fromkeys(reason.why for reason in reasons if reason.why))
    task = first.task
    detail = _("Task %(number)s. %(change)s") % {"number": task.number, "change": why} if task else why
    if len(reasons) == 1 or task is None:
        return replace(first.item, detail=detail)
    return replace(first.item, detail=detail, url=reverse("programme:task", args=[task.pk]))


def _by_deadline(tasks: QuerySet[Any]) -> QuerySet[Any]:
    return tasks.select_related("lead").order_by(F("deadline").asc(nulls_last=True), "pk")[:LIMIT]


def _own_items(actor: Actor) -> Iterator[_Waiting]:
    missing = Count("products", filter=Q(products__state__in=[ProductState.MISSING, ProductState.REFUSED]))
    for task in _by_deadline(_mine(actor).annotate(missing=missing)):
        group = LEAD if is_in_charge(actor, task) else UNIT
        yield _of_task(task, group=group, title=task.title, why=_what_is_missing(task, task.missing))


def _what_is_missing(task: PlanTask, missing: int) -> str:
    """For the unit itself."""
    if task.response == TaskResponse.WAITING:
        return _("Waits for the answer of your unit")
    return _still_missing(task, missing)


def _still_missing(task: PlanTask, missing: int) -> str:
    if not missing:
        return _("No product is named yet")
    if task.progress:
        text = ngettext(
            "Reported %(progress)d per cent, %(count)d product missing",
            "Reported %(progress)d per cent, %(count)d products missing",
            missing,
        )
    else:
        text = ngettext("%(count)d product missing", "%(count)d products missing", missing)
    return text % {"progress": task.progress, "count": missing}


def _of_task(task: PlanTask, *, group: str, title: str, why: str, since: date | None = None) -> _Waiting:
    item = WorkItem(
        key=f"task:{task.pk}",
        title=title,
        detail="",
        url=reverse("programme:task", args=[task.pk]),
        group_key=group,
        deadline=task.deadline,
        soon_from=task.soon_from,
        handed_in_on=task.handed_in_on,
        unit=task.lead.name if task.lead else "",
        unit_code=task.lead.code if task.lead else "",
        waits_since=since,
        why_url=reverse("programme:why_deadline", args=[task.pk]) if task.deadline else "",
        # What waits for a decision is opened and read, one by one.
        acted_on_as=None if group == DECIDE else task.pk,
    )
    return _Waiting(item, why, task)


def _product_items(actor: Actor) -> Iterator[_Waiting]:
    for product in _products(actor).select_related("task__lead").order_by("submitted_on", "pk")[:LIMIT]:
        why = _("Handed in on %(day)s: %(product)s") % {
            "day": written_day(product.submitted_on) if product.submitted_on else "",
            "product": product.name,
        }
        title = _("Look at the product: %(task)s") % {"task": product.task.title}
        yield _of_task(product.task, group=DECIDE, title=title, why=why, since=product.submitted_on)


def _extension_items(actor: Actor) -> Iterator[_Waiting]:
    for request in extensions_to_decide(actor=actor).select_related("task__lead").order_by("asked_at", "pk")[:LIMIT]:
        why = _("Asked to move from %(old)s to %(new)s") % {
            "old": written_day(request.old_deadline),
            "new": written_day(request.new_deadline),
        }
        title = _("Decide on the extension: %(task)s") % {"task": request.task.title}
        yield _of_task(request.task, group=DECIDE, title=title, why=why, since=local_date(request.asked_at))


def _returned_items(actor: Actor) -> Iterator[_Waiting]:
    for task in _by_deadline(_returned(actor)):
        title = _("Answer the return: %(task)s") % {"task": task.title}
        why = _("Returned: %(reason)s") % {"reason": task.response_reason}
        yield _of_task(task, group=DECIDE, title=title, why=why, since=_day_of(task.answered_at))


def _pressing_items(actor: Actor, today: date) -> Iterator[_Waiting]:
    missing = Count("products", filter=Q(products__state__in=[ProductState.MISSING, ProductState.REFUSED]))
    pressing = _pressing(actor, today).annotate(missing=missing, is_urged=urged_today(today=today))
    for task in _by_deadline(pressing):
        why = _not_done(task, task.missing)
        if task.is_urged:
            why = _("%(why)s; urged today") % {"why": why}
        is_late = task.deadline < today
        waiting = _of_task(task, group=URGE if is_late else SOON, title=task.title, why=why)
        if not is_late:
            waiting = replace(waiting, item=replace(waiting.item, is_watched=True))
        elif task.lead_id is not None and not task.is_urged:
            waiting = replace(waiting, item=replace(waiting.item, act_label=_("Urge"), act_url=_urge_address(task)))
        yield waiting


def _urge_address(task: PlanTask) -> str:
    chosen = urlencode({"chon": task.pk, "ve": reverse("operation:my_work")})
    return f"{reverse('programme:urge')}?{chosen}"


def _not_done(task: PlanTask, missing: int) -> str:
    """For who urges."""
    if task.response == TaskResponse.WAITING and not task.progress:
        return _("The unit has not answered yet")
    return _still_missing(task, missing)


def _draft_items(actor: Actor) -> Iterator[_Waiting]:
    given = Count("tasks", filter=Q(tasks__is_dropped=False))
    plans = _plans_to_finish(actor).select_related("issuer").annotate(given=given)
    for plan in plans.order_by("created_at", "pk")[:LIMIT]:
        if plan.returned_reason:
            title = _("Correct the plan that came back: %(plan)s")
            why = _("Returned: %(reason)s") % {"reason": plan.returned_reason}
            since = _day_of(plan.returned_at)
        else:
            title = _("Finish the draft: %(plan)s")
            why = ngettext("%(count)d task, not submitted yet", "%(count)d tasks, not submitted yet", plan.given)
            why %= {"count": plan.given}
            since = _day_of(plan.created_at)
        yield _of_plan(plan, group=LEAD, title=title % {"plan": plan.title}, why=why, since=since)


def _plan_items(actor: Actor) -> Iterator[_Waiting]:
    given = Count("tasks", filter=Q(tasks__is_dropped=False))
    plans = plans_to_approve(actor=actor).select_related("issuer").annotate(given=given)
    for plan in plans.order_by("submitted_at", "pk")[:LIMIT]:
        why = ngettext("%(count)d task, submitted on %(day)s", "%(count)d tasks, submitted on %(day)s", plan.given) % {
            "count": plan.given,
            "day": written_day(plan.submitted_at) if plan.submitted_at else "",
        }
        title = _("Approve the plan: %(plan)s") % {"plan": plan.title}
        yield _of_plan(plan, group=DECIDE, title=title, why=why, since=_day_of(plan.submitted_at))


def _of_plan(plan: Plan, *, group: str, title: str, why: str, since: date | None) -> _Waiting:
    item = WorkItem(
        key=f"plan:{plan.pk}",
        title=title,
        detail="",
        url=reverse("programme:review", args=[plan.pk]),
        group_key=group,
        unit=plan.issuer.name,
        waits_since=since,
    )
    return _Waiting(item, why)


def _amendment_items(actor: Actor) -> Iterator[_Waiting]:
    waiting = list(
        amendments_to_decide(actor=actor)
        .select_related("plan__issuer", "task__lead")
        .order_by("asked_at", "pk")[:LIMIT]
    )
    lines = lines_of(waiting)
    for amendment in waiting:
        task = amendment.task
        named = task.title if task else amendment.change["title"]
        item = WorkItem(
            key=f"task:{task.pk}" if task else f"amendment:{amendment.pk}",
            title=_ASKED[AmendmentKind(amendment.kind)] % {"task": named},
            detail="",
            url=reverse("programme:amendment", args=[amendment.pk]),
            group_key=DECIDE,
            unit=task.lead.name if task and task.lead else amendment.plan.issuer.name,
            waits_since=local_date(amendment.asked_at),
        )
        why = "; ".join(f"{line.label}: {line.after}" for line in lines[amendment.pk] if line.name in _TOLD)
        yield _Waiting(item, why, task)


def _day_of(moment: datetime | None) -> date | None:
    return local_date(moment) if moment else None


# --- the cards beside -------------------------------------------------------------------------------------------------


def answers_card(actor: Actor, today: date) -> dict[str, Any] | None:
    """How to take on several tasks at once, for who has several that wait for an answer."""
    if not actor.holds(*UNIT_ROLES):
        return None
    waiting = queries.tasks_to_accept(actor=actor).count()
    if waiting < 2:
        return None
    units = actor.units_of(*UNIT_ROLES)
    led = ("lead", next(iter(units))) if len(units) == 1 else ("part", queries.Part.LEAD.value)
    states = [("state", state.value) for state in sorted(OPEN)]
    asked = urlencode([("response", TaskResponse.WAITING.value), led, *states])
    return {"waiting": waiting, "url": f"{reverse('programme:tasks')}?{asked}"}


def urging_card(actor: Actor, today: date) -> dict[str, Any] | None:
    """All late units at once, for who may urge several."""
    if not actor.holds(Role.REFORM_OFFICER):
        return None
    late = still_to_urge(late_tasks_to_urge(actor=actor, today=today), today=today).order_by()
    found = late.aggregate(tasks=Count("pk"), units=Count("lead", distinct=True))
    if found["tasks"] < 2:
        return None
    asked = urlencode({"qua-han": "1", "ve": reverse("operation:my_work")})
    return found | {"url": f"{reverse('programme:urge')}?{asked}"}


def first_steps_card(actor: Actor, today: date) -> dict[str, Any] | None:
    """What comes next, for an officer of whose plans none is approved yet."""
    if not actor.holds(Role.REFORM_OFFICER):
        return None
    plans = queries.plans_of(actor=actor).filter(issuer__in=actor.units_of(Role.REFORM_OFFICER))
    if plans.filter(state=PlanState.APPROVED).exists():
        return None
    open_plans = plans.exclude(state=PlanState.APPROVED).order_by("-created_at")[:FIRST_PLANS]
    return {"plans": [(plan, plan.state == PlanState.SUBMITTED) for plan in open_plans]}


SOURCE = WorkSource(
    key="programme",
    items=items,
    count=count,
    decided_in=(DECIDE,),
    groups={
        LEAD: gettext_lazy("In my charge"),
        DECIDE: gettext_lazy("Waiting for my decision"),
        UNIT: gettext_lazy("My unit"),
        URGE: gettext_lazy("To urge"),
        SOON: gettext_lazy("Tasks of units due soon"),
    },
)
CARD = SideCard(key="programme.plan", template="programme/parts/figures_card.html", context=figures_card, order=10)
URGING_CARD = SideCard(
    key="programme.urging", template="programme/parts/urging_card.html", context=urging_card, order=6
)
FIRST_STEPS_CARD = SideCard(
    key="programme.first_steps", template="programme/parts/first_steps_card.html", context=first_steps_card, order=1
)
ANSWERS_CARD = SideCard(
    key="programme.answers", template="programme/parts/answers_card.html", context=answers_card, order=5
)
