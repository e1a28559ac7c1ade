from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from python_calamine import CalamineWorkbook

from caicach.kernel.files.reading import NoticeCode, Reason, UnreadableFile, Workbook, read_workbook
from caicach.kernel.files.reading.cell_values import as_text, number_format
from caicach.kernel.files.reading.workbook import Span
from tests.file_builders import S, archive, excel, excel_parts
from tests.old_letters import tcvn3, vni


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def a_book(*rows: list[Any]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def read(book: openpyxl.Workbook) -> Workbook:
    return read_workbook(saved(book), name="a.xlsx")


def test_values_come_as_a_vietnamese_reader_sees_them() -> None:
    book = a_book(["Tỷ lệ", 0.6, 1234567.891, date(2022, 11, 20), 2, 2.5, True, "Ban hành\nkế hoạch"])
    sheet = book.active
    sheet["B1"].number_format, sheet["C1"].number_format, sheet["D1"].number_format = "0%", "#,##0.00", "dd/mm/yyyy"

    assert read(book).sheets[0].rows == (
        ("Tỷ lệ", "60%", "1.234.567,89", "20/11/2022", "2", "2,5", "TRUE", "Ban hành\nkế hoạch"),
    )


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.605, "0%", "61%"),
        (0.605, "0.0%", "60,5%"),
        (60, '0"%"', "60%"),
        (5, "00", "05"),
        (1234.5, "General", "1234,5"),
        (0.1 + 0.2, "General", "0,3"),
        (1e15, "General", "1000000000000000"),
        (-1234.5, "#,##0.0", "-1.234,5"),
        (7.2, '#,##0.0 "tỷ đồng"', "7,2 tỷ đồng"),
        (2, '"Quý "0', "Quý 2"),
        (1234.5, "#,##0.00_);[Red](#,##0.00)", "1.234,50"),
        (1234.5, "_-* #,##0 _₫_-", "1.235"),
        (44885, "dd/mm/yyyy", "20/11/2022"),
        (44885, "m/d/yy", "20/11/2022"),
        (44885, "[$-42A]dd mmmm yyyy;@", "20/11/2022"),
        (44885, "yyyy\\-mm\\-dd", "20/11/2022"),
        (44885, "mm/yyyy", "11/2022"),
        (44885, "mmm-yy", "11/2022"),
        (44885, "yyyy", "2022"),
        (44885.5, "dd/mm/yyyy hh:mm", "20/11/2022 12:00"),
        (44885, "dd/mm/yyyy hh:mm", "20/11/2022"),
        (44885, "yyyy-mm-dd h:mm:ss", "20/11/2022"),
        (0, "h:mm", "00:00"),
        (0.75, "h:mm", "18:00"),
        (1, "dd/mm/yyyy", "01/01/1900"),
        (60, "dd/mm/yyyy", "28/02/1900"),
        (61, "dd/mm/yyyy", "01/03/1900"),
        (-5, "dd/mm/yyyy", "-5"),
        (1e9, "dd/mm/yyyy", "1000000000"),
        (3, "@", "3"),
        (3, "", "3"),
        (12345, "0.00E+00", "12345"),
    ],
)
def test_a_number_is_written_by_its_format(value: float, code: str, shown: str) -> None:
    assert as_text(value, number_format(code)) == shown


def test_days_counted_from_1904_are_the_same_days() -> None:
    assert as_text(44885 - 1462, number_format("dd/mm/yyyy"), is_1904=True) == "20/11/2022"


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20))
def test_any_number_in_any_format_is_text_or_told_by_an_arithmetic_error(value: float, code: str) -> None:
    try:
        assert as_text(value, number_format(code)) is not None
    except ArithmeticError:
        assert abs(value) > 1e20


def test_places_are_told_where_the_used_area_begins() -> None:
    book = openpyxl.Workbook()
    book.active["C5"], book.active["D7"] = "a", "b"
    (sheet,) = read(book).sheets

    assert (sheet.first_row, sheet.first_column) == (5, 3)
    assert sheet.rows == (("a", ""), ("", ""), ("", "b"))


def test_merged_areas_are_cut_at_the_used_area() -> None:
    book = a_book(["Tiêu đề", None, None], ["1", "a", "b"])
    book.active.merge_cells("A1:F1")
    book.active.merge_cells("B2:B9")
    book.active.merge_cells("H1:J4")

    assert read(book).sheets[0].merged == (Span(0, 0, 0, 2), Span(1, 1, 1, 1))


