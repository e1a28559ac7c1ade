"""What rooms declare for "Việc của tôi": everything that waits for a person, from every room, by time left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.search.folding import sort_key
from caicach.kernel.usecase.actor import Actor


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits for the actor, or that the actor watches.

    title : what to do ("Duyệt gia hạn: …"); detail : a line about it; unit : who it is about;
    unit_code : whose working days count, "" for the common ones;
    deadline : the last day on time, None when it has none; soon_from : first day on which it shows as due soon;
    handed_in_on : the day on which all was handed in that is now to be looked at: by the deadline it is not late;
    group_key : the chip that it stands under ("lead", "decide", "unit");
    waits_since : the day on which it came to the actor; said in the place of a deadline where there is none;
    is_watched : it waits for someone else, and the actor only keeps an eye on it;
    why_url : where it is explained how the deadline was counted, for the drawer; "" for nowhere;
    act_label, act_url : what can be done about it from the list itself, beside the page or as one; "" for nothing;
    acted_on_as : its id among the rows that the bar for several takes, None for one that it does not take.
    """

    key: str
    title: str
    detail: str
    url: str
    group_key: str
    deadline: date | None = None
    soon_from: date | None = None
    handed_in_on: date | None = None
    unit: str = ""
    unit_code: str = ""
    waits_since: date | None = None
    is_watched: bool = False
    why_url: str = ""
    act_label: str = ""
    act_url: str = ""
    acted_on_as: int | None = None

    @property
    def falls_due_on(self) -> date | None:
        """The deadline, None where it is kept already: what was handed in by it waits for a look without a day."""
        is_kept = self.deadline is not None and self.handed_in_on is not None and self.handed_in_on <= self.deadline
        return None if is_kept else self.deadline


@dataclass(frozen=True, slots=True)
class WorkSource:
    """A room's part of the list. `items(actor, today)` gives at most `LIMIT` rows by a constant number of queries;
    `count(actor, today)` the exact number of those that wait for the actor. groups : key -> lazy label of the chip;
    decisions : those of the items that wait for the actor's decision, for pages of other rooms that show them;
    decided_in : the groups in which what waits for a decision stands.
    """

    key: str
    items: Callable[[Actor, date], Iterable[WorkItem]]
    count: Callable[[Actor, date], int]
    groups: dict[str, Any]
    decisions: Callable[[Actor], Iterable[WorkItem]] | None = None
    decided_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SideCard:
    """A card beside the list: `render(actor, today)` gives the context of `template`, or None to stay away."""

    key: str
    template: str
    context: Callable[[Actor, date], dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True, slots=True)
class SeveralRows:
    """Rows of the list that a bar may take, by `WorkItem.acted_on_as`.

    shown : of the page; filters : those in force, as an address has them, where there are more pages, else None;
    of_filters : of all pages.
    """

    shown: Sequence[int]
    filters: str | None
    of_filters: Callable[[], list[int]]


@dataclass(frozen=True, slots=True)
class BulkBar:
    """What a room does with several rows at once. `context(request, rows)` gives what `template` needs, `choosable`
    among it, or nothing where no row can be chosen.
    """

    template: str
    context: Callable[[StaffRequest, SeveralRows], dict[str, Any]]


LIMIT = 500
_SOURCES: dict[str, WorkSource] = {}
_CARDS: dict[str, SideCard] = {}
_BARS: list[BulkBar] = []


def register(source: WorkSource) -> None:
    _SOURCES[source.key] = source


def register_card(card: SideCard) -> None:
    _CARDS[card.key] = card


def register_bar(bar: BulkBar) -> None:
    """Once at start, by one room: a list has one bar."""
    _BARS[:] = [bar]


def groups() -> dict[str, Any]:
    """Chips of every room, in the order of registration."""
    return {key: label for source in _SOURCES.values() for key, label in source.groups.items()}


def work_of(*, actor: Actor, today: date) -> list[WorkItem]:
    """Everything that waits, longest late first; without a deadline last, what waits longest before the others."""
    items = [item for source in _SOURCES.values() for item in source.items(actor, today)]
    return sorted(
        items,
        key=lambda item: (item.falls_due_on or date.max, item.waits_since or date.max, sort_key(item.title), item.key),
    )


def decisions_of(*, actor: Actor) -> list[WorkItem]:
    """What rooms ask the actor to decide on, the first due first."""
    items = [item for source in _SOURCES.values() if source.decisions for item in source.decisions(actor)]
    return sorted(items, key=lambda item: (item.deadline or date.max, sort_key(item.title), item.key))


def decision_groups() -> list[str]:
    """The groups that hold what the actor is asked to decide on."""
    return [key for source in _SOURCES.values() for key in source.decided_in]


def waiting(*, actor: Actor, today: date) -> int:
    return sum(source.count(actor, today) for source in _SOURCES.values())


def cards_of(*, actor: Actor, today: date) -> list[tuple[SideCard, dict[str, Any]]]:
    ordered = sorted(_CARDS.values(), key=lambda card: card.order)
    return [(card, context) for card in ordered if (context := card.context(actor, today)) is not None]


def bar_of(request: StaffRequest, rows: SeveralRows) -> dict[str, Any]:
    """Of `tables/list.html`: the bar for several rows and its context; nothing where no row can be chosen."""
    for bar in _BARS if rows.shown else ():
        if context := bar.context(request, rows):
            return {"bulk": bar.template, **context}
    return {}
