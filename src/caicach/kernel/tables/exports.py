"""A list leaves as a file: exactly what is seen, all pages. Rooms above register the writers (`papers`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from caicach.kernel.calendar import clock
from caicach.kernel.identity import limits
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.core import note_act
from caicach.kernel.usecase.errors import NotFound

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


def file_of(*, actor: Actor, writer: str, name: str, exported: Exported) -> HttpResponse:
    """The file itself, counted among the person's exports and noted in the journal.

    Raises NotFound.
    """
    found = writer_of(writer)
    if found is None:
        raise NotFound
    limits.count("export", actor=actor)
    note_act("tables.take_out", actor=actor, note=f"{name} {found.key}")
    response = HttpResponse(found.write(exported), content_type=found.media_type)
    full_name = f"{name}-{clock.today():%Y%m%d}.{found.ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, full_name) or ""
    return response
