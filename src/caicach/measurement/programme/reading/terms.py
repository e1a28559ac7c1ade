"""The last day of a term that is counted from a day: "trong thời hạn 30 ngày kể từ ngày 15/3/2022"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from caicach.kernel.calendar.announced import official_calendar
from caicach.kernel.calendar.rules import OutsideKnownYears, Term, TermUnit, add_days, add_working_days, months_later
from caicach.kernel.calendar.wordings import WordedDeadline

_DAY_IN_BRACKETS: Final = re.compile(
    r"\s{0,3}\((?:từ\s{1,3}|là\s{1,3})?(?:ngày\s{1,3})?(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>\d{4})\)"
)
_MONTHS: Final = {TermUnit.MONTH: 1, TermUnit.YEAR: 12}
_DAYS: Final = {TermUnit.DAY: 1, TermUnit.WEEK: 7}


def counted(wording: WordedDeadline, text: str) -> WordedDeadline:
    """The wording with its last day where the text gives all that a term needs; unchanged otherwise.

    The day from which a term runs is not counted, and an end on a day off moves to the next working day
    (BLDS 2015, Điều 147 and Điều 148); one counted back from a day is left where it falls.
    text : the one in which the wording was found; a day in brackets after an event ("kể từ ngày Luật có hiệu lực
        (ngày 01/7/2022)") is the day of the event
    """
    if wording.term is None or wording.last_day is not None:
        return wording
    start = wording.anchor or _day_after(text, wording.end)
    if start is None:
        return wording
    last_day = _before(wording.term, start) if wording.counts_back else _end(wording.term, start)
    return replace(wording, anchor=start, last_day=last_day)


def _day_after(text: str, place: int) -> date | None:
    found = _DAY_IN_BRACKETS.match(text, place)
    if found is None:
        return None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:  # 31/02
        return None


def _end(term: Term, start: date) -> date | None:
    """None for hours, whose first one no day tells, and beyond the years that can be counted."""
    try:
        if term.unit is TermUnit.WORKING_DAY:
            return add_working_days(start=start, days=int(term.amount), calendar=official_calendar()).due_date
        if term.unit is not TermUnit.WORKING_HOUR:
            return add_days(start=start, term=term, calendar=official_calendar()).due_date
    except OutsideKnownYears:
        return None
    return None


def _before(term: Term, end: date) -> date | None:
    """The last day that is still so long before a day."""
    amount = int(term.amount)
    try:
        if term.unit in _DAYS:
            return end - timedelta(days=amount * _DAYS[term.unit])
        if term.unit in _MONTHS:
            return months_later(end, -amount * _MONTHS[term.unit])
        return _working_days_before(amount, end) if term.unit is TermUnit.WORKING_DAY else None
    except (OutsideKnownYears, OverflowError, ValueError):
        return None


def _working_days_before(days: int, end: date) -> date:
    calendar = official_calendar()
    day = end
    while days:
        day -= timedelta(days=1)
        days -= calendar.is_working_day(day)
    return day
