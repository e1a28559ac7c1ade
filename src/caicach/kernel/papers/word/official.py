"""The official paper as a Word document in the same layout as its PDF, for whoever goes on writing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm

from caicach.kernel.papers.model import Annex, OfficialPaper

from . import blocks, frame, ooxml, styles
from .text import write

_TALL, _WIDE = Mm(297), Mm(210)


def official_word(paper: OfficialPaper, *, made_at: datetime) -> bytes:
    """The .docx file. `made_at` is aware and the only time in it: the same paper gives the same bytes.

    Raises ValueError for a table row with more cells than columns.
    """
    document = docx.Document()
    styles.prepare(document)
    _describe(document, paper, made_at)
    _shape(document.sections[0], landscape=False)
    _pages(document.sections[0], paper, is_first=True)
    frame.head(document, paper)
    frame.title(document, paper)
    frame.addressees(document, paper)
    blocks.write_blocks(document, paper.blocks, width=frame.TEXT_WIDTH)
    frame.foot(document, paper)
    for index, annex in enumerate(paper.annexes):
        _annex(document, paper, annex, label=paper.annex_label(index))
    written = BytesIO()
    document.save(written)
    return ooxml.same_bytes(written.getvalue())


def _describe(document: Document, paper: OfficialPaper, made_at: datetime) -> None:
    properties = document.core_properties
    moment = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title, properties.author = write(paper.title)[:255], write(paper.issuer)[:255]
    properties.created = properties.modified = moment
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1


def _shape(section: Section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_TALL, _WIDE) if landscape else (_WIDE, _TALL)
    section.top_margin = Mm(25) if landscape else Mm(20)
    section.bottom_margin = Mm(20)
    section.left_margin = Mm(25) if landscape else Mm(30)
    section.right_margin = Mm(20) if landscape else Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _pages(section: Section, paper: OfficialPaper, *, is_first: bool) -> None:
    """Numbers from the second page, in the middle of the top margin; address lines on the first; small print on all."""
    for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
        part.is_linked_to_previous = False
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    ooxml.add_field(number, "PAGE")
    frame.page_foot(section.first_page_footer, contact=paper.contact if is_first else (), note=paper.note)
    frame.page_foot(section.footer, contact=(), note=paper.note)


def _annex(document: Document, paper: OfficialPaper, annex: Annex, *, label: str) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _shape(section, landscape=annex.landscape)
    _pages(section, paper, is_first=False)
    ooxml.restart_pages(section)
    if annex.headed:
        frame.head(document, paper, is_numbered=False)
    _annex_title(document, (label, annex.title, annex.subject))
    line = document.add_paragraph(style=styles.FORM)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Mm(4)
    line.add_run(write(paper.attached_to)).italic = True
    width = frame.LANDSCAPE_WIDTH if annex.landscape else frame.TEXT_WIDTH
    blocks.write_blocks(document, annex.blocks, width=width)


def _annex_title(document: Document, lines: Iterable[str]) -> None:
    paragraph = document.add_paragraph(style="Heading 1")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.space_before, shape.space_after, shape.line_spacing = Mm(0), Mm(3), Mm(1), 1.0
    paragraph.add_run(write("\n".join(line for line in lines if line)))
