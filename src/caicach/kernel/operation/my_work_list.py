"""“Việc của tôi” as a list: its columns, its filters, and the heads that its rows stand under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from caicach.kernel.calendar import clock
from caicach.kernel.calendar.parameters import parameter
from caicach.kernel.calendar.queries import Calendars, calendars
from caicach.kernel.search.folding import fold, sort_key
from caicach.kernel.tables.columns import Act, Column, Kind
from caicach.kernel.tables.declaring import GatheredOf, Group
from caicach.kernel.tables.filters import TickWidget
from caicach.kernel.tables.gathered_filters import GatheredFilters
from caicach.kernel.ui.deadlines import DeadlineChip, deadline_chip
from caicach.kernel.ui.wording import day as written_day
from caicach.kernel.usecase.actor import Actor

from . import my_work
from .my_work import WorkItem

LATE, NEXT, WAITING, LATER, NONE = "late", "next", "waiting", "later", "none"
MINE, OTHERS = "mine", "others"
_TONES: Final = {LATE: "late", NEXT: "soon"}
_MOST_LETTERS: Final = 200


def next_days(today: date) -> int:
    """How many working days ahead count as next."""
    return parameter("operation.next_days", on=today).whole


def times(days: int) -> dict[str, str]:
    """The heads of the list in its first order, the most pressing first."""
    return {
        LATE: _("Late"),
        NEXT: _("In the next %(days)d working days") % {"days": days},
        WAITING: _("Waiting for you, longest first"),
        LATER: _("After that"),
        NONE: _("Without a deadline"),
    }


@dataclass(frozen=True, slots=True)
class Day:
    """What every row is shown against. until : the last of the next working days."""

    today: date
    until: date
    times: dict[str, str]
    calendars: Calendars

    @classmethod
    def of(cls, today: date) -> Day:
        known, days = calendars(), next_days(today)
        until = today
        for _n in range(days):
            until = known.common.next_working_day(until)
        return cls(today, until, times(days), known)


@dataclass(frozen=True, slots=True)
class Line:
    """One row."""

    item: WorkItem
    day: Day

    def __str__(self) -> str:
        return self.item.title

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def pk(self) -> int | None:
        """What its box sends."""
        return self.item.acted_on_as

    @property
    def time(self) -> str:
        due = self.item.falls_due_on
        if due is None:
            return WAITING if self.item.waits_since else NONE
        if due < self.day.today:
            return LATE
        return NEXT if due <= self.day.until else LATER

    @property
    def waits_since(self) -> date | None:
        """Where there is no deadline to tell."""
        return None if self.item.falls_due_on else self.item.waits_since

    @property
    def chip(self) -> DeadlineChip:
        return deadline_chip(
            deadline=self.item.deadline,
            soon_from=self.item.soon_from,
            today=self.day.today,
            calendar=self.day.calendars.of(self.item.unit_code),
            handed_in_on=self.item.handed_in_on,
        )


def lines_of(*, actor: Actor, today: date) -> list[Line]:
    day = Day.of(today)
    return [Line(item, day) for item in my_work.work_of(actor=actor, today=today)]


class WorkFilters(GatheredFilters):
    """Offers the groups and units in which something waits, and those asked for: a kept view stays readable."""

    words = forms.CharField(label=pgettext_lazy("looked for", "Words"), max_length=100)
    group = forms.MultipleChoiceField(label=gettext_lazy("Kind of work"), widget=TickWidget)
    time = forms.MultipleChoiceField(label=pgettext_lazy("of what waits", "Time"), widget=TickWidget)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    turn = forms.ChoiceField(label=gettext_lazy("Who has to act"))

    def __init__(self, data: QueryDict, *, rows: list[Line]) -> None:
        super().__init__(data, rows=rows)
        found = {line.item.group_key for line in rows} | set(data.getlist("group"))
        units = {line.item.unit for line in rows} | {data.get("unit", "")[:_MOST_LETTERS]}
        self._choose("group", [(key, label) for key, label in my_work.groups().items() if key in found])
        self._choose("time", list(times(next_days(clock.today())).items()))
        self._choose("unit", [("", _("Every unit")), *((unit, unit) for unit in sorted(units - {""}, key=sort_key))])
        self._choose("turn", [("", _("I or a unit")), (MINE, _("I")), (OTHERS, _("A unit; I only watch"))])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  as declared above
        field.choices = choices

    def takes_words(self, line: Line, words: str) -> bool:
        """Looked for without their accents, in any order."""
        text = fold(f"{line.item.title} {line.item.detail} {line.item.unit}")
        return all(word in text for word in fold(words).split())

    def takes_group(self, line: Line, groups: list[str]) -> bool:
        return line.item.group_key in groups

    def takes_time(self, line: Line, asked: list[str]) -> bool:
        return line.time in asked

    def takes_unit(self, line: Line, unit: str) -> bool:
        return line.item.unit == unit

    def takes_turn(self, line: Line, turn: str) -> bool:
        return line.item.is_watched == (turn == OTHERS)


def ids_of_filters(*, actor: Actor, today: date, filters: QueryDict) -> list[int]:
    """What of the list these filters give can be acted on by several, by `WorkItem.acted_on_as`."""
    found = WorkFilters(filters, rows=lines_of(actor=actor, today=today)).narrowed()
    return [line.pk for line in found if line.pk is not None]


def _left(line: Line) -> DeadlineChip | str:
    if line.waits_since is None:
        return line.chip
    return _("Waits since %(day)s") % {"day": written_day(line.waits_since)}


def _act(line: Line) -> Act | None:
    return Act(line.item.act_label, line.item.act_url) if line.item.act_url else None


def _in_time(line: Line) -> tuple[int, str, str, str]:
    """The heads in their order; under each the first due, then what waits longest."""
    due, since = line.item.falls_due_on or date.max, line.item.waits_since or date.max
    return list(line.day.times).index(line.time), due.isoformat(), since.isoformat(), sort_key(line.item.title)


def _group(line: Line) -> Group:
    return Group("time", line.time, line.day.times[line.time], _TONES.get(line.time, ""))


MY_WORK = GatheredOf(
    key="viec-cua-toi",
    title=gettext_lazy("My work"),
    sort="left",
    filters=WorkFilters,
    group=_group,
    empty=gettext_lazy("Tasks, requests and papers that wait for you will stand here, the most urgent first."),
    columns=(
        Column(
            key="title",
            label=gettext_lazy("What to do"),
            value=lambda line: line.item.title,
            href=lambda line: line.item.url,
            sort_value=lambda line: sort_key(line.item.title),
        ),
        Column(key="detail", label=gettext_lazy("Detail"), value=lambda line: line.item.detail, under="title"),
        Column(
            key="group",
            label=gettext_lazy("Kind of work"),
            value=lambda line: str(my_work.groups()[line.item.group_key]),
            sort_value=lambda line: list(my_work.groups()).index(line.item.group_key),
            is_shown=False,
        ),
        Column(
            key="unit",
            label=gettext_lazy("Unit"),
            value=lambda line: line.item.unit,
            kind=Kind.UNIT,
            sort_value=lambda line: sort_key(line.item.unit),
            under="title",
        ),
        Column(
            key="since",
            label=gettext_lazy("Waits since"),
            value=lambda line: line.item.waits_since,
            kind=Kind.DATE,
            sort_value=lambda line: line.item.waits_since and line.item.waits_since.isoformat(),
            is_shown=False,
        ),
        Column(
            key="due",
            label=gettext_lazy("Deadline"),
            value=lambda line: line.item.deadline,
            kind=Kind.DATE,
            sort_value=lambda line: line.item.deadline and line.item.deadline.isoformat(),
            under="left",
        ),
        Column(
            key="left",
            label=gettext_lazy("Left"),
            value=_left,
            kind=Kind.DEADLINE,
            href=lambda line: line.item.why_url,
            act=_act,
            sort_value=_in_time,
            sort_words=gettext_lazy("Time left"),
        ),
    ),
)
