"""The page of one task: its tabs, its history, why its deadline is that day. The acts stand in modules of their own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from caicach.kernel.audit import wording
from caicach.kernel.calendar import clock
from caicach.kernel.calendar.queries import calendars
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.ui.deadlines import deadline_chip
from caicach.measurement.programme import access, explaining, queries, step_history
from caicach.measurement.programme.history_words import HIDDEN_FIELDS
from caicach.measurement.programme.models import ExtensionState, PlanTask, ProductState, TaskResponse
from caicach.measurement.programme.models.plan import FIELD_ORDER
from caicach.measurement.programme.queries.extension_effect import effect_of
from caicach.measurement.programme.queries.steps import time_entered
from caicach.measurement.programme.queries.task_page import ProductRow, TaskRecords, task_records
from caicach.measurement.programme.queries.timeline import timeline_of
from caicach.measurement.programme.timing import calendar_of

from . import act_drafts
from .product_acts import add_product, decide_product, hand_in, take_back_acceptance, withdraw_product
from .task_acts import (
    answer,
    ask_extension,
    assign_owner,
    cancel,
    comment,
    decide_extension,
    keep_with_unit,
    reassign,
    report_progress,
    withdraw_extension,
)

__all__ = [
    "add_product",
    "answer",
    "ask_extension",
    "assign_owner",
    "cancel",
    "comment",
    "decide_extension",
    "decide_product",
    "hand_in",
    "history",
    "keep_with_unit",
    "reassign",
    "report_progress",
    "take_back_acceptance",
    "task",
    "why_deadline",
    "withdraw_extension",
    "withdraw_product",
]

COURSE, PRODUCTS, TARGETS, TALK, HISTORY = "", "san-pham", "chi-tieu", "trao-doi", "lich-su"
TALK_ASIDE = 3


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person may do to this task now; nothing else is shown."""

    answer: bool
    name_owner: bool
    report: bool
    add_product: bool
    ask_extension: bool
    decide_extension: bool
    withdraw_extension: bool
    urge: bool
    reassign: bool
    keep: bool
    cancel: bool
    decide_amendment: bool
    comment: bool

    @property
    def any_other(self) -> bool:
        return self.name_owner or self.add_product or self.reassign or self.cancel


@page(access.can_open_plans)
@require_GET
def task(request: StaffRequest, pk: int) -> HttpResponse:
    tab = request.GET.get("muc", COURSE)
    return _shown(request, pk, tab if tab in (PRODUCTS, TARGETS, TALK) else COURSE)


@page(access.can_open_plans)
@require_GET
def history(request: StaffRequest, pk: int) -> HttpResponse:
    return _shown(request, pk, HISTORY)


def _shown(request: StaffRequest, pk: int, tab: str) -> HttpResponse:
    today = clock.today()
    records = task_records(actor=request.actor, pk=pk, today=today)
    found = records.task
    calendar = calendar_of(found, calendars())
    rights = _rights(request, records)
    draft = act_drafts.draft_of(request, reverse("programme:comment", args=[found.pk])) if rights.comment else None
    context: dict[str, Any] = {
        "task": found,
        "records": records,
        "tab": tab,
        "tabs": _tabs(records, tab),
        "field": f"{FIELD_ORDER[found.field]}. {found.get_field_display()}" if found.field else "",
        "today": today,
        "chip": deadline_chip(
            deadline=found.deadline,
            soon_from=found.soon_from,
            today=today,
            calendar=calendar,
            done_on=found.done_on,
            handed_in_on=found.handed_in_on,
        ),
        "why": explaining.why_deadline(
            found, granted=records.granted, today=today, calendar=calendar, entered=_entered(found)
        ),
        "rights": rights,
        "is_with_officer": records.waits_for_a_look,
        "waits_for_answer": rights.answer and found.response == TaskResponse.WAITING,
        "may_take_on_again": rights.answer and found.response == TaskResponse.RETURNED and records.amending is None,
        "products": [(row, _product_rights(request, row, rights)) for row in records.products],
        "looks_at": next((row for row in records.products if row.is_waiting and _looks_at(request, row)), None),
        "asked": records.asked,
        "amending": records.amending,
        "amending_lines": queries.lines_of([records.amending])[records.amending.pk] if records.amending else (),
        "effect": effect_of(records.asked, actor=request.actor, today=today)
        if records.asked and rights.decide_extension
        else None,
        "key": secrets.token_urlsafe(16),
        "draft": draft,
        "draft_text": draft.words.get("text", "") if draft else "",
        "talk_aside": records.comments[-TALK_ASIDE:],
    }
    if tab == COURSE:
        every = timeline_of(records)
        shows_all = request.GET.get("moc") == "tat-ca"
        context |= {"events": [e for e in every if shows_all or e.is_main], "shows_all": shows_all}
    if tab == HISTORY:
        context["history"] = wording.history_page(
            records.subjects,
            before=request.GET.get("truoc", ""),
            address=reverse("programme:task_history", args=[found.pk]),
            hidden=HIDDEN_FIELDS,
            told=step_history.told_targets,
            told_record=partial(step_history.told_of_task, task_id=found.pk),
        )
    return render(request, "programme/task.html", context)


