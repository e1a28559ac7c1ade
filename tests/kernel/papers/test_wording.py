"""Wording and numbering of official papers. Source: NĐ 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.papers import model, rules
from caicach.kernel.papers.text import printable


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
        (date(2022, 2, 7), "ngày 07 tháng 02 năm 2022"),
        (date(2022, 1, 28), "ngày 28 tháng 01 năm 2022"),
        (date(2021, 12, 31), "ngày 31 tháng 12 năm 2021"),
        (date(2022, 10, 10), "ngày 10 tháng 10 năm 2022"),
    ],
    ids=str,
)
def test_a_zero_stands_before_days_under_ten_and_months_one_and_two_only(day: date, words: str) -> None:
    assert rules.day_in_words(day) == words


def test_a_number_has_two_figures_at_least_and_no_blank() -> None:
    assert rules.document_number(number=5, notation="QĐ-BNV") == "05/QĐ-BNV"
    assert rules.document_number(number=1368, notation="QĐ-BNV") == "1368/QĐ-BNV"


def test_a_paper_without_number_or_day_leaves_room_to_write_them() -> None:
    assert rules.document_number(number=None, notation="QĐ-BNV").strip() == "/QĐ-BNV"
    assert "ngày" in rules.place_and_date(place="Hà Nội", day=None)


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert [rules.point_letter(number) for number in (1, 4, 5, 6, 7, 23, 24)] == ["a", "d", "đ", "e", "g", "y", "aa"]


@given(st.integers(1, 3999))
def test_a_roman_number_reads_back_as_itself(number: int) -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    digits = [values[letter] for letter in rules.roman(number)]
    read = sum(-one if one < next_one else one for one, next_one in zip(digits, [*digits[1:], 0], strict=True))

    assert read == number


@pytest.mark.parametrize("count", [rules.roman, rules.point_letter])
def test_counting_starts_at_one(count) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="start"):
        count(0)


@pytest.mark.parametrize(
    ("authority", "lines"),
    [
        (None, ("BỘ TRƯỞNG",)),
        (rules.Authority.ACTING, ("Q. BỘ TRƯỞNG",)),
    ],
    ids=["the head", "an acting head"],
)
def test_a_head_signs_on_one_line(authority: rules.Authority | None, lines: tuple[str, ...]) -> None:
    assert rules.authority_lines(office="Bộ trưởng", authority=authority) == lines


@pytest.mark.parametrize(
    ("authority", "head", "office", "lines"),
    [
        ("KT.", "Bộ trưởng", "Thứ trưởng", ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
        ("TM.", "Ủy ban nhân dân", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("TL.", "Bộ trưởng", "Chánh Văn phòng", ("TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG")),
        ("TUQ.", "Bộ trưởng", "Vụ trưởng", ("TUQ. BỘ TRƯỞNG", "VỤ TRƯỞNG")),
    ],
)
def test_who_signs_for_another_says_for_whom_first(
    authority: str, head: str, office: str, lines: tuple[str, ...]
) -> None:
    assert rules.authority_lines(office=office, authority=rules.Authority(authority), head=head) == lines


@pytest.mark.parametrize(
    ("office", "stands_in_for", "lines"),
    [
        ("Bộ trưởng", None, ("BỘ TRƯỞNG",)),
        ("Thứ trưởng", None, ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
        ("Phó Cục trưởng", None, ("KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG")),
        ("Quyền Bộ trưởng", None, ("Q. BỘ TRƯỞNG",)),
        ("Chánh Văn phòng", "Bộ trưởng", ("TUQ. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG")),
        ("", "Bộ trưởng", ("TUQ. BỘ TRƯỞNG",)),
    ],
)
def test_the_lines_follow_from_the_signers_own_office(
    office: str, stands_in_for: str | None, lines: tuple[str, ...]
) -> None:
    assert rules.signature_lines(office=office, stands_in_for=stands_in_for) == lines


def test_recipients_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    assert rules.listed(["Như Điều 4;", "Bộ trưởng", " ", "Như Điều 4", "Lưu: VT, CCHC (3b)."]) == (
        "Như Điều 4;",
        "Bộ trưởng;",
        "Như Điều 4;",
        "Lưu: VT, CCHC (3b).",
    )
    assert rules.listed([]) == ()


def test_an_only_annex_has_no_number_and_several_are_counted_apart_from_the_plan() -> None:
    plan = model.Annex("KẾ HOẠCH", (), label="")
    first, second = model.Annex("A", ()), model.Annex("B", ())

    def labels(*annexes: model.Annex) -> list[str]:
        paper = model.OfficialPaper(issuer="BỘ NỘI VỤ", subject="", blocks=(), annexes=annexes)
        return [paper.annex_label(index) for index in range(len(annexes))]

    assert labels(plan, first) == ["", "Phụ lục"]
    assert labels(plan, first, second) == ["", "Phụ lục I", "Phụ lục II"]


def test_headings_are_numbered_by_level_and_keep_a_number_they_have() -> None:
    given_blocks = (
        model.Heading("A"),
        model.Heading("B", 2),
        model.Heading("C", 3),
        model.Heading("D", 3),
        model.Heading("E", 2, "2a."),
        model.Heading("F"),
        model.Heading("G", 2),
    )

    labels = [block.label for block in model.numbered(given_blocks) if isinstance(block, model.Heading)]

    assert labels == ["I.", "1.", "a)", "b)", "2a.", "II.", "1."]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_heading_levels_never_skip_one(levels: list[int]) -> None:
    made = rules.consecutive(levels, first=2)

    assert made[0] == 2
    assert all(2 <= after <= before + 1 for before, after in pairwise(made))


def test_heading_levels_that_are_right_stay() -> None:
    assert rules.consecutive([1, 2, 3, 2, 1, 2], first=2) == (2, 3, 4, 3, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@a",
        "\t1",
        "\r1",
        "\n1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        "﹦1",
        "  =1",
        "\u00a0=1",
        "\u3000=1",
    ],
)
def test_what_a_spreadsheet_might_run_is_known(text: str) -> None:
    assert rules.is_formula_like(text)


@pytest.mark.parametrize("text", ["", "1-2", "a=b", "Kế hoạch", "'=1", "(=1)", "#N/A", "€"])
def test_what_no_spreadsheet_runs_is_left_alone(text: str) -> None:
    assert not rules.is_formula_like(text)


def test_text_on_paper_is_nfc_and_holds_nothing_invisible() -> None:
    assert printable("Ca\u0309i ca\u0301ch\u202egnudna\u202c\x00\ud800\uffff\u200b\u00ad") == "Cải cáchgnudna"
    assert printable("một\r\nhai\rba\u2028bốn\tnăm") == "một\nhai\nba\nbốn năm"


@given(st.text())
def test_what_is_printable_stays_as_it_is(text: str) -> None:
    assert printable(printable(text)) == printable(text)
