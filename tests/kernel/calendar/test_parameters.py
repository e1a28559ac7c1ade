"""Values of the law by day, and the lists of every room's `reference/` folder."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from caicach.kernel.calendar.parameters import (
    UnknownParameter,
    all_parameters,
    parameter,
    parameter_periods,
    read_parameters,
)
from caicach.kernel.calendar.reference import MalformedReference, reference_files, reference_rows

HEADING = "key,valid_from,valid_to,value,unit,source,source_url\n"
SALARY = (
    "pay.base_salary,2019-07-01,2023-07-01,1490000,VND a month,NĐ 38/2019/NĐ-CP,\n"
    "pay.base_salary,2023-07-01,,1800000,VND a month,NĐ 24/2023/NĐ-CP,\n"
)


def file_with(folder: Path, text: str) -> Path:
    path = folder / "parameters.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_value_holds_from_its_day_until_before_its_end(tmp_path: Path) -> None:
    older, newer = read_parameters([file_with(tmp_path, HEADING + SALARY)])["pay.base_salary"]

    assert older.holds_on(date(2023, 6, 30))
    assert not older.holds_on(date(2023, 7, 1))
    assert newer.holds_on(date(2023, 7, 1))
    assert (older.number, newer.whole) == (Decimal(1490000), 1800000)


def test_a_parameter_of_the_product_comes_with_its_source() -> None:
    found = parameter("calendar.morning_from", on=date(2022, 1, 28))

    assert found.time_of_day == time(8)
    assert "188/1999/QĐ-TTg" in found.source


@pytest.mark.parametrize(
    ("key", "on"), [("calendar.no_such_thing", date(2022, 1, 1)), ("calendar.morning_from", date(1990, 1, 1))]
)
def test_an_unknown_key_or_day_is_named(key: str, on: date) -> None:
    with pytest.raises(UnknownParameter, match=f"{key}.*{on.isoformat()}"):
        parameter(key, on=on)


def test_the_periods_of_an_unknown_key_are_none() -> None:
    assert list(parameter_periods("calendar.no_such_thing")) == []


@pytest.mark.parametrize(
    ("value", "read"), [("abc", "number"), ("1.5", "whole"), ("abc", "whole"), ("25:00", "time_of_day")]
)
def test_a_value_that_is_not_what_is_asked_for_is_refused(value: str, read: str, tmp_path: Path) -> None:
    (found,) = read_parameters([file_with(tmp_path, f"{HEADING}a.b,2020-01-01,,{value},x,y,\n")])["a.b"]

    with pytest.raises(ValueError):
        getattr(found, read)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("a.b,2020-01-01,,1,x,,\n", "no source"),
        ("a.b,2020-01-01,,1,x,   ,\n", "no source"),
        (",2020-01-01,,1,x,y,\n", "no key"),
        ("a.b,2020-01-01,,,x,y,\n", "no value"),
        ("a.b,01/01/2020,,1,x,y,\n", "line 2"),
        ("a.b,2020-01-01,2020-01-01,1,x,y,\n", "ends before it begins"),
        ("a.b,2020-01-01,,1,x,y,\na.b,2021-01-01,,2,x,y,\n", "two values of a.b on 2021-01-01"),
        ("a.b,2020-01-01,2022-01-01,1,x,y,\na.b,2021-01-01,,2,x,y,\n", "two values"),
        ("a.b,2020-01-01\n", "not as many cells"),
        ("a.b,2020-01-01,,1,x,y,,z\n", "not as many cells"),
    ],
)
def test_a_file_that_breaks_its_form_is_refused_with_the_place(rows: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedReference, match=reason):
        read_parameters([file_with(tmp_path, HEADING + rows)])


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(MalformedReference, match="no column source"):
        reference_rows(file_with(tmp_path, "key,value\na,b\n"), columns=["key"])


def test_cells_are_trimmed_and_composed(tmp_path: Path) -> None:
    (row,) = reference_rows(file_with(tmp_path, "key,source\n a ,Luâ\u0323t\n"), columns=["key"])

    assert row == {"key": "a", "source": "Lu\u1eadt"}


def test_every_parameter_file_of_the_product_can_be_read() -> None:
    assert len(reference_files("parameters*.csv")) >= 1
    assert {"calendar.morning_from", "calendar.receipt_outside_hours"} <= all_parameters().keys()


@pytest.mark.parametrize("path", reference_files("*.csv"), ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_every_row_of_every_list_has_a_source(path: Path) -> None:
    assert reference_rows(path, columns=["source"])
