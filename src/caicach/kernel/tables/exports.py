"""A list leaves as a file: exactly what is seen, all pages. Rooms above register the writers (`papers`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .columns import Kind

MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Exported:
    """columns : (title, kind); rows : plain values, read once; filters : in words; address : of the page."""

    title: str
    columns: Sequence[tuple[str, Kind]]
    rows: Iterable[Sequence[Any]]
    filters: Sequence[str]
    total: int
    by: str
    at: datetime
    issuer: str
    address: str


@dataclass(frozen=True, slots=True)
class Writer:
    """label : lazy ("Excel"); write : the whole file's bytes. Raises UseCaseError when there are too many rows."""

    key: str
    label: Any
    icon: str
    media_type: str
    ending: str
    write: Callable[[Exported], bytes]
    order: int = 100


_WRITERS: dict[str, Writer] = {}


def register(writer: Writer) -> None:
    _WRITERS[writer.key] = writer


def writers() -> list[Writer]:
    return sorted(_WRITERS.values(), key=lambda writer: writer.order)


def writer_of(key: str) -> Writer | None:
    return _WRITERS.get(key)
