"""Lists as they are printed from any page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation

from caicach.kernel.papers import model, qr
from caicach.kernel.papers.printed_list import MOST_ROWS, Group, TooLongToPrint, list_pdf

from . import examples
from .reading import ink_of, lines_of, page_count, page_size, text_of


@pytest.fixture(autouse=True)
def _in_vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


def test_it_says_what_it_is_who_printed_it_and_when_and_how_it_was_filtered() -> None:
    words = text_of(list_pdf(examples.overdue_list(rows=3)))

    assert "Nhiệm vụ theo thời hạn" in words
    assert "Trần Thị Hòa in lúc 16:30 ngày 31/12/2021" in words
    assert "Kế hoạch: năm 2022; Tình trạng: chưa xong" in words
    assert "3 dòng" in words
    assert "Trang 1/1" in words


def test_a_list_that_shows_all_says_nothing_of_filters() -> None:
    assert "Điều kiện lọc" not in text_of(list_pdf(examples.overdue_list(rows=1, filters=())))


def test_the_total_is_that_of_the_filter_when_fewer_rows_are_printed() -> None:
    assert "214 dòng" in text_of(list_pdf(examples.overdue_list(rows=3, total=214)))


def test_headings_among_the_rows_are_no_rows() -> None:
    rows = [Group("Vụ Pháp chế"), ("1", "a", "b", "c", "d"), Group("Vụ Tiền lương")]
    words = text_of(list_pdf(replace(examples.overdue_list(), rows=rows)))

    assert "1 dòng" in words
    assert "Vụ Tiền lương" in words


def test_the_header_comes_again_and_pages_are_counted() -> None:
    made = list_pdf(examples.overdue_list(rows=100))

    assert page_count(made) > 2
    for page in range(page_count(made)):
        words = [line.text for line in lines_of(made, page)]
        assert any("Chủ trì" in line for line in words)
        assert f"Trang {page + 1}/{page_count(made)}" in words[-1]


def test_deadlines_keep_their_words_and_get_a_black_shape() -> None:
    made = list_pdf(examples.overdue_list(rows=6))

    for words in ("Quá hạn 6 ngày", "Còn 3 ngày", "Còn 24 ngày", "Tạm dừng", "Thường xuyên", "Xong 14/06"):
        assert words in text_of(made)


@pytest.mark.parametrize(("columns", "width"), [(5, 595.28), (6, 841.89)])
def test_a_wide_list_is_printed_across(columns: int, width: float) -> None:
    headings = tuple(model.Column(f"Cột {number}") for number in range(columns))
    made = list_pdf(examples.overdue_list(rows=0, columns=headings))

    assert page_size(made)[0] == width


def test_an_empty_list_says_so() -> None:
    words = text_of(list_pdf(examples.overdue_list(rows=0)))

    assert "0 dòng" in words
    assert "Không có dòng nào." in words


def test_more_rows_than_anyone_reads_are_refused_with_what_to_do() -> None:
    row = ("1", "a", "b", "c", "d")

    with pytest.raises(TooLongToPrint) as refused:
        list_pdf(replace(examples.overdue_list(), rows=[row] * (MOST_ROWS + 1)))
    assert refused.value.code == "papers.too_long_to_print"
    assert "Excel" in refused.value.message
    assert "2.000" in refused.value.message


def test_it_can_be_printed_in_english() -> None:
    with translation.override("en"):
        words = text_of(list_pdf(examples.overdue_list(rows=1)))

    assert "Printed by Trần Thị Hòa at 16:30 on 31/12/2021" in words
    assert "1 row\r" in words
    assert "Page 1 of 1" in words


def test_the_address_is_printed_as_a_code_and_in_letters() -> None:
    without = list_pdf(examples.overdue_list(rows=1, address=""))
    made = list_pdf(examples.overdue_list(rows=1))

    assert "http://localhost:8000/ke-hoach/2022/nhiem-vu?tinh-trang=chua-xong" in text_of(made)
    assert ink_of(made)[1] <= ink_of(without)[1]


def test_a_code_is_square_with_a_quiet_edge() -> None:
    drawn = qr.svg("http://localhost:8000/")

    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33">')
    assert "M4 4h1v1h-1z" in drawn
    assert "M3 4h" not in drawn


def pages_of(made: bytes) -> list[str]:
    return [" ".join(line.text for line in lines_of(made, page)) for page in range(page_count(made))]


def test_no_page_ends_in_the_middle_of_a_row() -> None:
    filling = "rà soát văn bản quy phạm pháp luật trong lĩnh vực được giao " * 6
    rows = [(str(n), f"đầu-{n}. {filling} cuối-{n}.", "b", "c", "d") for n in range(30)]

    pages = pages_of(list_pdf(replace(examples.overdue_list(), rows=rows)))

    assert len(pages) > 2
    for number in range(30):
        assert [f"đầu-{number}." in page for page in pages] == [f"cuối-{number}." in page for page in pages]


def test_a_row_taller_than_a_page_is_printed_whole_over_several() -> None:
    filling = " ".join(f"chữ-{n}." for n in range(2_000))

    words = " ".join(pages_of(list_pdf(replace(examples.overdue_list(), rows=[("1", filling, "b", "c", "d")]))))

    assert [n for n in range(2_000) if f"chữ-{n}." not in words] == []
