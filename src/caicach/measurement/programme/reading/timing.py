"""The time of each task: from its label, its clause, the words before it and the headings over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from caicach.kernel.calendar.wordings import WordingKind

from .beginnings import Beginning, beginning_in
from .due import Due, due_in, due_of_heading, end_of_plan_year
from .labels import Role, fact_of
from .layout import Paragraph
from .paragraph import Duty
from .tables import TaskRow
from .targets import Target
from .words import squeezed

_THIS_YEAR: Final = re.compile(
    r"(?:trong|cả)\s{1,4}năm(?=\s{1,4}[^\W\d_])(?!\s{1,4}(?:nay|sau|tới|học|qua|trước|thứ|đầu|cuối|kế|tiếp)(?!\w))"
)
""" "trong năm kiểm tra ...": the plan's year, though no mark follows."""


_SAYS_BEFORE: Final = re.compile(r"(?<!\w)trước(?:\s+ngày)?\s*\Z", re.IGNORECASE)
""" "Hoàn thành trước": the heading over the days says that they are late already."""
_ONLY_A_DAY: Final = re.compile(r"\s*\d{1,2}\s?[/-]\s?\d{1,2}(?:\s?[/-]\s?\d{4})?\s*")


class Timing:
    """Finds by when the tasks of one text are to be done."""

    def __init__(self, text: str, low: str, *, plan_year: int | None, signed_on: date | None) -> None:
        self._text, self._low = text, low
        self._plan_year, self._signed_on = plan_year, signed_on
        self._heading_dues: dict[int, Due | None] = {}

    def of_duty(
        self,
        duty: Duty,
        paragraphs: Sequence[Paragraph],
        cited: Sequence[tuple[int, int]],
        done_by: tuple[int, int] | None,
        *,
        targets: Sequence[Target],
    ) -> Due | None:
        """targets : those of the duty; of stages over several years the last one's end is the duty's"""
        due = self._told(duty, paragraphs, cited, done_by)
        stages = [target.due for target in targets if target.due is not None]
        if stages and (due is None or due.last_day is None or "deadline_from_heading" in due.notes):
            return Due(max(stages), "", WordingKind.YEAR.value, notes=("several_deadlines",))
        begins = None
        if due is None or due.last_day is None or "deadline_from_heading" in due.notes:
            begins = beginning_in(
                self._text[duty.start : duty.end], plan_year=self._plan_year, excluded=_moved(cited, duty.start)
            )
        if begins is not None:
            due = _with_beginning(due, begins)
        if due is None and targets and duty.is_objective and self._plan_year is not None:
            return end_of_plan_year(self._plan_year)
        return due

    def _told(
        self,
        duty: Duty,
        paragraphs: Sequence[Paragraph],
        cited: Sequence[tuple[int, int]],
        done_by: tuple[int, int] | None,
    ) -> Due | None:
        """The time in the first place that names one."""
        year = self._plan_year
        if (fact := fact_of(duty.labelled, Role.DEADLINE)) and (
            due := self._due_in([(fact.start, fact.end)], excluded=[], is_cell=True)
        ):
            return due
        spans = [(duty.start, duty.end), duty.frame, *([done_by] if done_by else [])]
        if due := self._due_in(spans[:1], excluded=cited, is_cell=False):
            return due
        if year is not None and (own := _THIS_YEAR.match(self._low, duty.start)):
            return Due(date(year, 12, 31), squeezed(own[0]), WordingKind.YEAR.value)
        if due := self._due_in(spans[1:], excluded=cited, is_cell=False):
            return due
        for above in reversed(duty.above):
            if due := self._due_of_heading(paragraphs[above]):
                return replace(due, notes=(*due.notes, "deadline_from_heading"))
        return None

    def _due_in(
        self, spans: Sequence[tuple[int, int]], *, excluded: Sequence[tuple[int, int]], is_cell: bool
    ) -> Due | None:
        year, signed_on = self._plan_year, self._signed_on
        return due_in(self._text, spans, plan_year=year, excluded=excluded, is_cell=is_cell, signed_on=signed_on)

    def _due_of_heading(self, heading: Paragraph) -> Due | None:
        """The time that a heading sets, found once for all that stands under it."""
        if heading.start not in self._heading_dues:
            due = due_of_heading(self._text, heading.body, heading.end, plan_year=self._plan_year)
            self._heading_dues[heading.start] = due
        return self._heading_dues[heading.start]

    def of_row(self, row: TaskRow, written: str, cited: Sequence[tuple[int, int]]) -> Due | None:
        """written : the whole cell of the time, "" for none"""
        if written and _SAYS_BEFORE.search(row.headings.get(Role.DEADLINE, "")) and _ONLY_A_DAY.fullmatch(written):
            written = f"trước ngày {written}"
        if written:
            due = due_in(
                written,
                [(0, len(written))],
                plan_year=self._plan_year,
                excluded=[],
                is_cell=True,
                signed_on=self._signed_on,
            )
            return self._with_start(row, due or Due(words=squeezed(written), notes=("deadline_unsure",)))
        return self._due_in([(row.start, row.end)], excluded=cited, is_cell=False)

    def _with_start(self, row: TaskRow, due: Due) -> Due:
        """The time with the first day that a column of beginnings gives: "Tháng 2" is 01/02."""
        span = row.cells.get(Role.START)
        start = self._due_in([span], excluded=[], is_cell=True) if span else None
        first = (start.starts_on or start.last_day) if start else None
        if first is None or (due.last_day is not None and first > due.last_day):
            return due
        return replace(due, starts_on=first)


def _moved(spans: Sequence[tuple[int, int]], start: int) -> list[tuple[int, int]]:
    return [(first - start, last - start) for first, last in spans]


def _with_beginning(due: Due | None, begins: Beginning) -> Due:
    """The time with the day from which the clause says that it is to be so; that day is the last one on time where the
    work is to bring it about."""
    if begins.is_deadline:
        return Due(begins.day, begins.words, WordingKind.DATE.value)
    if due is None:
        return Due(words=begins.words, starts_on=begins.day, notes=("no_deadline",))
    if due.last_day is not None and due.last_day < begins.day:
        return due
    return replace(due, starts_on=due.starts_on or begins.day)
