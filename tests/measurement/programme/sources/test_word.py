from __future__ import annotations

import io

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from caicach.kernel.files.reading import NoticeCode, Reason, UnreadableFile
from caicach.measurement.programme.reading.source import SourceText
from caicach.measurement.programme.sources import read_source
from caicach.measurement.programme.sources.word_numbering import written_as
from tests.file_builders import WORD_MAIN, W, archive, links, types, word
from tests.old_letters import tcvn3, vni


def read(body: str, **parts: str) -> SourceText:
    """A document of this body; further parts (`styles`, `numbering`) by their content without the root."""
    wanted = {
        "[Content_Types].xml": types("word/document.xml", WORD_MAIN),
        "_rels/.rels": links(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": links(("styles", "styles.xml"), ("numbering", "numbering.xml")),
        "word/document.xml": (
            f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            f'xmlns:wps="urn:wps"><w:body>{body}</w:body></w:document>'
        ).encode(),
    }
    for name, content in parts.items():
        wanted[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'.encode()
    return read_source(archive(wanted), name="a.docx")


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def in_list(text: str, list_id: int = 1, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def style(style_id: str, content: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{style_id}">{content}</w:style>'


def level(number: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}">{more}<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'


def a_list(*levels: str, list_id: int = 1) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{list_id}">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/></w:num>'
    )


OFFICIAL = a_list(
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "lowerLetter", "%3)"),
    level(3, "bullet", "\uf0b7"),
)


def cells_of(source: SourceText, table: int = 0) -> list[list[str]]:
    return [[source.text[it.start : it.end] for it in row] for row in source.tables[table].rows]


def saved(document: docx.document.Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


# --- automatic numbers --------------------------------------------------------------------------------------------


def test_the_numbers_of_an_official_paper_are_written_out() -> None:
    body = "".join(
        in_list(text, level=depth)
        for text, depth in [("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 3), ("F", 1), ("G", 2), ("H", 0), ("I", 1)]
    )

    assert read(body, numbering=OFFICIAL).text.split("\n") == [
        "I. A", "1. B", "a) C", "b) D", "- E", "2. F", "a) G", "II. H", "1. I",
    ]  # fmt: skip


def test_a_number_may_hold_those_above_it() -> None:
    numbering = a_list(
        level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    body = "".join(in_list("x", level=depth) for depth in (0, 1, 1, 2))

    assert read(body, numbering=numbering).text.split("\n") == ["I x", "I.1. x", "I.2. x", "1.2.1 x"]


def test_articles_are_numbered_by_their_words() -> None:
    body = in_list("Phạm vi") + in_list("Đối tượng")

    assert read(body, numbering=a_list(level(0, "decimal", "Điều %1."))).text == "Điều 1. Phạm vi\nĐiều 2. Đối tượng"


def test_a_list_may_start_elsewhere_and_start_anew() -> None:
    start = '<w:start w:val="5"/>'
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    again = f'<w:num w:numId="2"><w:abstractNumId w:val="1"/>{override}</w:num>'
    numbering = a_list(level(0, "decimal", "%1.", start)) + again
    body = in_list("x") + in_list("x") + in_list("x", 2) + in_list("x", 2) + in_list("x", 1)

    assert read(body, numbering=numbering).text.split("\n") == ["5. x", "6. x", "1. x", "2. x", "3. x"]


def test_a_level_may_go_on_through_the_one_above() -> None:
    numbering = a_list(level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    body = "".join(in_list("x", level=depth) for depth in (0, 1, 0, 1))

    assert read(body, numbering=numbering).text.split("\n") == ["1. x", "(1) x", "2. x", "(2) x"]


def test_a_style_may_bring_the_number_and_zero_takes_it_away() -> None:
    numbering = a_list(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)", '<w:pStyle w:val="B"/>'))
    styles = "".join(style(name, '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') for name in "AB")
    body = (
        p("x", '<w:pStyle w:val="A"/>') + p("y", '<w:pStyle w:val="B"/>')
        + p("z", '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )  # fmt: skip

    assert read(body, numbering=numbering, styles=styles).text.split("\n") == ["1. x", "a) y", "z"]


def test_an_empty_paragraph_counts_a_deleted_one_does_not() -> None:
    deleted = in_list("").replace("</w:p>", "<w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>")
    body = in_list("a") + in_list("") + deleted + in_list("b")

    assert read(body, numbering=a_list(level(0, "decimal", "%1."))).text == "1. a\n3. b"


def test_the_running_number_of_a_table_is_the_text_of_its_cell() -> None:
    row = f"<w:tr><w:tc>{in_list('')}</w:tc><w:tc>{p('Việc')}</w:tc></w:tr>"
    source = read(f"<w:tbl>{row}{row}</w:tbl>", numbering=a_list(level(0, "decimal", "%1.")))

    assert cells_of(source) == [["1.", "Việc"], ["2.", "Việc"]]


@pytest.mark.parametrize("number_of", ["99", "x", "-1"])
def test_a_list_that_is_not_there_gives_no_number(number_of: str) -> None:
    body = p("x", f'<w:numPr><w:ilvl w:val="{number_of}"/><w:numId w:val="{number_of}"/></w:numPr>')

    assert read(body, numbering=OFFICIAL).text == "x"


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("decimal", 12, "12"), ("decimalZero", 3, "03"), ("upperRoman", 1994, "MCMXCIV"), ("lowerRoman", 4, "iv"),
        ("upperLetter", 26, "Z"), ("lowerLetter", 27, "aa"), ("lowerLetter", 0, "0"), ("none", 3, ""),
        ("upperRoman", 5000, "5000"), ("chineseCounting", 3, "3"), ("lowerLetter", 9999, "9999"),
    ],
)  # fmt: skip
def test_a_number_takes_the_form_of_its_level(form: str, number: int, written: str) -> None:
    assert written_as(form, number) == written


# --- headings -----------------------------------------------------------------------------------------------------


def test_headings_are_told_by_style_by_outline_and_by_inheritance() -> None:
    styles = (
        style("u1", '<w:name w:val="heading 1"/>')
        + style("B", '<w:name w:val="Mục"/><w:basedOn w:val="u1"/>')
        + style("C", '<w:basedOn w:val="C"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    )
    body = (
        p("Một", '<w:pStyle w:val="u1"/>') + p("thân") + p("Hai", '<w:pStyle w:val="B"/>')
        + p("Ba", '<w:pStyle w:val="C"/>') + p("Bốn", '<w:outlineLvl w:val="3"/>')
        + p("thân", '<w:pStyle w:val="u1"/><w:outlineLvl w:val="9"/>')
    )  # fmt: skip
    source = read(body, styles=styles)

    assert [(source.text[start:end], depth) for start, end, depth in source.headings] == [
        ("Một", 1), ("Hai", 1), ("Ba", 3), ("Bốn", 4),
    ]  # fmt: skip


def test_the_headings_of_the_usual_template_are_found() -> None:
    document = docx.Document()
    document.add_heading("Nhiệm vụ", 2)
    source = read_source(saved(document), name="a.docx")

    assert source.headings == ((0, 8, 2),)


# --- what is text and what is not ---------------------------------------------------------------------------------


def test_insertions_are_read_and_deletions_are_not() -> None:
    body = (
        "<w:p><w:r><w:t>Giao </w:t></w:r><w:del><w:r><w:delText>Vụ A</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Vụ B</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom></w:p>"
    )
    source = read(body)

    assert source.text == "Giao Vụ B"
    assert [it.code for it in source.warnings] == [NoticeCode.TRACKED_CHANGES]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = p("Giao", "<w:rPr><w:del/></w:rPr>") + p(" Vụ B")

    assert read(body).text == "Giao Vụ B"


def test_a_deleted_row_is_gone() -> None:
    body = (
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('x')}</w:tc></w:tr><w:tr><w:tc>{p('y')}</w:tc></w:tr></w:tbl>"
    )

    assert cells_of(read(body)) == [["y"]]


def test_fields_show_their_result_links_their_words_and_controls_their_content() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/><w:t>7 </w:t><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:hyperlink><w:r><w:t>Cổng </w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>Dịch vụ công</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{p('khối')}</w:sdtContent></w:sdt>"
    )

    assert read(body).text == "7 Cổng Dịch vụ công\nkhối"


def test_line_breaks_part_and_blanks_of_every_sort_are_one_space() -> None:
    body = (
        "<w:p><w:r><w:t>Bộ\u00a0 Nội\nvụ</w:t><w:tab/><w:t>2021</w:t><w:noBreakHyphen/><w:t>2025</w:t><w:br/>"
        "<w:t>dòng\u00ad hai</w:t><w:br w:type='page'/><w:t>trang hai</w:t></w:r></w:p>"
    )

    assert read(body).text == "Bộ Nội vụ 2021-2025\ndòng hai\ntrang hai"


def test_hidden_text_contents_and_notes_are_left_out() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('MỤC LỤC')}</w:sdtContent></w:sdt>"
    )
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    body = (
        contents
        + p("I. A ... 3", '<w:pStyle w:val="TOC1"/>')
        + p("ẩn", run="<w:vanish/>")
        + p("hiện", run='<w:vanish w:val="0"/>')
    )

    assert read(body, styles=styles).text == "hiện"


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    box = f"<w:txbxContent>{p('trong khung')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:wsp>{box}</wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>trước</w:t>{drawing}</w:r></w:p>" + p("sau")

    assert read(body).text == "trước\ntrong khung\nsau"


def test_an_embedded_document_is_told() -> None:
    source = read('<w:altChunk r:id="x" xmlns:r="urn:r"/>' + p("x"))

    assert [it.code for it in source.warnings] == [NoticeCode.EMBEDDED_DOCUMENT]


def test_a_document_of_pictures_holds_no_text() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read("<w:p><w:r><w:drawing/></w:r></w:p>")

    assert (refused.value.reason, refused.value.name) == (Reason.NO_TEXT, "a.docx")


# --- old letters --------------------------------------------------------------------------------------------------


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def test_old_letters_are_told_by_the_font_of_each_run() -> None:
    body = (
        p(tcvn3("Bộ Nội vụ"), run=fonts(".VnTime")) + p(vni("cải cách"), run=fonts("VNI-Times"))
        + p(tcvn3("kế hoạch"), run=fonts(".VnTimeH")) + p("Vụ", run=fonts("Times New Roman"))
    )  # fmt: skip
    source = read(body)

    assert source.text == "Bộ Nội vụ\ncải cách\nKẾ HOẠCH\nVụ"
    assert {it.code for it in source.warnings} == {NoticeCode.CONVERTED_TCVN3, NoticeCode.CONVERTED_VNI}


def test_the_font_may_come_from_style_or_defaults() -> None:
    styles = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts('.VnTime')}</w:rPr></w:rPrDefault></w:docDefaults>"
        + style("V", f"<w:rPr>{fonts('VNI-Times')}</w:rPr>")
        + f'<w:style w:type="character" w:styleId="T"><w:rPr>{fonts("Arial")}</w:rPr></w:style>'
    )
    body = p(tcvn3("cải"), "") + p(vni("cải"), '<w:pStyle w:val="V"/>') + p("vô", run='<w:rStyle w:val="T"/>')

    assert read(body, styles=styles).text == "cải\ncải\nvô"


def test_a_letter_split_between_two_runs_is_put_together() -> None:
    runs = [f"<w:r><w:rPr>{fonts('VNI-Times')}</w:rPr><w:t>{it}</w:t></w:r>" for it in vni("cải cách")]
    body = f"<w:p>{''.join(runs)}</w:p>"

    assert read(body).text == "cải cách"


def test_the_soft_hyphen_of_an_old_font_is_a_letter() -> None:
    assert tcvn3("ư") == "\u00ad"
    body = p(tcvn3("được người"), run=fonts(".VnTime"))

    assert read(body).text == "được người"


def test_old_letters_in_a_font_of_today_are_told_by_their_words() -> None:
    source = read(p(tcvn3("Bộ Nội vụ ban hành kế hoạch cải cách, được người dân ủng hộ")) + p("Vụ trưởng"))

    assert source.text == "Bộ Nội vụ ban hành kế hoạch cải cách, được người dân ủng hộ\nVụ trưởng"
    assert [it.code for it in source.warnings] == [NoticeCode.CONVERTED_TCVN3]


# --- tables -------------------------------------------------------------------------------------------------------


def test_merged_cells_are_repeated_with_the_place_of_their_text() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for column, text in enumerate(["STT", "Nhiệm vụ", "Chủ trì"]):
        table.cell(0, column).text = text
    table.cell(1, 0).merge(table.cell(1, 2)).text = "I. Thể chế"
    table.cell(2, 0).text, table.cell(2, 1).text, table.cell(3, 0).text, table.cell(3, 1).text = "1", "A\nB", "2", "C"
    table.cell(2, 2).merge(table.cell(3, 2)).text = "Vụ Pháp chế"
    source = read_source(saved(document), name="a.docx")

    assert source.text == "STT\tNhiệm vụ\tChủ trì\nI. Thể chế\n1\tA\nB\tVụ Pháp chế\n2\tC"
    assert cells_of(source) == [
        ["STT", "Nhiệm vụ", "Chủ trì"],
        ["I. Thể chế"] * 3,
        ["1", "A\nB", "Vụ Pháp chế"],
        ["2", "C", "Vụ Pháp chế"],
    ]
    assert source.tables[0].rows[2][2] is source.tables[0].rows[3][2]


def test_rows_that_begin_late_or_are_short_are_filled() -> None:
    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{p("b")}</w:tc></w:tr>'
    full = "<w:tr>" + "".join(f"<w:tc>{p(it)}</w:tc>" for it in "xyz") + "</w:tr>"

    assert cells_of(read(f"<w:tbl>{row}{full}</w:tbl>")) == [["", "b", ""], ["x", "y", "z"]]


def test_a_table_in_a_cell_is_part_of_the_cell() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    source = read(f"<w:tbl><w:tr><w:tc>{p('x')}{inner}</w:tc><w:tc>{p('y')}</w:tc></w:tr></w:tbl>")

    assert cells_of(source) == [["x\na\nb", "y"]]


def test_rows_and_cells_in_content_controls_are_found() -> None:
    cell = f"<w:sdt><w:sdtContent><w:tc>{p('x')}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell}<w:tc>{p('y')}</w:tc></w:tr></w:sdtContent></w:sdt>"

    assert cells_of(read(f"<w:tbl>{row}</w:tbl>")) == [["x", "y"]]


def test_a_cell_that_says_it_is_a_billion_wide_is_not() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc>'
    wide = cell.replace("1000000000", "99999") + f"<w:tc>{p('x')}</w:tc>"

    assert len(read(f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>").tables[0].rows[0]) <= 201


def test_a_document_written_by_a_library_is_read_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("trước")
    document.add_table(1, 2).cell(0, 0).text = "ô"
    after = document.add_paragraph("sau")
    after.add_run().add_break(WD_BREAK.PAGE)
    after.add_run("trang hai").font.size = Pt(9)

    assert read_source(saved(document), name="a.docx").text == "trước\nô\nsau\ntrang hai"


def test_a_word_file_with_nothing_but_a_document_is_enough() -> None:
    assert read_source(word(), name="a.docx").text == "Kế hoạch"
