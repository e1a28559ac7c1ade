"""The parts of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any, Final

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

FONT: Final = "Times New Roman"
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


def element(name: str, **attributes: str) -> Any:
    """`<w:name w:attribute="...">`."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def set_typeface(style: ParagraphStyle) -> None:
    """Times New Roman for every script; the theme's own typefaces would win otherwise."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def set_language(document: Document, language: str) -> None:
    """The language of all text, so that it is proofread and read aloud as what it is."""
    for mark in document.styles.element.iter(qn("w:lang")):
        for attribute in ("val", "eastAsia"):
            mark.set(qn(f"w:{attribute}"), language)
    document.core_properties.language = language


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A computed text such as PAGE."""
    run = paragraph.add_run()
    for kind in ("begin", "separate", "end"):
        run._r.append(element("fldChar", fldCharType=kind))
        if kind == "begin":
            code = element("instrText")
            code.text = f" {instruction} "
            run._r.append(code)
        elif kind == "separate":
            shown = element("t")
            shown.text = "2"
            run._r.append(shown)


def restart_pages(section: Section) -> None:
    """The first page of the section is page 1 again."""
    section._sectPr.append(element("pgNumType", start="1"))


def rule(paragraph: Paragraph, *, length: Length, room: Length) -> None:
    """Makes an empty paragraph a horizontal line of `length`, in the middle of `room`."""
    side = Pt(max(0.0, (room.pt - length.pt) / 2))
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = side
    shape.space_before, shape.space_after, shape.line_spacing = Pt(4), Pt(0), Pt(3)
    _border(paragraph, {"top": ("4", "000000")})


def frame(paragraph: Paragraph, *, colour: str) -> None:
    """A single line around the paragraph; `colour` as RRGGBB."""
    _border(paragraph, dict.fromkeys(("top", "left", "bottom", "right"), ("8", colour)))


def _border(paragraph: Paragraph, sides: dict[str, tuple[str, str]]) -> None:
    borders = element("pBdr")
    for side, (size, colour) in sides.items():
        borders.append(element(side, val="single", sz=size, space="1", color=colour))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def repeat_as_header(row: _Row) -> None:
    """The row comes again at the top of each page that the table reaches."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_whole(row: _Row) -> None:
    """No page ends in the middle of the row."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def fix_widths(table: Table, widths: list[Length]) -> None:
    """Columns of these widths whatever they hold; a long word breaks instead of pushing its neighbours out."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def set_cell_margins(table: Table, width: Length) -> None:
    """Room left and right of a cell's text; none in a table that only lays out."""
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=str(int(width.twips)), type="dxa"))
    table._tbl.tblPr.append(margins)


def same_bytes(package: bytes) -> bytes:
    """The same content gives the same file: entries without the time of writing."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, source.read(entry))
    return written.getvalue()
