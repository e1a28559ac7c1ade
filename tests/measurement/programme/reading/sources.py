"""Source texts for tests: tables written as rows, put together as extraction does."""

from __future__ import annotations

from collections.abc import Sequence

from caicach.measurement.programme.reading import Cell, SourceTable, SourceText

LEFT, ABOVE = "<", "^"
"""A cell merged with the one to its left, or with the one above it."""


def source_with_tables(*blocks: str | Sequence[Sequence[str]], names: Sequence[str] = ()) -> SourceText:
    """Paragraphs (text) and tables (rows of cells) one after the other. Merged cells share their offsets."""
    text = ""
    tables: list[SourceTable] = []
    for block in blocks:
        text += "\n" if text else ""
        if isinstance(block, str):
            text += block
            continue
        rows: list[tuple[Cell, ...]] = []
        for row in block:
            text += "\n" if rows else ""
            cells: list[Cell] = []
            for place, value in enumerate(row):
                if value == LEFT:
                    cells.append(cells[-1])
                elif value == ABOVE:
                    cells.append(rows[-1][place])
                else:
                    text += "\t" if cells else ""
                    cells.append(Cell(len(text), len(text) + len(value)))
                    text += value
            rows.append(tuple(cells))
        tables.append(SourceTable(tuple(rows), names[len(tables)] if len(tables) < len(names) else ""))
    return SourceText(text, tuple(tables))
