"""Plain text, pasted text, and tables in them: what Excel puts on the clipboard, and CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from caicach.kernel.files.reading import DecodedText, Limits, Reason, UnreadableFile
from caicach.measurement.programme.reading.source import Cell, SourceTable, SourceText

from .building import Table, build, cell_text, warnings_of

_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')
_PLAIN: Final = re.compile(r"[^\t\n]*")
_MARK: Final = re.compile(r"\s*(?:[-+•*–]|\(?\w{1,4}(?:\.\w{1,3})*[.)]?)?\s*")
_RULE: Final = re.compile(r"[\s|:+=-]*")
_FEWEST_BARS, _FEWEST_BARRED = 2, 3
_GAP: Final = 2
"""Empty lines that part two tables; one may stand between two rows."""
_DELIMITERS: Final = (";", ",", "\t")


def read_plain(decoded: DecodedText, *, name: str, limits: Limits) -> SourceText:
    """The text exactly as it is (NFC, line breaks \\n), so that offsets are those of the file.

    Tables are known by the tabs or the bars ("|") between their cells.
    """
    if not decoded.text.strip():
        raise UnreadableFile(Reason.NO_TEXT, name=name)
    blocks = list(_blocks(decoded.text, limits)) or list(_barred_blocks(decoded.text, limits))
    tables = tuple(SourceTable(_rectangular(block)) for block in blocks)
    return SourceText(text=decoded.text, tables=tables, warnings=warnings_of(decoded.notices), name=name)


def read_csv(decoded: DecodedText, *, name: str, limits: Limits) -> SourceText:
    """One table. The delimiter is the one of ; , and tab that parts the lines most evenly."""
    delimiter = _delimiter(decoded.text)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(decoded.text.splitlines(keepends=True), delimiter=delimiter, strict=False):
            rows.append([cell_text(cell.split("\n")) for cell in row])
    except csv.Error as error:
        raise UnreadableFile(Reason.NOT_TEXT, name=name) from error
    width = max(map(len, rows), default=0)
    if width * len(rows) > limits.cells:
        raise UnreadableFile(Reason.TOO_MANY_CELLS, name=name, limit=limits.cells)
    table = Table([row + [""] * (width - len(row)) for row in rows])
    return build([table] if rows else [], name=name, notices=decoded.notices, limits=limits)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Cell, ...]
    end: int


def _blocks(text: str, limits: Limits) -> Iterator[list[_Row]]:
    """Runs of at least two rows with tabs between their cells, that are a table and not a list typed with tabs."""
    block: list[_Row] = []
    cells = 0
    for row in _rows(text) if "\t" in text else ():
        if len(row.cells) > 1:
            block.append(row)
            cells += len(row.cells)
            if cells > limits.cells:
                raise UnreadableFile(Reason.TOO_MANY_CELLS, limit=limits.cells)
            continue
        if _is_table(text, block):
            yield block
        block = []
    if _is_table(text, block):
        yield block


def _barred_blocks(text: str, limits: Limits) -> Iterator[list[_Row]]:
    """Runs of lines with bars, as web pages write a table as text: at least three of them have the most, two or more.

    A row of merged cells ("I | Cải cách thể chế") has fewer.
    """
    lines: list[tuple[str, int]] = []
    cells = place = gap = 0
    for line in (*text.split("\n"), "", "") if "|" in text else ():
        here, place = place, place + len(line) + 1
        is_empty = not line.strip()
        gap = gap + 1 if is_empty else 0
        if gap >= _GAP or (not is_empty and "|" not in line):
            if _are_rows(lines):
                yield [_barred(row, at, framed=_are_framed(lines)) for row, at in lines]
            lines = []
        elif not is_empty and not _RULE.fullmatch(line):
            lines.append((line, here))
            cells += line.count("|") + 1
            if cells > limits.cells:
                raise UnreadableFile(Reason.TOO_MANY_CELLS, limit=limits.cells)


def _are_rows(lines: list[tuple[str, int]]) -> bool:
    bars = [line.count("|") for line, _place in lines]
    return max(bars, default=0) >= _FEWEST_BARS and bars.count(max(bars)) >= _FEWEST_BARRED


def _are_framed(lines: list[tuple[str, int]]) -> bool:
    """A bar at the head and the end of every line is a frame and parts nothing."""
    return all(line.strip().startswith("|") and line.strip().endswith("|") for line, _place in lines)


def _barred(line: str, place: int, *, framed: bool) -> _Row:
    parts = line.split("|")
    cells: list[Cell] = []
    here = place
    for part in parts:
        start = here + len(part) - len(part.lstrip())
        cells.append(Cell(start, max(start, here + len(part.rstrip()))))
        here += len(part) + 1
    return _Row(tuple(cells[1:-1] if framed else cells), place + len(line))


def _rows(text: str) -> Iterator[_Row]:
    """Lines parted at tabs. A cell that begins and ends with a quote may hold line breaks, as Excel writes it."""
    place = 0
    while place < len(text):
        cells: list[Cell] = []
        while True:
            cell, place = _cell(text, place)
            cells.append(cell)
            if place >= len(text) or text[place] == "\n":
                break
            place += 1
        yield _Row(tuple(cells), place)
        place += 1


def _cell(text: str, place: int) -> tuple[Cell, int]:
    """The cell that begins here and the place of the tab or line break after it."""
    quoted = _QUOTED.match(text, place)
    if quoted and _is_cell(text, quoted):
        return Cell(*quoted.span(1)), quoted.end()
    end = _PLAIN.match(text, place).end()  # type: ignore[union-attr]  # matches the empty string too
    return Cell(place, end), end


def _is_cell(text: str, quoted: re.Match[str]) -> bool:
    """Whether a quotation is a whole cell: a tab on one of its sides, a tab, line break or the end after it."""
    before, after = text[max(0, quoted.start() - 1) : quoted.start()], text[quoted.end() : quoted.end() + 1]
    return after == "\t" or (before == "\t" and after in ("\n", ""))


def _is_table(text: str, block: list[_Row]) -> bool:
    """Two columns of which the first holds only list marks ("1.", "-") are a list."""
    if len(block) < 2:
        return False
    if max(len(row.cells) for row in block) > 2:
        return True
    return not all(_MARK.fullmatch(text[row.cells[0].start : row.cells[0].end]) for row in block)


def _rectangular(block: list[_Row]) -> tuple[tuple[Cell, ...], ...]:
    width = max(len(row.cells) for row in block)
    return tuple(row.cells + (Cell(row.end, row.end),) * (width - len(row.cells)) for row in block)


def _delimiter(text: str) -> str:
    lines = [line for line in text[:50_000].split("\n")[:50] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        return min(counts, default=0), sum(counts)

    return max(_DELIMITERS, key=evenness)
