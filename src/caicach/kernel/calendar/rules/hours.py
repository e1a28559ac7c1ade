"""Office hours: a morning, an afternoon, a pause between; and which of them are in force on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from caicach.kernel.calendar.zone import VIETNAM

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Half days in order, each (from, to). Raises ValueError when they are empty, reversed or overlap."""

    halves: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        ends = [moment for half in self.halves for moment in half]
        if not ends or any(later <= earlier for earlier, later in zip(ends[::2], ends[1::2], strict=True)):
            raise ValueError("working hours need at least one half day that ends after it begins")
        if any(begins < ended for ended, begins in zip(ends[1:-1:2], ends[2::2], strict=True)):
            raise ValueError("the afternoon begins before the morning ends")

    @property
    def opens(self) -> time:
        return self.halves[0][0]

    @property
    def closes(self) -> time:
        return self.halves[-1][1]

    def spans(self, day: date) -> tuple[Span, ...]:
        """The working time of that day as moments in Việt Nam."""
        return tuple(
            (datetime.combine(day, begins, VIETNAM), datetime.combine(day, ends, VIETNAM))
            for begins, ends in self.halves
        )


@dataclass(frozen=True, slots=True)
class HoursInForce:
    """Working hours for a period; `valid_to` is exclusive, None without end."""

    valid_from: date
    valid_to: date | None
    hours: WorkingHours

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
