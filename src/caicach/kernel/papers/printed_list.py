"""Any list of the pages on paper: what is seen, who printed it, when, and the address where it lives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from caicach.kernel.ui.wording import number

from . import qr
from .model import Column
from .typesetting import UnableToPrint, pdf

TEMPLATE: Final = "papers/list.typ"
MOST_ROWS: Final = 2_000
"""About 100 pages, one second and 200 MB. More than that nobody reads on paper; Excel takes 100,000."""

_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_WIDE: Final = 6
"""Columns from which a list is printed across."""


class TooLongToPrint(UnableToPrint):
    """More rows than a PDF list may have."""

    code = "papers.too_long_to_print"
    status = 422

    def default_message(self) -> str:
        words = _(
            "This list has more than the %(most)s rows a printed one holds. Narrow the filter or take the Excel file."
        )
        return words % {"most": number(MOST_ROWS)}


class Mark(StrEnum):
    """The black shape beside a deadline's words, the same as on the page: colour does not print."""

    IN_TIME = "ring"
    SOON = "diamond"
    LATE = "triangle"
    PAUSED = "bars"
    NONE = "dash"
    DONE = "check"


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell with a shape before its words."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading among the rows, over all columns."""

    title: str


Cell: TypeAlias = str | Marked


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedList:
    """A list as it is seen.

    columns, rows : as on the screen, all rows of the filter and not only the page shown
    filters : in words, one each ("Đơn vị: Văn phòng Bộ"); nothing when all is shown
    total : how many rows the filter finds; left out when it is the number of `rows`
    issuer : whose list it is; printed_by : the person; printed_at : aware
    address : of the page, printed as a QR code and in letters; "" for none
    note : small print at the foot of every page
    landscape : None chooses by the number of columns
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...] | Group]
    printed_by: str
    printed_at: datetime
    issuer: str = ""
    filters: tuple[str, ...] = ()
    total: int | None = None
    address: str = ""
    note: str = ""
    landscape: bool | None = None


def list_pdf(printed: PrintedList) -> bytes:
    """PDF/A-2b of the list, in the language of the person who prints.

    Raises TooLongToPrint over MOST_ROWS rows, and what `typesetting.pdf` does.
    """
    if len(printed.rows) > MOST_ROWS:
        raise TooLongToPrint
    language = (get_language() or "vi").split("-")[0]
    return pdf(TEMPLATE, _content(printed), title=printed.title, made_at=printed.printed_at, language=language)


def filters_in_words(filters: Sequence[str]) -> str:
    """One line of all filters."""
    return _("Filtered by: %(filters)s") % {"filters": "; ".join(filters)}


def _content(printed: PrintedList) -> dict[str, Any]:
    across = len(printed.columns) >= _WIDE if printed.landscape is None else printed.landscape
    moment = printed.printed_at.astimezone(_VIETNAM)
    shown = sum(not isinstance(row, Group) for row in printed.rows)
    total = shown if printed.total is None else printed.total
    by = {"name": printed.printed_by, "time": f"{moment:%H:%M}", "day": f"{moment:%d/%m/%Y}"}
    return {
        "landscape": across,
        "issuer": printed.issuer,
        "title": printed.title,
        "printed": _("Printed by %(name)s at %(time)s on %(day)s") % by,
        "filters": filters_in_words(printed.filters) if printed.filters else "",
        "total": ngettext("%(count)s row", "%(count)s rows", total) % {"count": number(total)},
        "empty": _("There is no row."),
        "page_words": _("Page {page} of {pages}"),
        "address": printed.address,
        "address_words": _("Address of this list: %(address)s") % {"address": printed.address},
        "qr": qr.svg(printed.address) if printed.address else "",
        "note": printed.note,
        "columns": [{"title": c.title, "width": c.width, "align": c.align} for c in printed.columns],
        "groups": [{"title": "", "span": 1} for _column in printed.columns],
        "rows": [_row(row, len(printed.columns)) for row in printed.rows],
    }


def _row(row: tuple[Cell, ...] | Group, width: int) -> dict[str, Any]:
    if isinstance(row, Group):
        return {"kind": "group", "cells": [row.title]}
    if len(row) != width:
        raise ValueError(f"a row of {len(row)} cells in a list of {width} columns")
    return {"kind": "normal", "cells": [_cell(cell) for cell in row]}


def _cell(cell: Cell) -> Any:
    return cell if isinstance(cell, str) else {"mark": cell.mark, "text": cell.text}
