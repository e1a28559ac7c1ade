"""The sentence that stands over a plan's figures."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from caicach.measurement.programme.finding import Situation, sentence


def situation(**given: int) -> Situation:
    return Situation(**({"done": 21, "assigned": 57, "late": 0, "late_units": 0, "coming": 0, "days": 5} | given))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"late": 3, "late_units": 3, "coming": 5},
            "3 nhiệm vụ quá hạn ở 3 đơn vị; 5 nhiệm vụ đến hạn trong 5 ngày làm việc tới",
        ),
        ({"late": 2, "late_units": 1}, "2 nhiệm vụ quá hạn"),
        ({"coming": 1}, "1 nhiệm vụ đến hạn trong 5 ngày làm việc tới"),
        ({}, "Hoàn thành 21 trên 57 nhiệm vụ, không có quá hạn"),
        ({"done": 57}, "Cả 57 nhiệm vụ đã hoàn thành"),
        ({"assigned": 0, "done": 0}, "Chưa có nhiệm vụ nào được giao"),
    ],
)
def test_it_says_what_is_late_before_what_is_done(given: dict[str, int], said: str) -> None:
    with override("vi"):
        assert sentence(situation(**given)) == said


def test_english_counts_one_as_one() -> None:
    with override("en"):
        assert sentence(situation(late=1, late_units=1, coming=1)) == (
            "1 task overdue; 1 task due within 5 working days"
        )
