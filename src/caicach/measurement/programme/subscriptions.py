"""Who is told of what happens to plans and tasks: one notice a person for each event, told once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from django.db.models import F
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_noop

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.identity.models import Unit
from caicach.kernel.jobs.events import Event, subscribe
from caicach.kernel.notifications.kinds import NoticeKind
from caicach.kernel.usecase.actor import SYSTEM

from . import notices, recipients, services, telling_support
from .models import Amendment, AmendmentKind, ExtensionRequest, PlanTask, TaskComment, TaskProduct, UrgingStep
from .telling import of_task, plan_of, task_of, tell


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


# --- plans -----------------------------------------------------------------------------------------------------------


def tell_leaders_of_a_plan(event: Event) -> None:
    if (plan := plan_of(event)) is None:
        return
    tell(
        event,
        notices.PLAN_SUBMITTED,
        recipients.leaders(plan, on=local_date(event.at)) - {plan.submitted_by_id},
        gettext_noop("A plan waits for your approval: %(plan)s"),
        reverse("programme:review", args=[plan.pk]),
        params={"plan": plan.title},
    )


def tell_officers_of_a_return(event: Event) -> None:
    if (plan := plan_of(event)) is None:
        return
    tell(
        event,
        notices.PLAN_RETURNED,
        recipients.officers(plan, on=local_date(event.at)) - {event.payload.get("by")},
        gettext_noop("The plan came back to be corrected: %(plan)s"),
        reverse("programme:review", args=[plan.pk]),
        params={"plan": plan.title},
        about=plan.returned_reason[: notices.ABOUT_LENGTH],
    )


def tell_units_of_their_tasks(event: Event) -> None:
    """One notice a lead unit, with the number of its tasks."""
    if (plan := plan_of(event)) is None:
        return
    by_unit: dict[Unit, list[PlanTask]] = {}
    for task in plan.tasks.filter(is_dropped=False).exclude(lead=None).select_related("lead"):
        assert task.lead is not None  # noqa: S101  excluded above
        by_unit.setdefault(task.lead, []).append(task)
    for unit, tasks in by_unit.items():
        tell(
            event,
            notices.TASKS_GIVEN,
            recipients.of_unit(unit, on=local_date(event.at)),
            notices.GIVEN[0],
            notices.address_of(tasks),
            part=unit.code,
            plural=notices.GIVEN[1],
            params={"unit": unit.name, "count": len(tasks), "number": plan.number, **notices.records_of(tasks)},
            about=notices.about(tasks),
            deadline=min((task.deadline for task in tasks if task.deadline), default=None),
        )


_OTHER_SUPPORT = gettext_noop("A change of the co-operating units waits for your approval: %(task)s")
_ASKED: dict[AmendmentKind, str] = {
    AmendmentKind.ADD_TASK: gettext_noop("A new task waits for your approval: %(task)s"),
    AmendmentKind.REASSIGN: gettext_noop("A change of the lead unit waits for your approval: %(task)s"),
    AmendmentKind.CANCEL_TASK: gettext_noop("Stopping a task waits for your approval: %(task)s"),
}


def _amendment(event: Event) -> Amendment | None:
    found = Amendment.objects.select_related("plan__issuer", "task").filter(pk=event.payload["amendment"])
    return found.first()


def _named(amendment: Amendment) -> str:
    """The task that it is about, as a notice names it."""
    if amendment.task is not None:
        return f"{amendment.task.number} {amendment.task.title}"
    return str(amendment.change.get("title", ""))


def _asked(amendment: Amendment) -> str:
    kind = AmendmentKind(amendment.kind)
    return _OTHER_SUPPORT if kind == AmendmentKind.REASSIGN and not amendment.hands_over else _ASKED[kind]


def tell_leaders_of_a_change(event: Event) -> None:
    if (amendment := _amendment(event)) is None:
        return
    tell(
        event,
        notices.AMENDMENT_ASKED,
        recipients.leaders(amendment.plan, on=local_date(event.at)) - {amendment.asked_by_id},
        _asked(amendment),
        reverse("programme:amendment", args=[amendment.pk]),
        params={"task": _named(amendment)},
        about=amendment.reason[: notices.ABOUT_LENGTH],
    )


def tell_who_asked_for_a_change(event: Event) -> None:
    if (amendment := _amendment(event)) is None:
        return
    on = local_date(event.at)
    # Who asked may be an officer no more: then those who are have to know.
    officers = recipients.officers(amendment.plan, on=on)
    tell(
        event,
        notices.AMENDMENT_DECIDED,
        officers & recipients.with_stand_ins({amendment.asked_by_id}, on=on) or officers,
        gettext_noop("The leader approved the change: %(task)s")
        if event.name == "programme.amendment_approved"
        else gettext_noop("The leader returned the change: %(task)s"),
        reverse("programme:amendment", args=[amendment.pk]),
        params={"task": _named(amendment)},
        about=amendment.remark[: notices.ABOUT_LENGTH],
    )


# --- tasks -----------------------------------------------------------------------------------------------------------


def tell_unit_of_a_new_task(event: Event) -> None:
    """Added during the year, or given to another unit; other co-operating units alone are no news of the lead."""
    is_added = event.name == "programme.task_added"
    if (task := task_of(event)) is None or task.lead is None or not (is_added or "unit_before" in event.payload):
        return
    tell(
        event,
        notices.TASKS_GIVEN,
        recipients.of_unit(task.lead, on=local_date(event.at)),
        gettext_noop("%(unit)s leads a task that was added to the plan")
        if is_added
        else gettext_noop("%(unit)s leads this task from now on"),
        params={"unit": task.lead.name},
        **of_task(task),
    )


def tell_unit_of_a_task_gone(event: Event) -> None:
    """Who led the task before, and those of the unit who had an act of theirs open. They may see the task no more, the
    plan they may.
    """
    unit = Unit.objects.filter(pk=event.payload["unit_before"]).first() if "unit_before" in event.payload else None
    if unit is None or (task := task_of(event)) is None or task.lead is None:
        return
    on = local_date(event.at)
    concerned = recipients.still_in(unit, event.payload["people_before"], on=on)
    tell(
        event,
        notices.TASK_GONE,
        recipients.of_unit(unit, on=on) | recipients.with_stand_ins(concerned, on=on),
        gettext_noop("%(unit)s leads this task no more, %(new)s does. What waited for an answer or a look is closed")
        if event.payload["has_closed"]
        else gettext_noop("%(unit)s leads this task no more, %(new)s does"),
        part="before",
        params={"unit": unit.name, "new": task.lead.name},
        url=reverse("programme:plan", args=[task.plan_id]),
        about=notices.about([task]),
    )


def tell_officers_of_a_returned_task(event: Event) -> None:
    if (task := task_of(event)) is None:
        return
    tell(
        event,
        notices.TASK_RETURNED,
        recipients.officers(task.plan, on=local_date(event.at)),
        gettext_noop("%(unit)s returned a task"),
        params={"unit": task.lead.name if task.lead else ""},
        **of_task(task),
    )


def tell_unit_of_a_task_kept(event: Event) -> None:
    if (task := task_of(event)) is None or task.lead is None:
        return
    tell(
        event,
        notices.TASK_KEPT,
        recipients.of_unit(task.lead, on=local_date(event.at)),
        gettext_noop("%(unit)s keeps a task that it returned: %(reason)s"),
        params={"unit": task.lead.name, "reason": task.kept_reason[:120]},
        **of_task(task),
    )


def tell_unit_of_a_stop(event: Event) -> None:
    if (task := task_of(event)) is None or task.lead is None:
        return
    on = local_date(event.at)
    tell(
        event,
        notices.TASK_STOPPED,
        recipients.of_unit(task.lead, on=on) | recipients.workers_on(task, on=on),
        gettext_noop("Stopped by %(decision)s"),
        params={"decision": task.cancelled_by},
        url=reverse("programme:task", args=[task.pk]),
        about=notices.about([task]),
    )


def tell_owner(event: Event) -> None:
    if (task := task_of(event)) is None:
        return
    owner = event.payload["owner"]
    tell(event, notices.OWNER_NAMED, {owner}, gettext_noop("You are in charge of this task"), **of_task(task))
    tell(
        event,
        notices.OWNER_NAMED,
        recipients.with_stand_ins({owner}, on=local_date(event.at)) - {owner},
        gettext_noop("You stand in for the person in charge of this task"),
        part="stand_in",
        **of_task(task),
    )


def tell_of_a_comment(event: Event) -> None:
    """Who works on the task, who watches it for the plan, and who wrote before and may still read it; never the
    writer.
    """
    said = TaskComment.objects.select_related("by").filter(pk=event.payload["comment"]).first()
    if said is None or (task := task_of(event)) is None:
        return
    on = local_date(event.at)
    wrote = set(TaskComment.objects.filter(task=task).exclude(by=None).values_list("by", flat=True))
    people = recipients.workers_on(task, on=on) | recipients.officers(task.plan, on=on)
    tell(
        event,
        notices.COMMENTED,
        (people | recipients.still_on(task, wrote, on=on)) - {said.by_id},
        gettext_noop("%(name)s wrote: %(words)s"),
        params={"name": said.by.full_name if said.by else "", "words": said.text[:120]},
        **of_task(task) | {"url": reverse("programme:task", args=[task.pk]) + "?muc=trao-doi"},
    )


# --- products, deadlines ---------------------------------------------------------------------------------------------


def tell_officers_of_a_product(event: Event) -> None:
    product = TaskProduct.objects.filter(pk=event.payload["product"]).first()
    if product is None or (task := task_of(event)) is None:
        return
    tell(
        event,
        notices.PRODUCT_HANDED_IN,
        recipients.officers(task.plan, on=local_date(event.at)) - {product.submitted_by_id},
        gettext_noop("A product waits for a look: %(product)s"),
        params={"product": product.name},
        **of_task(task),
    )


def tell_officers_of_a_product_taken_back(event: Event) -> None:
    product = TaskProduct.objects.filter(pk=event.payload["product"]).first()
    if product is None or (task := task_of(event)) is None:
        return
    tell(
        event,
        notices.PRODUCT_WITHDRAWN,
        recipients.officers(task.plan, on=local_date(event.at)),
        gettext_noop("%(unit)s took a product back: %(product)s"),
        params={"unit": task.lead.name if task.lead else "", "product": product.name},
        **of_task(task),
    )


_DECISION_ON_A_PRODUCT: Final = {
    "programme.product_accepted": gettext_noop("Accepted: %(product)s"),
    "programme.product_refused": gettext_noop("Not accepted: %(product)s. %(remark)s"),
    "programme.acceptance_taken_back": gettext_noop("Looked at again, was accepted before: %(product)s. %(remark)s"),
}


def tell_unit_of_a_decision_on_a_product(event: Event) -> None:
    product = TaskProduct.objects.filter(pk=event.payload["product"]).first()
    if product is None or (task := task_of(event)) is None:
        return
    on = local_date(event.at)
    people = recipients.workers_on(task, on=on) | recipients.still_on(task, {product.submitted_by_id}, on=on)
    tell(
        event,
        notices.PRODUCT_DECIDED,
        people,
        _DECISION_ON_A_PRODUCT[event.name],
        params={"product": product.name, "remark": Truncator(product.remark).chars(200)},
        **of_task(task),
    )


def tell_officers_of_a_request(event: Event) -> None:
    request = ExtensionRequest.objects.filter(pk=event.payload["request"]).first()
    if request is None or (task := task_of(event)) is None:
        return
    tell(
        event,
        notices.EXTENSION_ASKED,
        recipients.officers(task.plan, on=local_date(event.at)) - {request.asked_by_id},
        gettext_noop("%(unit)s asks for a later deadline: %(day)s"),
        params={"unit": task.lead.name if task.lead else "", "day": _day(request.new_deadline)},
        **of_task(task),
    )


def tell_officers_of_a_request_taken_back(event: Event) -> None:
    if (task := task_of(event)) is None:
        return
    tell(
        event,
        notices.EXTENSION_ASKED,
        recipients.officers(task.plan, on=local_date(event.at)),
        gettext_noop("%(unit)s took its request for a later deadline back"),
        params={"unit": task.lead.name if task.lead else ""},
        **of_task(task),
    )


def tell_unit_of_an_answer(event: Event) -> None:
    request = ExtensionRequest.objects.filter(pk=event.payload["request"]).first()
    if request is None or (task := task_of(event)) is None:
        return
    on = local_date(event.at)
    people = recipients.workers_on(task, on=on) | recipients.still_on(task, {request.asked_by_id}, on=on)
    granted = event.name == "programme.extension_granted"
    tell(
        event,
        notices.EXTENSION_DECIDED,
        people,
        gettext_noop("The deadline is %(day)s now") if granted else gettext_noop("The deadline stays %(day)s"),
        params={"day": _day(request.new_deadline if granted else request.old_deadline)},
        **of_task(task),
    )


# --- urging ----------------------------------------------------------------------------------------------------------


def tell_of_urging(event: Event) -> None:
    """One notice to each person concerned with all of the unit's tasks; who is only in charge of some, with those."""
    unit = Unit.objects.filter(pk=event.payload["unit"]).first()
    tasks = list(
        PlanTask.objects.filter(pk__in=event.payload["tasks"])
        .select_related("plan__issuer", "lead")
        .order_by(F("deadline").asc(nulls_last=True), "pk")
    )
    if unit is None or not tasks:
        return
    on = local_date(event.at)
    match UrgingStep(event.payload["step"]):
        case UrgingStep.BY_HAND:
            _urge_unit(event, notices.URGED, unit, tasks, notices.URGE)
        case UrgingStep.BEFORE:
            _urge_unit(event, notices.DUE_SOON, unit, tasks, notices.FALLS_DUE)
        case UrgingStep.HEAD:
            _urge(
                event, notices.LATE_IN_UNIT, unit, tasks, recipients.heads_of(unit, on=on), notices.LATE, only_late=True
            )
        case UrgingStep.OFFICER:
            officers = recipients.officers(tasks[0].plan, on=on)
            _urge(event, notices.LATE_IN_UNIT, unit, tasks, officers, notices.LATE, only_late=True)
        case UrgingStep.WEEKLY:
            pass  # each person's weekly letter is about all units' tasks: `reminders` writes it


