"""Wordings of time inside sentences, whole plans and any text at all."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.calendar.wordings import WordedDeadline, WordingKind, deadline_in
from tests.shared import needs_shared, shared_text

SIGNED = date(2021, 12, 31)


def read(text: str) -> list[tuple[str, str | None]]:
    """(words, last day) of each, as a reader would list them."""
    found = deadline_in(text, plan_year=2022, document_date=SIGNED)
    return [(deadline.surface, deadline.last_day.isoformat() if deadline.last_day else None) for deadline in found]


SENTENCES = [
    (
        "Vụ Tổ chức cán bộ chủ trì, hoàn thành trong quý II/2022; báo cáo Bộ trưởng trước ngày 15/7/2022.",
        [("hoàn thành trong quý II/2022", "2022-06-30"), ("trước ngày 15/7/2022", "2022-07-14")],
    ),
    (
        "Hoàn thành trước ngày 30/6/2022, báo cáo kết quả trước ngày 05/7/2022.",
        [("Hoàn thành trước ngày 30/6/2022", "2022-06-29"), ("trước ngày 05/7/2022", "2022-07-04")],
    ),
    (
        "Văn phòng Bộ hoàn thành việc số hóa trước 0 giờ ngày 01/01/2023.",
        [("trước 0 giờ ngày 01/01/2023", "2022-12-31")],
    ),
    ("Các đơn vị nộp báo cáo trước 16 giờ ngày 20/11/2022.", [("trước 16 giờ ngày 20/11/2022", "2022-11-20")]),
    ("Hội nghị khai mạc lúc 16 giờ ngày 20/11/2022.", []),
    ("Đến hết năm 2022, số hóa 60% kết quả giải quyết.", [("Đến hết năm 2022", "2022-12-31")]),
    ("Phấn đấu đến năm 2025 có 80% dịch vụ trực tuyến.", [("Phấn đấu đến năm 2025", "2025-12-31")]),
    ("Thực hiện tinh giản biên chế, đến năm 2025 giảm 10%.", [("đến năm 2025", "2025-12-31")]),
    ("Năm 2022, huyện đề ra mục tiêu: Tăng tỷ lệ đúng hạn.", [("Năm 2022", "2022-12-31")]),
    ("Năm 2022 hoàn thành việc số hóa.", [("Năm 2022", "2022-12-31")]),
    ("Ban hành Kế hoạch thực hiện trong năm 2022.", [("trong năm 2022", "2022-12-31")]),
    (
        "Triển khai Chiến lược phát triển Chính phủ số đến năm 2030 trong quý III.",
        [("trong quý III", "2022-09-30")],
    ),
    (
        "Theo Quyết định số 12/QĐ-BNV ngày 15/01/2022, rà soát xong trong tháng 8.",
        [("xong trong tháng 8", "2022-08-31")],
    ),
    (
        "Giai đoạn 1: từ tháng 01 đến tháng 6/2022; giai đoạn 2: từ tháng 7 đến tháng 12/2022.",
        [("từ tháng 01 đến tháng 6/2022", "2022-06-30"), ("từ tháng 7 đến tháng 12/2022", "2022-12-31")],
    ),
    (
        "Quý II/2022 (sau khi có ý kiến của Chính phủ)",
        [("Quý II/2022", "2022-06-30"), ("sau khi có ý kiến của Chính phủ", None)],
    ),
    (
        "Sau khi Nghị định được ban hành trong quý II hoàn thành hướng dẫn.",
        [("Sau khi Nghị định được ban hành", None), ("trong quý II", "2022-06-30")],
    ),
    (
        "Báo cáo định kỳ hằng quý (trước ngày 20 tháng cuối quý) và đột xuất.",
        [("định kỳ hằng quý", None), ("trước ngày 20 tháng cuối quý", None)],
    ),
    ("Hội nghị tổng kết vào tháng 12/2022", [("vào tháng 12/2022", "2022-12-31")]),
    ("Tập huấn 02 lớp cho công chức quý III.", [("quý III", "2022-09-30")]),
    ("Các đơn vị gửi báo cáo năm 2022 trước ngày 05/12.", [("trước ngày 05/12", "2022-12-04")]),
    # a word that only ends like "dẫn đến", "tính đến", "liên quan đến"
    ("Xây dựng Thông tư hướng dẫn trong quý III/2022.", [("trong quý III/2022", "2022-09-30")]),
    ("Hướng dẫn đến hết quý III/2022.", [("đến hết quý III/2022", "2022-09-30")]),
    ("Trang bị máy tính trước ngày 30/6/2022.", [("trước ngày 30/6/2022", "2022-06-29")]),
    ("Gửi số liệu chậm nhất ngày 15/11/2022.", [("chậm nhất ngày 15/11/2022", "2022-11-15")]),
    ("Rà soát các thủ tục liên quan trong tháng 5.", [("trong tháng 5", "2022-05-31")]),
    ("Các vấn đề liên quan đến năm 2025 và số liệu đến ngày 30/6/2022.", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[row[0][:60] for row in SENTENCES])
def test_a_sentence_is_read_as_a_careful_reader_would(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert read(text) == expected


def test_a_period_met_in_running_prose_is_marked_as_less_certain() -> None:
    (found,) = deadline_in("Tập huấn 02 lớp cho công chức quý III.", plan_year=2022)

    assert not found.is_explicit


@pytest.mark.parametrize("text", ["Quý III", "hoàn thành quý III", "Tập huấn (quý III)", "Tập huấn, quý III."])
def test_a_period_that_stands_alone_or_is_led_to_is_certain(text: str) -> None:
    (found,) = deadline_in(text, plan_year=2022)

    assert found.is_explicit


def test_what_is_excluded_is_not_read() -> None:
    text = "Thực hiện trước ngày 01/6/2022 theo Công văn xong trước ngày 02/6/2022, xong trước ngày 03/6/2022"
    start = text.index("Công văn")

    assert read(text)[1][1] == "2022-06-01"
    found = deadline_in(text, plan_year=2022, excluded=[(start, text.index(", xong"))])
    assert [deadline.last_day for deadline in found] == [date(2022, 5, 31), date(2022, 6, 2)]


def test_excluded_spans_may_overlap_and_come_in_any_order() -> None:
    text = "trước ngày 01/6/2022; trước ngày 02/6/2022; trước ngày 03/6/2022"

    found = deadline_in(text, plan_year=2022, excluded=[(30, 40), (0, 10), (5, 20), (35, 42), (50, 50)])

    assert [deadline.last_day for deadline in found] == [date(2022, 6, 2)]


def test_offsets_are_code_points_of_the_text_as_given() -> None:
    text = "İİ 📅 HOÀN THÀNH TRƯỚC NGÀY 20/11/2022"
    (found,) = deadline_in(text, plan_year=2022)

    assert text[found.start : found.end] == found.surface == "HOÀN THÀNH TRƯỚC NGÀY 20/11/2022"


@needs_shared
def test_the_real_plan_of_2022_names_no_day_and_no_scheme_is_taken_for_one() -> None:
    assert read(shared_text("ke-hoach-cchc-2022.txt")) == []


@needs_shared
@pytest.mark.parametrize(
    ("name", "plan_year", "last_days"),
    [
        ("dienkhanh-2022", 2022, [date(2022, 12, 31)]),
        ("thanhhoa-2025", 2025, [date(2025, 12, 31)]),
        ("bhxh-2021", 2021, []),
        ("bnv-tuyen-truyen-2021", 2021, []),
    ],
)
def test_real_plans_are_read_as_by_their_readers(name: str, plan_year: int, last_days: list[date]) -> None:
    found = deadline_in(shared_text(f"plans/{name}.txt"), plan_year=plan_year)

    assert [deadline.last_day for deadline in found] == last_days


WORDS = """trước|ngày|20/11/2022|quý|II|, |; |. |tháng|6|/2022|năm|2022|2025|đến|từ|hết|hằng|cuối|đầu|trong|thời hạn
|5|ngày làm việc|kể từ|sau khi|công bố|giai đoạn|2021 - 2030|định hướng|6 tháng đầu năm|chậm nhất|(|)|-|/|:|hoàn thành
|báo cáo|Nghị định số|12/2022/NĐ-CP|thường xuyên|theo tiến độ|lần|một|31/02|0|9999|İ"""
FRAGMENTS = st.sampled_from(WORDS.split("|"))
TEXTS = st.one_of(
    st.lists(FRAGMENTS, max_size=40).map(" ".join), st.lists(FRAGMENTS, max_size=40).map("".join), st.text(max_size=80)
)


@given(TEXTS, st.integers(min_value=2000, max_value=2090))
def test_any_text_is_read_without_a_fault_and_in_order(text: str, plan_year: int) -> None:
    found = deadline_in(text, plan_year=plan_year)

    end = 0
    for deadline in found:
        assert end <= deadline.start < deadline.end <= len(text)
        assert text[deadline.start : deadline.end] == deadline.surface
        end = deadline.end
        _hangs_together(deadline)


def _hangs_together(deadline: WordedDeadline) -> None:
    assert (deadline.kind is WordingKind.RECURRING) == (deadline.recurrence is not None)
    assert (deadline.kind is WordingKind.TERM) == (deadline.term is not None)
    if deadline.first_day is not None:
        assert deadline.last_day is not None
        assert deadline.first_day <= deadline.last_day
    if deadline.kind in (WordingKind.DATE, WordingKind.BEFORE, WordingKind.MONTH, WordingKind.QUARTER):
        assert deadline.last_day is not None


@given(TEXTS)
def test_a_text_wholly_excluded_gives_nothing(text: str) -> None:
    assert deadline_in(text, plan_year=2022, excluded=[(0, len(text))]) == []


@pytest.mark.parametrize(
    "unit",
    [
        "quý I, ",
        "q1, ",
        "15/3/2022 0",
        "5 ngày kể từ ngày ký ",
        "tháng 6, ",
        "trước ",
        "sau khi ",
        "từ ngày 1/3/2022 đến ",
        " ",
        "\n",
        "ngày ",
        "1/",
        "chương trình ",
    ],
)
def test_a_text_made_to_be_slow_is_read_all_the_same(unit: str) -> None:
    """Bounded gaps and lists: were one of them not, these would take minutes."""
    text = unit * (200_000 // len(unit))
    found = deadline_in(text, plan_year=2022)

    assert [text[deadline.start : deadline.end] for deadline in found] == [deadline.surface for deadline in found]
    assert all(one.end <= other.start for one, other in pairwise(found))
