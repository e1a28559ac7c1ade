"""Excel workbooks as another program reads them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from caicach.kernel.papers import excel
from caicach.kernel.papers.excel import Kind, Sheet, SheetColumn

from .reading import rows_of_excel

COLUMNS = (
    SheetColumn("STT", Kind.INTEGER),
    SheetColumn("Nhiệm vụ"),
    SheetColumn("Kinh phí", Kind.DECIMAL),
    SheetColumn("Hạn", Kind.DATE),
    SheetColumn("Tỷ lệ", Kind.PERCENT),
    SheetColumn("Lúc", Kind.MOMENT),
)
ROW = (1, "Rà soát văn bản", Decimal("1234.5"), date(2022, 6, 30), 0.947, datetime(2022, 1, 28, 3, 0, tzinfo=UTC))
HEADING = ("Nhiệm vụ theo thời hạn", "Lọc: Đơn vị: Văn phòng Bộ")


def book_of(rows: Any = (ROW,), heading: tuple[str, ...] = HEADING, title: str = "Nhiệm vụ") -> bytes:
    return excel.workbook([Sheet(title, COLUMNS, rows, heading)], title="Nhiệm vụ", author="Trần Thị Hòa")


def sheet_of(book: bytes) -> Any:
    return load_workbook(BytesIO(book)).worksheets[0]


def test_what_stands_above_the_table_says_what_it_is() -> None:
    rows = rows_of_excel(book_of())

    assert [row[0] for row in rows[:3]] == [*HEADING, None]
    assert rows[3] == ("STT", "Nhiệm vụ", "Kinh phí", "Hạn", "Tỷ lệ", "Lúc")


def test_values_keep_their_types_and_moments_are_in_vietnamese_time() -> None:
    row = rows_of_excel(book_of())[4]

    assert row == (1, "Rà soát văn bản", 1234.5, datetime(2022, 6, 30), 0.947, datetime(2022, 1, 28, 10, 0))


def test_another_reader_sees_the_same() -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(book_of())).get_sheet_by_index(0)

    assert sheet.to_python()[4][:5] == [1.0, "Rà soát văn bản", 1234.5, date(2022, 6, 30), 0.947]


def test_numbers_look_as_the_office_writes_them() -> None:
    cells = sheet_of(book_of())[5]

    assert [cell.number_format for cell in cells] == [
        "#,##0", "General", "#,##0.00", "dd/mm/yyyy", "0.0%", "dd/mm/yyyy hh:mm",
    ]  # fmt: skip


def test_the_header_stays_in_view_repeats_in_print_and_filters() -> None:
    sheet = sheet_of(book_of())

    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.auto_filter.ref == "A4:F5"
    assert sheet.page_setup.orientation == "landscape"
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [10, 32]


@pytest.mark.parametrize("text", ["=1+1", "+84 912", "-5", "@x", "＝1+1", "\n=1", " =1", "=cmd|'/C calc'!A0"])
def test_a_text_that_could_run_is_a_text_and_stays_one_when_edited(text: str) -> None:
    cell = sheet_of(book_of([(1, text, 0, None, 0, None)], heading=()))["B2"]

    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == text


@pytest.mark.parametrize("text", ["#N/A", "1E5", "007", "30/06/2022", "TRUE"])
def test_a_text_that_looks_like_something_else_is_a_text(text: str) -> None:
    cell = sheet_of(book_of([(1, text, 0, None, 0, None)], heading=()))["B2"]

    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, False)


def test_a_text_in_a_column_of_numbers_stays_a_text_and_negative_numbers_numbers() -> None:
    row = rows_of_excel(book_of([("1", "x", -5, "chưa rõ", -0.5, None)], heading=()))[1]

    assert row == ("1", "x", -5, "chưa rõ", -0.5, None)


def test_what_excel_would_round_or_refuse_is_written_as_text() -> None:
    old = datetime(1880, 5, 19, 1, 0, tzinfo=UTC)
    row = rows_of_excel(book_of([(10**15, "x" * 40_000, 1, date(1890, 5, 19), 0, old)], heading=()))[1]

    assert row[0] == "1000000000000000"
    assert len(str(row[1])) == 32_767
    assert str(row[1]).endswith("x…")
    assert row[3] == "19/05/1890"
    assert str(row[5]).startswith("19/05/1880")


def test_names_of_sheets_are_what_excel_takes_and_differ() -> None:
    long = "Kế hoạch cải cách hành chính năm 2022"
    sheets = [Sheet(title, COLUMNS, []) for title in ("a/b:c?", "A B C", long, long, "", "'x'")]
    names = load_workbook(BytesIO(excel.workbook(sheets))).sheetnames

    assert names[0] == "a b c"
    assert names[1] == "A B C (2)"
    assert names[2] == "Kế hoạch cải cách hành chính nă"
    assert names[3] == "Kế hoạch cải cách hành chín (2)"
    assert names[5] == "x"
    assert all(0 < len(name) <= 31 for name in names)


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values in a sheet of 6 columns"):
        book_of([(1, 2)])


def test_too_many_rows_are_refused_and_leave_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    target = BytesIO()

    with pytest.raises(excel.TooManyRows) as refused:
        excel.save_workbook([Sheet("x", COLUMNS, [ROW] * 12)], target, most_rows=11)

    assert refused.value.code == "papers.too_many_rows"
    assert target.getvalue() == b""
    assert list(tmp_path.iterdir()) == []


def test_rows_are_read_one_by_one_and_never_kept() -> None:
    """20,000 rows pass through while the file grows on disk: a reader far ahead of the writer would hold them all."""
    alive: set[int] = set()
    most = 0

    class Watched(tuple[Any, ...]):
        def __del__(self) -> None:
            alive.discard(id(self))

    def rows() -> Iterator[Watched]:
        nonlocal most
        for _number in range(20_000):
            row = Watched(ROW)
            alive.add(id(row))
            most = max(most, len(alive))
            yield row

    assert len(rows_of_excel(book_of(rows()))) == 4 + 20_000
    assert most < 10


def test_a_workbook_can_go_straight_into_an_open_file() -> None:
    target = BytesIO()
    excel.save_workbook([Sheet("x", COLUMNS, [ROW])], target)

    assert rows_of_excel(target.getvalue())[1][0] == 1
