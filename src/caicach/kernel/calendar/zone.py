"""The one time zone of the product. Pure: stored moments are UTC, days and hours are Việt Nam's."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def local(moment: datetime) -> datetime:
    """An aware moment as the office's wall clock shows it. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(VIETNAM)


def local_date(moment: datetime) -> date:
    """The day on which an aware moment falls in Việt Nam; 17:00 UTC is already tomorrow.

    Raises ValueError for a naive moment.
    """
    return local(moment).date()
