"""The deadline chip of a record: its state, and working days left or late on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caicach.kernel.calendar.rules import WorkingCalendar, working_days_between

from .wording import MOST_DAYS_IN_WORDS

_FAR = 3 * MOST_DAYS_IN_WORDS
"""Beyond so many calendar days the chip shows the date alone, so nothing is counted."""


@dataclass(frozen=True, slots=True)
class DeadlineChip:
    """What `<c-deadline>` is given: state, days, due_date, done_date."""

    state: str
    days: int | None = None
    due_date: date | None = None
    done_date: date | None = None


def deadline_chip(
    *,
    deadline: date | None,
    soon_from: date | None,
    today: date,
    calendar: WorkingCalendar,
    done_on: date | None = None,
    handed_in_on: date | None = None,
) -> DeadlineChip:
    """late after the deadline, soon from `soon_from`, otherwise on time; none without a deadline; done when done.

    handed_in_on : the day on which all that was asked for was handed in, while nobody has looked at it: by the deadline
    it is not late any more, after it no later than it was then.
    """
    if done_on is not None:
        late = deadline is not None and done_on > deadline
        days = _days(after=deadline, through=done_on, calendar=calendar) if late and deadline else None
        return DeadlineChip("done_late" if late else "done", days, deadline, done_on)
    if handed_in_on is not None and (deadline is None or handed_in_on <= deadline):
        return DeadlineChip("handed_in", due_date=deadline)
    if deadline is None:
        return DeadlineChip("none")
    if deadline < today:
        stopped = min(today, handed_in_on or today)
        return DeadlineChip("late", _days(after=deadline, through=stopped, calendar=calendar), deadline)
    state = "soon" if soon_from is not None and soon_from <= today else "on_time"
    return DeadlineChip(state, _days(after=today, through=deadline, calendar=calendar), deadline)


def _days(*, after: date, through: date, calendar: WorkingCalendar) -> int:
    span = (through - after).days
    return span if span > _FAR else working_days_between(after=after, through=through, calendar=calendar)
