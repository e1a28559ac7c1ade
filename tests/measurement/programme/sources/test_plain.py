from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.files.reading import DEFAULT_LIMITS, NoticeCode, Reason, UnreadableFile
from caicach.measurement.programme.reading.source import SourceText
from caicach.measurement.programme.sources import read_paste, read_source
from tests.old_letters import tcvn3
from tests.shared import needs_shared, shared_text


def cells_of(source: SourceText, table: int = 0) -> list[list[str]]:
    return [[source.text[it.start : it.end] for it in row] for row in source.tables[table].rows]


@needs_shared
def test_offsets_of_a_text_file_are_those_of_its_nfc_text() -> None:
    text = shared_text("ke-hoach-cchc-2022.txt")
    source = read_source(unicodedata.normalize("NFD", text).encode(), name="a.txt")

    assert source.text == unicodedata.normalize("NFC", text)
    assert [it.code for it in source.warnings] == [NoticeCode.COMPOSED]


def test_a_text_stays_as_it_is_blank_lines_and_blanks_included() -> None:
    text = "  Kế hoạch \n\n\n  - một\u00a0hai\n"

    assert read_source(text.replace("\n", "\r\n").encode(), name="a.txt").text == text


def test_rows_pasted_from_excel_are_a_table() -> None:
    source = read_paste("STT\tNhiệm vụ\tChủ trì\n1\tBan hành\tVụ A\n2\tSơ kết\t\n")

    assert cells_of(source) == [["STT", "Nhiệm vụ", "Chủ trì"], ["1", "Ban hành", "Vụ A"], ["2", "Sơ kết", ""]]


def test_a_pasted_cell_may_hold_line_breaks_and_quotes() -> None:
    source = read_paste('1\t"Ban hành\nkế hoạch"\tVụ "A"\n"2\n3"\tx\t"y"\n')

    assert cells_of(source) == [["1", "Ban hành\nkế hoạch", 'Vụ "A"'], ["2\n3", "x", "y"]]


def test_a_quotation_in_prose_is_no_cell() -> None:
    text = '"Một cửa" là cơ chế\n"hai\nba"\nx\ty\tz\n"bốn"\n1\t2\t3'

    assert read_paste(text).tables == ()


def test_short_rows_are_filled_up() -> None:
    assert cells_of(read_paste("a\tb\tc\nd\te")) == [["a", "b", "c"], ["d", "e", ""]]


def test_a_list_typed_with_tabs_is_no_table() -> None:
    assert read_paste("1.\tBan hành kế hoạch\n2.\tSơ kết\na)\tx\n-\ty\nIV.\tz").tables == ()
    assert read_paste("Ban hành kế hoạch\tQuý I\nSơ kết\tQuý II").tables != ()


def test_prose_between_two_tables_parts_them() -> None:
    source = read_paste("a\tb\tc\n1\t2\t3\nđoạn văn\nd\te\tf\n4\t5\t6")

    assert [cells_of(source, table) for table in (0, 1)] == [
        [["a", "b", "c"], ["1", "2", "3"]],
        [["d", "e", "f"], ["4", "5", "6"]],
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_one_table_whatever_parts_it(delimiter: str) -> None:
    rows = [["STT", "Nhiệm vụ"], ["1", '"Ban hành\nvà ""gửi"""']]
    content = "\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")
    source = read_source(content, name="a.csv")

    assert cells_of(source) == [["STT", "Nhiệm vụ"], ["1", 'Ban hành\nvà "gửi"']]


def test_a_csv_with_amounts_is_parted_at_its_semicolons() -> None:
    assert cells_of(read_source(b"a;1,5;2,5\nb;3,5;4,5", name="a.csv")) == [
        ["a", "1,5", "2,5"],
        ["b", "3,5", "4,5"],
    ]


def test_a_paste_in_old_letters_is_converted_and_told() -> None:
    source = read_paste(tcvn3("Bộ Nội vụ ban hành kế hoạch cải cách hành chính"))

    assert source.text == "Bộ Nội vụ ban hành kế hoạch cải cách hành chính"
    assert [it.code for it in source.warnings] == [NoticeCode.CONVERTED_TCVN3]


