"""Rows copied in Excel, as the clipboard has them."""

from __future__ import annotations

import pytest

from caicach.kernel.usecase.errors import InvalidInput
from caicach.measurement.programme.cells import BadCell
from caicach.measurement.programme.pasting import rows_of
from caicach.measurement.programme.services.cell_errors import BadCells


def test_each_row_says_on_which_line_of_the_paste_it_begins() -> None:
    pasted = rows_of('Nhiệm vụ\tChủ trì\n\n"Rà soát\nvăn bản"\tVP\nTập huấn\tPC\n')

    assert pasted.rows == [{"title": "Rà soát\nvăn bản", "lead": "VP"}, {"title": "Tập huấn", "lead": "PC"}]
    assert pasted.lines == [3, 5]


def test_a_bad_cell_is_counted_as_a_row_and_found_on_its_line() -> None:
    pasted = rows_of('Nhiệm vụ\tThời hạn\n"Rà soát\nvăn bản"\tQuý I\nTập huấn\thôm nào đó\n')
    bad = BadCells([BadCell(1, "time", "hôm nào đó", "not_a_time")], in_rows=True)

    ((name, (words,)),) = bad.at_lines(pasted.lines).fields.items()

    assert name == "3.time"  # from 0, as in every answer
    assert words.startswith("Dòng 2, cột Thời gian")


def test_a_paste_at_a_cell_takes_the_columns_from_there() -> None:
    pasted = rows_of("VP\tQuý I\nPC\n", are_new=False, columns=["lead", "time"])

    assert pasted.rows == [{"lead": "VP", "time": "Quý I"}, {"lead": "PC"}]


def test_headings_say_more_than_the_cell() -> None:
    pasted = rows_of("Thời hạn\tChủ trì\nQuý I\tVP\n", are_new=False, columns=["lead", "time"])

    assert pasted.rows == [{"time": "Quý I", "lead": "VP"}]


def test_nothing_is_cut_off_at_the_right() -> None:
    with pytest.raises(InvalidInput) as refused:
        rows_of("VP\tQuý I\tthừa\n", are_new=False, columns=["lead", "time"])

    assert "3" in refused.value.fields["pasted"][0]
    assert "2" in refused.value.fields["pasted"][0]


def test_an_empty_row_keeps_its_place_over_other_tasks() -> None:
    pasted = rows_of("VP\r\n\r\nPC\r\n\r\n", are_new=False, columns=["lead", "time"])

    assert pasted.rows == [{"lead": "VP"}, {}, {"lead": "PC"}]
    assert pasted.lines == [1, 2, 3]
    assert [row["title"] for row in rows_of("Nhiệm vụ\tHạn\nA\tQuý I\n\nB\tQuý I\n").rows] == ["A", "B"]
