"""Sheets of an Excel workbook as text: values (of formulas too), number formats, merged cells, old fonts.

Read directly with our XML parser and not with a library, because what a reader needs is where libraries stop: the
format that makes 0.6 "60%", the font that makes "c¶i" "cải", and no memory for a million cells that hold nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from .cell_values import NumberFormat, as_text, built_in, number_format
from .characters import cleaned
from .errors import Notice, NoticeCode, Reason, UnreadableFile, notice
from .kinds import FileKind
from .legacy import as_drawn
from .limits import DEFAULT_LIMITS, Limits
from .office import OfficePackage, open_container
from .safe_xml import Element

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_CELLS_NAMED: Final = 10
_EMPTY_TIMES: Final = 2  # so many times more cells than the bound may be written down, most of them empty
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Span:
    """A merged area, as places in `Sheet.rows`, both ends included. Its text stands in the upper left cell."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The used area of a sheet.

    rows      : text of each cell, all rows equally long; line breaks inside a cell stay.
    first_row : number of the first of them in Excel, from 1; `first_column` likewise, A is 1.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Span, ...] = ()
    first_row: int = 1
    first_column: int = 1


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets that hold something, in their order."""

    sheets: tuple[Sheet, ...]
    notices: tuple[Notice, ...]


def read_workbook(content: bytes, *, name: str, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """All visible sheets.

    Raises UnreadableFile: what opening refuses, no Excel file, too many rows, columns or cells.
    """
    package = open_container(content, name=name, limits=limits)
    if not isinstance(package, OfficePackage) or package.kind is not FileKind.EXCEL:
        raise UnreadableFile(Reason.CORRUPT_EXCEL)
    return sheets_of(package, limits=limits)


def sheets_of(package: OfficePackage, *, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """The same for a package that is open already."""
    root = package.xml(package.main)
    if root is None:
        raise UnreadableFile(Reason.CORRUPT_EXCEL)
    book = _Book(package, root, limits)
    sheets, hidden = [], []
    for entry in root.iter(f"{_S}sheet"):
        link = book.links.get(entry.get(f"{_R}id", ""))
        if link is None or not link.kind.endswith("/worksheet"):
            continue
        if entry.get("state", "visible") != "visible":
            hidden.append(entry.get("name", ""))
        elif sheet := book.sheet(cleaned(entry.get("name", ""))[0], link.target):
            sheets.append(sheet)
    notices = package.notices + tuple(notice(letters) for letters in sorted(book.converted))
    if hidden:
        notices += (notice(NoticeCode.HIDDEN_SHEETS, sheets=", ".join(hidden)[:200]),)
    if book.uncomputed:
        notices += (notice(NoticeCode.FORMULAS_LEFT_EMPTY, cells=_named(book.uncomputed)),)
    return Workbook(tuple(sheets), notices)


@dataclass(slots=True)
class _Style:
    shape: NumberFormat = field(default_factory=NumberFormat)
    font: str = ""


class _Book:
    """What all sheets of a workbook share: strings, styles, the reckoning of days, and the bounds used up so far."""

    def __init__(self, package: OfficePackage, root: Element, limits: Limits) -> None:
        self.package = package
        self.limits = limits
        self.links = package.relationships(package.main)
        self.is_1904 = any(it.get("date1904") in ("1", "true") for it in root.iter(f"{_S}workbookPr"))
        self.converted: set[NoticeCode] = set()
        self.cells = 0
        self.characters = 0
        self.uncomputed: list[str] = []
        self.styles = self._read_styles()
        self.strings = _Strings()
        if part := package.related(package.main, "/sharedStrings"):
            package.feed(part, self.strings)

    def sheet(self, name: str, part: str) -> Sheet | None:
        """One sheet, None when it holds nothing or its part is missing."""
        if part not in self.package.names:
            return None
        reader = _SheetReader(self, name)
        self.package.feed(part, reader)
        return reader.sheet()

    def text_of_string(self, pieces: list[tuple[str, str]], style: _Style) -> str:
        """A string's text: pieces with their own font, or "" for the cell's. Bounded over the whole workbook, because
        a million cells may name the same long string."""
        shown = []
        for text, font in _joined(pieces, style.font):
            self.characters += len(text)
            if self.characters > self.limits.text_bytes:
                raise UnreadableFile(
                    Reason.TEXT_TOO_LARGE, size_bytes=self.characters, limit_bytes=self.limits.text_bytes
                )
            text, letters = as_drawn(text, font)
            if letters:
                self.converted.add(letters.value)
            shown.append(text)
        return cleaned("".join(shown).replace("\t", " "))[0].strip()

    def _read_styles(self) -> list[_Style]:
        part = self.package.related(self.package.main, "/styles")
        root = self.package.xml(part) if part else None
        if root is None:
            return []
        codes = {it.get("numFmtId", ""): it.get("formatCode", "") for it in root.iter(f"{_S}numFmt")}
        fonts = [_font_name(font) for fonts in root.iter(f"{_S}fonts") for font in fonts.iter(f"{_S}font")]
        styles = []
        for xf in (xf for group in root.iter(f"{_S}cellXfs") for xf in group.iter(f"{_S}xf")):
            code = codes.get(xf.get("numFmtId", "0")) or built_in(_whole(xf.get("numFmtId")))
            font = _whole(xf.get("fontId"))
            styles.append(_Style(number_format(code), fonts[font] if font < len(fonts) else ""))
        return styles


class _Strings:
    """Receives the shared strings: for each its pieces of (text, font), phonetic guides left out."""

    def __init__(self, *, begun: bool = False) -> None:
        """`begun` for the one string that stands inside a cell and not in the list."""
        self.pieces: list[list[tuple[str, str]]] = [[]] if begun else []
        self._text: list[str] = []
        self._font = ""
        self._is_open = False
        self._guides = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == f"{_S}si":
            self.pieces.append([])
        elif tag == f"{_S}r":
            self._font = ""
        elif tag == f"{_S}rFont":
            self._font = attributes.get("val", "")
        elif tag == f"{_S}rPh":
            self._guides += 1
        elif tag == f"{_S}t":
            self._is_open = not self._guides

    def data(self, text: str) -> None:
        if self._is_open:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if tag == f"{_S}t" and self._is_open:
            if self.pieces:
                self.pieces[-1].append((_unescaped("".join(self._text)), self._font))
            self._text.clear()
            self._is_open = False
        elif tag == f"{_S}rPh":
            self._guides -= 1
        elif tag == f"{_S}si":
            self._font = ""

    def close(self) -> None: ...


class _SheetReader:
    """Receives a sheet: keeps the cells that hold something, and the merged areas."""

    def __init__(self, book: _Book, name: str) -> None:
        self._book = book
        self._name = name
        self._cells: dict[tuple[int, int], str] = {}
        self._spans: list[tuple[int, int, int, int]] = []
        self._row = self._column = 0
        self._reference = ""
        self._attributes: Mapping[str, str] = {}
        self._text: list[str] = []
        self._is_open = False
        self._has_formula = False
        self._inline: _Strings | None = None
        self._pieces: list[tuple[str, str]] = []
        self._elements = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._inline:
            self._inline.start(tag, attributes)
        elif tag == f"{_S}c":
            self._begin_cell(attributes)
        elif tag == f"{_S}v":
            self._is_open = True
        elif tag == f"{_S}f":
            self._has_formula = True
        elif tag == f"{_S}is":
            self._inline = _Strings(begun=True)
        elif tag == f"{_S}row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdigit() and len(number) < 8 else self._row + 1
            self._column, self._reference = 0, ""
        elif tag == f"{_S}mergeCell" and len(self._spans) < self._book.limits.sheet_rows:
            self._spans += _area(attributes.get("ref", ""))

    def data(self, text: str) -> None:
        if self._inline:
            self._inline.data(text)
        elif self._is_open:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if tag == f"{_S}is" and self._inline:
            self._pieces, self._inline = self._inline.pieces[0], None
        elif self._inline:
            self._inline.end(tag)
        elif tag == f"{_S}v":
            self._is_open = False
        elif tag == f"{_S}c":
            self._end_cell("".join(self._text))
            self._text.clear()
            self._pieces = []

    def close(self) -> None: ...

    def sheet(self) -> Sheet | None:
        if not self._cells:
            return None
        rows = [row for row, _ in self._cells]
        columns = [column for _, column in self._cells]
        top, left, bottom, right = min(rows), min(columns), max(rows), max(columns)
        self._book.cells += (bottom - top + 1) * (right - left + 1)
        if self._book.cells > self._book.limits.cells:
            raise UnreadableFile(Reason.TOO_MANY_CELLS, limit=self._book.limits.cells)
        places = range(left, right + 1)
        return Sheet(
            self._name,
            tuple(tuple(self._cells.get((row, column), "") for column in places) for row in range(top, bottom + 1)),
            tuple(_clipped(self._spans, top, left, bottom, right)),
            top,
            left,
        )

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        """Notes what is needed should the cell hold something: most styled cells do not."""
        self._elements += 1
        if self._elements > _EMPTY_TIMES * self._book.limits.cells:
            raise UnreadableFile(Reason.TOO_MANY_CELLS, limit=self._book.limits.cells)
        self._attributes = attributes
        if "r" not in attributes:
            self._settle_place()
            self._column += 1
        else:
            self._reference = attributes["r"]

    def _settle_place(self) -> None:
        """Row and column of the last cell that named its own."""
        if place := _REFERENCE.fullmatch(self._reference):
            self._row, self._column = int(place[2]), _column(place[1])
        self._reference = ""

    def _end_cell(self, written: str) -> None:
        if written or self._pieces:
            self._settle_place()
            styles, style = self._book.styles, _whole(self._attributes.get("s"))
            kind = self._attributes.get("t", "n")
            if text := self._value(written, kind, styles[style] if style < len(styles) else _Style()):
                self._keep(text)
        elif self._has_formula and self._attributes.get("t") != "str" and len(self._book.uncomputed) <= _CELLS_NAMED:
            self._settle_place()
            self._book.uncomputed.append(f"{self._name}!{_letters(self._column)}{self._row}")
        self._has_formula = False

    def _value(self, text: str, kind: str, style: _Style) -> str:
        book = self._book
        if self._pieces:
            return book.text_of_string(self._pieces, style)
        if kind == "s":
            place = _whole(text)
            return book.text_of_string(book.strings.pieces[place], style) if place < len(book.strings.pieces) else ""
        if kind in ("str", "d"):
            return book.text_of_string([(_unescaped(text), "")], style)
        if kind == "b":
            return "TRUE" if text.strip() == "1" else "FALSE"
        if kind == "e" or not text.strip():
            return text.strip()
        try:
            return as_text(float(text), style.shape, is_1904=book.is_1904)
        except (ValueError, ArithmeticError):
            return book.text_of_string([(text, "")], style)

    def _keep(self, text: str) -> None:
        limits = self._book.limits
        if self._row > limits.sheet_rows:
            raise UnreadableFile(Reason.TOO_MANY_ROWS, sheet=self._name, limit=limits.sheet_rows)
        if self._column > limits.sheet_columns:
            raise UnreadableFile(Reason.TOO_MANY_COLUMNS, sheet=self._name, limit=limits.sheet_columns)
        self._cells[self._row, self._column] = text


def _joined(pieces: list[tuple[str, str]], font_of_cell: str) -> list[tuple[str, str]]:
    """Neighbouring pieces of one font as one: an old letter may be split between two of them."""
    joined: list[tuple[str, str]] = []
    for text, font in pieces:
        font = font or font_of_cell
        if joined and joined[-1][1] == font:
            joined[-1] = (joined[-1][0] + text, font)
        else:
            joined.append((text, font))
    return joined


def _clipped(spans: list[tuple[int, int, int, int]], top: int, left: int, bottom: int, right: int) -> list[Span]:
    """Merged areas as places in the rows, cut at the used area; those with their text outside it are left out."""
    return [
        Span(first - top, start - left, min(last, bottom) - top, min(end, right) - left)
        for first, start, last, end in spans
        if top <= first <= bottom and left <= start <= right
    ]


def _area(reference: str) -> list[tuple[int, int, int, int]]:
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    return [(int(start[2]), _column(start[1]), int(end[2]), _column(end[1]))] if start and end else []


def _named(cells: Sequence[str]) -> str:
    """The first cells by their names in Excel, then "…" for more."""
    return ", ".join([*cells[:_CELLS_NAMED], *(["…"] if len(cells) > _CELLS_NAMED else [])])


def _letters(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _column(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _font_name(font: Element) -> str:
    name = font.find(f"{_S}name")
    return "" if name is None else name.get("val", "")


def _whole(text: str | None) -> int:
    """A non-negative whole number of up to nine digits, 0 for anything else."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _unescaped(text: str) -> str:
    """Excel writes characters that XML cannot hold as _x000D_."""
    return _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text
