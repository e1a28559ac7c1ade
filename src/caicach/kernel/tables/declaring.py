"""What a room declares about one of its lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django_filters import FilterSet

from .columns import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf:
    """What a room declares about one of its lists.

    columns : every column in order; sort : key of the column sorted by at first, with "-" for descending
    filters : a django-filter FilterSet; its form's fields make the filter panel
    select : what the shown rows need beside the filters (select_related, prefetch_related), applied to a page only
    empty : the words of an empty list, lazy
    """

    key: str
    title: Any
    columns: tuple[Column, ...]
    sort: str
    filters: type[FilterSet]
    select: Callable[[QuerySet[Any]], QuerySet[Any]] = field(default=lambda rows: rows)
    empty: Any = ""

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)


_KEYS: Final[set[str]] = set()


def register(*lists: ListOf) -> None:
    """The lists of a room whose views people may keep. Called once, when the room starts."""
    _KEYS.update(declared.key for declared in lists)


def is_declared(key: str) -> bool:
    return key in _KEYS
