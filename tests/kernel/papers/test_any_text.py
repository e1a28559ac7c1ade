"""What a person typed is what stands on paper, in every field of every format, and it is never run."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from caicach.kernel.papers import csv_text, excel, model
from caicach.kernel.papers.official import official_pdf
from caicach.kernel.papers.printed_list import Group, Mark, Marked, PrintedList, list_pdf
from caicach.kernel.papers.text import printable
from caicach.kernel.papers.word import official_word

from . import examples
from .reading import drawn_text, rows_of_excel, squeezed, text_of, text_of_word

TEXTS = {
    "typst markup": '#panic(1) #import "/x" $x^2$ \\ @nhan <nhan> = Tiêu đề *đậm* _nghiêng_ `mã` ~ -- // /* */ [a](b)',
    "jinja tags": "{{ 7*7 }} {% for x in y %} {# z #} {{r x }} {%p if %} {{ ''.__class__ }}",
    "xml": "<w:t>&amp; ]]> <!-- --> &lt; <script>alert(1)</script>",
    "quotes": "\"kép\" 'đơn' “cong” ‘cong’ «góc» `huyền`",
    "sums": "=1+1 +1 -1 @SUM(A1) ＝1+1",
    "json": '{"a": [1, null]} \\u0041 \\n \\\\',
    "blanks": "hai  cách   ba",
    "letters of other scripts": "漢字かな ไทย हिन्दी",
    "emoji": "hoàn thành 😀 🚀 ✅",
    "decomposed": unicodedata.normalize("NFD", "Nguyễn Thị Ẩn, Đặng Ơn, Ưu Ỷ"),
    "signs": "₫ € § ½ ² ≥ ≤ → … – — • № ° × ÷ ± ∞ √",
    "line breaks": "dòng một\ndòng hai\r\ndòng ba",
    "private use": "a\ue000b",
    "percent": "%s %(name)s %% {0} {name}",
    "reverse solidus": "C:\\Users\\x \\begin{a} \\0 \\x41",
}


def everywhere(text: str) -> model.OfficialPaper:
    """An official paper with the text in each of its fields, each time between marks of its own."""
    count = iter(range(1000))

    def marked() -> str:
        return f"[{next(count)}|{text}|]"

    def blocks() -> tuple[model.Block, ...]:
        columns = (
            model.Column(marked()),
            model.Column(marked(), group=(group := marked())),
            model.Column(marked(), group=group),
        )
        rows = (
            model.Row((marked(), marked(), (model.Run(marked(), bold=True),))),
            model.Row((marked(),), model.RowKind.GROUP),
            model.Row((marked(), marked(), marked()), model.RowKind.TOTAL),
        )
        return (
            model.Heading(marked(), 1, marked()),
            model.Chapter(marked(), marked()),
            model.Centred(marked()),
            model.Grounds((marked(), marked())),
            model.Article(marked(), marked(), marked()),
            model.Paragraph((model.Run(marked(), italic=True), model.Run(marked()))),
            model.Listing((marked(), marked())),
            model.Table(columns, rows, marked(), marked()),
        )

    return model.OfficialPaper(
        issuer=marked(), issuer_above=marked(), kind=marked(), subject=marked(), number=1, notation=marked(),
        place=marked(), day=date(2022, 1, 1), issued_by=marked(), addressees=(marked(), marked()),
        recipients=(marked(), marked()), signer=model.Signer((marked(), marked()), marked()), drafter_mark=marked(),
        contact=(marked(),), note=marked(), blocks=blocks(),
        annexes=(model.Annex(marked(), blocks(), marked(), marked()),),
    )  # fmt: skip


def marks_in(read: str, text: str) -> set[int]:
    """Numbers of the marks that hold exactly this text, wherever its lines were broken."""
    pattern = re.escape(squeezed(printable(text)))
    return {int(number) for number in re.findall(rf"\[(\d+)\|{pattern}\|\]", squeezed(read))}


def count_of_marks() -> int:
    """How many fields `everywhere` fills."""
    return len(set(re.findall(r"\[(\d+)\|", repr(everywhere("x")))))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_field_of_a_paper_prints_what_was_typed(text: str) -> None:
    paper = everywhere(text)
    made = official_pdf(paper, made_at=examples.MADE_AT)

    # A paragraph that goes on over the page has the note and the next page's number in the middle.
    note = re.escape(squeezed(printable(paper.note)))
    flowing = squeezed(printable(paper.note)) + re.sub(rf"{note}\d?", "", squeezed(drawn_text(made)))
    assert marks_in(flowing, text) == set(range(count_of_marks()))


def test_words_from_right_to_left_print_in_every_field() -> None:
    """Apart from the marks: PDFium puts numbers beside Hebrew in an order of its own."""
    made = official_pdf(everywhere("שלום"), made_at=examples.MADE_AT)

    assert text_of(made).count("שלום") >= count_of_marks()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_field_of_a_word_document_holds_what_was_typed(text: str) -> None:
    made = official_word(everywhere(text), made_at=examples.MADE_AT)

    assert marks_in(text_of_word(made), text) == set(range(count_of_marks()))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_field_of_a_printed_list_prints_what_was_typed(text: str) -> None:
    marked = [f"[{number}|{text}|]" for number in range(9)]
    printed = PrintedList(
        title=marked[0], columns=(model.Column(marked[1]), model.Column("x")), issuer=marked[2], printed_by=marked[3],
        rows=[(marked[4], Marked(Mark.LATE, marked[5])), Group(marked[6])], filters=(marked[7],), note=marked[8],
        printed_at=examples.MADE_AT, address=f"http://localhost/{text[:20]}",
    )  # fmt: skip

    assert marks_in(drawn_text(list_pdf(printed)), text) == set(range(9))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_cell_of_a_workbook_holds_what_was_typed(text: str) -> None:
    sheet = excel.Sheet(text, (excel.SheetColumn(text), excel.SheetColumn("x")), [(text, 1)], heading=(text,))

    rows = rows_of_excel(excel.workbook([sheet], title=text, author=text))

    assert [row[0] for row in rows] == [printable(text), None, printable(text), printable(text)]


def test_all_fields_of_the_model_are_tried() -> None:
    tried = everywhere("x")
    chosen = {"number", "day", "urgency", "draft"}

    for field in fields(model.OfficialPaper):
        assert field.name in chosen or "|x|" in repr(getattr(tried, field.name)), field.name


def test_the_files_own_title_is_what_was_typed_on_one_line() -> None:
    paper = replace(examples.report(), subject="#panic()\n{{ x }} Ẩn")
    information = PdfReader(BytesIO(official_pdf(paper, made_at=examples.MADE_AT))).metadata

    assert information is not None
    assert information.title == "Báo cáo 07/BC-CCHC #panic() {{ x }} Ẩn"


def letters() -> st.SearchStrategy[str]:
    """Anything that can be typed, seasoned with what templates, formulas and XML are made of."""
    spice = st.sampled_from(
        [
            "#",
            "$",
            "\\",
            "@",
            "{{",
            "}}",
            "{%",
            "<",
            ">",
            '"',
            "'",
            "`",
            "=",
            "\u202e",
            "a\u0301",
            "o\u031b\u0309",
            "\n",
            "\x00",
        ]
    )
    # Left to right only: how right-to-left words are put in order is the reader's business (tried above with Hebrew).
    plain = st.characters(blacklist_categories=["Cs", "Mn", "Me", "Mc", "Cn", "Co"], max_codepoint=0x24FF).filter(
        lambda letter: unicodedata.bidirectional(letter) not in ("R", "AL", "AN")
    )
    return st.lists(st.one_of(spice, plain), max_size=60).map("".join)


@given(letters())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_prints_as_it_was_typed(text: str) -> None:
    made = official_pdf(
        examples.letter(blocks=(model.Paragraph(f"[0|{text}|]"),), subject=f"[1|{text}|]"), made_at=examples.MADE_AT
    )

    assert _bare(text) == "" or _bare(f"[0|{text}|]") in _bare(text_of(made))


def _bare(text: str) -> str:
    """Without what readers of PDF disagree on: blanks of all kinds, joiners, and compatibility forms they fold."""
    folded = unicodedata.normalize("NFKC", printable(text))
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] not in "ZCM")


values: st.SearchStrategy[Any] = st.one_of(
    letters(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False), st.none(),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9),
    st.dates(date(1800, 1, 1), date(2200, 1, 1)),
)  # fmt: skip


@given(st.lists(st.tuples(values, values), max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_spreadsheet_gets_a_formula(rows: list[tuple[Any, Any]]) -> None:
    columns = (excel.SheetColumn("a"), excel.SheetColumn("b", excel.Kind.DECIMAL))
    book = load_workbook(BytesIO(excel.workbook([excel.Sheet("x", columns, rows)])))

    assert not any(cell.data_type == "f" for row in book.worksheets[0].iter_rows() for cell in row)
    lines = csv_text.csv_bytes(["a", "b"], rows).decode("utf-8-sig")
    assert lines.count('"') % 2 == 0
