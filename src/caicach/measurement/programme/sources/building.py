"""Putting a source text together: paragraphs and tables in order, with the places of cells, headings and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from caicach.kernel.files.reading import Limits, Notice, NoticeCode, Reason, UnreadableFile, cleaned, notice
from caicach.kernel.files.reading.legacy import letters_of, repaired
from caicach.kernel.files.reading.workbook import Span
from caicach.measurement.programme.reading.source import Cell, SourceTable, SourceText, SourceWarning


@dataclass(slots=True)
class Paragraph:
    """A paragraph; `level` is its heading level, 0 for none. `pages` are places in its text where a page begins."""

    text: str
    level: int = 0
    pages: tuple[int, ...] = ()


@dataclass(slots=True)
class Table:
    """Rows of cells, equally long; the text of a merged area stands in its upper left cell."""

    rows: list[list[str]]
    merged: Sequence[Span] = ()
    name: str = ""


Block = Paragraph | Table
_SOFT_HYPHEN: Final = "\u00ad"


def build(blocks: Sequence[Block], *, name: str, notices: Iterable[Notice], limits: Limits) -> SourceText:
    """The source text of these blocks. Old letters that no font gave away are found by their words and converted.

    Raises UnreadableFile when there is no text at all, or too much.
    """
    converted = _converted(blocks)
    placed = _Placed()
    for block in blocks:
        if isinstance(block, Table):
            placed.table(block)
        else:
            placed.paragraph(block)
    text = placed.text()
    if not text.strip():
        raise UnreadableFile(Reason.NO_TEXT, name=name)
    if len(text) > limits.text_bytes:
        raise UnreadableFile(
            Reason.TEXT_TOO_LARGE, name=name, size_bytes=len(text.encode()), limit_bytes=limits.text_bytes
        )
    return SourceText(
        text=text,
        tables=tuple(placed.tables),
        warnings=warnings_of((*notices, *converted)),
        name=name,
        headings=tuple(placed.headings),
        pages=tuple(placed.pages),
    )


def warnings_of(notices: Iterable[Notice]) -> tuple[SourceWarning, ...]:
    """Notices about the file as warnings of the source, each said once."""
    unique = {(it.code, tuple(sorted(it.params.items()))): it for it in notices}
    return tuple(SourceWarning(str(it.code), _parameters(it.params)) for it in unique.values())


def _parameters(params: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(value)) for key, value in params.items())


def cell_text(paragraphs: Iterable[str]) -> str:
    """The text of a cell: its paragraphs as lines, no tab (which parts the cells of a row)."""
    return "\n".join(text for text in (line.replace("\t", " ").strip() for line in paragraphs) if text)


def _converted(blocks: Sequence[Block]) -> tuple[Notice, ...]:
    """Converts old letters in place. Then soft hyphens go: until then one may be the TCVN3 code of "ư"."""
    whole = "\n".join(text for block in blocks for text in _texts(block))
    letters = letters_of(whole)
    if letters:
        _change(blocks, lambda text: repaired(text, letters))
    if _SOFT_HYPHEN in whole:
        _change(blocks, lambda text: text.replace(_SOFT_HYPHEN, ""))
    return (notice(NoticeCode(letters.value)),) if letters else ()


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            yield from row
    else:
        yield block.text


def _change(blocks: Sequence[Block], change: Callable[[str], str]) -> None:
    for block in blocks:
        if isinstance(block, Table):
            block.rows = [[change(cell) for cell in row] for row in block.rows]
        else:
            block.text = change(block.text)


@dataclass(slots=True)
class _Placed:
    """The text as it grows, line by line, and the places noted on the way."""

    lines: list[str] = field(default_factory=list)
    end: int = 0
    tables: list[SourceTable] = field(default_factory=list)
    headings: list[tuple[int, int, int]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    def text(self) -> str:
        return "\n".join(self.lines)

    def paragraph(self, block: Paragraph) -> None:
        start = self._line(block.text)
        self.pages += [start + place for place in block.pages]
        if block.level:
            self.headings.append((start, self.end, block.level))

    def table(self, block: Table) -> None:
        if not any(any(row) for row in block.rows):
            return
        owner = _owners(block)
        cells: dict[tuple[int, int], Cell] = {}
        rows = [self._row(row, texts, owner, cells) for row, texts in enumerate(block.rows)]
        self.tables.append(SourceTable(tuple(rows), block.name))

    def _row(
        self,
        row: int,
        texts: list[str],
        owner: dict[tuple[int, int], tuple[int, int]],
        cells: dict[tuple[int, int], Cell],
    ) -> tuple[Cell, ...]:
        """One row as one line (more when a cell has several): its own texts between tabs, the rest by reference."""
        own = [column for column in range(len(texts)) if owner.get((row, column), (row, column)) == (row, column)]
        written = [column for column in own if texts[column]]
        if len(written) <= 1:  # a title across the sheet reads as a paragraph, not as a cell among empty ones
            own = written
        elif written:
            own = own[: own.index(written[-1]) + 1]
        start = self._line("\t".join(texts[column] for column in own))
        place, found = start, dict.fromkeys(range(len(texts)), Cell(self.end, self.end))
        for column in own:
            found[column] = cells[row, column] = Cell(place, place + len(texts[column]))
            place += len(texts[column]) + 1
        nowhere = Cell(start, start)
        line = []
        for column in range(len(texts)):
            at = owner.get((row, column))
            line.append(cells.get(at, nowhere) if at and at != (row, column) else found[column])
        return tuple(line)

    def _line(self, text: str) -> int:
        """Adds a line; where it starts."""
        start = self.end + 1 if self.lines else 0
        self.lines.append(text)
        self.end = start + len(text)
        return start


def _owners(block: Table) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place in a merged area the place of its text. Areas that reach beyond the table are cut."""
    width = len(block.rows[0])
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for span in block.merged:
        for row in range(span.top, min(span.bottom + 1, len(block.rows))):
            for column in range(span.left, min(span.right + 1, width)):
                owner.setdefault((row, column), (span.top, span.left))
    return owner


def kept(text: str) -> str:
    """A paragraph's text on one line: blanks of every sort are one space."""
    return " ".join(cleaned(text)[0].split())
