"""“Việc của tôi”: what waits for the person who is signed in, from every room, by time left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
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
from caicach.kernel.search.folding import fold
from caicach.kernel.tables import exports
from caicach.kernel.tables.columns import Kind
from caicach.kernel.ui.addresses import whole_number
from caicach.kernel.ui.deadlines import DeadlineChip, deadline_chip

from . import my_work
from .my_work import WorkItem

ROWS_A_PAGE: Final = 50
LONGEST_WORDS: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the list the address asks for."""

    group: str = ""
    words: str = ""
    unit: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        return cls(
            group=query.get("nhom", ""),
            words=query.get("tim", "")[:LONGEST_WORDS].strip(),
            unit=query.get("don-vi", ""),
            page=max(1, whole_number(query.get("trang"), most=1_000_000) or 1),
        )

    @property
    def first(self) -> int:
        """How many rows stand on the pages before."""
        return (self.page - 1) * ROWS_A_PAGE

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.unit)

    def takes(self, item: WorkItem) -> bool:
        """Words are looked for without their accents, in any order."""
        if (self.group and item.group_key != self.group) or (self.unit and item.unit != self.unit):
            return False
        text = fold(f"{item.title} {item.detail} {item.unit}")
        return all(word in text for word in fold(self.words).split())

    def address(self, **other: object) -> str:
        """The same list with other parts; what is empty, and the first page, are left out."""
        parts = {"nhom": self.group, "tim": self.words, "don-vi": self.unit, "trang": self.page} | other
        said = {name: value for name, value in parts.items() if value and not (name == "trang" and value == 1)}
        return f"?{urlencode(said)}"

    def in_words(self) -> list[str]:
        groups = my_work.groups()
        named = [str(groups[self.group])] if self.group in groups else []
        return [*named, *filter(None, [self.unit, self.words])]


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
    asked = Asked.of(request.GET)
    matching = [item for item in items if asked.takes(item)]
    if key := request.GET.get("tai"):
        return exports.file_of(
            actor=request.actor, writer=key, name="my-work", exported=_exported(request, matching, asked)
        )
    shown = matching[asked.first : asked.first + ROWS_A_PAGE]
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
        "chips": _chips(items, asked),
        "groups": _by_time(shown, today=today, next_day=next_day, known=known),
        "asked": asked,
        "units": sorted({item.unit for item in items if item.unit}, key=fold),
        "without_words": asked.address(tim="", trang=1),
        "without_unit": asked.address(**{"don-vi": ""}, trang=1),
        "without_filters": asked.address(tim="", **{"don-vi": ""}, trang=1),
        "matching": len(matching),
        "last": asked.first + len(shown),
        "before": asked.address(trang=asked.page - 1) if asked.page > 1 else "",
        "after": asked.address(trang=asked.page + 1) if asked.first + ROWS_A_PAGE < len(matching) else "",
        "export_links": [(writer, asked.address(tai=writer.key)) for writer in exports.writers()],
        "cards": my_work.cards_of(actor=request.actor, today=today),
    }
    return render(request, "operation/my_work.html", context)


def _last_of_next_days(today: date, calendar: WorkingCalendar) -> date:
    day = today
    for _n in range(parameter("operation.next_days", on=today).whole):
        day = calendar.next_working_day(day)
    return day


def _chips(items: Sequence[WorkItem], asked: Asked) -> list[tuple[str, str, int, bool]]:
    """(address, label, count, is current) of every group that holds something."""
    found = [item for item in items if replace(asked, group="").takes(item)]
    counted = [(key, label, sum(item.group_key == key for item in found)) for key, label in my_work.groups().items()]
    return [
        (asked.address(nhom="", trang=1), _("All"), len(found), not asked.group),
        *(
            (asked.address(nhom=key, trang=1), str(label), count, key == asked.group)
            for key, label, count in counted
            if count or key == asked.group
        ),
    ]


def _exported(request: StaffRequest, items: Sequence[WorkItem], asked: Asked) -> exports.Exported:
    """What is seen, all pages."""
    held = request.actor.main_role
    columns = [
        (_("What to do"), Kind.TEXT),
        (_("Detail"), Kind.TEXT),
        (_("Unit"), Kind.UNIT),
        (_("Deadline"), Kind.DATE),
    ]
    return exports.Exported(
        title=_("My work"),
        columns=columns,
        rows=[(item.title, item.detail, item.unit, item.deadline) for item in items],
        filters=asked.in_words(),
        total=len(items),
        by=request.actor.name,
        at=clock.now(),
        issuer=held.unit_name if held else "",
        address=request.build_absolute_uri(request.path + asked.address()),
    )


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
