"""A Word document as a source text, read from its XML: what a reader sees on paper, in order.

Automatic numbers are written out, insertions of tracked changes are kept and deletions dropped, hidden text, tables of
contents, headers, footers and notes are left out, text boxes follow the paragraph they hang on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from caicach.kernel.files.reading import (
    Element,
    Limits,
    Notice,
    NoticeCode,
    OfficePackage,
    Reason,
    UnreadableFile,
    notice,
)
from caicach.kernel.files.reading.legacy import as_drawn
from caicach.kernel.files.reading.workbook import Span
from caicach.measurement.programme.reading.source import SourceText

from .building import Block, Paragraph, Table, build, cell_text, kept
from .word_numbering import Numbering
from .word_styles import NO_STYLE, Style, Styles, W, font_of, is_hidden, list_of, outline_of, value

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_THROUGH: Final = frozenset(
    W + name
    for name in "ins moveTo hyperlink smartTag fldSimple sdt sdtContent customXml dir bdo".split()  # noqa: SIM905
)
_GONE: Final = frozenset({f"{W}del", f"{W}moveFrom"})
_CHANGES: Final = frozenset({f"{W}ins", f"{W}moveTo", *_GONE})
_DRAWN: Final = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"})
_MARKS: Final = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\u00ad",
    f"{W}sym": " ",
}
_DEEPEST: Final = 60
_WIDEST: Final = 200


def read_word(package: OfficePackage, *, name: str, limits: Limits) -> SourceText:
    """The document's text with its tables and headings. Raises UnreadableFile when it is damaged or holds no text."""
    root = package.xml(package.main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise UnreadableFile(Reason.CORRUPT_WORD, name=name)
    reader = _Reader(package, limits)
    blocks = list(reader.blocks(body))
    return build(blocks, name=name, notices=(*package.notices, *reader.notices()), limits=limits)


class _Reader:
    """Walks through a document once, in order: numbers are counted on the way."""

    def __init__(self, package: OfficePackage, limits: Limits) -> None:
        self._limits = limits
        self._styles = Styles(_part(package, "/styles"))
        self._numbering = Numbering(_part(package, "/numbering"), self._styles)
        self._boxes: list[Element] = []
        self._codes: set[NoticeCode] = set()
        self._cells = 0
        self._carried: list[tuple[str, str]] = []

    def notices(self) -> tuple[Notice, ...]:
        return tuple(notice(code) for code in sorted(self._codes))

    def blocks(self, parent: Element, *, depth: int = 0, in_cell: bool = False) -> Iterator[Block]:
        """Paragraphs and tables below `parent`, in order."""
        if depth > _DEEPEST:
            raise UnreadableFile(Reason.XML_TOO_DEEP)
        for child in parent.iterchildren():
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth=depth, in_cell=in_cell)
            elif child.tag == f"{W}tbl":
                yield self._table(child, depth=depth + 1)
            elif child.tag == f"{W}altChunk":
                self._codes.add(NoticeCode.EMBEDDED_DOCUMENT)
            elif child.tag == f"{_MC}AlternateContent":
                yield from self.blocks(_chosen(child), depth=depth + 1, in_cell=in_cell)
            elif child.tag in _THROUGH and not _is_contents(child):
                yield from self.blocks(child, depth=depth + 1, in_cell=in_cell)

    def _paragraph(self, element: Element, *, depth: int, in_cell: bool) -> Iterator[Block]:
        properties = element.find(f"{W}pPr")
        style_id = (value(properties.find(f"{W}pStyle")) if properties is not None else None) or self._styles.paragraph
        style = self._styles.style(style_id)
        pieces = [*self._carried, *self._pieces(element, style, 0)]
        self._carried = []
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._codes.add(NoticeCode.TRACKED_CHANGES)
            self._carried = pieces  # the end of this paragraph was deleted: it goes on in the next
            return
        boxes, self._boxes = self._boxes, []
        if not style.name.lower().startswith("toc"):
            text = self._text(pieces)
            lines = [line for line in map(kept, text.split("\n")) if line]
            # An empty paragraph of a list counts (in a table its number is the cell), a deleted one does not.
            label = "" if not lines and _is_deleted(element) else self._label(properties, style, style_id)
            level = _heading_level(properties, style)
            if label and (lines or in_cell):
                lines[:1] = [f"{label} {lines[0]}" if lines else label]
            for line in lines:
                yield Paragraph(line, 0 if in_cell else level)
        for box in boxes:
            yield from self.blocks(box, depth=depth + 1, in_cell=in_cell)

    def _label(self, properties: Element | None, style: Style, style_id: str) -> str:
        list_id, level = list_of(properties)
        list_id = style.list_id if list_id is None else list_id
        if not list_id or list_id == "0":
            return ""
        if level is None:
            level = self._numbering.level_of_style(list_id, style_id) if style.list_level is None else style.list_level
        return self._numbering.label(list_id, level)

    def _pieces(self, parent: Element, style: Style, depth: int) -> Iterator[tuple[str, str]]:
        """(text, font) of the runs below `parent`."""
        if depth > _DEEPEST:
            raise UnreadableFile(Reason.XML_TOO_DEEP)
        for child in parent.iterchildren():
            if child.tag in _CHANGES:
                self._codes.add(NoticeCode.TRACKED_CHANGES)
            if child.tag == f"{W}r":
                yield from self._run(child, style)
            elif child.tag == f"{_MC}AlternateContent":
                yield from self._pieces(_chosen(child), style, depth + 1)
            elif child.tag in _THROUGH:
                yield from self._pieces(child, style, depth + 1)

    def _run(self, run: Element, style: Style) -> Iterator[tuple[str, str]]:
        properties = run.find(f"{W}rPr")
        own = self._styles.style(value(properties.find(f"{W}rStyle")) or "") if properties is not None else NO_STYLE
        hidden = next((it for it in (is_hidden(properties), own.is_hidden, style.is_hidden) if it is not None), False)
        if hidden:
            return
        fonts = (font_of(properties), own.font, style.font, self._styles.font)
        font = next((it for it in fonts if it is not None), "")
        for child in run.iterchildren():
            if child.tag == f"{W}t":
                yield (child.text or "").replace("\n", " "), font
            elif child.tag == f"{W}br" and child.get(f"{W}type") in ("page", "column"):
                yield "\n", font
            elif child.tag in _MARKS:
                yield _MARKS[child.tag], font
            elif child.tag in _DRAWN:
                self._boxes += _boxes_in(child)

    def _text(self, pieces: list[tuple[str, str]]) -> str:
        """Runs of one font are taken together: an old letter may be split between two of them."""
        joined: list[tuple[list[str], str]] = []
        for text, font in pieces:
            if joined and joined[-1][1] == font:
                joined[-1][0].append(text)
            else:
                joined.append(([text], font))
        shown = []
        for texts, font in joined:
            text, letters = as_drawn("".join(texts), font)
            if letters:
                self._codes.add(NoticeCode(letters.value))
            shown.append(text)
        return "".join(shown)

    def _table(self, element: Element, *, depth: int) -> Table:
        grid = _Grid(self._limits.cells - self._cells)
        for row in _inside(element, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._codes.add(NoticeCode.TRACKED_CHANGES)
                continue
            grid.begin_row(_number(row.find(f"{W}trPr/{W}gridBefore"), 0))
            for cell in _inside(row, f"{W}tc"):
                properties = cell.find(f"{W}tcPr")
                width = _number(properties.find(f"{W}gridSpan") if properties is not None else None, 1)
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                goes_on = merge is not None and value(merge) != "restart"
                grid.cell(cell_text(self._lines_of_cell(cell, depth)), width=width, goes_on=goes_on)
        self._cells += grid.cells
        return grid.table()

    def _lines_of_cell(self, cell: Element, depth: int) -> Iterator[str]:
        for block in self.blocks(cell, depth=depth + 1, in_cell=True):
            if isinstance(block, Paragraph):
                yield block.text
            else:  # a table inside a cell: its cells one below the other
                yield from (text for row in block.rows for text in row if text)


class _Grid:
    """Cells of a table laid on its columns: wide cells and cells that go on from the row above become spans."""

    def __init__(self, cells_left: int) -> None:
        self.cells = 0
        self._left = cells_left
        self._rows: list[list[str]] = []
        self._spans: dict[tuple[int, int], Span] = {}
        self._above: dict[int, tuple[int, int]] = {}

    def begin_row(self, before: int) -> None:
        self._rows.append([""] * before)

    def cell(self, text: str, *, width: int, goes_on: bool) -> None:
        row, column = len(self._rows) - 1, len(self._rows[-1])
        width = max(1, min(width, _WIDEST - column))
        self._rows[row] += [text, *[""] * (width - 1)]
        self.cells += width
        if self.cells > self._left:
            raise UnreadableFile(Reason.TOO_MANY_CELLS, limit=self._left)
        top, left = self._above.get(column, (row, column)) if goes_on and not text else (row, column)
        self._above[column] = (top, left)
        if width > 1 or top != row:
            before = self._spans.get((top, left), Span(top, left, row, column + width - 1))
            self._spans[top, left] = Span(top, left, row, before.right)

    def table(self) -> Table:
        width = max((len(row) for row in self._rows), default=0)
        return Table([row + [""] * (width - len(row)) for row in self._rows], tuple(self._spans.values()))


def _part(package: OfficePackage, kind: str) -> Element | None:
    part = package.related(package.main, kind)
    return package.xml(part) if part else None


def _heading_level(properties: Element | None, style: Style) -> int:
    """1 for the highest heading, 0 for body text."""
    own = outline_of(properties)
    outline = style.outline if own is None else own
    return 0 if outline is None or outline > 8 else outline + 1


def _chosen(alternatives: Element) -> Element:
    """Word keeps the same drawing twice, for old and new versions: the first choice that has words, else the last."""
    choices = list(alternatives.iterchildren())
    return next(
        (it for it in choices if next(it.iter(f"{W}t"), None) is not None), choices[-1] if choices else alternatives
    )


def _boxes_in(drawing: Element, depth: int = 0) -> Iterator[Element]:
    """Text boxes of a drawing, outermost only."""
    if depth > _DEEPEST:
        raise UnreadableFile(Reason.XML_TOO_DEEP)
    if drawing.tag == f"{_MC}AlternateContent":
        drawing = _chosen(drawing)
    for child in drawing.iterchildren():
        if child.tag == f"{W}txbxContent":
            yield child
        else:
            yield from _boxes_in(child, depth + 1)


def _is_deleted(paragraph: Element) -> bool:
    return any(next(paragraph.iter(tag), None) is not None for tag in _GONE)


def _is_contents(element: Element) -> bool:
    """A table of contents repeats the headings with page numbers: it is no text of its own."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and value(gallery) == "Table of Contents"


def _inside(parent: Element, tag: str, depth: int = 0) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those wrapped in a content control."""
    if depth > _DEEPEST:
        raise UnreadableFile(Reason.XML_TOO_DEEP)
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _inside(child, tag, depth + 1)


def _number(element: Element | None, missing: int) -> int:
    written = value(element) or ""
    return min(int(written), _WIDEST) if written.isascii() and written.isdigit() and len(written) < 6 else missing
