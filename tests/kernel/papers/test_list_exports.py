"""Lists of the pages leave as Excel, print and CSV, with exactly what is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from caicach.kernel.papers import list_exports, printed_list
from caicach.kernel.papers.excel import TooManyRows
from caicach.kernel.tables import exports
from caicach.kernel.tables.columns import Kind, Status
from caicach.kernel.ui.deadlines import DeadlineChip

from . import examples
from .reading import letters_of, page_size, rows_of_excel, text_of

COLUMNS = (
    ("Số hiệu", Kind.CODE), ("Nhiệm vụ", Kind.TEXT), ("Chủ trì", Kind.UNIT), ("Số lượng", Kind.NUMBER),
    ("Tỷ lệ", Kind.PER_CENT), ("Hạn", Kind.DATE), ("Sửa lúc", Kind.MOMENT), ("Thời hạn", Kind.DEADLINE),
    ("Tình trạng", Kind.STATUS),
)  # fmt: skip
ROW = (
    "NV-01", "=1+1 rà soát", "Vụ Pháp chế", 1234, Decimal("94.7"), date(2022, 6, 30), examples.MADE_AT,
    DeadlineChip("late", 6, date(2022, 6, 30)), Status("Đang làm"),
)  # fmt: skip
EMPTY = (None,) * 7 + (DeadlineChip("none"), None)


def taken(
    rows: Iterable[Sequence[Any]] = (ROW, EMPTY), columns: Sequence[tuple[str, Kind]] = COLUMNS
) -> exports.Exported:
    return exports.Exported(
        title="Nhiệm vụ", columns=columns, rows=rows, filters=["Kế hoạch: năm 2022"], total=2, by="Trần Thị Hòa",
        at=examples.MADE_AT, issuer="Vụ Cải cách hành chính", address="http://localhost:8000/nhiem-vu",
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _in_vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


def test_every_list_offers_excel_print_and_csv() -> None:
    offered = {writer.key: writer.ending for writer in exports.writers()}

    assert offered.items() >= {"xlsx": "xlsx", "pdf": "pdf", "csv": "csv"}.items()


def test_excel_has_what_is_seen_under_what_it_is() -> None:
    rows = rows_of_excel(list_exports.as_excel(taken()))

    assert [row[0] for row in rows[:4]] == [
        "Nhiệm vụ", "Điều kiện lọc: Kế hoạch: năm 2022", "Trần Thị Hòa tải lúc 31/12/2021 16:30", None,
    ]  # fmt: skip
    assert rows[4] == tuple(title for title, _kind in COLUMNS)
    assert rows[5][:5] == ("NV-01", "=1+1 rà soát", "Vụ Pháp chế", 1234, 0.947)
    assert rows[5][7:] == ("Quá hạn 6 ngày", "Đang làm")
    assert rows[6] == (None,) * 7 + ("Thường xuyên", None)


def test_print_says_numbers_and_days_as_the_page_does() -> None:
    words = text_of(list_exports.as_pdf(taken()))

    for part in ("VỤ CẢI CÁCH HÀNH CHÍNH", "1.234", "94,7\u202f%", "30/06/2022", "31/12/2021 16:30", "Quá hạn 6 ngày",
                 "Đang làm", "2 dòng", "http://localhost:8000/nhiem-vu"):  # fmt: skip
        assert part in words.replace("\r\n", " "), part


def test_csv_has_the_rows_alone_and_per_cents_as_the_page_shows_them() -> None:
    lines = list_exports.as_csv(taken()).decode("utf-8-sig").split("\r\n")

    assert lines[0].startswith("Số hiệu,Nhiệm vụ,")
    assert [head for head in lines[0].split(",") if "%" in head] == [f"{COLUMNS[4][0]} (%)"]
    assert (
        lines[1]
        == "NV-01,'=1+1 rà soát,Vụ Pháp chế,1234,94.7,2022-06-30,2021-12-31T16:30:00+07:00,Quá hạn 6 ngày,Đang làm"
    )


@pytest.mark.parametrize("write", [list_exports.as_excel, list_exports.as_csv])
def test_more_rows_than_a_file_may_have_are_refused_and_never_cut_off(write: Any) -> None:
    rows = ((number,) for number in range(exports.MOST_ROWS + 1))

    with pytest.raises(TooManyRows, match=r"100\.000"):
        write(taken(rows, [("Số", Kind.NUMBER)]))


def test_a_long_list_is_not_printed_and_not_read_to_its_end() -> None:
    read = 0

    def rows() -> Iterator[tuple[int]]:
        nonlocal read
        for number in range(100_000):
            read = number + 1
            yield (number,)

    with pytest.raises(printed_list.TooLongToPrint):
        list_exports.as_pdf(taken(rows(), [("Số", Kind.NUMBER)]))
    assert read == printed_list.MOST_ROWS + 1


def test_short_numbers_leave_their_room_on_paper_to_the_names() -> None:
    columns = (("Số", Kind.CODE), ("Nhiệm vụ", Kind.TEXT), ("Chủ trì", Kind.UNIT))

    def left_of_names(number: str) -> float:
        made = list_exports.as_pdf(taken([(number, "Rà soát văn bản", "Vụ Pháp chế")], columns))
        return next(letter.left for letter in letters_of(made) if letter.text == "R")

    page = page_size(list_exports.as_pdf(taken([("1.12", "Rà soát", "Vụ Pháp chế")], columns)))[0]
    assert left_of_names("1.12") < left_of_names("1368/QĐ-BNV-2022")
    assert left_of_names("1.12") < page / 4
