"""A clock that can wait: started, paused while the applicant is asked, resumed or started anew, due by a term."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from caicach.kernel.calendar.zone import local, local_date

from .days import LAST_YEAR
from .terms import Deadline, Term, TermUnit, add_days, add_working_days, add_working_hours
from .working_calendar import ONE_DAY, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock waits from `since` until `until`; None while it still waits. `reason` is for people."""

    since: datetime
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """When a term began and when it waited. Immutable: each act gives a new clock.

    Whether an answer resumes the term or starts it anew is the business of the law in force that day (NĐ 61/2018/NĐ-CP,
    Điều 19 khoản 4 starts it anew), so both acts are here and the caller chooses.
    """

    started: datetime
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        last = self.started
        for number, pause in enumerate(self.pauses, start=1):
            if pause.since < last:
                raise ValueError("a pause begins before the clock was running")
            if pause.until is None and number < len(self.pauses):
                raise ValueError("the clock was paused while it waited")
            if pause.until is not None and pause.until < pause.since:
                raise ValueError("a pause ends before it begins")
            last = pause.until or last

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until is None

    def paused(self, *, at: datetime, reason: str = "") -> Clock:
        """The clock waiting from `at`. Raises ValueError when it already waits or was not yet running then."""
        if self.is_paused:
            raise ValueError("the clock already waits")
        return replace(self, pauses=(*self.pauses, Pause(at, None, reason)))

    def resumed(self, *, at: datetime) -> Clock:
        """The clock running again from `at`; what was used stays used. Raises ValueError when it does not wait."""
        if not self.is_paused:
            raise ValueError("the clock does not wait")
        return replace(self, pauses=(*self.pauses[:-1], replace(self.pauses[-1], until=at)))

    def restarted(self, *, at: datetime) -> Clock:
        """A clock for the whole term, counted again from `at`. Raises ValueError before its own start."""
        if at < self.started:
            raise ValueError("a clock cannot be started anew before it was started")
        return Clock(at)

    def due(self, *, term: Term, calendar: WorkingCalendar) -> Deadline | None:
        """When the term ends; None while the clock waits, for nobody knows yet.

        In working days, the day on which a pause begins is still counted and the day on which it ends is not, as the
        day of an event never is (BLDS 2015, Điều 147 khoản 3): a pause of k whole working days moves the end by k
        working days. In working hours, waiting is cut out to the minute. Terms in calendar days move by the calendar
        days waited. Raises OutsideKnownYears.
        """
        if self.is_paused:
            return None
        start = local_date(self.started)
        match term.unit:
            case TermUnit.WORKING_DAY:
                return add_working_days(
                    start=start, days=int(term.amount), calendar=calendar, paused=self._paused_days()
                )
            case TermUnit.WORKING_HOUR:
                spans = [(pause.since, pause.until) for pause in self.pauses if pause.until is not None]
                return add_working_hours(
                    start=self.started, hours=Fraction(term.amount), calendar=calendar, pauses=spans
                )
            case _:
                return add_days(start=start, term=term, calendar=calendar, waited=self._paused_days())

    def used_working_days(self, *, at: datetime, calendar: WorkingCalendar) -> int:
        """Working days of the term used up to and including the day of `at`; waiting not counted."""
        waited = self._paused_days(through=local_date(at))
        days = calendar.working_days(after=local_date(self.started), through=local_date(at))
        return days - sum(calendar.is_working_day(day) for day in waited)

    def _paused_days(self, *, through: date = date(LAST_YEAR, 12, 31)) -> frozenset[date]:
        """Days waited: after the day of each pause's beginning, up to the day of its end."""
        waited: set[date] = set()
        for pause in self.pauses:
            day = local_date(pause.since)
            last = through if pause.until is None else min(local_date(pause.until), through)
            while day < last:
                day += ONE_DAY
                waited.add(day)
        return frozenset(waited)


class OutsideHours(StrEnum):
    """What is handed in after closing time or on a day off counts as received …

    AS_RECEIVED : on the day itself; counting begins with the next working day, as for everything received that day.
        This is the letter of the Code: the day of the event is not counted, whatever its hour.
    NEXT_WORKING_DAY : when the office next opens, so that counting begins one working day later. Practice of some
        agencies; no text in force was found that says so.
    """

    AS_RECEIVED = "as_received"
    NEXT_WORKING_DAY = "next_working_day"


def received(*, handed_in: datetime, calendar: WorkingCalendar, outside_hours: OutsideHours) -> datetime:
    """The moment from which a term runs for something handed in at a moment. Raises OutsideKnownYears.

    Source: BLDS 2015, Điều 147; the choice is the parameter `calendar.receipt_outside_hours`.
    """
    moment = local(handed_in)
    if outside_hours is OutsideHours.AS_RECEIVED:
        return moment
    day = moment.date()
    if calendar.is_working_day(day) and moment < calendar.closing(day):
        return moment
    return calendar.opening(calendar.next_working_day(day))


def deadline(*, start: datetime, term: Term, calendar: WorkingCalendar) -> Deadline:
    """When a term that never waits ends. Raises OutsideKnownYears."""
    found = Clock(start).due(term=term, calendar=calendar)
    assert found is not None  # noqa: S101 - a clock without a pause runs
    return found
