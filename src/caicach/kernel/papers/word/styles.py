"""Named styles of an official paper, so that whoever goes on writing changes a style and not each paragraph."""

from __future__ import annotations

from typing import Final, cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from . import ooxml

BODY: Final = "Body Text"
GROUNDS: Final = "Căn cứ"
FORM: Final = "Thể thức"
"""Head, addressees, signature, recipients: no indent, no gaps of its own."""
CELL: Final = "Ô bảng"
TITLE: Final = "Title"
CAPTION: Final = "Caption"

INDENT: Final = Cm(1.27)
SIZE: Final = Pt(14)


def prepare(document: Document) -> None:
    """Gives the empty document our styles. Sizes and gaps: NĐ 30/2020/NĐ-CP, Phụ lục I."""
    normal = _style(document, "Normal")
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    body = _style(document, BODY)
    _shape(body, indent=True)
    grounds = _new(document, GROUNDS, like=body)
    grounds.font.italic = True
    _shape(grounds, indent=True)
    form = _new(document, FORM, like=normal)
    form.paragraph_format.space_before = form.paragraph_format.space_after = Pt(0)
    form.paragraph_format.line_spacing = 1.0
    cell = _new(document, CELL, like=normal)
    cell.font.size = Pt(12)
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
    cell.paragraph_format.line_spacing = 1.0
    for level in range(1, 5):
        heading = _style(document, f"Heading {level}")
        _shape(heading, indent=True)
        heading.font.bold, heading.font.italic = level < 4, level > 2
        heading.paragraph_format.keep_with_next = True
    for name in (TITLE, CAPTION):
        titled = _style(document, name)
        titled.font.bold, titled.font.italic = True, False
        titled.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        titled.paragraph_format.space_before = titled.paragraph_format.space_after = Pt(0)
        titled.paragraph_format.keep_with_next = True
        _plain(titled)
    _style(document, CAPTION).paragraph_format.space_before = Pt(6)
    for name in ("Header", "Footer"):
        _style(document, name)
    ooxml.set_language(document, "vi-VN")


def _style(document: Document, name: str) -> ParagraphStyle:
    """One of Word's own styles, in black Times New Roman 14."""
    style = cast(ParagraphStyle, document.styles[name])
    ooxml.set_typeface(style)
    style.font.size = SIZE
    style.font.color.rgb = RGBColor(0, 0, 0)
    return style


def _new(document: Document, name: str, *, like: ParagraphStyle) -> ParagraphStyle:
    style = cast(ParagraphStyle, document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = like
    style.quick_style = True
    return style


def _shape(style: ParagraphStyle, *, indent: bool) -> None:
    shape = style.paragraph_format
    shape.first_line_indent = INDENT if indent else None
    shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(6), 1.2


def _plain(style: ParagraphStyle) -> None:
    """Word's own title has a blue line under it and letters set apart."""
    shape, look = style.element.get_or_add_pPr(), style.element.get_or_add_rPr()
    for properties, tag in ((shape, "w:pBdr"), (look, "w:spacing"), (look, "w:kern")):
        for found in properties.findall(ooxml.qn(tag)):
            properties.remove(found)