@pytest.mark.parametrize(
    ("text", "reason"), [("", Reason.NO_TEXT), (" \n\t", Reason.NO_TEXT), ("é" * 60, Reason.TEXT_TOO_LARGE)]
)
def test_a_paste_of_nothing_or_too_much_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_paste(text, limits=replace(DEFAULT_LIMITS, text_bytes=100))

    assert refused.value.reason is reason


def test_too_many_pasted_cells_are_refused() -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_paste("\t\t\n" * 50, limits=replace(DEFAULT_LIMITS, cells=100))

    assert refused.value.reason in (Reason.TOO_MANY_CELLS, Reason.NO_TEXT)
    with pytest.raises(UnreadableFile) as refused:
        read_paste("a\tb\tc\n" * 50, limits=replace(DEFAULT_LIMITS, cells=100))
    assert refused.value.reason is Reason.TOO_MANY_CELLS


@pytest.mark.parametrize("name", ["a.png", "a.xml"])
def test_a_kind_no_plan_is_read_from_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_source({"a.png": b"\x89PNG\r\n\x1a\n", "a.xml": b"<a/>"}[name], name=name)

    assert refused.value.reason is Reason.KIND_NOT_TAKEN
    assert refused.value.params["taken"] == ".csv, .docx, .pdf, .txt, .xlsx"


@given(st.text(alphabet='ab "\t\n', max_size=80))
def test_cells_lie_in_the_text_in_order_and_rows_are_equally_long(text: str) -> None:
    try:
        source = read_paste(text)
    except UnreadableFile:
        return

    for table in source.tables:
        assert len({len(row) for row in table.rows}) == 1
        ends = [place for row in table.rows for it in row for place in (it.start, it.end)]
        assert ends == sorted(ends)
        assert ends[-1] <= len(source.text)
        assert not any("\t" in source.text[it.start : it.end] for row in table.rows for it in row if '"' not in text)


@given(st.integers(1, 200))
def test_many_open_quotes_are_read_in_one_pass(lines: int) -> None:
    """Each line opens a quotation that never ends; none may be looked for to the end of the text again and again."""
    assert read_paste('"a\tb\n' * lines).text == '"a\tb\n' * lines


def test_a_table_with_bars_between_its_cells_is_one() -> None:
    framed = "Phụ lục\n| STT | Nhiệm vụ | Thời hạn |\n|---|:--|---|\n| 1 | Rà soát | Quý I |\n| 2 | Tập huấn | |\nHết."
    bare = "STT | Nhiệm vụ | Thời hạn\n1 | Rà soát | Quý I\n2 | Tập huấn | "

    for text in (framed, bare):
        assert cells_of(read_paste(text)) == [
            ["STT", "Nhiệm vụ", "Thời hạn"],
            ["1", "Rà soát", "Quý I"],
            ["2", "Tập huấn", ""],
        ]


def test_a_row_of_merged_cells_belongs_to_its_table() -> None:
    text = "TT | Nhiệm vụ | Hạn\nI | Thể chế\n1 | Rà soát | Quý I\n2 | Tập huấn | Quý II\n"

    assert cells_of(read_paste(text))[1:3] == [["I", "Thể chế", ""], ["1", "Rà soát", "Quý I"]]


def test_an_empty_first_cell_without_a_frame_is_a_cell_and_an_empty_line_parts_no_rows() -> None:
    text = "TT | Nhiệm vụ | Hạn\n\n1 | Rà soát | Quý I\n\n | Tập huấn | Quý II\n"

    assert cells_of(read_paste(text)) == [
        ["TT", "Nhiệm vụ", "Hạn"],
        ["1", "Rà soát", "Quý I"],
        ["", "Tập huấn", "Quý II"],
    ]


def test_bars_in_prose_are_no_table() -> None:
    text = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 4851/KH-UBND | Bình Dương |\nCăn cứ A | B"

    assert read_paste(text).tables == ()
