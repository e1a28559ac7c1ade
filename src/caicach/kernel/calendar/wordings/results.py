"""What a wording of time says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caicach.kernel.calendar.rules import Term, TermUnit


class WordingKind(StrEnum):
    """How the words fix the time.

    date : a day, that day included           before : strictly before a day, month, quarter or year
    month, quarter, half, year : in or by the end (or beginning, middle) of it
    term : a length counted from an event     recurring : again and again
    continuous : all the time                 event : when something else has happened
    """

    DATE = "date"
    BEFORE = "before"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    TERM = "term"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    EVENT = "event"


class Recurrence(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class WordedDeadline:
    """One wording of time, found in a text.

    start, end : code points of the text, `surface` is text[start:end]; the words that make it a deadline ("trước ngày",
        "chậm nhất") are part of it
    last_day : the last day on which the thing is on time; None when the words alone do not give it (an event, a term
        whose event is not known, work that recurs or never ends). It may be a day off: a day named by a plan is not put
        off; the end of a term is.
    first_day : the first day of the period named ("quý III" begins on 01/7), None for a day or an upper limit
    recurrence : how often, for kind recurring
    term : the length, for kind term; `anchor` is the day it is counted from when the words name one or mean
        the signing of a document whose day is known, and
        `counts_back` says that it ends before that day ("chậm nhất 05 ngày làm việc trước ngày 20/11/2022")
    is_explicit : a word of time leads to it or it stands alone (a table's cell, between commas, in brackets); False for
        a period met in running prose, to be trusted less
    cites : the article by which a vague word became a day ("cuối năm"), else ""
    """

    start: int
    end: int
    surface: str
    kind: WordingKind
    last_day: date | None = None
    first_day: date | None = None
    recurrence: Recurrence | None = None
    term: Term | None = None
    anchor: date | None = None
    counts_back: bool = False
    is_explicit: bool = True
    cites: str = ""

    @property
    def working_days(self) -> int | None:
        """The term's length when it is in working days."""
        if self.term is None or self.term.unit is not TermUnit.WORKING_DAY:
            return None
        return int(self.term.amount)
