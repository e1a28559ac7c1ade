"""Numbers in addresses and hidden fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.ui.addresses import LARGEST_ID, whole_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("0" * 5000, 0), (str(LARGEST_ID), LARGEST_ID)]
)
def test_ascii_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "²",
        "1²",
        "٣",
        "１",
        "-1",
        "+1",
        "1.0",
        "1,0",
        "1_000",
        " 1",
        "1\n",
        "1e3",
        "0x1",
        "9" * 30,
        "9" * 5000,
        None,
    ],
)
def test_anything_else_is_none(text: str | None) -> None:
    assert whole_number(text) is None


def test_the_bound_is_taken_in() -> None:
    assert whole_number("100", most=100) == 100
    assert whole_number("101", most=100) is None
    assert whole_number(str(LARGEST_ID + 1)) is None


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    number = whole_number(text, most=999)
    assert number is None or 0 <= number <= 999
