"""What holds for any text at all."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from caicach.measurement.programme.reading import NamedUnit, PlanReading, SourceText, UnitNames, read_plan

from .sources import source_with_tables

UNITS = UnitNames([NamedUnit("PC", "Vụ Pháp chế"), NamedUnit("VP", "Văn phòng Bộ")])
PIECES = [
    "Rà soát, sửa đổi quy trình",
    "tiếp tục",
    "100% hồ sơ",
    "giảm 10%",
    " và 5% ",
    "; ",
    ", ",
    ": ",
    ". ",
    "\n",
    "\n\n",
    "I. NHIỆM VỤ",
    "1.1. ",
    "- ",
    "a) ",
    "(",
    ")",
    "“",
    "”",
    "Đơn vị chủ trì: Vụ Pháp chế",
    "Thời hạn: Quý II/2022",
    "nhằm nâng cao",
    "Cải cách thể chế",
    "Về cải cách tài chính công, ",
    "phối hợp với Văn phòng Bộ",
    "trước ngày 31/02/2022",
    "Nghị định số 61/2018/NĐ-CP",
    "yêu cầu các đơn vị ",
    "Điều 1. ",
    "İ",
    "\u0301",
    "\t",
    "…",
    "Số: 12/KH-UBND",
    "KẾ HOẠCH",
    "năm 2022",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map("".join)


def assert_whole(reading: PlanReading) -> None:
    text = reading.text
    assert unicodedata.is_normalized("NFC", text) or text
    for task in reading.tasks:
        assert 0 <= task.start < task.end <= len(text)
        assert task.text == text[task.start : task.end]
        assert task.title
        assert all(task.start <= target.start < target.end <= task.end for target in task.targets)
        assert all(task.start <= it.start and it.end <= task.end for it in task.citations)
    for one, following in zip(reading.tasks, reading.tasks[1:], strict=False):
        assert one.end <= following.start, "tasks stand in order and apart"
    reading.as_json()


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_tasks_of_any_text_stand_in_order_and_apart(text: str):
    assert_whole(read_plan(SourceText(text), units=UNITS, plan_year=2022))


@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_the_form_of_letters_does_not_matter(text: str):
    composed = unicodedata.normalize("NFC", text)
    if unicodedata.normalize("NFC", unicodedata.normalize("NFD", composed)) != composed:
        return
    one = read_plan(SourceText(composed), units=UNITS, plan_year=2022)
    other = read_plan(SourceText(unicodedata.normalize("NFD", composed)), units=UNITS, plan_year=2022)
    assert one.as_json() == other.as_json()


cells = st.one_of(
    st.sampled_from(["", "STT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "1", "I", "Quý II", "<", "^", *PIECES[:6]]),
    st.text("ab \n", max_size=5),
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8), before=texts)
def test_any_table_is_read_without_failing(rows: list[list[str]], before: str):
    safe = [
        [
            "x" if (cell == "<" and place == 0) or (cell == "^" and number == 0) else cell
            for place, cell in enumerate(row)
        ]
        for number, row in enumerate(rows)
    ]
    reading = read_plan(source_with_tables(before, safe), units=UNITS, plan_year=2022)
    for task in reading.tasks:
        assert task.text == reading.text[task.start : task.end]


def test_progress_is_told_up_to_the_end():
    text = "".join(
        (Path(__file__).parent / "plans" / "tinh-ha-lam-2025.txt").read_text(encoding="utf-8") for _ in range(20)
    )
    told: list[tuple[int, int]] = []
    read_plan(SourceText(text), units=None, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (len(text), len(text))
    assert len(told) > 2


def test_an_empty_text_says_what_to_do():
    reading = read_plan(SourceText(" \n "), units=None)
    assert [warning.code for warning in reading.warnings] == ["empty_text"]
