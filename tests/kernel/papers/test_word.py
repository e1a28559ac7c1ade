"""The Word document: styles to go on writing with, and the layout of the PDF."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from caicach.kernel.papers import model
from caicach.kernel.papers.word import official_word

from . import examples
from .reading import text_of_word


def opened(paper: model.OfficialPaper) -> Document:
    return docx.Document(BytesIO(official_word(paper, made_at=examples.MADE_AT)))


@pytest.fixture(scope="module")
def decision() -> Document:
    return opened(examples.decision())


def test_all_words_of_the_pdf_are_there(decision: Document) -> None:
    words = text_of_word(official_word(examples.decision(), made_at=examples.MADE_AT))

    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 1368/QĐ-BNV",
                 "Hà Nội, ngày 31 tháng 12 năm 2021", "Điều 4.", "- Lưu: VT, CCHC (3b).", "KT. BỘ TRƯỞNG",
                 "Nguyễn Văn Minh", "(Kèm theo Quyết định số 1368/QĐ-BNV"):  # fmt: skip
        assert part in words


def test_the_page_has_the_margins_of_the_decree(decision: Document) -> None:
    page = decision.sections[0]

    lengths = (
        page.page_width,
        page.page_height,
        page.left_margin,
        page.right_margin,
        page.top_margin,
        page.bottom_margin,
    )
    assert [round(length.mm, 1) for length in lengths if length] == [210, 297, 30, 15, 20, 20]


def test_the_typeface_is_times_new_roman_in_black_for_every_style_used(decision: Document) -> None:
    used = {paragraph.style.name for paragraph in decision.paragraphs if paragraph.style}

    assert {"Body Text", "Căn cứ", "Heading 1", "Heading 2"} <= used
    for style in decision.styles:
        if style.name in used:
            fonts = style.element.find(f".//{qn('w:rFonts')}")
            base = style.base_style.element.find(f".//{qn('w:rFonts')}") if fonts is None else fonts
            assert base.get(qn("w:ascii")) == base.get(qn("w:hAnsi")) == "Times New Roman", style.name
            assert not [key for key in base.attrib if "Theme" in key], style.name


def test_its_language_is_vietnamese(decision: Document) -> None:
    assert {mark.get(qn("w:val")) for mark in decision.styles.element.iter(qn("w:lang"))} == {"vi-VN"}
    assert decision.core_properties.language == "vi-VN"
    assert decision.core_properties.title == examples.decision().title


def test_headings_are_real_headings_of_their_level() -> None:
    headings = [
        (p.style.name, p.text) for p in opened(examples.report()).paragraphs if p.style.name.startswith("Heading")
    ]

    assert headings[:3] == [
        ("Heading 1", "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
        ("Heading 1", "II. KẾT QUẢ THỰC HIỆN"),
        ("Heading 2", "1. Tình hình chung"),
    ]


def test_pages_are_numbered_from_the_second_and_anew_in_each_annex(decision: Document) -> None:
    assert len(decision.sections) == 3
    for section in decision.sections:
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in decision.sections]
    assert [None if start is None else start.get(qn("w:start")) for start in starts] == [None, "1", "1"]


def test_an_annex_lies_across_when_it_asks(decision: Document) -> None:
    assert [round(section.page_width.mm) for section in decision.sections if section.page_width] == [210, 210, 297]


def test_the_header_of_a_table_is_repeated_and_its_cells_are_as_wide_as_asked(decision: Document) -> None:
    table = decision.tables[-1]
    repeated = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]

    assert repeated[:3] == [True, True, False]
    assert len(table.rows) == 2 + 57 + 7
    assert abs(sum(column.width for column in table.columns) - Mm(252)) < Mm(1)
    assert table.rows[0].cells[3].text == table.rows[0].cells[4].text == "Đơn vị thực hiện"
    assert table.rows[2].cells[0]._tc is table.rows[2].cells[5]._tc


def test_the_signature_stays_with_the_last_words() -> None:
    document = opened(examples.report())
    body = list(document.element.body)
    signature = document.tables[-1]._tbl
    before = body[body.index(signature) - 1]

    assert before is document.paragraphs[-1]._p
    assert document.paragraphs[-1].paragraph_format.keep_with_next
    assert document.tables[-1].rows[0]._tr.find(f".//{qn('w:cantSplit')}") is not None


def test_looks_of_runs_are_kept() -> None:
    text = (model.Run("đậm", bold=True), model.Run("nghiêng", italic=True), model.Run("thường"))
    document = opened(examples.report(blocks=(model.Paragraph(text),)))
    paragraph = next(one for one in document.paragraphs if one.style and one.style.name == "Body Text")

    assert [(run.text, bool(run.bold), bool(run.italic)) for run in paragraph.runs] == [
        ("đậm", True, False),
        ("nghiêng", False, True),
        ("thường", False, False),
    ]


def test_urgency_is_framed_in_red() -> None:
    document = opened(examples.letter())
    stamp = next(
        run for cell in document.tables[0].rows[1].cells for p in cell.paragraphs for run in p.runs if "HỎA" in run.text
    )

    assert str(stamp.font.color.rgb) == "E60000"
    assert stamp.font.size == Pt(13)


def test_the_same_paper_at_the_same_moment_is_the_same_file() -> None:
    first = official_word(examples.report(), made_at=examples.MADE_AT)

    assert official_word(examples.report(), made_at=examples.MADE_AT) == first
    assert official_word(examples.report(), made_at=examples.MADE_AT + timedelta(days=1)) != first


def test_it_is_a_sound_package_without_macros_or_outside_links() -> None:
    package = zipfile.ZipFile(BytesIO(official_word(examples.decision(), made_at=examples.MADE_AT)))

    assert package.testzip() is None
    assert not [name for name in package.namelist() if "vba" in name.lower()]
    assert b'TargetMode="External"' not in b"".join(package.read(name) for name in package.namelist())


def test_a_table_of_500_rows_and_one_without_rows_are_whole() -> None:
    columns = (model.Column("STT"), model.Column("Nhiệm vụ"))
    rows = tuple(model.Row((str(number), "x")) for number in range(500))
    document = opened(examples.report(blocks=(model.Table(columns, rows), model.Table(columns, ()))))

    assert [len(table.rows) for table in document.tables[1:3]] == [501, 1]
