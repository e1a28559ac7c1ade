"""Reads a plan of reform: the text and tables of a decision become its tasks, each with its place in the source."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from caicach.registry.legislation.citations import Citation, find_citations

from .decision import decision_of
from .drafting import TaskDrafter
from .duties import duties_of
from .fields import ReformField
from .headline import plan_year_in
from .layout import paragraphs
from .named_elsewhere import with_leads_named_elsewhere
from .outline import outline
from .repeats import without_repeats
from .results import Decision, PlanReading, ReadTask
from .source import Cell, SourceTable, SourceText, SourceWarning
from .tables import rows_of
from .units import UnitMatcher
from .words import lowered

Progress = Callable[[int, int], None]
"""Called with code points read so far and in all."""
_STEP = 20_000
_NAMED, _NAMED_BY = 3, 60
"""Tasks that one warning names, and by how many letters of their titles."""


def read_plan(
    source: SourceText,
    *,
    units: UnitMatcher | None,
    plan_year: int | None = None,
    year_otherwise: int | None = None,
    progress: Progress | None = None,
) -> PlanReading:
    """The tasks of a plan with their field, lead, product, deadline, targets and citations, in the order of the text.

    units : which unit a name means; None leaves names as written
    plan_year : the year that wordings without a year mean; None takes it from the text
    year_otherwise : the year when the text names none; a warning says so
    progress : called now and then with (done, total) in code points; what it raises ends the reading

    Takes time linear in the length of the text and raises nothing of its own: what could not be read is a warning.
    """
    source = in_nfc(source)
    tell = _Teller(progress, len(source.text))
    low = lowered(source.text)
    citations = tuple(find_citations(source.text))
    flat = paragraphs(source)
    decision = decision_of(source.text, flat, citations)
    apart = _apart(citations)
    named_year = plan_year or plan_year_in(source.text, decision.title, decision.date, cited=apart)
    year = named_year or year_otherwise
    signed_on = date.fromisoformat(decision.date) if decision.date else None
    drafter = TaskDrafter(source.text, low, citations, units=units, plan_year=year, signed_on=signed_on)

    duties, named = duties_of(
        source.text,
        low,
        flat,
        outline(source.text, low, flat),
        cited=apart,
        units=units,
        plan_year=year,
        advance=tell.at,
    )
    prose = drafter.from_duties(duties, flat)
    rows, warnings = rows_of(source, low, units)
    listed = [drafter.from_row(row) for row in rows]
    tasks, repeats = without_repeats(prose, listed)
    tasks = with_leads_named_elsewhere(tasks)
    tell.done()
    return PlanReading(
        text=source.text,
        decision=decision,
        plan_year=year,
        fields=_fields(tasks, named),
        tasks=tuple(tasks),
        citations=citations,
        warnings=(
            *source.warnings,
            *warnings,
            *repeats,
            *_doubts(source.text, decision.number, tasks),
            *_doubts_of_tasks("tasks_with_several_leads", tasks, note="several_leads"),
            *_doubts_of_tasks("terms_without_start", tasks, note="term_start_unknown"),
            *_doubts_of_year(source.text, named_year, year),
            *_doubts_of_kind(decision, named_year, tasks),
        ),
    )


class _Teller:
    """Tells progress in steps, so that a callback that writes somewhere is not called for each paragraph."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._next = progress, total, _STEP

    def at(self, place: int) -> None:
        if self._progress is not None and place >= self._next:
            self._next = place + _STEP
            self._progress(min(place, self._total), self._total)

    def done(self) -> None:
        if self._progress is not None:
            self._progress(self._total, self._total)


def in_nfc(source: SourceText) -> SourceText:
    """The same source in NFC, its offsets moved along. Most sources are in NFC already and come back as they are."""
    if unicodedata.is_normalized("NFC", source.text):
        return source
    cuts = sorted({0, len(source.text), *_offsets(source)})
    moved = {0: 0}
    parts: list[str] = []
    length = 0
    for first, last in pairwise(cuts):
        parts.append(unicodedata.normalize("NFC", source.text[first:last]))
        length += len(parts[-1])
        moved[last] = length
    tables = tuple(
        SourceTable(
            tuple(tuple(Cell(moved[cell.start], moved[cell.end]) for cell in row) for row in table.rows), table.name
        )
        for table in source.tables
    )
    headings = tuple((moved[start], moved[end], level) for start, end, level in source.headings)
    return SourceText(
        "".join(parts), tables, source.warnings, source.name, headings, tuple(moved[page] for page in source.pages)
    )


def _offsets(source: SourceText) -> list[int]:
    cells = [place for table in source.tables for row in table.rows for cell in row for place in (cell.start, cell.end)]
    return [*cells, *(place for start, end, _ in source.headings for place in (start, end)), *source.pages]


def _apart(citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Where citations stand, in order and none overlapping another (paths that share one document overlap)."""
    spans: list[tuple[int, int]] = []
    for citation in sorted(citations, key=lambda found: (found.start, found.end)):
        if spans and citation.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], citation.end))
        elif citation.end > citation.start:
            spans.append((citation.start, citation.end))
    return spans


def _fields(tasks: Sequence[ReadTask], named: Sequence[ReformField]) -> tuple[ReformField, ...]:
    known = {task.field for task in tasks} | set(named)
    return tuple(field for field in ReformField if field in known)


def _doubts(text: str, number: str | None, tasks: Sequence[ReadTask]) -> list[SourceWarning]:
    if not text.strip():
        return [SourceWarning("empty_text")]
    doubts: list[SourceWarning] = []
    if not tasks:
        doubts.append(SourceWarning("no_tasks"))
    if number is None:
        doubts.append(SourceWarning("no_decision_number"))
    last = text.rstrip()
    if tasks and tasks[-1].end >= len(last) and last[-1].isalpha():
        doubts.append(SourceWarning("cut_off", start=tasks[-1].start, end=len(last)))
    return doubts


def _doubts_of_tasks(code: str, tasks: Sequence[ReadTask], *, note: str) -> list[SourceWarning]:
    """One warning for all tasks with a note, which names the first of them by their titles."""
    found = [task for task in tasks if note in task.notes]
    if not found:
        return []
    titles = [f"“{task.title[:_NAMED_BY].rstrip()}{'…' if len(task.title) > _NAMED_BY else ''}”" for task in found]
    named = "; ".join(titles[:_NAMED]) + ("; …" if len(titles) > _NAMED else "")
    parameters = (("count", str(len(found))), ("tasks", named))
    return [SourceWarning(code, parameters, found[0].start, found[0].end)]


def _doubts_of_kind(decision: Decision, named_year: int | None, tasks: Sequence[ReadTask]) -> list[SourceWarning]:
    """Neither number, title nor year of a plan: perhaps another paper, whose sentences only sound like tasks."""
    is_plan = decision.number or decision.title or named_year
    return [] if is_plan or not tasks else [SourceWarning("not_a_plan")]


def _doubts_of_year(text: str, named: int | None, taken: int | None) -> list[SourceWarning]:
    if named is not None or not text.strip():
        return []
    return [SourceWarning("year_assumed", (("year", str(taken)),)) if taken else SourceWarning("no_plan_year")]
