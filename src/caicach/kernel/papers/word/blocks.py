"""The text of an official paper, block by block."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from caicach.kernel.papers import model, rules

from . import ooxml, styles
from .text import add_inline, write

_SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def write_blocks(document: Document, blocks: Sequence[model.Block], *, width: Length) -> None:
    """Appends the blocks; `width` is that of the text on the page."""
    for block in blocks:
        _write(document, block, width)


def _write(document: Document, block: model.Block, width: Length) -> None:
    match block:
        case model.Heading():
            words = f"{block.label} {block.title}" if block.label else block.title
            document.add_paragraph(write(words), style=f"Heading {block.level}")
        case model.Chapter():
            _centre(document.add_paragraph(write(f"{block.label}\n{block.title}"), style="Heading 1"))
        case model.Centred():
            line = document.add_paragraph(style=styles.FORM)
            add_inline(_centre(line), block.text, bold=True)
            line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(8)
        case model.Grounds():
            for text in rules.listed(block.texts):
                document.add_paragraph(write(text), style=styles.GROUNDS)
        case model.Article():
            _article(document, block)
        case model.Paragraph():
            add_inline(document.add_paragraph(style=styles.BODY), block.text)
        case model.Listing():
            for label, item in block.labelled():
                paragraph = document.add_paragraph(f"{label} ", style=styles.BODY)
                add_inline(paragraph, item)
        case model.Table():
            _table(document, block, width)


def _centre(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Mm(0)
    return paragraph


def _article(document: Document, article: model.Article) -> None:
    paragraph = document.add_paragraph(style=styles.BODY)
    label = rules.article_label(article.number)
    add_inline(paragraph, f"{label} {article.title}" if article.title else label, bold=True)
    if article.title and article.text:
        paragraph.paragraph_format.keep_with_next = True
        paragraph = document.add_paragraph(style=styles.BODY)
    elif article.text:
        paragraph.add_run(" ")
    add_inline(paragraph, article.text)


def _table(document: Document, table: model.Table, width: Length) -> None:
    if table.caption:
        document.add_paragraph(write(table.caption), style=styles.CAPTION)
    if table.unit:
        unit = document.add_paragraph(style=styles.CELL)
        unit.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        unit.paragraph_format.keep_with_next = True
        add_inline(unit, table.unit, italic=True)
    groups = table.header_groups()
    heads = 2 if any(title for title, _span in groups) else 1
    drawn = document.add_table(rows=heads + len(table.rows), cols=len(table.columns), style="Table Grid")
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER
    # Rows are read once: `drawn.rows[i]` and `drawn.cell()` walk the whole table each time.
    lines = [list(row.cells) for row in drawn.rows]
    for index, row in enumerate(drawn.rows):
        ooxml.keep_whole(row)
        if index < heads:
            ooxml.repeat_as_header(row)
    ooxml.set_cell_margins(drawn, Mm(1.3))
    _set_widths(drawn, lines, table, width)
    _headings(lines[:heads], table, groups)
    for cells, row in zip(lines[heads:], table.rows, strict=True):
        _row(cells, row, table.columns)
    document.add_paragraph(style=styles.FORM).paragraph_format.line_spacing = Pt(6)


def _set_widths(drawn: Table, lines: list[list[_Cell]], table: model.Table, width: Length) -> None:
    drawn.autofit = False
    shares = sum(column.width for column in table.columns)
    widths = [Length(int(width * column.width / shares)) for column in table.columns]
    for column, share in zip(drawn.columns, widths, strict=True):
        column.width = share
    for cells in lines:
        for cell, share in zip(cells, widths, strict=True):
            cell.width = share


def _headings(lines: list[list[_Cell]], table: model.Table, groups: list[tuple[str, int]]) -> None:
    index = 0
    for title, span in groups:
        columns = table.columns[index : index + span]
        top = lines[0][index : index + span]
        if len(lines) == 1:
            _heading(top[0], columns[0].title)
        elif not title:
            _heading(top[0].merge(lines[1][index]), columns[0].title)
        else:
            _heading(top[0].merge(top[-1]), title)
            for place, column in enumerate(columns):
                _heading(lines[1][index + place], column.title)
        index += span


def _heading(cell: _Cell, title: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _fill(cell, title, WD_ALIGN_PARAGRAPH.CENTER, bold=True)


def _row(cells: list[_Cell], row: model.Row, columns: Sequence[model.Column]) -> None:
    texts = row.padded(len(columns))
    if row.kind is model.RowKind.GROUP:
        whole = cells[0].merge(cells[-1])
        _fill(whole, texts[0], WD_ALIGN_PARAGRAPH.LEFT, bold=True)
        whole.paragraphs[0].paragraph_format.keep_with_next = True
        return
    for cell, text, column in zip(cells, texts, columns, strict=True):
        _fill(cell, text, _SIDES[column.align], bold=row.kind is model.RowKind.TOTAL or None)


def _fill(cell: _Cell, text: model.Inline, align: WD_ALIGN_PARAGRAPH, *, bold: bool | None = None) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = styles.CELL
    paragraph.alignment = align
    add_inline(paragraph, text, bold=bold)
