"""The printed paper measured with a ruler: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I."""

from __future__ import annotations

from datetime import date

import pytest

from caicach.kernel.papers import model
from caicach.kernel.papers.official import official_pdf

from . import examples
from .reading import ink_of, letters_of, line_with, lines_of, page_count, page_size, text_of

MM = 72 / 25.4
HALF = 30 * MM + 66 * MM
"""Where the right half of the head begins."""


@pytest.fixture(scope="module")
def decision() -> bytes:
    return official_pdf(examples.decision(), made_at=examples.MADE_AT)


@pytest.fixture(scope="module")
def report() -> bytes:
    return official_pdf(examples.report(), made_at=examples.MADE_AT)


@pytest.fixture(scope="module")
def letter() -> bytes:
    return official_pdf(examples.letter(), made_at=examples.MADE_AT)


def test_the_page_is_a4_and_ink_keeps_off_its_margins(report: bytes) -> None:
    assert page_size(report) == (595.28, 841.89)
    for page in range(page_count(report)):
        left, bottom, right, top = ink_of(report, page)
        assert left >= 30 * MM - 1
        assert right <= 595.28 - 15 * MM + 1
        assert bottom >= 8 * MM, "only the small print stands under the text"
        assert top <= 841.89 - 8 * MM, "only the page number stands above the text"


def test_the_nation_and_its_motto_stand_upper_right_in_bold(decision: bytes) -> None:
    nation, motto = lines_of(decision, left=HALF)[:2]

    assert (nation.text, nation.look) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ("Tinos-Bold", 13.0))
    assert (motto.text, motto.look) == ("Độc lập - Tự do - Hạnh phúc", ("Tinos-Bold", 14.0))
    assert abs(nation.middle - motto.middle) < 1


def test_the_issuer_is_bold_and_its_superior_is_not(report: bytes) -> None:
    above, issuer = lines_of(report, right=HALF)[:2]

    assert (above.text, above.look) == ("BỘ NỘI VỤ", ("Tinos-Regular", 13.0))
    assert (issuer.text, issuer.look) == ("VỤ CẢI CÁCH HÀNH CHÍNH", ("Tinos-Bold", 13.0))
    assert abs(above.middle - issuer.middle) < 1


def test_number_and_day_share_a_baseline_and_the_day_is_italic(letter: bytes) -> None:
    together = line_with(lines_of(letter), "Số: 15/BNV-CCHC")
    assert "Hà Nội, ngày 07 tháng 02 năm 2022" in together.text

    day = line_with(lines_of(letter, left=HALF), "Hà Nội, ngày 07")
    assert day.look == ("Tinos-Italic", 14.0)
    number = line_with(lines_of(letter, right=HALF), "Số:")
    assert number.look == ("Tinos-Regular", 13.0)


def test_kind_and_subject_are_centred_in_bold(decision: bytes) -> None:
    lines = lines_of(decision)
    centre = 30 * MM + 82.5 * MM

    for words in ("QUYẾT ĐỊNH", "Ban hành Kế hoạch cải cách hành chính năm 2022", "BỘ TRƯỞNG BỘ NỘI VỤ"):
        line = line_with(lines, words)
        assert line.look == ("Tinos-Bold", 14.0)
        assert abs(line.middle - centre) < 1


def test_grounds_are_italic_and_end_as_a_list_does(decision: bytes) -> None:
    lines = lines_of(decision)

    assert line_with(lines, "Căn cứ Nghị định").look == ("Tinos-Italic", 14.0)
    assert line_with(lines, "Theo đề nghị").text.endswith("Cải cách hành chính.")
    assert "2021 - 2030;" in text_of(decision), "a range of years is not torn apart"


def test_an_article_is_bold_up_to_its_number_and_indented(decision: bytes) -> None:
    article = line_with(lines_of(decision), "Điều 3. Quyết định này")

    assert article.look == ("Tinos-Bold", 14.0)
    assert article.letters[-2].font == "Tinos-Regular"
    assert abs(article.left - 30 * MM - 12.7 * MM) < 1.5


