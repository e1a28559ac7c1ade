"""What stands around the text of an official paper: head, title, addressees, recipients and signature, foot of a page.

Numbers of boxes ("ô") are those of the diagram in NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, mục IV.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import _Footer
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from caicach.kernel.papers import rules
from caicach.kernel.papers.model import OfficialPaper, Signer

from . import ooxml, styles
from .text import write

TEXT_WIDTH: Final = Mm(165)
LANDSCAPE_WIDTH: Final = Mm(252)
_HALVES: Final = (Mm(66), Mm(99))
_RED: Final = RGBColor(0xE6, 0x00, 0x00)
_CAPITAL, _SMALL = 0.61, 0.5
"""Width of a letter of bold Times New Roman in parts of its size, on average: enough to draw a rule by."""


def head(document: Document, paper: OfficialPaper, *, is_numbered: bool = True) -> None:
    """Ô 1-5b and 10b: issuer left, nation right; then number and day, on one line."""
    table = _two_halves(document)
    left, right = table.rows[0].cells
    above = [paper.issuer_above] if paper.issuer_above else []
    _lines(left, above, size=13)
    _lines(left, [paper.issuer], size=13, bold=True)
    _rule_under(left, paper.issuer, size=13, letter=_CAPITAL, part=0.4)
    _lines(right, [rules.NATION], size=13, bold=True)
    _lines(right, [rules.MOTTO], size=14, bold=True)
    _rule_under(right, rules.MOTTO, size=14, letter=_SMALL - 0.05, part=1.0)
    for cell in (left, right):
        cell.paragraphs[-1].paragraph_format.space_after = Pt(8)
    if is_numbered:
        _number_and_day(table, paper)


def _number_and_day(table: Table, paper: OfficialPaper) -> None:
    left, right = table.add_row().cells
    for cell, width in zip((left, right), _HALVES, strict=True):
        cell.width = width
    number = _lines(left, [rules.number_line(paper.document_number)], size=13)
    number.paragraph_format.space_before = Pt(1)  # on the same baseline as the day, which is a point larger
    _lines(right, [rules.place_and_date(place=paper.place, day=paper.day)], size=14, italic=True)
    if not paper.kind and paper.subject:
        subject = _lines(left, [rules.letter_subject(paper.subject)], size=12)
        shape = subject.paragraph_format
        shape.space_before, shape.left_indent, shape.right_indent = Pt(6), Mm(3), Mm(3)
    if paper.urgency:
        _stamp(left, paper.urgency, colour=_RED)
    if paper.draft:
        _stamp(left, rules.DRAFT, colour=RGBColor(0, 0, 0))


def title(document: Document, paper: OfficialPaper) -> None:
    """Ô 5a: kind and subject, with a rule under them. An official letter has none."""
    if not paper.kind:
        return
    paragraph = document.add_paragraph(style=styles.TITLE)
    paragraph.paragraph_format.space_before = Pt(14)
    paragraph.add_run(write("\n".join(line for line in (paper.kind, paper.subject) if line)))
    if paper.subject:
        line = document.add_paragraph(style=styles.FORM)
        length = min(len(paper.subject) * 14 * _SMALL, Mm(140).pt) * 0.4
        ooxml.rule(line, length=Pt(length), room=TEXT_WIDTH)
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(4), Pt(10)


def addressees(document: Document, paper: OfficialPaper) -> None:
    """Ô 9a: one on the line itself, several as a list."""
    if not paper.addressees:
        return
    paragraph = document.add_paragraph(style=styles.FORM)
    paragraph.paragraph_format.space_before = Pt(12)
    if len(paper.addressees) == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(write(f"{rules.ADDRESSEES} {paper.addressees[0]}"))
    else:
        paragraph.paragraph_format.left_indent = Mm(25)
        paragraph.add_run(rules.ADDRESSEES)
        for name in rules.listed(paper.addressees):
            paragraph = document.add_paragraph(style=styles.FORM)
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(50), Mm(-3)
            paragraph.add_run(write(f"- {name}"))
    paragraph.paragraph_format.space_after = Pt(12)


def foot(document: Document, paper: OfficialPaper) -> None:
    """Ô 7a-9b and 12: recipients left, signature right, never on different pages."""
    if not paper.recipients and paper.signer is None:
        return
    # The last words that are signed stay with the signature.
    if document.paragraphs and document.element.body[-2] is document.paragraphs[-1]._p:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    table = _two_halves(document)
    ooxml.keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    _recipients(left, paper)
    if paper.signer:
        _signature(right, paper.signer)


def _recipients(cell: _Cell, paper: OfficialPaper) -> None:
    if paper.recipients:
        first = _lines(cell, [rules.RECIPIENTS], size=12, bold=True, italic=True, align=WD_ALIGN_PARAGRAPH.LEFT)
        first.paragraph_format.space_before = Pt(10)
        names = [f"- {name}" for name in rules.listed(paper.recipients)]
        for name in names:
            shape = _lines(cell, [name], size=11, align=WD_ALIGN_PARAGRAPH.LEFT).paragraph_format
            shape.left_indent, shape.first_line_indent = Mm(2), Mm(-2)
    if paper.drafter_mark:
        mark = _lines(cell, [paper.drafter_mark], size=11, align=WD_ALIGN_PARAGRAPH.LEFT)
        mark.paragraph_format.space_before = Pt(6)


def _signature(cell: _Cell, signer: Signer) -> None:
    last = _lines(cell, signer.authority, size=14, bold=True)
    cell.paragraphs[0].paragraph_format.space_before = Pt(10)
    last.paragraph_format.space_after = Mm(27)
    _lines(cell, [signer.name], size=14, bold=True)


def page_foot(footer: _Footer, *, contact: Sequence[str], note: str) -> None:
    """Ô 13 where it is given, then the small print."""
    paragraph = footer.paragraphs[0]
    if contact:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        ooxml.rule(paragraph, length=TEXT_WIDTH, room=TEXT_WIDTH)
        for line in contact:
            paragraph = footer.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(write(line)).font.size = Pt(11)
        paragraph = footer.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    small = paragraph.add_run(write(note))
    small.italic, small.font.size = True, Pt(9)


def _two_halves(document: Document) -> Table:
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    ooxml.fix_widths(table, list(_HALVES))
    ooxml.set_cell_margins(table, Mm(0))
    return table


def _lines(
    cell: _Cell,
    lines: Sequence[str],
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.CENTER,
) -> Paragraph:
    """One paragraph for each line, the cell's empty first one used up; returns the last."""
    paragraph = cell.paragraphs[-1]
    for line in lines:
        is_fresh = len(cell.paragraphs) == 1 and not paragraph.runs
        paragraph = paragraph if is_fresh else cell.add_paragraph()
        paragraph.style = styles.FORM
        paragraph.alignment = align
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run(write(line))
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _rule_under(cell: _Cell, text: str, *, size: int, letter: float, part: float) -> None:
    room: Length = Length(cell.width or 0)
    width = min(len(text) * size * letter, room.pt) * part
    ooxml.rule(cell.add_paragraph(style=styles.FORM), length=Pt(width), room=room)


def _stamp(cell: _Cell, words: str, *, colour: RGBColor) -> None:
    paragraph = _lines(cell, [words], size=13, bold=True)
    paragraph.runs[0].font.color.rgb = colour
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(8)
    side = (_HALVES[0].pt - len(words) * 13 * _CAPITAL) / 2 - 8
    shape.left_indent = shape.right_indent = Pt(max(0.0, side))
    ooxml.frame(paragraph, colour=str(colour))
