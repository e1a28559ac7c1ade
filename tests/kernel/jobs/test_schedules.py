"""Work that comes round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from caicach.kernel.jobs import schedules
from caicach.kernel.jobs.discovery import discover
from caicach.kernel.jobs.models import Job, ScheduledTime

from . import kinds

pytestmark = pytest.mark.django_db

SEVEN_IN_HANOI = datetime(2026, 3, 9, 0, 0, tzinfo=UTC)
"""Monday, 09/03/2026, 07:00 in Việt Nam."""


@pytest.fixture(autouse=True)
def one_schedule(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    discover()
    monkeypatch.setattr(schedules, "_SCHEDULES", {})
    schedules.schedule("tests.every_morning", "0 8 * * *", kinds.mark)
    schedules.start_due(at=SEVEN_IN_HANOI)
    return


def start(**after_seven: int) -> int:
    return schedules.start_due(at=SEVEN_IN_HANOI + timedelta(**after_seven))


def test_the_first_look_only_notes_when_it_comes_round() -> None:
    assert ScheduledTime.objects.get().next_due_at == SEVEN_IN_HANOI + timedelta(hours=1)
    assert not Job.objects.exists()


def test_it_comes_round_at_its_time_in_viet_nam_and_once() -> None:
    assert start(minutes=59) == 0
    assert start(minutes=60) == 1
    assert start(minutes=60, seconds=1) == 0
    assert start(hours=24) == 0
    assert start(hours=25) == 1
    assert [job.kind for job in Job.objects.all()] == ["tests.mark", "tests.mark"]


def test_times_missed_while_nobody_worked_are_made_up_for_by_one() -> None:
    assert start(days=10) == 1
    assert start(days=10, seconds=1) == 0
    assert ScheduledTime.objects.get().next_due_at == SEVEN_IN_HANOI + timedelta(days=10, hours=1)


def test_a_clock_set_back_neither_stops_it_nor_repeats_what_was_done() -> None:
    assert start(hours=1) == 1
    assert start(minutes=5) == 0
    start(hours=1)
    assert Job.objects.count() == 1
    assert start(hours=25) == 1


def test_a_line_that_the_code_changed_counts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "_SCHEDULES", {})
    schedules.schedule("tests.every_morning", "30 7 * * *", kinds.mark)

    assert start(minutes=1) == 0
    assert ScheduledTime.objects.get().next_due_at == SEVEN_IN_HANOI + timedelta(minutes=30)
    assert start(minutes=30) == 1


def test_a_schedule_that_could_never_run_is_refused() -> None:
    with pytest.raises(ValueError):
        schedules.schedule("tests.never", "sometimes", kinds.mark)
    with pytest.raises(TypeError):
        schedules.schedule("tests.lacking", "0 8 * * *", kinds.count)


def test_quiet_times_cost_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        start(minutes=5)