def test_recipients_stand_left_of_the_signature_on_its_height(decision: bytes) -> None:
    left, right = lines_of(decision, right=HALF), lines_of(decision, left=HALF)
    heading, first = line_with(left, "Nơi nhận:"), line_with(left, "- Như Điều 4;")
    authority, office = line_with(right, "KT. BỘ TRƯỞNG"), line_with(right, "THỨ TRƯỞNG")

    assert heading.look == ("Tinos-BoldItalic", 12.0)
    assert first.look == ("Tinos-Regular", 11.0)
    assert line_with(left, "- Lưu:").text == "- Lưu: VT, CCHC (3b)."
    assert authority.look == office.look == line_with(right, "Nguyễn Văn Minh").look == ("Tinos-Bold", 14.0)
    assert abs(heading.letters[0].top - authority.letters[0].top) < 4


def test_the_first_page_has_no_number_and_the_next_has_it_in_the_top_margin(report: bytes) -> None:
    assert lines_of(report, 0)[0].text.startswith("BỘ NỘI VỤ")

    number = lines_of(report, 1)[0]
    assert (number.text, number.look) == ("2", ("Tinos-Regular", 14.0))
    assert abs(number.middle - 112.5 * MM) < 1
    assert number.letters[0].bottom > 841.89 - 20 * MM


def test_each_annex_counts_its_pages_for_itself(decision: bytes) -> None:
    plan, table, next_of_table = 1, 2, 3

    assert not lines_of(decision, plan)[0].text.isdigit()
    assert lines_of(decision, table)[0].text == "Phụ lục"
    assert lines_of(decision, next_of_table)[0].text == "2"
    assert page_size(decision, table) == (841.89, 595.28)


def test_a_plan_issued_with_a_decision_carries_the_head_but_no_number(decision: bytes) -> None:
    words = [line.text for line in lines_of(decision, 1)]

    assert "BỘ NỘI VỤ" in words[0]
    assert not any("Số:" in line for line in words)
    assert any(line.startswith("(Kèm theo Quyết định số 1368/QĐ-BNV ngày 31 tháng 12 năm 2021") for line in words)


def test_the_header_of_a_table_comes_again_on_every_page_it_reaches(decision: bytes) -> None:
    pages = range(2, page_count(decision))

    assert len(pages) > 3
    for page in pages:
        assert any("Sản phẩm" in line.text for line in lines_of(decision, page)[:6]), f"page {page + 1}"


def test_a_group_of_rows_never_begins_at_the_foot_of_a_page() -> None:
    for rows in range(14, 24):
        table = model.Table(
            (model.Column("STT", 0.3), model.Column("Nhiệm vụ", 4)),
            (
                *(model.Row((str(number), "Rà soát văn bản")) for number in range(rows)),
                model.Row(("NHÓM SAU",), model.RowKind.GROUP),
                model.Row(("x", "Công bố thủ tục")),
            ),
        )
        paper = model.OfficialPaper(issuer="BỘ NỘI VỤ", kind="KẾ HOẠCH", subject="Thử", blocks=(table,))
        made = official_pdf(paper, made_at=examples.MADE_AT)
        for page in range(page_count(made)):
            assert lines_of(made, page)[-1].text != "NHÓM SAU", f"{rows} rows"


def test_a_signature_never_stands_without_a_line_of_what_is_signed() -> None:
    seen = set()
    for count in range(12, 24):
        blocks = tuple(model.Paragraph(f"Đoạn thứ {number} của báo cáo.") for number in range(1, count + 1))
        made = official_pdf(examples.report(blocks=blocks, addressees=()), made_at=examples.MADE_AT)
        last = page_count(made) - 1
        seen.add(last)
        words = [line.text for line in lines_of(made, last)]
        assert any(f"Đoạn thứ {count} " in line for line in words), f"{count} paragraphs"
        assert any("VỤ TRƯỞNG" in line for line in words)
    assert seen == {0, 1}, "the counts tried must cross the end of a page"


