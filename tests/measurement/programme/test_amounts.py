"""Numbers to reach, as people write them, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from caicach.measurement.programme.models import NationalTarget, TaskTarget

WORDS = [
    ("=", "60.0000", None, "%", "60 %", "60 %"),
    (">=", "80.0000", None, "%", "ít nhất 80 %", "at least 80 %"),
    (">", "83", None, "%", "trên 83 %", "more than 83 %"),
    ("<=", "2.5000", None, "%", "không quá 2,5 %", "at most 2.5 %"),
    ("<", "3", None, "%", "dưới 3 %", "less than 3 %"),
    ("between", "25.0000", "35.0000", "%", "25 - 35 %", "25 - 35 %"),
    ("=", "10.0000", None, "ngày", "10 ngày", "10 days"),
    (">=", "2500", None, "hồ sơ", "ít nhất 2.500 hồ sơ", "at least 2,500 hồ sơ"),
    ("<=", "10", None, "hạng", "trong 10 hạng đầu", "among the first 10"),
]


@pytest.mark.parametrize(("operator", "value", "value_to", "unit", "vietnamese", "english"), WORDS)
def test_a_target_is_written_as_people_write_it(
    operator: str, value: str, value_to: str | None, unit: str, vietnamese: str, english: str
) -> None:
    target = TaskTarget(
        operator=operator, value=Decimal(value), value_to=Decimal(value_to) if value_to else None, unit=unit
    )
    with translation.override("vi"):
        assert target.wanted == vietnamese
    with translation.override("en"):
        assert target.wanted == english


@pytest.mark.parametrize(
    ("operator", "value", "unit", "vietnamese", "english"),
    [
        ("between", "25-35", "%", "25 - 35 %", "25 - 35 %"),
        (">=", "20", "%/year", "ít nhất 20 % mỗi năm", "at least 20 % a year"),
        ("<=", "30", "rank", "trong 30 hạng đầu", "among the first 30"),
        ("=", "100", "%", "100 %", "100 %"),
        ("=", "tất cả", "", "tất cả", "tất cả"),
    ],
)
def test_a_national_target_is_written_as_people_write_it(
    operator: str, value: str, unit: str, vietnamese: str, english: str
) -> None:
    target = NationalTarget(operator=operator, value=value, unit=unit)
    with translation.override("vi"):
        assert target.wanted == vietnamese
    with translation.override("en"):
        assert target.wanted == english


def test_a_task_without_a_number_says_none() -> None:
    assert TaskTarget(operator=">=", value=None, unit="%").wanted == ""
