"""What time it is. Only the edge asks (view, command, job); inside, a moment is an argument.

In the sample ministry the clock may be shifted, so that a plan of 2022 can be followed as if it were today: the file
`demo-clock.json` in the data directory holds `{"offset_seconds": -152000000, "since": "2026-11-25T08:00:00+07:00"}`.
It is honoured in local mode only, and every page then says so (`demo_offset`).
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from .zone import VIETNAM, local, local_date

__all__ = ["DEMO_CLOCK", "VIETNAM", "demo_offset", "local", "local_date", "now", "today"]

DEMO_CLOCK = "demo-clock.json"
FARTHEST_OFFSET = timedelta(days=50 * 366)

log = logging.getLogger(__name__)


def now() -> datetime:
    """This moment, aware, in UTC."""
    moment = datetime.now(UTC)  # noqa: TID251 - this is the one place that asks
    return moment + (demo_offset() or timedelta())


def today() -> date:
    """This day in Việt Nam."""
    return local_date(now())


def demo_offset() -> timedelta | None:
    """By how much the sample ministry's clock is shifted; None where the clock is the true one."""
    if not settings.LOCAL:
        return None
    return _read_offset(os.path.join(settings.DATA_DIR, DEMO_CLOCK))


@dataclass(frozen=True, slots=True)
class _Reading:
    path: str
    stamp: tuple[int, int, int]
    offset: timedelta | None


_last: _Reading | None = None


def _read_offset(path: str) -> timedelta | None:
    """The file's offset; read again only when the file has changed (one `stat` a call, a few in each request)."""
    global _last  # replaced whole, so that a thread sees the old reading or the new one
    try:
        found = os.stat(path)
    except OSError:
        return None
    stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
    reading = _last
    if reading is None or reading.path != path or reading.stamp != stamp:
        reading = _Reading(path, stamp, _parse(Path(path)))
        _last = reading
    return reading.offset


def _parse(path: Path) -> timedelta | None:
    try:
        offset = timedelta(seconds=int(json.loads(path.read_text(encoding="utf-8"))["offset_seconds"]))
        if abs(offset) > FARTHEST_OFFSET:
            raise ValueError(f"{offset} is more than 50 years")
    except (OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        # A sample ministry with a spoilt file still opens, at the true time.
        log.warning("%s is not a clock: %s", path, error)
        return None
    return offset or None
