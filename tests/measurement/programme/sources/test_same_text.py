"""The same plan gives the same text, whatever it is kept as."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caicach.measurement.programme.reading.source import SourceText
from caicach.measurement.programme.sources import read_paste, read_source
from tests.measurement.programme.sources.saving import HEADINGS, LINES, PLAN, ROWS, Plan
from tests.shared import needs_shared, shared_text

PROSE = Plan(LINES)


def cells_of(source: SourceText) -> list[list[list[str]]]:
    return [[[source.text[it.start : it.end] for it in row] for row in table.rows] for table in source.tables]


@pytest.mark.parametrize("ending", ["txt", "docx", "xlsx", "pdf"])
def test_the_prose_of_a_plan_is_the_same_from_every_kind_of_file(ending: str) -> None:
    content = {"txt": PROSE.as_text, "docx": PROSE.as_word, "xlsx": PROSE.as_excel, "pdf": PROSE.as_pdf}[ending]()
    source = read_source(content, name=f"ke-hoach.{ending}")

    assert source.text.split("\n") == LINES
    assert source.name == f"ke-hoach.{ending}"
    assert source.warnings == ()


@pytest.mark.parametrize("ending", ["txt", "docx", "xlsx"])
def test_the_table_of_a_plan_is_the_same_from_every_kind_of_file(ending: str) -> None:
    content = {"txt": PLAN.as_text, "docx": PLAN.as_word, "xlsx": PLAN.as_excel}[ending]()
    source = read_source(content, name=f"ke-hoach.{ending}")

    assert source.text == PLAN.as_text().decode()
    assert cells_of(source)[-1][-4:] == [HEADINGS, *ROWS]


def test_a_paste_gives_what_the_file_gives() -> None:
    text = PLAN.as_text().decode()

    assert read_paste(text, name="a.txt") == read_source(text.encode(), name="a.txt")


@pytest.mark.parametrize("justify", [True, False])
@pytest.mark.parametrize(("size", "indent"), [(11, "0cm"), (13, "1cm"), (14, "1.27cm")])
@pytest.mark.parametrize("numbering", ["none", '"1"', '"- 1 -"', '"1/1"'])
def test_however_a_page_is_set_its_paragraphs_come_back(justify: bool, size: int, indent: str, numbering: str) -> None:
    content = PROSE.as_pdf(justify=justify, size=size, indent=indent, numbering=numbering)

    assert read_source(content, name="a.pdf").text.split("\n") == LINES


words = st.text(alphabet="abcdeghiklmnoăâđêôơưáàảãạếềộứừ", min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=60).map(lambda it: " ".join(it).capitalize() + ".")
marks = st.sampled_from(["", "- ", "1. ", "a) "])
plans = st.lists(st.builds(str.__add__, marks, sentences), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(plans)
def test_any_paragraphs_are_the_same_as_text_word_and_excel(lines: list[str]) -> None:
    plan = Plan(lines)
    texts = {
        read_source(content, name=name).text
        for name, content in (("a.txt", plan.as_text()), ("a.docx", plan.as_word()), ("a.xlsx", plan.as_excel()))
    }

    assert texts == {"\n".join(lines)}


@settings(max_examples=8, deadline=None)
@given(plans)
def test_any_paragraphs_among_others_come_back_from_a_pdf(lines: list[str]) -> None:
    """Among others: a page of two short lines does not show where its right edge is."""
    lines = [*LINES, *lines, *LINES]

    assert read_source(Plan(lines).as_pdf(), name="a.pdf").text.split("\n") == lines


@needs_shared
@pytest.mark.parametrize(
    "name", ["ke-hoach-cchc-2022.txt", "plans/thanhhoa-2025.txt", "plans/bnv-tuyen-truyen-2021.txt"]
)
def test_a_real_plan_is_the_same_from_every_kind_of_file(name: str) -> None:
    lines = [" ".join(line.split()) for line in shared_text(name).split("\n") if line.strip()]
    lines = [line for line in lines if not line.startswith("#")]
    plan = Plan(lines)
    for ending, content in (("docx", plan.as_word()), ("xlsx", plan.as_excel()), ("pdf", plan.as_pdf())):
        assert read_source(content, name=f"a.{ending}").text.split("\n") == lines, ending
