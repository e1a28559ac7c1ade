"""“Việc của tôi”: what waits for the person who is signed in, from every room, by time left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from caicach.kernel.calendar import clock
from caicach.kernel.calendar.parameters import parameter
from caicach.kernel.calendar.queries import Calendars, calendars
from caicach.kernel.calendar.rules import WorkingCalendar
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.predicates import signed_in
from caicach.kernel.ui.deadlines import DeadlineChip, deadline_chip

from . import my_work
from .my_work import WorkItem


@dataclass(frozen=True, slots=True)
class Line:
    item: WorkItem
    chip: DeadlineChip

    @property
    def waits_since(self) -> date | None:
        """Where there is no deadline to tell."""
        return None if self.item.falls_due_on else self.item.waits_since


@dataclass(frozen=True, slots=True)
class TimeGroup:
    """Lines under one head: late, next working days, waiting for the person, later, without a deadline."""

    key: str
    label: str
    lines: list[Line]


@page(signed_in)
@require_GET
def my_work_page(request: StaffRequest) -> HttpResponse:
    today = clock.today()
    items = my_work.work_of(actor=request.actor, today=today)
    chosen = request.GET.get("nhom", "")
    shown = [item for item in items if not chosen or item.group_key == chosen]
    own = [item for item in items if not item.is_watched]
    known = calendars()
    next_day = _last_of_next_days(today, known.common)
    context = {
        "today": today,
        "total": len(own),
        "late": sum(item.falls_due_on is not None and item.falls_due_on < today for item in own),
        "next": sum(item.falls_due_on is not None and today <= item.falls_due_on <= next_day for item in own),
        "watched": len(items) - len(own),
        "next_days": parameter("operation.next_days", on=today).whole,
        "chips": _chips(items, chosen),
        "groups": _by_time(shown, today=today, next_day=next_day, known=known),
        "chosen": chosen,
        "cards": my_work.cards_of(actor=request.actor, today=today),
    }
    return render(request, "operation/my_work.html", context)


def _last_of_next_days(today: date, calendar: WorkingCalendar) -> date:
    day = today
    for _n in range(parameter("operation.next_days", on=today).whole):
        day = calendar.next_working_day(day)
    return day


def _chips(items: Sequence[WorkItem], chosen: str) -> list[tuple[str, str, int, bool]]:
    """(key, label, count, is current) of every group that holds something."""
    counted = [(key, label, sum(item.group_key == key for item in items)) for key, label in my_work.groups().items()]
    chips = [(key, str(label), count, key == chosen) for key, label, count in counted if count or key == chosen]
    return [("", _("All"), len(items), not chosen), *chips]


def _by_time(items: Sequence[WorkItem], *, today: date, next_day: date, known: Calendars) -> list[TimeGroup]:
    days = parameter("operation.next_days", on=today).whole
    groups = {
        "late": TimeGroup("late", _("Late"), []),
        "next": TimeGroup("next", _("In the next %(days)d working days") % {"days": days}, []),
        "waiting": TimeGroup("waiting", _("Waiting for you, longest first"), []),
        "later": TimeGroup("later", _("After that"), []),
        "none": TimeGroup("none", _("Without a deadline"), []),
    }
    for item in items:
        calendar = known.of(item.unit_code)
        chip = deadline_chip(
            deadline=item.deadline,
            soon_from=item.soon_from,
            today=today,
            calendar=calendar,
            handed_in_on=item.handed_in_on,
        )
        groups[_time_of(item, today, next_day)].lines.append(Line(item, chip))
    return [group for group in groups.values() if group.lines]


def _time_of(item: WorkItem, today: date, next_day: date) -> str:
    if item.falls_due_on is None:
        return "waiting" if item.waits_since else "none"
    if item.falls_due_on < today:
        return "late"
    return "next" if item.falls_due_on <= next_day else "later"
