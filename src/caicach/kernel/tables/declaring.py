"""What a room declares about one of its lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django_filters import FilterSet

from .columns import Column
from .gathered_filters import GatheredFilters


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What every list says of itself.

    columns : every column in order; sort : key of the column sorted by at first, with "-" for descending
    empty : the words of an empty list, lazy
    """

    key: str
    title: Any
    columns: tuple[Column, ...]
    sort: str
    empty: Any = ""

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf(Declared):
    """A list of the rows of one table.

    filters : a django-filter FilterSet; its form's fields make the filter panel
    select : what the shown rows need beside the filters (select_related, prefetch_related), applied to a page only
    """

    filters: type[FilterSet]
    select: Callable[[QuerySet[Any]], QuerySet[Any]] = field(default=lambda rows: rows)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one head, while the list has its first order.

    filter, key : the filter and its value that give just these rows; tone : "late", "soon" or "".
    """

    filter: str
    key: str
    label: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredOf(Declared):
    """A list whose rows stand in no single table: rooms give them, Python narrows, orders and cuts them.

    Each row has a `key` of its own. Columns sort by `sort_value`. group : of a row, in the first order
    """

    filters: type[GatheredFilters]
    group: Callable[[Any], Group] | None = None


_KEYS: Final[set[str]] = set()


def register(*lists: Declared) -> None:
    """The lists of a room whose views people may keep. Called once, when the room starts."""
    _KEYS.update(declared.key for declared in lists)


def is_declared(key: str) -> bool:
    return key in _KEYS
