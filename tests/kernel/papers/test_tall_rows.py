"""Rows too tall to be kept on one page, at every place of a page where they may begin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation

from caicach.kernel.papers import model
from caicach.kernel.papers.official import official_pdf
from caicach.kernel.papers.printed_list import Group, list_pdf

from . import examples
from .reading import ink_of, lines_of, page_count, squeezed, text_of

UNITS = "Vụ Pháp chế, Văn phòng Bộ, Vụ Tổ chức cán bộ, Trung tâm Thông tin"
"""Four lines in its column."""
FEWEST = 5
"""Lines of a tall row on the page where it begins."""


@pytest.fixture(autouse=True)
def _in_vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


def printed(*, before: int, lines: int, heading: str = "") -> bytes:
    """`before` short rows, a heading if there is one, then a row of so many lines."""
    short = [(str(number), "Việc ngắn", "Vụ A", "15/06/2022", "Còn 3 ngày") for number in range(before)]
    tall = ("TT", words(lines), UNITS, "15/06/2022", "Quá hạn 6 ngày")
    group = [Group(heading)] if heading else []
    return list_pdf(replace(examples.overdue_list(), rows=[*short, *group, tall, ("KK", "", "", "", "")]))


def words(lines: int) -> str:
    return "\n".join(f"Dòng-{number}-hết" for number in range(1, lines + 1))


def pages(made: bytes) -> list[str]:
    return ["\n".join(line.text for line in lines_of(made, page)) for page in range(page_count(made))]


@pytest.mark.parametrize("before", range(28, 46))
def test_it_begins_with_several_lines_or_on_the_next_page_and_its_short_cells_stay_whole(before: int) -> None:
    found = pages(printed(before=before, lines=60))

    first = next(page for page in found if "TT" in page.split("Trang")[0].replace("STT", ""))
    assert first.count("Dòng-") >= FEWEST
    assert "Dòng-1-hết" in first
    together = squeezed(first)
    for piece in ("Vụ Pháp chế", "phòng Bộ", "chức cán bộ", "tâm Thông tin", "Quá hạn 6 ngày"):
        assert squeezed(piece) in together, "what is short stands where the row begins"


@pytest.mark.parametrize("lines", [60, 200])
def test_every_line_is_there_once_in_order_under_the_head(lines: int) -> None:
    made = printed(before=12, lines=lines)
    found = pages(made)

    assert [text_of(made).count(f"Dòng-{number}-hết") for number in range(1, lines + 1)] == [1] * lines
    with_rows = [page for page in found if "Dòng-" in page or "Việc ngắn" in page]
    assert all("Chủ trì" in page and "Tình trạng" in page for page in with_rows)
    assert "KK" in with_rows[-1], "the rows after it follow at once"


def test_nothing_runs_over_the_foot_of_a_page() -> None:
    made = printed(before=12, lines=200)

    for page in range(page_count(made)):
        letters = [line for line in lines_of(made, page) if "Dòng-" in line.text]
        assert all(letter.bottom > 20 * 72 / 25.4 for line in letters for letter in line.letters)
        assert ink_of(made, page)[3] < 841.89 - 15


@pytest.mark.parametrize("before", range(33, 40))
def test_a_heading_goes_with_the_tall_row_beneath_it(before: int) -> None:
    found = pages(printed(before=before, lines=60, heading="Nhóm việc lớn"))

    first = next(page for page in found if "Nhóm việc lớn" in page)
    assert "Dòng-1-hết" in first


def test_many_short_words_in_a_narrow_column_break_before_they_run_off_the_page() -> None:
    columns = (model.Column("Tên", 9), model.Column("Ký", 0.35), *(model.Column(str(n), 1) for n in range(4)))
    row = ("Việc", " ".join(["Ông"] * 90), "a", "b", "c", "d")

    made = list_pdf(replace(examples.overdue_list(), columns=columns, rows=[row]))

    assert squeezed(text_of(made)).count("Ông") == 90
    assert page_count(made) > 1


def test_an_annex_breaks_its_tall_rows_too() -> None:
    table = model.Table(
        columns=(model.Column("STT", 0.5), model.Column("Nhiệm vụ", 4), model.Column("Chủ trì", 1.5)),
        rows=tuple(model.Row((str(number), words(70 if number == 8 else 1), UNITS)) for number in range(1, 12)),
    )
    annex = model.Annex("DANH MỤC", (table,), landscape=True)
    made = official_pdf(replace(examples.decision(), annexes=(annex,)), made_at=examples.MADE_AT)

    drawn = text_of(made)
    assert all(drawn.count(f"Dòng-{number}-hết") == 1 for number in range(2, 71))
    assert all("Chủ trì" in page for page in pages(made) if "Dòng-" in page)
