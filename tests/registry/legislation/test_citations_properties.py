"""What holds for any text: places, order, composed and decomposed letters, what comes after, the amount of work."""

from __future__ import annotations

import sys
import unicodedata
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caicach.registry.legislation.citations import find_citations, normalise
from tests.registry.legislation.citation_scores import OWN, rows

SENTENCES = [row["text"] for row in rows(OWN)]
SCRAPS = [
    *[
        "Luật",
        "Luật Lưu trữ",
        "Bộ luật",
        "Nghị định",
        "số",
        "số:",
        "Quyết định",
        "khoản 1",
        "Điều 5",
        "điểm a, b",
        "Điều",
    ],
    *["61/2018/NĐ-CP", "18-NQ/TW", "1368/QĐ-BNV", "ngày 23/4/2018", "năm 2015", "của Chính phủ", "này", "và", ",", ";"],
    *[
        "(sau đây gọi tắt là",
        ")",
        "\n",
        "\n\n",
        ".",
        "-",
        "đến",
        "các",
        "sửa đổi, bổ sung một số điều của",
        "12",
        "Ð",
        "/",
    ],
]
texts = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(SCRAPS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join),
)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_every_citation_stands_where_it_says_and_none_overlap(text: str) -> None:
    composed = normalise(text)
    found = find_citations(text)

    for citation in found:
        assert 0 <= citation.start < citation.end <= len(composed)
        assert citation.surface == composed[citation.start : citation.end]
    for left, right in pairwise(found):
        assert left.end <= right.start


@given(texts)
@settings(max_examples=200, deadline=None)
def test_decomposed_letters_give_the_same_citations(text: str) -> None:
    assert find_citations(unicodedata.normalize("NFD", text)) == find_citations(unicodedata.normalize("NFC", text))


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map("\n\n".join))
@settings(max_examples=100, deadline=None)
def test_a_paragraph_after_the_text_changes_nothing_before_it(text: str) -> None:
    before = find_citations(text)
    after = find_citations(text + "\n\nCác cơ quan, đơn vị báo cáo kết quả trước cuối quý.")

    assert after == before


def test_earlier_paragraphs_only_move_the_citations_after_them() -> None:
    text = "Điều 5 Luật Lưu trữ năm 2011; Nghị định số 30/2020/NĐ-CP của Chính phủ."
    opening = "Công tác văn thư được quan tâm.\n\n"

    moved = find_citations(opening + text)

    assert [(c.start - len(opening), c.surface) for c in moved] == [(c.start, c.surface) for c in find_citations(text)]


@pytest.mark.parametrize(
    "unit",
    [
        *[
            "khoản 1 ",
            "Điều 1, ",
            "điểm a, b, c",
            "điểm a, b, c ",
            "số ",
            "7",
            "Luật A B C ",
            "(",
            "()",
            "Luật Abc, def ",
        ],
        *[
            "Luật sửa đổi, bổ sung một số điều của Luật ",
            "1/2018/NĐ-",
            "Nghị định số 1, ",
            "gọi là Luật A",
            "của ",
            "\n",
            "A-",
        ],
        *["Điều 1\n", "ngày 1 tháng 1 ", "Nghị định của Bộ ", "Luật Phòng, chống ", "do Chính phủ ", "từ Điều 5 đến "],
    ],
)
def test_twice_the_text_is_at_most_twice_the_work(unit: str) -> None:
    size = 6_000
    once = calls_made(unit * (size // len(unit)))
    twice = calls_made(unit * (2 * size // len(unit)))

    assert twice <= 2.1 * once + 200


def test_a_long_chain_of_units_is_read_with_work_in_proportion() -> None:
    once = calls_made("Điều 1, khoản 2 Điều 3, " * 250 + "Luật Đất đai")
    twice = calls_made("Điều 1, khoản 2 Điều 3, " * 500 + "Luật Đất đai")

    assert twice <= 2.1 * once + 200


@pytest.mark.parametrize("unit", ["khoản 1 ", "điểm a, b, c", "số ", "7", "Luật A B C ", "(", "61/2018/", " "])
def test_a_megabyte_of_one_thing_is_read_to_its_end(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))

    assert all(citation.end <= len(text) for citation in find_citations(text))


def calls_made(text: str) -> int:
    """How many functions, Python's own included, a reading calls: work without a clock."""
    find_citations("Luật Lưu trữ")  # the list of titles is loaded once
    count = 0

    def on_event(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(on_event)
    try:
        find_citations(text)
    finally:
        sys.setprofile(None)
    return count