def test_old_letters_are_told_by_the_font_of_cell_or_run() -> None:
    book = a_book([tcvn3("Cải cách"), vni("Hành chính"), "Kế hoạch"])
    book.active["A1"].font, book.active["B1"].font = Font(name=".VnTime"), Font(name="VNI-Times")
    old = InlineFont(rFont=".VnTime")
    book.active["D1"] = CellRichText("Số ", TextBlock(old, tcvn3("Kế")), TextBlock(old, tcvn3(" hoạch")))
    workbook = read(book)

    assert workbook.sheets[0].rows == (("Cải cách", "Hành chính", "Kế hoạch", "Số Kế hoạch"),)
    assert [it.code for it in workbook.notices] == [NoticeCode.CONVERTED_TCVN3, NoticeCode.CONVERTED_VNI]


def test_hidden_sheets_are_named_and_not_read() -> None:
    book = a_book(["x"])
    for state in ("hidden", "veryHidden"):
        book.create_sheet(state)["A1"] = "secret"
        book[state].sheet_state = state
    workbook = read(book)

    assert [sheet.name for sheet in workbook.sheets] == ["Sheet"]
    assert dict(workbook.notices[0].params) == {"sheets": "hidden, veryHidden"}


def test_a_formula_without_a_stored_value_is_named_by_its_cell_not_guessed() -> None:
    workbook = read(a_book(["x", "=1+1"]))

    assert workbook.sheets[0].rows == (("x",),)
    assert [(it.code, dict(it.params)) for it in workbook.notices] == [
        (NoticeCode.FORMULAS_LEFT_EMPTY, {"cells": "Sheet!B1"})
    ]


def test_of_many_formulas_without_a_value_the_first_are_named() -> None:
    (told,) = read(a_book(["x", *(["=1+1"] * 30)])).notices

    assert told.params["cells"].split(", ")[:2] == ["Sheet!B1", "Sheet!C1"]
    assert told.params["cells"].endswith("Sheet!K1, …")


def test_a_far_column_has_the_name_that_excel_gives_it() -> None:
    book = a_book(["x"])
    book.active["AB3"] = "=1+1"

    assert read(book).notices[0].params["cells"] == "Sheet!AB3"


def test_a_formula_with_a_stored_value_gives_it() -> None:
    content = excel('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')

    assert read_workbook(content, name="a.xlsx").sheets[0].rows == (("2", "#DIV/0!"),)


def test_cells_that_do_not_say_where_they_stand_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r='4'><c r='B4'><v>3</v></c><c><v>4</v></c></row>"

    assert read_workbook(excel(rows), name="a.xlsx").sheets[0].rows == (
        ("1", "", "2"), ("", "", ""), ("", "", ""), ("", "3", "4"),
    )  # fmt: skip


def test_styled_cells_that_hold_nothing_do_not_count() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576"/></row>'

    assert read_workbook(excel(rows), name="a.xlsx").sheets[0].rows == (("1",),)


def test_strings_without_their_guides_to_pronunciation_and_with_escaped_breaks() -> None:
    strings = f'<sst xmlns="{S}"><si><t>a_x000D_\nb</t><rPh sb="0" eb="1"><t>không</t></rPh></si></sst>'
    inline = '<c r="C1" t="inlineStr"><is><t>c</t></is></c>'
    cells = f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>7</v></c>{inline}</row>'
    content = archive(excel_parts(cells) | {"xl/sharedStrings.xml": strings.encode()})

    assert read_workbook(content, name="a.xlsx").sheets[0].rows == (("a\nb", "", "c"),)


def test_a_sheet_whose_part_is_missing_is_left_out() -> None:
    parts = excel_parts()
    del parts["xl/worksheets/sheet1.xml"]

    assert read_workbook(archive(parts), name="a.xlsx").sheets == ()


def test_a_word_file_is_no_workbook() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_workbook(saved(a_book(["x"])), name="a.docx")

    assert refused.value.reason is Reason.EXTENSION_MISMATCH


words = st.text(alphabet="abc ăđế123,.-", min_size=1, max_size=12).map(str.strip)
values = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    words.filter(lambda it: it and it[0] not in "=-"),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(values, min_size=1, max_size=5), min_size=1, max_size=6))
def test_the_same_cells_are_found_as_by_another_reader(rows: list[list[Any]]) -> None:
    content = saved(a_book(*rows))
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    sheets = read_workbook(content, name="a.xlsx").sheets
    ours = sheets[0].rows if sheets else ()

    assert [list(row) for row in ours] == [[_shown(value) for value in row] for row in theirs]


def _shown(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)


def test_a_moment_is_a_day_with_its_hour() -> None:
    assert read(a_book([datetime(2022, 11, 20, 8, 30)])).sheets[0].rows == (("20/11/2022 08:30",),)
