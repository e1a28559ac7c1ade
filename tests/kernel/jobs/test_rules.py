from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.kernel.jobs.rules import LONGEST_PAUSE, pause_before


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (40, 3600)], ids=str
)
def test_pauses_double_up_to_an_hour(attempt: int, seconds: int) -> None:
    assert pause_before(attempt=attempt, spread=0.5) == timedelta(seconds=seconds)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_pause_is_never_nothing_and_never_over_an_hour_and_a_half(attempt: int, spread: float) -> None:
    assert timedelta(seconds=5) <= pause_before(attempt=attempt, spread=spread) <= LONGEST_PAUSE * 1.5


@given(st.integers(1, 100), st.floats(0, 1))
def test_a_later_attempt_never_waits_less(attempt: int, spread: float) -> None:
    assert pause_before(attempt=attempt + 1, spread=spread) >= pause_before(attempt=attempt, spread=spread)


@pytest.mark.parametrize(("attempt", "spread"), [(0, 0.5), (1, -0.1), (1, 1.1)])
def test_nonsense_is_refused(attempt: int, spread: float) -> None:
    with pytest.raises(ValueError):
        pause_before(attempt=attempt, spread=spread)
