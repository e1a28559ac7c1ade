"""Reads papers back, so that tests judge what a reader gets and not what the code meant."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO

import docx
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from docx.oxml.ns import qn
from openpyxl import load_workbook


@dataclass(frozen=True, slots=True)
class Letter:
    """A printed letter: points from the page's lower left corner, size in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    font: str
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """Letters that stand on one line, left to right."""

    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters).strip()

    @property
    def look(self) -> tuple[str, float]:
        """Typeface and size of its first letter."""
        first = next(letter for letter in self.letters if not letter.text.isspace())
        return first.font, round(first.size, 1)

    @property
    def left(self) -> float:
        return min(letter.left for letter in self.letters)

    @property
    def right(self) -> float:
        return max(letter.right for letter in self.letters)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def text_of(pdf: bytes) -> str:
    """All text in reading order, one page after the other."""
    document = pdfium.PdfDocument(pdf)
    try:
        words = "\n".join(page.get_textpage().get_text_range() for page in document)
        # PDFium writes a hyphen at the end of a line as U+0002.
        return words.replace("\x02", "-")
    finally:
        document.close()


def drawn_text(pdf: bytes) -> str:
    """The same in the order in which it was drawn: a reader mixes the lines of cells that stand side by side."""
    document = pdfium.PdfDocument(pdf)
    try:
        return "".join(
            _text_of_object(piece, words)
            for page in document
            for words in [page.get_textpage()]
            for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
        )
    finally:
        document.close()


def _text_of_object(piece: pdfium.PdfObject, words: pdfium.PdfTextPage) -> str:
    size = raw.FPDFTextObj_GetText(piece.raw, words.raw, None, 0)
    read = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(piece.raw, words.raw, ctypes.cast(read, ctypes.POINTER(ctypes.c_ushort)), size)
    return read.raw[: size - 2].decode("utf-16-le", errors="replace")


def squeezed(text: str) -> str:
    """NFC without any blanks: what is the same wherever a line was broken."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text))


def page_count(pdf: bytes) -> int:
    document = pdfium.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_size(pdf: bytes, page: int = 0) -> tuple[float, float]:
    """Width and height in points."""
    document = pdfium.PdfDocument(pdf)
    try:
        width, height = document[page].get_size()
        return round(width, 2), round(height, 2)
    finally:
        document.close()


def letters_of(pdf: bytes, page: int = 0) -> list[Letter]:
    """Every visible letter of a page (0 is the first) in the order of the file."""
    document = pdfium.PdfDocument(pdf)
    try:
        words = document[page].get_textpage()
        return [letter for index in range(words.count_chars()) if (letter := _letter(words, index))]
    finally:
        document.close()


def _letter(words: pdfium.PdfTextPage, index: int) -> Letter | None:
    if raw.FPDFText_IsGenerated(words.raw, index):
        return None
    code = raw.FPDFText_GetUnicode(words.raw, index)
    name = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(words.raw, index, name, 200, ctypes.byref(flags))
    colour = [ctypes.c_uint() for _channel in range(4)]
    raw.FPDFText_GetFillColor(words.raw, index, *(ctypes.byref(channel) for channel in colour))
    left, bottom, right, top = words.get_charbox(index, loose=True)
    size = raw.FPDFText_GetFontSize(words.raw, index)
    font = name.value.decode().split("+")[-1]
    red, green, blue, _alpha = (channel.value for channel in colour)
    return Letter(chr(code), left, right, bottom, top, size, font, (red, green, blue))


def lines_of(pdf: bytes, page: int = 0, *, left: float = 0, right: float = 10_000) -> list[Line]:
    """The lines of a page between two abscissas, from the top; letters on one baseline make one line."""
    rows: dict[int, list[Letter]] = {}
    for letter in letters_of(pdf, page):
        if left <= letter.left < right:
            # The type's own height is the same above every baseline, whatever letter it is.
            baseline = round(letter.bottom + 0.216 * letter.size)
            near = next((known for known in rows if abs(known - baseline) <= 1), baseline)
            rows.setdefault(near, []).append(letter)
    ordered = sorted(rows.items(), key=lambda row: -row[0])
    lines = [Line(tuple(sorted(letters, key=lambda letter: letter.left))) for _baseline, letters in ordered]
    return [line for line in lines if line.text]


def line_with(lines: list[Line], words: str) -> Line:
    """The first line that holds these words."""
    return next(line for line in lines if words in line.text)


def ink_of(pdf: bytes, page: int = 0) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of all that is not white, in points."""
    document = pdfium.PdfDocument(pdf)
    try:
        drawn = document[page].render(scale=2).to_pil().convert("L")
        box = drawn.point(lambda tone: 255 if tone < 200 else 0).getbbox()
        assert box is not None
        return box[0] / 2, (drawn.height - box[3]) / 2, box[2] / 2, (drawn.height - box[1]) / 2
    finally:
        document.close()


def text_of_word(document: bytes) -> str:
    """All text of the body, tables, heads and feet, line breaks as \\n, in the file's order."""
    opened = docx.Document(BytesIO(document))
    parts = [opened.element.body]
    for section in opened.sections:
        parts += [part._element for part in (section.header, section.first_page_header)]
        parts += [part._element for part in (section.footer, section.first_page_footer)]
    pieces = []
    for part in parts:
        for node in part.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:p")):
            pieces.append((node.text or "") if node.tag == qn("w:t") else "\n")
    return "".join(pieces)


def rows_of_excel(book: bytes, sheet: int = 0) -> list[tuple[object, ...]]:
    """Values of a sheet as another program reads them."""
    opened = load_workbook(BytesIO(book))
    return [tuple(row) for row in opened.worksheets[sheet].iter_rows(values_only=True)]
