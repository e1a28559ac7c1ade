"""Numbers that a draft leaves out."""

from __future__ import annotations

import pytest

from caicach.measurement.programme.numbers import skipped_numbers


@pytest.mark.parametrize(
    ("numbers", "skipped"),
    [
        (["1.1", "1.2", "1.3"], []),
        (["1.1", "1.2", "1.4", "2.1", "2.3"], ["1.3", "2.2"]),
        (["2.1", "2.3", "10.1", "10.3"], ["2.2", "10.2"]),
        (["3", "1"], ["2"]),
        (["", "2a", "I.3", "1.2"], []),
        (["1.1", "1.900000000"], []),
    ],
)
def test_what_is_left_out_between_two_numbers_is_named(numbers: list[str], skipped: list[str]) -> None:
    assert skipped_numbers(numbers) == skipped


def test_a_draft_of_gaps_names_the_first_twenty() -> None:
    assert len(skipped_numbers(["1.1", "1.50"])) == 20
