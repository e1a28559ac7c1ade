"""The day on which the sample ministry lives: real time goes on from there."""

from __future__ import annotations

import json
import time
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path

from django.conf import settings

from caicach.kernel.calendar.clock import DEMO_CLOCK, VIETNAM

START_OF_WORK = time_of_day(8, 0)


def _path() -> Path:
    return Path(settings.DATA_DIR) / DEMO_CLOCK


def set_demo_day(day: date) -> None:
    """From now on it is 8:00 of that day, and time runs on. Written whole or not at all."""
    real = int(time.time())
    offset = int(datetime.combine(day, START_OF_WORK, VIETNAM).timestamp()) - real
    since = datetime.fromtimestamp(real, VIETNAM).isoformat()
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"offset_seconds": offset, "since": since}), encoding="utf-8")
    fresh.replace(path)


def use_true_time() -> None:
    _path().unlink(missing_ok=True)
