"""What a list shows: columns with their kind, their value and how they sort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Expression, F


class Kind(StrEnum):
    """How a value is shown, aligned and exported."""

    TEXT = "text"
    CODE = "code"
    UNIT = "unit"
    NUMBER = "number"
    PER_CENT = "per_cent"
    DATE = "date"
    MOMENT = "moment"
    DEADLINE = "deadline"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Status:
    """A status in words; `tone` is a kind of `<c-status>`."""

    words: Any
    tone: str = ""

    def __str__(self) -> str:
        return str(self.words)


class Act(NamedTuple):
    """What can be done about a row from the list itself; the address opens in the drawer, or as a page."""

    words: Any
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    label : lazy translation; value : of a row, a plain value (text, number, day, DeadlineChip, Status, None)
    href, detail : of a row, for the link and the second line; "" for none; act : of a row, None for none
    sort : an expression that the rows are ordered by; None = the column cannot be sorted by.
        NULLs stand after all others, before them when descending, on every database.
    sort_value : the same of a gathered list: of a row, texts, whole numbers or a tuple of them, or None
    sort_words : lazy, what the order is called where the label alone does not say it
    under : key of the column below whose value this one stands where the list has little width
    is_shown : whether it is shown before anyone chooses columns
    """

    key: str
    label: Any
    value: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    href: Callable[[Any], str] | None = None
    detail: Callable[[Any], str] | None = None
    act: Callable[[Any], Act | None] | None = None
    sort: Expression | F | None = None
    sort_value: Callable[[Any], Any] | None = None
    sort_words: Any = ""
    under: str = ""
    is_shown: bool = True

    @property
    def is_sortable(self) -> bool:
        return self.sort is not None or self.sort_value is not None
