"""Rows pasted from Excel: tab-separated lines, with or without a line of headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caicach.kernel.search.folding import fold
from caicach.kernel.usecase.errors import InvalidInput

from .cells import COLUMNS

MOST_ROWS, MOST_COLUMNS = 2000, 40

_HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("stt", "so", "tt", "no", "no.", "number"),
    "field": ("linh vuc", "field"),
    "title": ("nhiem vu", "noi dung", "noi dung nhiem vu", "ten nhiem vu", "hoat dong", "task"),
    "product": ("san pham", "ket qua", "san pham, ket qua", "product"),
    "lead": ("chu tri", "don vi chu tri", "co quan chu tri", "lead", "lead unit"),
    "cooperating": ("phoi hop", "don vi phoi hop", "co quan phoi hop", "co-operating units"),
    "time": ("thoi han", "thoi gian", "thoi gian hoan thanh", "han", "time", "deadline"),
    "budget": ("kinh phi", "budget"),
}
_COLUMN_OF = {name: column for column, names in _HEADINGS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Pasted:
    """rows : text by column; lines : where each row begins in what was pasted, from 1."""

    rows: list[dict[str, str]]
    lines: list[int]


def rows_of(pasted: str, *, are_new: bool = True, columns: Sequence[str] = COLUMNS) -> Pasted:
    """Columns by the headings when the first line has them, else in the order of `columns`. Raises InvalidInput.

    are_new : the rows become new tasks, so each needs its name and an empty one is none. Else the rows go onto others,
        and an empty one stands for one that stays as it is: {}.
    columns : those from the cell that was pasted at to the end of its row; a paste that is wider is refused.
    """
    try:
        lines = _lines_of(pasted, with_empty=not are_new)
    except csv.Error:  # one cell of more than 128 KB: a whole text, or a quotation mark that is never closed
        raise InvalidInput(
            fields={"pasted": [_("A cell is too long. Copy the rows in Excel, not the text.")]}
        ) from None
    if not lines:
        raise InvalidInput(fields={"pasted": [_("Copy the rows in Excel, then paste them here.")]})
    widest = max(len(cells) for _line, cells in lines)
    if len(lines) > MOST_ROWS or widest > MOST_COLUMNS:
        raise InvalidInput(fields={"pasted": [_("Paste at most 2,000 rows of 40 columns at once.")]})
    head = next(place for place, (_line, cells) in enumerate(lines) if cells)
    named = [_COLUMN_OF.get(fold(cell)) for cell in lines[head][1]]
    has_headings = sum(column is not None for column in named) >= 2
    taken = named if has_headings else list(columns)
    if not has_headings and widest > len(columns) and columns != COLUMNS:
        raise InvalidInput(fields={"pasted": [_too_wide(widest, len(columns))]})
    if are_new and "title" not in taken:
        raise InvalidInput(fields={"pasted": [_("The column Nhiệm vụ is missing.")]})
    lines = lines[head + 1 :] if has_headings else lines
    return Pasted([_row(taken, cells) for _line, cells in lines], [line for line, _cells in lines])


def _lines_of(pasted: str, *, with_empty: bool) -> list[tuple[int, list[str]]]:
    """(line on which it begins, cells) of each row; an empty one, where it counts, has no cells; none ends the rows."""
    reader = csv.reader(io.StringIO(pasted), delimiter="\t")
    found: list[tuple[int, list[str]]] = []
    begins = 1
    for cells in reader:
        is_empty = not any(map(str.strip, cells))
        if with_empty or not is_empty:
            found.append((begins, [] if is_empty else cells))
        begins = reader.line_num + 1
    while found and not found[-1][1]:
        found.pop()
    return found


def _row(columns: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    return {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column is not None}


def _too_wide(widest: int, there: int) -> str:
    return _(
        "The paste has %(widest)d columns, but only %(there)d are left from this cell. "
        "Paste further left, or copy fewer columns."
    ) % {"widest": widest, "there": there}
