"""The clock, and how the sample ministry may shift it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from caicach.kernel.calendar import clock

NOON = datetime(2026, 3, 11, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_DIR = tmp_path
    settings.LOCAL = True
    return tmp_path


def shift(folder: Path, text: str) -> None:
    (folder / clock.DEMO_CLOCK).write_text(text, encoding="utf-8")


@time_machine.travel(NOON, tick=False)
def test_now_is_aware_and_utc() -> None:
    assert clock.now() == NOON
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2021-12-31T16:59:59+00:00", date(2021, 12, 31)),
        ("2021-12-31T17:00:00+00:00", date(2022, 1, 1)),
        ("2024-02-28T17:00:00+00:00", date(2024, 2, 29)),
        ("2024-02-29T17:00:00+00:00", date(2024, 3, 1)),
    ],
    ids=["a second before midnight", "midnight of the new year", "into 29/02", "out of 29/02"],
)
def test_today_changes_at_midnight_in_viet_nam(moment: str, day: date) -> None:
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        assert clock.today() == day


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.local_date(datetime(2022, 1, 1))


def test_without_a_file_the_clock_is_the_true_one() -> None:
    assert clock.demo_offset() is None


@time_machine.travel(NOON, tick=False)
def test_the_sample_ministry_lives_on_another_day(data_dir: Path) -> None:
    shift(data_dir, json.dumps({"offset_seconds": -4 * 365 * 86400, "since": "2026-03-11T12:00:00+07:00"}))

    assert clock.demo_offset() == timedelta(days=-4 * 365)
    assert clock.today() == date(2022, 3, 12)


@time_machine.travel(NOON, tick=False)
def test_a_changed_file_counts_at_once_and_a_removed_one_no_more(data_dir: Path) -> None:
    shift(data_dir, '{"offset_seconds": 86400}')
    assert clock.today() == date(2026, 3, 12)

    shift(data_dir, '{"offset_seconds": 1728000}')
    assert clock.today() == date(2026, 3, 31)

    (data_dir / clock.DEMO_CLOCK).unlink()
    assert clock.today() == date(2026, 3, 11)


def test_production_never_shifts_its_clock(data_dir: Path, settings: Settings) -> None:
    shift(data_dir, '{"offset_seconds": 86400}')
    settings.LOCAL = False

    assert clock.demo_offset() is None


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"offset_seconds": "x"}', '{"offset_seconds": null}', '{"offset_seconds": 1e12}', "\x00"],
)
def test_a_spoilt_file_leaves_the_true_time(text: str, data_dir: Path) -> None:
    shift(data_dir, text)

    assert clock.demo_offset() is None


def test_an_offset_of_nothing_is_no_offset(data_dir: Path) -> None:
    shift(data_dir, '{"offset_seconds": 0}')

    assert clock.demo_offset() is None
