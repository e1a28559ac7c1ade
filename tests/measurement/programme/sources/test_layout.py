"""Paragraphs of a page, from lines placed by hand: 14 points, 18 from line to line, text from 85 to 538 points."""

from __future__ import annotations

from caicach.kernel.files.reading import PdfLine, PdfPage
from caicach.measurement.programme.sources.layout import paragraphs

LEFT, RIGHT, STEP = 85.0, 538.0, 18.0


def a_line(text: str, row: float, *, left: float = LEFT, right: float | None = None, size: float = 14) -> PdfLine:
    """Ends where its letters end (6 points each), or at `right`."""
    return PdfLine(text, left, min(left + 6 * len(text), RIGHT) if right is None else right, 80 + row * STEP, size)


def full(text: str, row: float, *, left: float = LEFT) -> PdfLine:
    return a_line(text, row, left=left, right=RIGHT)


def a_page(*lines: PdfLine) -> PdfPage:
    return PdfPage(595, 842, lines)


FILLER = [full("Chữ đầy dòng để thấy lề phải của trang này ở đâu và lề trái", row) for row in range(3)]


def texts(*pages: PdfPage) -> list[str]:
    return [it.text for it in paragraphs(pages)]


def after_filler(*lines: PdfLine) -> list[str]:
    closing = a_line("hết đoạn.", 3)
    return texts(a_page(*FILLER, closing, *lines))[1:]


def test_a_line_that_had_room_for_the_next_word_ends_its_paragraph() -> None:
    assert after_filler(a_line("Đoạn một", 4), a_line("Đoạn hai", 5)) == ["Đoạn một", "Đoạn hai"]


def test_a_sentence_that_goes_on_in_small_letters_goes_on_though_there_was_room() -> None:
    assert after_filler(a_line("Về việc ban hành Kế hoạch", 4), a_line("cải cách hành chính", 5)) == [
        "Về việc ban hành Kế hoạch cải cách hành chính"
    ]


def test_a_full_line_goes_on_even_before_a_capital() -> None:
    assert after_filler(full("trình Bộ trưởng Bộ", 4), a_line("Nội vụ.", 5)) == ["trình Bộ trưởng Bộ Nội vụ."]


def test_an_indent_begins_a_paragraph() -> None:
    lines = [
        full("Câu một của đoạn một", 4, left=LEFT + 28),
        full("câu cuối vừa khít dòng.", 5),
        a_line("Đoạn hai.", 6, left=LEFT + 28),
    ]

    assert after_filler(*lines) == ["Câu một của đoạn một câu cuối vừa khít dòng.", "Đoạn hai."]


def test_a_hanging_indent_does_not() -> None:
    lines = [
        full("- Việc thứ nhất của", 4),
        full("Bộ Nội vụ và các bộ", 5, left=LEFT + 14),
        a_line("ngành.", 6, left=LEFT + 14),
    ]

    assert after_filler(*lines) == ["- Việc thứ nhất của Bộ Nội vụ và các bộ ngành."]


def test_a_wider_gap_begins_a_paragraph() -> None:
    assert after_filler(full("Đoạn một vừa khít dòng.", 4), a_line("Đoạn hai.", 5.3)) == [
        "Đoạn một vừa khít dòng.",
        "Đoạn hai.",
    ]


def test_list_marks_begin_paragraphs_after_full_lines() -> None:
    lines = [full("Gồm các việc vừa khít:", 4), full("a) việc một vừa khít dòng;", 5), a_line("b) việc hai.", 6)]

    assert after_filler(*lines) == ["Gồm các việc vừa khít:", "a) việc một vừa khít dòng;", "b) việc hai."]


def test_an_article_cited_at_the_start_of_a_line_does_not() -> None:
    assert after_filler(full("theo quy định tại khoản 2", 4), a_line("Điều 5 Nghị định.", 5)) == [
        "theo quy định tại khoản 2 Điều 5 Nghị định."
    ]


def test_another_size_begins_a_paragraph() -> None:
    assert after_filler(full("dòng vừa khít của thân văn bản", 4), a_line("chú thích", 5, size=10)) == [
        "dòng vừa khít của thân văn bản", "chú thích",
    ]  # fmt: skip


def test_words_broken_at_hyphen_or_slash_are_whole_again_a_dash_stays_a_dash() -> None:
    lines = [
        full("Nghị định số 61/2018/", 4),
        full("NĐ-CP giai đoạn 2021-", 5),
        full("2025 và năm 2026 -", 6),
        a_line("2030.", 7),
    ]

    assert after_filler(*lines) == ["Nghị định số 61/2018/NĐ-CP giai đoạn 2021-2025 và năm 2026 - 2030."]


def test_bullets_of_every_shape_are_written_alike() -> None:
    assert after_filler(a_line("• một", 4), a_line("\uf0b7 hai", 5), a_line("– ba", 6)) == ["- một", "- hai", "- ba"]


def test_page_numbers_and_repeated_edges_are_taken_out() -> None:
    words = ("một", "hai", "ba")
    pages = [
        a_page(
            a_line(str(number), -3, left=300),
            a_line("Bộ Nội vụ", -2, left=250),
            *(full(f"Trang {word} có chữ đầy dòng để thấy lề", row) for row in range(3)),
            a_line(f"hết trang {word}.", 3),
            a_line(f"Kế hoạch năm 2022, trang {number}", 40, left=200),
        )
        for number, word in enumerate(words, 1)
    ]

    assert [text.split(" hết ")[1] for text in texts(*pages)] == ["trang một.", "trang hai.", "trang ba."]


def test_a_number_at_the_edge_that_is_no_page_number_stays() -> None:
    pages = [a_page(*FILLER, a_line("hết.", 3), a_line("2022", 4)), a_page(*FILLER, a_line("hết.", 3), a_line("60", 4))]

    assert [text for text in texts(*pages) if text.isdigit()] == ["2022", "60"]


def test_a_paragraph_goes_on_over_the_page_and_the_page_knows_where() -> None:
    first = a_page(*FILLER, full("việc này do Bộ", 3))
    second = a_page(a_line("Nội vụ chủ trì.", 0))
    (paragraph,) = paragraphs([first, second])

    assert paragraph.text.endswith("việc này do Bộ Nội vụ chủ trì.")
    assert [paragraph.text[place:] for place in paragraph.pages][1] == "Nội vụ chủ trì."


def test_pages_without_lines_begin_where_the_next_text_does() -> None:
    pages = [a_page(), a_page(a_line("một", 0)), a_page(), a_page(a_line("Hai", 0)), a_page()]
    found = paragraphs(pages)

    assert [(it.text, it.pages) for it in found] == [("một", (0, 0)), ("Hai", (0, 0, 3))]


def test_no_lines_are_no_paragraphs() -> None:
    assert paragraphs([a_page(), a_page()]) == []
    assert paragraphs([]) == []
