"""When a failed attempt is tried again. Pure: no ORM, no clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(hours=1)


def pause_before(*, attempt: int, spread: float) -> timedelta:
    """Pause before the attempt after `attempt` (from 1): 10 s, 20 s, 40 s ... at most an hour, each spread by half.

    spread : 0 to 1, drawn by the caller, so that what failed together does not come back together; 0.5 is the middle.
    Raises ValueError for attempts under 1 and a spread outside 0 to 1.
    """
    if attempt < 1:
        raise ValueError(f"attempts are counted from 1, got {attempt}")
    if not 0 <= spread <= 1:
        raise ValueError(f"a spread is between 0 and 1, got {spread}")
    # Past 2^12 x 10 s every pause is the longest: the exponent is held there, so that it never overflows.
    middle = min(FIRST_PAUSE * (1 << min(attempt - 1, 12)), LONGEST_PAUSE)
    return middle * (0.5 + spread)
