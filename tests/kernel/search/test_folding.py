"""Vietnamese text is compared and found whatever marks, letters' form, case and blanks it was typed with."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.search.folding import fold, sort_key

VIETNAMESE = st.text("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ ĐÂƯỢ")


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đề án Số hóa", "de an so hoa"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("ĐƯỜNG ĐUA", "duong dua"),
        ("đ Đ ð Ð", "d d d d"),
        ("  Vụ\t Tổ chức\n cán\u00a0bộ ", "vu to chuc can bo"),
        ("Nguyễn Thị Ước", "nguyen thi uoc"),
        ("QĐ 1368/QĐ-BNV", "qd 1368/qd-bnv"),
        ("", ""),
        (" \t\n", ""),
        ("số\u200b hóa\u200d", "so hoa"),
        ("mềm\u00ad mại", "mem mai"),
        ("a\x00b\x1fc", "a b c"),
    ],
)
def test_what_people_type_folds_to_what_is_looked_for(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)


@given(VIETNAMESE)
def test_capitals_and_small_letters_fold_alike(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@given(VIETNAMESE)
def test_vietnamese_folds_to_plain_latin(text: str) -> None:
    assert set(fold(text)) <= set("abcdeghiklmnopqrstuvxy ")


@given(st.text(), st.text())
def test_a_part_of_a_text_is_found_in_it(before: str, after: str) -> None:
    assert "so hoa" in fold(f"{before} Số hóa {after}")


@given(st.text())
def test_a_folded_text_can_be_asked_of_any_database(text: str) -> None:
    """PostgreSQL refuses the zero byte."""
    assert "\x00" not in fold(text)


def test_the_dictionary_s_order_is_that_of_vietnamese() -> None:
    words = [
        "Xây",
        "đào",
        "Dân",
        "ăn",
        "An",
        "âm",
        "e",
        "ê",
        "ô",
        "o",
        "ơ",
        "u",
        "ư",
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
    ]

    assert sorted(words, key=sort_key) == [
        "An", "ăn", "âm", "Dân", "đào", "e", "ê", "ma", "mà", "mả", "mã", "má", "mạ", "o", "ô", "ơ", "u", "ư", "Xây",
    ]  # fmt: skip


def test_what_is_shorter_stands_first_and_numbers_before_letters() -> None:
    assert sorted(["Ban hành", "Bàn", "Ba ngành", "2 việc", "10 việc", "Ban"], key=sort_key) == [
        "10 việc", "2 việc", "Ba ngành", "Ban", "Bàn", "Ban hành",
    ]  # fmt: skip
