"""What a reader is given: the text of a plan, its tables, and where each cell stands in the text.

The text is NFC and every offset counts code points in it, so that a task can be shown at its place whatever file it
came from. Extraction from files makes a `SourceText`; reading takes one; neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """Something a person should know about the text. `code` finds the sentence in a table of messages; `parameters`
    are its placeholders; `start`/`end` are code points of the place, None when the whole file is meant."""

    code: str
    parameters: tuple[tuple[str, str], ...] = ()
    start: int | None = None
    end: int | None = None

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "parameters": dict(self.parameters), "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: the half-open stretch of the source text that it holds. Empty when start == end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Rows of cells, in reading order. A cell merged over several columns or rows is repeated (same offsets) in each.

    The text of every cell is inside the source text too: cells of a row joined by a tab, rows by a line break.
    `name` is the sheet's name or the caption, empty when there is none.
    """

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document as text.

    text     : NFC, paragraphs separated by line breaks.
    tables   : in the order of the text.
    warnings : what extraction met (a scanned page, a legacy encoding it converted).
    name     : the file's name, for messages.
    headings : (start, end, level) of paragraphs that carry a heading style, level 1 highest.
    pages    : where each page begins in the text; empty when the file knows no pages (all but PDF).
    """

    text: str
    tables: tuple[SourceTable, ...] = ()
    warnings: tuple[SourceWarning, ...] = ()
    name: str = ""
    headings: tuple[tuple[int, int, int], ...] = ()
    pages: tuple[int, ...] = ()
