"""CSV for other programs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest

from caicach.kernel.papers.csv_text import csv_bytes, csv_stream


def read(written: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(written.decode("utf-8-sig"), newline="")))


def test_it_starts_with_the_mark_by_which_excel_knows_vietnamese_letters() -> None:
    assert csv_bytes(["Nhiệm vụ"], []).startswith("\ufeffNhiệm vụ\r\n".encode())


def test_values_are_written_for_programs() -> None:
    """A moment with its offset, in the time that the page shows."""
    row = [
        "Rà soát, công bố",
        5,
        -5,
        -0.5,
        Decimal("1E+3"),
        date(2022, 6, 30),
        datetime(2022, 1, 28, 3, tzinfo=UTC),
        None,
    ]

    assert read(csv_bytes(["x"] * 8, [row]))[1] == [
        "Rà soát, công bố", "5", "-5", "-0.5", "1000", "2022-06-30", "2022-01-28T10:00:00+07:00", "",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-5", "@x", "＝1+1", "＋1", "－1", "＠x", " =1", "\n=1"])
def test_a_text_that_could_run_gets_an_apostrophe_in_rows_and_titles(text: str) -> None:
    rows = read(csv_bytes([text], [[text]]))

    assert rows == [[f"'{text}"], [f"'{text}"]]


@pytest.mark.parametrize("text", ["\t=1", "\r=1"])
def test_what_hides_a_formula_behind_a_blank_does_not_get_through(text: str) -> None:
    assert read(csv_bytes(["x"], [[text]]))[1][0].startswith("'")


def test_quotes_line_breaks_and_separators_come_back_as_they_were() -> None:
    text = 'một "hai", ba;\nbốn'

    assert read(csv_bytes(["x"], [[text]]))[1] == [text]


def test_a_long_file_comes_in_pieces_as_rows_are_asked_for() -> None:
    taken = 0

    def rows() -> Iterator[list[int]]:
        nonlocal taken
        for number in range(100_000):
            taken = number + 1
            yield [number]

    pieces = csv_stream(["Số"], rows())
    assert next(pieces).decode("utf-8-sig") == "Số\r\n"
    assert taken == 0
    next(pieces)
    assert taken == 500
    assert sum(piece.count(b"\r\n") for piece in pieces) == 99_500
