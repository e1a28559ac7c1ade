"""How numbers, days and deadlines are said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.ui import wording

NARROW = "\u202f"


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (1234.5, None, "1.234,5"),
        (1234567, None, "1.234.567"),
        (0, None, "0"),
        (Decimal("1.4"), 2, "1,40"),
        (-0.08, 2, "−0,08"),
    ],
)
def test_numbers_are_written_as_in_viet_nam(value, decimals, said):
    assert wording.number(value, decimals) == said


def test_english_writes_numbers_its_own_way():
    with translation.override("en"):
        assert wording.number(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("share", "decimals", "said"),
    [
        (Decimal(54) / 57, 1, f"94,7{NARROW}%"),
        (0.875, 1, f"87,5{NARROW}%"),
        (1, 0, f"100{NARROW}%"),
        (0, 1, f"0{NARROW}%"),
        (0.0004, 1, f"0,0{NARROW}%"),
    ],
)
def test_a_share_is_said_in_percent_with_a_narrow_space(share, decimals, said):
    assert wording.percent(share, decimals) == said


def test_a_promise_names_the_day_of_the_week():
    assert wording.long_day(date(2023, 5, 19)) == "thứ Sáu, 19/05/2023"


def test_a_moment_is_said_in_vietnamese_time():
    assert wording.moment(datetime(2022, 6, 15, 2, 41, tzinfo=UTC)) == "15/06/2022 09:41"
    assert wording.day(datetime(2022, 12, 31, 18, 0, tzinfo=UTC)) == "01/01/2023"


DUE = date(2022, 6, 30)


@pytest.mark.parametrize(
    ("given_", "shape", "said"),
    [
        ({"state": "on_time", "days": 24}, "shape-ring", "Còn 24 ngày"),
        ({"state": "soon", "days": 3}, "shape-diamond", "Còn 3 ngày"),
        ({"state": "soon", "days": 0}, "shape-diamond", "Hôm nay"),
        ({"state": "late", "days": 6}, "shape-triangle", "Quá hạn 6 ngày"),
        ({"state": "paused"}, "shape-bars", "Tạm dừng"),
        ({"state": "handed_in", "due_date": DUE}, "shape-bars", "Chờ nghiệm thu"),
        ({"state": "none"}, "shape-dash", "Thường xuyên"),
        ({"state": "done", "done_date": date(2022, 6, 14)}, "shape-check", "Xong 14/06/2022"),
        ({"state": "done_late", "days": 2}, "shape-check", "Xong sau hạn 2 ngày"),
        ({"state": "on_time", "days": 4, "whole": True}, "shape-ring", "Còn 4 ngày làm việc"),
        ({"state": "on_time", "days": 250, "due_date": DUE}, "shape-ring", "30/06/2022"),
        ({"state": "late", "days": 250, "due_date": DUE}, "shape-triangle", "Quá hạn từ 30/06/2022"),
    ],
)
def test_a_deadline_has_words_and_a_shape(given_, shape, said):
    words = wording.deadline_words(**given_)
    assert (words.shape, words.words) == (shape, said)


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="urgent"):
        wording.deadline_words(state="urgent")


@given(state=st.sampled_from(list(wording.DeadlineState)), days=st.none() | st.integers(0, 5000))
def test_every_deadline_says_something(state, days):
    with translation.override("vi"):
        assert wording.deadline_words(state=state, days=days, due_date=DUE).words


@pytest.mark.parametrize(
    ("done", "due", "shown"), [(8, 120, "6,7"), (54, 57, "94,7"), (2, 3, "66,7"), (1, 8, "12,5"), (1, 16, "6,3")]
)
def test_shares_are_rounded_not_cut_off(done: int, due: int, shown: str) -> None:
    assert wording.percent(Decimal(done) / Decimal(due)).startswith(shown)