def test_an_official_letter_has_its_subject_under_its_number_and_its_address_at_the_foot(letter: bytes) -> None:
    lines = lines_of(letter)

    assert line_with(lines, "V/v đôn đốc").look == ("Tinos-Regular", 12.0)
    assert line_with(lines, "- Học viện").text == "- Học viện Hành chính Quốc gia."
    assert lines[-1].text == "Điện thoại: 024 0000 0000"
    assert line_with(lines, "PL.12").look == ("Tinos-Regular", 11.0)


def test_urgency_is_red_and_nothing_else_has_a_colour(letter: bytes) -> None:
    red = [one for one in letters_of(letter) if one.colour != (0, 0, 0)]

    assert "".join(one.text for one in red).replace(" ", "") == "HỎATỐC"
    assert {one.colour for one in red} == {(230, 0, 0)}


def test_a_draft_says_so_and_leaves_room_for_number_and_day() -> None:
    made = official_pdf(examples.decision(draft=True, number=None, day=None), made_at=examples.MADE_AT)

    assert "DỰ THẢO" in text_of(made)
    assert "/QĐ-BNV" in line_with(lines_of(made), "Số:").text
    assert "ngày" in line_with(lines_of(made), "Hà Nội,").text


def test_every_part_but_the_issuer_may_be_missing() -> None:
    paper = model.OfficialPaper(issuer="BỘ NỘI VỤ", subject="", blocks=())
    assert "BỘ NỘI VỤ" in text_of(official_pdf(paper, made_at=examples.MADE_AT))

    empty = (
        model.Grounds(()),
        model.Listing(()),
        model.Heading(""),
        model.Paragraph(""),
        model.Paragraph(()),
        model.Table((model.Column("STT"),), ()),
        model.Article(1),
        model.Chapter("", ""),
        model.Centred(""),
    )
    paper = model.OfficialPaper(
        issuer="", kind="BÁO CÁO", subject="", blocks=empty, annexes=(model.Annex("", empty),), day=date(2022, 1, 1)
    )
    assert "BÁO CÁO" in text_of(official_pdf(paper, made_at=examples.MADE_AT))


def test_a_row_with_more_cells_than_columns_is_refused() -> None:
    table = model.Table((model.Column("STT"),), (model.Row(("1", "2")),))
    paper = model.OfficialPaper(issuer="BỘ NỘI VỤ", subject="", blocks=(table,))

    with pytest.raises(ValueError, match="2 cells in a table of 1 columns"):
        official_pdf(paper, made_at=examples.MADE_AT)


def test_a_word_without_a_break_stays_inside_its_cell_and_the_page() -> None:
    word = "https://dichvucong.example.gov.vn/" + "a1b2c3d4" * 40
    table = model.Table(
        (model.Column("STT", 0.5), model.Column("Địa chỉ", 1), model.Column("Ghi chú", 3)),
        (model.Row(("1", word, "hết")),),
    )
    paper = examples.report(
        blocks=(model.Heading(word), model.Paragraph(word), model.Listing((word,)), table), subject=word,
        recipients=(word,), addressees=(word,), note=word,
    )  # fmt: skip

    made = official_pdf(paper, made_at=examples.MADE_AT)

    for page in range(page_count(made)):
        left, _bottom, right, _top = ink_of(made, page)
        assert left >= 30 * MM - 1, f"page {page + 1}"
        assert right <= 595.28 - 15 * MM + 1, f"page {page + 1}"
    cells = [line for page in range(page_count(made)) for line in lines_of(made, page) if "hết" in line.text]
    assert cells
    note = next(one for one in cells[0].letters if one.text == "h" and one.left > 30 * MM + 165 * MM / 4.5 * 1.5)
    assert note.left >= 30 * MM + 165 * MM / 4.5 * 1.5


def test_a_table_of_500_rows_is_whole() -> None:
    rows = tuple(model.Row((str(number), f"Nhiệm vụ số {number}.", "x")) for number in range(1, 501))
    table = model.Table((model.Column("STT", 0.5), model.Column("Nhiệm vụ", 4), model.Column("Xong", 1)), rows)
    made = official_pdf(examples.report(blocks=(table,)), made_at=examples.MADE_AT)

    words = text_of(made)
    assert all(f"Nhiệm vụ số {number}." in words for number in range(1, 501))
