"""Rows pasted from Excel: tab-separated lines, with or without a line of headings."""

from __future__ import annotations

import csv
import io

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


def rows_of(pasted: str, *, are_new: bool = True) -> list[dict[str, str]]:
    """Columns by the headings when the first line has them, else in the order of the grid. Raises InvalidInput.

    are_new : the rows become new tasks, so each needs its name.
    """
    try:
        lines = [line for line in csv.reader(io.StringIO(pasted), delimiter="\t") if any(map(str.strip, line))]
    except csv.Error:  # one cell of more than 128 KB: a whole text, or a quotation mark that is never closed
        raise InvalidInput(
            fields={"pasted": [_("A cell is too long. Copy the rows in Excel, not the text.")]}
        ) from None
    if not lines:
        raise InvalidInput(fields={"pasted": [_("Copy the rows in Excel, then paste them here.")]})
    if len(lines) > MOST_ROWS or max(map(len, lines)) > MOST_COLUMNS:
        raise InvalidInput(fields={"pasted": [_("Paste at most 2,000 rows of 40 columns at once.")]})
    named = [_COLUMN_OF.get(fold(cell)) for cell in lines[0]]
    if sum(column is not None for column in named) >= 2:
        columns, lines = named, lines[1:]
    else:
        columns = list(COLUMNS)
    if are_new and "title" not in columns:
        raise InvalidInput(fields={"pasted": [_("The column Nhiệm vụ is missing.")]})
    return [
        {column: cell.strip() for column, cell in zip(columns, line, strict=False) if column is not None}
        for line in lines
    ]
