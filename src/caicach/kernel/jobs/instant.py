"""The machine's own time, for leases, pauses and wake-ups. A shifted clock of the sample ministry does not move it:
a job that waits ten seconds waits ten seconds, whatever year the ministry plays in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from caicach.kernel.calendar import clock


def true_now() -> datetime:
    """This moment, aware, in UTC, the same that the queue's own table reckons with."""
    return clock.now() - (clock.demo_offset() or timedelta())