def _urge(
    event: Event,
    kind: NoticeKind,
    unit: Unit,
    tasks: Sequence[PlanTask],
    people: Collection[int],
    words: tuple[str, str],
    *,
    only_late: bool = False,
) -> None:
    tell(event, kind, people, **notices.said_of(unit, tasks, words, only_late=only_late))


def _urge_unit(event: Event, kind: NoticeKind, unit: Unit, tasks: Sequence[PlanTask], words: tuple[str, str]) -> None:
    for people, theirs in recipients.of_letter(unit, tasks, on=local_date(event.at)):
        _urge(event, kind, unit, theirs, people, words)


def count_anew(event: Event) -> None:
    services.recount_soon(actor=SYSTEM, changed_from=date.fromisoformat(event.payload["day"]))


subscribe("operation.calendar_changed", count_anew)
subscribe("programme.plan_submitted", tell_leaders_of_a_plan)
subscribe("programme.plan_returned", tell_officers_of_a_return)
subscribe("programme.plan_approved", tell_units_of_their_tasks)
subscribe("programme.amendment_asked", tell_leaders_of_a_change)
subscribe("programme.amendment_approved", tell_who_asked_for_a_change)
subscribe("programme.amendment_refused", tell_who_asked_for_a_change)
for name in ("programme.task_added", "programme.task_reassigned"):
    subscribe(name, tell_unit_of_a_new_task)
    subscribe(name, telling_support.tell_units_that_support)
subscribe("programme.task_reassigned", tell_unit_of_a_task_gone)
subscribe("programme.task_reassigned", telling_support.tell_units_that_support_no_more)
subscribe("programme.task_returned", tell_officers_of_a_returned_task)
subscribe("programme.task_kept", tell_unit_of_a_task_kept)
subscribe("programme.task_cancelled", tell_unit_of_a_stop)
subscribe("programme.task_owner_named", tell_owner)
subscribe("programme.commented", tell_of_a_comment)
subscribe("programme.product_handed_in", tell_officers_of_a_product)
subscribe("programme.product_withdrawn", tell_officers_of_a_product_taken_back)
subscribe("programme.product_accepted", tell_unit_of_a_decision_on_a_product)
subscribe("programme.acceptance_taken_back", tell_unit_of_a_decision_on_a_product)
subscribe("programme.product_refused", tell_unit_of_a_decision_on_a_product)
subscribe("programme.extension_asked", tell_officers_of_a_request)
subscribe("programme.extension_withdrawn", tell_officers_of_a_request_taken_back)
subscribe("programme.extension_granted", tell_unit_of_an_answer)
subscribe("programme.extension_refused", tell_unit_of_an_answer)
subscribe("programme.unit_urged", tell_of_urging)
