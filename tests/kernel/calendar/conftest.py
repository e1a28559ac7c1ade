"""The official calendar: the law and the announced days, without any office's own rows."""

from __future__ import annotations

import pytest

from caicach.kernel.calendar.announced import official_calendar
from caicach.kernel.calendar.rules import WorkingCalendar


@pytest.fixture(scope="session")
def official() -> WorkingCalendar:
    return official_calendar()
