from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.files.reading import DEFAULT_LIMITS, Reason, UnreadableFile
from caicach.kernel.files.reading.workbook import Span
from caicach.kernel.usecase.text import clean
from caicach.measurement.programme.reading.source import SourceText
from caicach.measurement.programme.sources.building import Block, Paragraph, Table, build, cell_text, kept


def built(*blocks: Block) -> SourceText:
    return build(blocks, name="a", notices=(), limits=DEFAULT_LIMITS)


def cells_of(source: SourceText) -> list[list[str]]:
    return [[source.text[it.start : it.end] for it in row] for row in source.tables[0].rows]


def test_paragraphs_headings_and_pages_know_their_place() -> None:
    source = built(Paragraph("Một", 1, (0,)), Paragraph("hai ba", 0, (4,)), Paragraph("Bốn", 2))

    assert source.text == "Một\nhai ba\nBốn"
    assert [(source.text[start:end], level) for start, end, level in source.headings] == [("Một", 1), ("Bốn", 2)]
    assert [source.text[place:] for place in source.pages] == ["Một\nhai ba\nBốn", "ba\nBốn"]


def test_a_title_across_the_sheet_is_a_line_of_its_own() -> None:
    source = built(Table([["", "KẾ HOẠCH", ""], ["a", "", "c"], ["", "", ""], ["d", "e", ""]]))

    assert source.text == "KẾ HOẠCH\na\t\tc\n\nd\te"
    assert cells_of(source) == [["", "KẾ HOẠCH", ""], ["a", "", "c"], ["", "", ""], ["d", "e", ""]]


def test_a_merged_area_stands_once_in_the_text_and_in_each_of_its_cells() -> None:
    source = built(Table([["A", "", "b"], ["", "", "c"]], (Span(0, 0, 1, 1),)))

    assert source.text == "A\tb\nc"
    assert cells_of(source) == [["A", "A", "b"], ["A", "A", "c"]]


def test_areas_that_reach_beyond_the_table_or_over_each_other_do_no_harm() -> None:
    source = built(Table([["A", "b"], ["c", "d"]], (Span(0, 0, 99, 99), Span(0, 1, 1, 1))))

    assert cells_of(source) == [["A", "A"], ["A", "A"]]


def test_a_table_of_nothing_is_none() -> None:
    assert built(Table([["", ""]]), Paragraph("x")).tables == ()


def test_no_text_is_refused_by_name() -> None:
    with pytest.raises(UnreadableFile) as refused:
        built(Table([["", ""]]), Paragraph(" "))

    assert (refused.value.reason, refused.value.name) == (Reason.NO_TEXT, "a")


texts = st.text(alphabet="aă1 .\n\t\u00ad\u200b", max_size=6)
cells = texts.map(lambda it: cell_text(it.split("\n")))
places = st.integers(0, 5)
spans = st.builds(lambda top, left, down, along: Span(top, left, top + down, left + along), *[places] * 4)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    row = st.lists(cells, min_size=width, max_size=width)
    return Table(draw(st.lists(row, min_size=1, max_size=5)), draw(st.lists(spans, max_size=2)))


blocks = st.lists(st.one_of(st.builds(Paragraph, texts.map(kept)), tables()), min_size=1, max_size=6)


@given(blocks)
def test_every_place_is_inside_the_text_and_the_text_passes_the_edge_unchanged(blocks: list[Block]) -> None:
    try:
        source = build(blocks, name="a", notices=(), limits=DEFAULT_LIMITS)
    except UnreadableFile:
        return

    for table in source.tables:
        for row in table.rows:
            assert all(0 <= it.start <= it.end <= len(source.text) for it in row)
            assert not any("\t" in source.text[it.start : it.end] for it in row)
    assert clean(source.text).replace("\u00ad", "") == source.text.replace("\u200b", "")


def test_a_cell_is_its_lines_without_empty_ones() -> None:
    assert cell_text([" a ", "", "b\tc"]) == "a\nb c"
