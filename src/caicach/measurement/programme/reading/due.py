"""By when a task is to be done: from its labels, its clause, the words before the clause and the headings over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caicach.kernel.calendar.wordings import WordedDeadline, WordingKind, deadline_in

from .terms import counted
from .words import squeezed


@dataclass(frozen=True, slots=True)
class Due:
    """The time of a task.

    last_day : the last day on which it is on time, None when the words give no day
    words : as the plan says it; kind, recurrence : as the words fix it ("" for none)
    starts_on : first day of the period named, None for none; notes : codes of doubt
    """

    last_day: date | None = None
    words: str = ""
    kind: str = ""
    recurrence: str = ""
    starts_on: date | None = None
    notes: tuple[str, ...] = ()


NO_YEAR: Final = 1900
"""Stands for the plan's year when nobody knows it; only wordings that name their year count then."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d|/\d\d(?!\d)")
_HEADING_KINDS: Final = frozenset(
    {WordingKind.BEFORE, WordingKind.DATE, WordingKind.MONTH, WordingKind.QUARTER, WordingKind.HALF}
)
_GO_ON: Final = frozenset({WordingKind.RECURRING, WordingKind.CONTINUOUS})
_PERIOD: Final = re.compile(
    r"(?<!\w)(?:quý\s+\w|tháng\s+\d|(?:6|sáu|9|chín)\s+tháng\s+(?:đầu|cuối)\s+năm)[^:;(]*\Z", re.IGNORECASE
)
_UP_TO: Final = re.compile(r"(?:đến|trước|hết|chậm nhất|trong)\b", re.IGNORECASE)


def due_in(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    plan_year: int | None,
    excluded: Sequence[tuple[int, int]],
    is_cell: bool,
    signed_on: date | None = None,
) -> Due | None:
    """The time named in the first of the spans that names one.

    is_cell : the span holds a time and little else
    signed_on : from which "kể từ ngày ký", "kể từ ngày ban hành Kế hoạch này" count
    """
    for start, end in spans:
        part = text[start:end]
        inside = [
            (max(first, start) - start, min(last, end) - start)
            for first, last in excluded
            if first < end and last > start
        ]
        worded = deadline_in(part, plan_year=plan_year or NO_YEAR, document_date=signed_on, excluded=inside)
        found = _counting([counted(wording, part) for wording in worded], plan_year)
        if chosen := _chosen(found, is_cell=is_cell):
            return chosen
    return None


def due_of_heading(text: str, start: int, end: int, *, plan_year: int | None) -> Due | None:
    """A time in a heading that rules what stands below: "Mục tiêu đến năm 2025", "Quý I". A plan's own year is none."""
    part = text[start:end]
    period = _PERIOD.search(part)  # "Nhiệm vụ quý I": read alone, as a cell is
    part = part[period.start() :] if period else part
    found = _counting(deadline_in(part, plan_year=plan_year or NO_YEAR), plan_year)
    ruling = [
        wording
        for wording in found
        if wording.kind in _HEADING_KINDS or (wording.kind is WordingKind.YEAR and _UP_TO.match(wording.surface))
    ]
    return _chosen(ruling, is_cell=False)


def end_of_plan_year(plan_year: int) -> Due:
    """An aim of a yearly plan that names no day is to be reached by the end of its year."""
    return Due(date(plan_year, 12, 31), "", WordingKind.YEAR.value, notes=("deadline_from_plan_year",))


def _counting(found: Sequence[WordedDeadline], plan_year: int | None) -> list[WordedDeadline]:
    if plan_year is not None:
        return list(found)
    return [wording for wording in found if wording.last_day is None or _YEAR.search(wording.surface)]


def _chosen(found: Sequence[WordedDeadline], *, is_cell: bool) -> Due | None:
    """The latest day named; without a day, the first wording of work that recurs or goes on."""
    sure = [wording for wording in found if wording.is_explicit or is_cell]
    dated = [wording for wording in sure if wording.last_day is not None]
    notes: tuple[str, ...] = ()
    if not dated:
        dated = [wording for wording in found if wording.last_day and wording.kind is not WordingKind.YEAR]
        notes = ("deadline_unsure",) if dated else ()
    if dated:
        last = max(dated, key=lambda wording: wording.last_day or date.min)
        if len({wording.last_day for wording in dated}) > 1:
            notes = (*notes, "several_deadlines")
        return _due(last, found, notes)
    goes_on = [wording for wording in found if wording.kind in _GO_ON]
    first = next(iter([*sure, *goes_on]), None)
    if first is None:
        return None
    return _due(first, found, ("term_start_unknown",) if first.kind is WordingKind.TERM else ())


def _due(wording: WordedDeadline, found: Sequence[WordedDeadline], notes: tuple[str, ...]) -> Due:
    again = next((other.recurrence for other in found if other.recurrence is not None), None)
    recurrence = again.value if again else ""
    if not recurrence and any(other.kind is WordingKind.CONTINUOUS for other in found):
        recurrence = "continuous"
    return Due(
        last_day=wording.last_day,
        words=squeezed(wording.surface),
        kind=wording.kind.value,
        recurrence=recurrence,
        starts_on=wording.first_day,
        notes=notes,
    )