def _tabs(records: TaskRecords, current: str) -> list[tuple[str, str, int | str, bool]]:
    """(label, address, count, is current)."""
    address = reverse("programme:task", args=[records.task.pk])
    tabs: list[tuple[str, str, str, int | str]] = [
        (COURSE, _("Timeline"), address, ""),
        (PRODUCTS, _("Products and evidence"), f"{address}?muc={PRODUCTS}", len(records.products)),
        (TARGETS, _("Linked targets"), f"{address}?muc={TARGETS}", len(records.task.targets.all())),
        (TALK, _("Comments"), f"{address}?muc={TALK}", len(records.comments)),
        (HISTORY, _("History"), reverse("programme:task_history", args=[records.task.pk]), records.history_count),
    ]
    return [(label, href, count, key == current) for key, label, href, count in tabs]


def _rights(request: StaffRequest, records: TaskRecords) -> Rights:
    actor, found, asked, amending = request.actor, records.task, records.asked, records.amending
    is_open = found.done_on is None and found.cancelled_on is None
    may_ask = is_open and amending is None
    may_answer = is_open and access.can_answer_task(actor, task=found)
    is_taken_on = found.response == TaskResponse.ACCEPTED or (found.response == TaskResponse.WAITING and may_answer)
    return Rights(
        answer=may_answer,
        name_owner=is_taken_on and is_open and access.can_assign_owner(actor, task=found),
        report=is_taken_on and is_open and access.can_report(actor, task=found),
        add_product=is_open and access.can_add_product(actor, task=found),
        ask_extension=is_open
        and is_taken_on
        and found.deadline is not None
        and asked is None
        and access.can_ask_extension(actor, task=found),
        withdraw_extension=is_open and asked is not None and access.can_withdraw_extension(actor, request=asked),
        decide_extension=asked is not None and access.can_decide_extension(actor, request=asked),
        urge=is_open and _waits_for_unit(records) and access.can_urge(actor, plan=found.plan),
        reassign=may_ask and access.can_reassign(actor, task=found),
        keep=may_ask and found.response == TaskResponse.RETURNED and access.can_keep_with_unit(actor, task=found),
        cancel=may_ask and access.can_cancel(actor, task=found),
        decide_amendment=amending is not None and access.can_decide_amendment(actor, amendment=amending),
        comment=access.can_comment(actor, task=found),
    )


def _waits_for_unit(records: TaskRecords) -> bool:
    """Urging would reach someone who can still do something: else the officer's own answer is what is missing."""
    found = records.task
    is_returned = found.response == TaskResponse.RETURNED
    return found.deadline is not None and not is_returned and not records.waits_for_a_look


def _product_rights(request: StaffRequest, row: ProductRow, rights: Rights) -> dict[str, bool]:
    return {
        "hand_in": rights.report and row.is_open,
        "withdraw": rights.report and row.is_waiting,
        "decide": row.is_waiting and _looks_at(request, row),
        "reopen": _reopens(request, row),
    }


def _looks_at(request: StaffRequest, row: ProductRow) -> bool:
    task = row.product.task
    is_open = task.done_on is None and task.cancelled_on is None and task.response != TaskResponse.RETURNED
    return is_open and access.can_accept_product(request.actor, product=row.product)


def _reopens(request: StaffRequest, row: ProductRow) -> bool:
    is_accepted = row.product.state == ProductState.ACCEPTED and row.product.task.cancelled_on is None
    return is_accepted and access.can_take_back_acceptance(request.actor, product=row.product)


@page(access.can_open_plans)
@require_GET
def why_deadline(request: StaffRequest, pk: int) -> HttpResponse:
    """The drawer's content, or a page of its own without script."""
    today = clock.today()
    found: PlanTask = queries.task_of(actor=request.actor, pk=pk, today=today)
    granted = list(found.extensions.filter(state=ExtensionState.GRANTED).order_by("id"))
    why = explaining.why_deadline(
        found, granted=granted, today=today, calendar=calendar_of(found, calendars()), entered=_entered(found)
    )
    in_drawer = request.headers.get("HX-Request") == "true"
    template = "programme/parts/why_deadline_drawer.html" if in_drawer else "programme/why_deadline.html"
    return render(request, template, {"task": found, "why": why, "today": today})


def _entered(found: PlanTask) -> explaining.Entered | None:
    """Asked only where the plan's own words do not answer already."""
    if explaining.says_its_time(found):
        return None
    who = time_entered(plan=found.plan, task_id=found.pk)
    return explaining.Entered(who[0], clock.local_date(who[1])) if who else None
