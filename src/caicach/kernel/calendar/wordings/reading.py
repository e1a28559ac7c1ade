"""Reads a text for the times by which something is to be done."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caicach.kernel.calendar.announced import official_calendar
from caicach.kernel.calendar.rules import WorkingCalendar

from .context import BETWEEN, begins_a_range
from .grammar import AND, SCANNER
from .judging import Question, deadline
from .periods import DATED, Period, in_year, period_of
from .results import WordedDeadline, WordingKind

Spans = Sequence[tuple[int, int]]

RUNS_ON = frozenset({WordingKind.EVENT, WordingKind.TERM})
"""Kinds whose surface takes in the clause that follows, which may hold the next wording."""
_GOES_ON = re.compile(AND)


def deadline_in(
    text: str,
    *,
    plan_year: int,
    document_date: date | None = None,
    excluded: Spans = (),
    calendar: WorkingCalendar | None = None,
) -> list[WordedDeadline]:
    """Every wording of a deadline in a text, in the order of the text, none overlapping another.

    text : NFC; offsets are its code points
    plan_year : the year meant where the words name none ("quý II", "trước ngày 15/3")
    document_date : the day on which the document was signed; a day in its own head is no deadline, and a term "kể từ
        ngày ký", "kể từ ngày ban hành Kế hoạch" is counted from it
    calendar : of the unit whose days off such a term passes over; the official one when none is given
    excluded : (start, end) of what is not to be read, such as citations of other documents

    Periods in the names of schemes ("giai đoạn 2021 - 2030"), days of cited documents and years already past when the
    plan begins are left out. Takes time linear in the length of the text.
    """
    lower = _lower(text)
    found: list[WordedDeadline] = []
    refused_end: int | None = None
    for period in _joined(_periods(lower, plan_year=plan_year, excluded=excluded), lower):
        question = Question(
            text=text,
            lower=lower,
            period=period,
            plan_year=plan_year,
            document_date=document_date,
            calendar=calendar or official_calendar(),
            # "báo cáo quý I, 6 tháng, quý III": what carries a refused list on is refused with it
            follows_refused=refused_end is not None
            and _GOES_ON.fullmatch(lower, refused_end, period.start) is not None,
        )
        answer = deadline(question)
        if answer is None:
            refused_end = period.end
            continue
        refused_end = None
        if found and found[-1].end > answer.start:
            if found[-1].kind not in RUNS_ON:
                continue
            found[-1] = _cut(found[-1], text, answer.start)
        found.append(answer)
    return found


def _lower(text: str) -> str:
    """Lower case in one spelling, code point for code point, so that offsets stay true."""
    lower = text.lower()
    if len(lower) != len(text):  # İ alone becomes two
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lower.replace("quí", "quý").replace("kì", "kỳ")


def _cut(earlier: WordedDeadline, text: str, end: int) -> WordedDeadline:
    """A wording whose clause ran on into the next one ("sau khi … ban hành trong quý II"), ended before it."""
    surface = text[earlier.start : end].rstrip(" ,\n")
    return replace(earlier, surface=surface, end=earlier.start + len(surface))


def _periods(lower: str, *, plan_year: int, excluded: Spans) -> Iterator[Period]:
    """Periods named in the text, outside what is excluded."""
    closed = _Closed(excluded)
    place = 0
    while match := SCANNER.search(lower, place):
        form = str(match.lastgroup)
        period = period_of(form, lower, match.start(), year=plan_year)
        head_end = period.head_end if period else match.end()
        reopened = closed.end_of(match.start(), head_end)
        place = max(head_end, reopened or 0)
        if period and reopened is None:
            yield period


@dataclass(frozen=True, slots=True)
class _Closed:
    """Spans not to be read."""

    starts: list[int]
    ends: list[int]

    def __init__(self, spans: Spans) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            elif start < end:
                merged.append((start, end))
        object.__setattr__(self, "starts", [start for start, _ in merged])
        object.__setattr__(self, "ends", [end for _, end in merged])

    def end_of(self, start: int, end: int) -> int | None:
        """Where the closed span that [start, end) touches ends; None when it touches none."""
        place = bisect_right(self.starts, end - 1) - 1
        return self.ends[place] if place >= 0 and self.ends[place] > start else None


def _joined(periods: Iterator[Period], lower: str) -> Iterator[Period]:
    """Periods, with the two ends of a range ("từ ngày 01/3 đến ngày 30/6/2022") made one."""
    held: Period | None = None
    for period in periods:
        if held is not None and (joined := _range(held, period, lower)) is not None:
            yield joined
            held = None
            continue
        if held is not None:
            yield held
        held = period
    if held is not None:
        yield held


def _range(first: Period, last: Period, lower: str) -> Period | None:
    if first.kind not in DATED or last.kind not in DATED or last.last is None:
        return None
    if BETWEEN.fullmatch(lower, first.end, last.start) is None:
        return None
    if first.kind is not last.kind and not begins_a_range(lower, first.start):
        return None
    if first.kind is WordingKind.YEAR and first.part:  # "từ đầu năm đến ngày 30/6"
        first = replace(first, last=first.first)
    if last.has_year and not first.has_year:
        first = in_year(first, lower, last.last.year)
    if first.first is not None and first.first > last.last:
        first = in_year(first, lower, last.last.year - 1)
    if first.first is None or first.first > last.last:
        return None
    return replace(last, start=first.start, first=first.first, is_range=True)
