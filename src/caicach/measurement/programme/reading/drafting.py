"""From a duty or a table's row to a task: field, title, who, what comes out, by when, how much, and what is unsure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from caicach.kernel.calendar.wordings import WordingKind
from caicach.registry.legislation.citations import Citation

from .due import Due
from .fields import ReformField, field_by_words
from .labels import Role, fact_of, labelled_in
from .layout import Paragraph
from .lexicon import verb_at
from .outline import Section
from .paragraph import Duty
from .parties import Parties, Party, leads_beside, owners_in, parties_in, parties_of_clause
from .products import product_in
from .results import ReadTask
from .sharing import shared_in_sentences, times_at_ends
from .stages import in_stages
from .subjects import orders_at, unit_types
from .tables import TaskRow
from .targets import Operator, Target, targets_in
from .timing import Timing
from .titles import title_of, title_of_cell
from .units import UnitMatcher
from .words import Word, flattened, lowered, squeezed, words_of

_KIND_OF: Final = {
    Section.SOLUTIONS: "solution",
    Section.ORGANISATION: "organisation",
    Section.BUDGET: "organisation",
    Section.OBJECTIVE: "objective",
}


class TaskDrafter:
    """Makes tasks of one text."""

    def __init__(
        self,
        text: str,
        low: str,
        citations: Sequence[Citation],
        *,
        units: UnitMatcher | None,
        plan_year: int | None,
        signed_on: date | None,
    ) -> None:
        self._text, self._low = text, low
        self._citations = sorted(citations, key=lambda citation: citation.start)
        self._starts = [citation.start for citation in self._citations]
        self._units, self._plan_year = units, plan_year
        self._timing = Timing(text, low, plan_year=plan_year, signed_on=signed_on)
        self._paragraph = -1
        self._fields: dict[int, ReformField] = {}
        self._latest_field: dict[int, ReformField] = {}

    def from_duties(self, duties: Sequence[Duty], paragraphs: Sequence[Paragraph]) -> list[ReadTask]:
        """The tasks of duties in the order of the text."""
        tasks: list[ReadTask] = []
        parties = shared_in_sentences(self._text, duties, [self._parties(duty, paragraphs) for duty in duties])
        ends = times_at_ends(self._text, self._low, duties)
        for duty, named, done_by in zip(duties, parties, ends, strict=True):
            tasks.append(self._from_duty(duty, paragraphs, named, done_by, tasks[-1] if tasks else None))
        return tasks

    def _from_duty(
        self,
        duty: Duty,
        paragraphs: Sequence[Paragraph],
        parties: Parties,
        done_by: tuple[int, int] | None,
        before: ReadTask | None,
    ) -> ReadTask:
        cited = self._cited(duty.start, duty.end)
        spans = [(citation.start, citation.end) for citation in cited]
        words = self._words(duty.said, duty.end, spans)
        targets = self._targets(duty.start, duty.end, spans, verb=duty.verb, said=duty.said)
        if duty.verb and before is not None:
            targets = self._limited_alike(targets, before.targets)
        if before is not None and duty.paragraph == self._paragraph:
            targets = _about_the_same(targets, before.targets)
        due = self._timing.of_duty(duty, paragraphs, spans, done_by, targets=targets)
        if [word.low for word in words[:2]] == ["thường", "xuyên"]:
            due = _continuous(due)
        field, is_sure = self._field(duty, words)
        if before is not None and (field is None or (duty.verb and not is_sure)) and duty.paragraph == self._paragraph:
            field = before.field  # the sentence goes on about the same field
        elif duty.field is None and not is_sure:
            field = self._field_above(paragraphs, duty.paragraph) or field
        self._enter(duty, paragraphs, field)
        product = self._labelled(duty, Role.PRODUCT) or product_in(self._text, words)
        notes = _notes(parties, due, is_sure=is_sure, has_verb=duty.has_verb or bool(targets))
        return _task(
            field or ReformField.DIRECTION,
            _with_verb(duty.verb, title_of(self._text, words, due=_sure_words(due))),
            self._text[duty.start : duty.end],
            (duty.start, duty.end),
            parties,
            due,
            targets=targets,
            citations=cited,
            product=product,
            kind="objective" if duty.is_objective else _KIND_OF.get(duty.section, "task"),
            number=paragraphs[duty.paragraph].mark if paragraphs[duty.paragraph].kind == "decimal" else "",
            budget=self._labelled(duty, Role.BUDGET),
            notes=notes,
        )

    def from_row(self, row: TaskRow) -> ReadTask:
        start, end = row.start, row.end
        cited = self._cited(start, end)
        spans = [(citation.start, citation.end) for citation in cited]
        words = self._words(start, end, spans)
        targets = self._targets(start, end, spans)
        rest = row.tails.get(Role.ACTIVITY) or row.tails.get(Role.TASK) or ()
        cited.extend(citation for span in rest for citation in self._cited(*span))
        for span in [*rest, *([row.cells[Role.TARGET]] if Role.TARGET in row.cells else [])]:
            inside = [(citation.start, citation.end) for citation in self._cited(*span)]
            targets = (*targets, *self._targets(*span, inside))
        own = parties_of_clause(self._text, self._low, start, start, end, self._units)
        parties = self._row_parties(row, own)
        due = self._timing.of_row(row, self._whole_cell(row, Role.DEADLINE), spans)
        whole = " ".join(self._text[first:last] for first, last in [(start, end), *rest]) if rest else self._text
        words = flattened(words_of(lowered(whole), 0, len(whole))) if rest else words
        guessed, is_clear = field_by_words(words)
        field = row.reform_field or guessed or ReformField.DIRECTION
        product = self._cell(row, Role.PRODUCT) or product_in(whole, words)
        task = _task(
            field,
            title_of_cell(whole, words),
            self._text[start:end],
            (start, end),
            parties,
            due,
            targets=targets,
            citations=cited,
            product=product,
            kind="task",
            number=self._cell(row, Role.NUMBER),
            group=row.group,
            budget=self._cell(row, Role.BUDGET),
            notes=_notes(parties, due, is_sure=row.reform_field is not None or is_clear, has_verb=True),
        )
        return replace(task, rest=rest) if rest else task

    def _cited(self, start: int, end: int) -> list[Citation]:
        found: list[Citation] = []
        for place in range(bisect_left(self._starts, start), len(self._citations)):
            citation = self._citations[place]
            if citation.start >= end:
                break
            if citation.end <= end:
                found.append(citation)
        return found

    def _words(self, start: int, end: int, cited: Sequence[tuple[int, int]]) -> list[Word]:
        apart: list[tuple[int, int]] = []
        for first, last in cited:
            if first >= start and (not apart or first >= apart[-1][1]):
                apart.append((first, last))
        return flattened(words_of(self._low, start, end, cited=apart))

    def _targets(
        self, start: int, end: int, cited: Sequence[tuple[int, int]], *, verb: str = "", said: int = 0
    ) -> tuple[Target, ...]:
        """said : where the work begins, after who is to do it, whose name is no part of what is measured."""
        if start < said and not any(letter.isdigit() for letter in self._text[start:said]):
            start = said
        found = in_stages(
            self._low, start, targets_in(self._text, self._low, start, end, plan_year=self._plan_year, cited=cited)
        )
        return tuple(replace(target, subject=_with_verb(verb, target.subject)) for target in found)

    def _limited_alike(self, targets: tuple[Target, ...], before: Sequence[Target]) -> tuple[Target, ...]:
        """ "giảm ít nhất 10% A và 10% B": the limit of the first number holds for the second, which says none."""
        if not targets or not before or not self._text[targets[0].start].isdigit():
            return targets
        first = targets[0]
        is_plain = first.operator is Operator.EQUAL and first.unit == before[-1].unit
        return (replace(first, operator=before[-1].operator), *targets[1:]) if is_plain else targets

    def _field(self, duty: Duty, words: Sequence[Word]) -> tuple[ReformField | None, bool]:
        if duty.field is not None:
            return duty.field, True
        if duty.section in {Section.ORGANISATION, Section.BUDGET}:
            return ReformField.DIRECTION, True
        return field_by_words(words)

    def _enter(self, duty: Duty, paragraphs: Sequence[Paragraph], field: ReformField | None) -> None:
        """Remembers a task's field for those that stand under it: its items, or the items after it."""
        self._paragraph = duty.paragraph
        paragraph = paragraphs[duty.paragraph]
        if field is not None:
            self._fields.setdefault(duty.paragraph, field)
            if not paragraph.kind:
                self._latest_field[paragraph.parent] = field

    def _field_above(self, paragraphs: Sequence[Paragraph], place: int) -> ReformField | None:
        """The field of the task that a paragraph stands under ("Nhiệm vụ 1: ..." and its activities)."""
        here = paragraphs[place]
        while True:
            if here.kind and here.parent in self._latest_field:
                return self._latest_field[here.parent]
            if here.parent < 0:
                return None
            if here.parent in self._fields:
                return self._fields[here.parent]
            here = paragraphs[here.parent]

    def _labelled(self, duty: Duty, role: Role) -> str:
        fact = fact_of(duty.labelled, role)
        return squeezed(self._text[fact.start : fact.end]) if fact else ""

    def _cell(self, row: TaskRow, role: Role) -> str:
        return squeezed(self._whole_cell(row, role))

    def _parties(self, duty: Duty, paragraphs: Sequence[Paragraph]) -> Parties:
        found = parties_of_clause(self._text, self._low, duty.start, duty.said, duty.end, self._units)
        lead, cooperating, beside = found.lead, list(found.cooperating), found.beside
        if fact := fact_of(duty.labelled, Role.LEAD):
            named = parties_in(self._text, fact.start, fact.end, self._units)
            lead, others = (named[0], named[1:]) if named else (lead, [])
            cooperating.extend(others)
            label = self._text[fact.label_start : fact.start] or "chủ trì"  # an aside has none and always says so
            beside = leads_beside(label, self._text[fact.start : fact.end], named)
        if fact := fact_of(duty.labelled, Role.COOPERATING):
            cooperating.extend(parties_in(self._text, fact.start, fact.end, self._units))
        if lead is None and duty.owner is not None:
            owners = owners_in(self._text, *duty.owner, self._units)
            lead = owners[0] if owners else None
            cooperating.extend(owners[1:])
        if lead is None and self._units is not None and duty.above:
            heading = paragraphs[duty.above[-1]]
            unit = self._units.match(self._text[heading.body : heading.end].strip(" :."))
            if unit is not None:
                lead = Party(unit.name, heading.body, heading.end, unit.code, unit.exact)
        if lead is None and duty.above and duty.section in {Section.ORGANISATION, Section.TASKS}:
            named = self._units_of_heading(paragraphs[duty.above[-1]])
            lead = named[0] if named else None
            cooperating.extend(named[1:])
        return Parties(lead, _others(lead, cooperating), beside)

    def _units_of_heading(self, heading: Paragraph) -> list[Party]:
        """The units whose duties stand under a heading: "2. Sở Nội vụ"; the first of several leads."""
        words = words_of(self._low, heading.body, heading.end)
        if order := orders_at(words, 0):  # "2. Giao Sở Nội vụ:"
            named = parties_in(self._text, words[order].start, heading.end, self._units) if order < len(words) else []
            return named if unit_types().at(words, order) and len(words) <= 16 else []
        if unit_types().at(words, 0) is None or verb_at(words, 0) is not None or len(words) > 16:
            return []
        return parties_in(self._text, heading.body, heading.end, self._units)

    def _row_parties(self, row: TaskRow, own: Parties) -> Parties:
        lead, cooperating, beside = own.lead, list(own.cooperating), own.beside
        if written := self._whole_cell(row, Role.LEAD):
            named, with_them = self._units_of_cell(written)
            lead, others = (named[0], named[1:]) if named else (lead, [])
            cooperating = [*others, *with_them, *cooperating]
            beside = leads_beside(row.headings.get(Role.LEAD, ""), written, named)
        named_with = [row.cells[Role.COOPERATING]] if Role.COOPERATING in row.cells else []
        for span in reversed([*named_with, *row.more]):
            cooperating = [*parties_in(self._text, *span, self._units), *cooperating]
        if Role.COOPERATING in row.tails:
            written = self._whole_cell(row, Role.COOPERATING)
            cooperating = [*parties_in(written, 0, len(written), self._units), *own.cooperating]
        return Parties(lead, _others(lead, cooperating), beside)

    def _units_of_cell(self, written: str) -> tuple[list[Party], list[Party]]:
        """Who leads and who co-operates by a cell that may say so itself: "Chủ trì: Sở A; phối hợp: các sở"."""
        facts = labelled_in(lowered(written), 0, len(written))
        with_them = fact_of(facts, Role.COOPERATING)
        leads = fact_of(facts, Role.LEAD)
        if with_them is None and leads is None:
            return parties_in(written, 0, len(written), self._units), []
        end = min((fact.label_start for fact in facts), default=len(written))
        first, last = (leads.start, leads.end) if leads else (0, end)
        joined = parties_in(written, with_them.start, with_them.end, self._units) if with_them else []
        return parties_in(written, first, last, self._units), joined

    def _whole_cell(self, row: TaskRow, role: Role) -> str:
        """What a cell says, with the halves of it that stand in the rows below; "" for none. Lines stay lines."""
        spans = [*([row.cells[role]] if role in row.cells else []), *row.tails.get(role, ())]
        return " ".join(self._text[start:end] for start, end in spans)


_ONLY_TIME: Final = re.compile(
    r"(?:(?:phấn đấu|đến|hết|tới|trong|trước|vào|từ|cuối|giữa|đầu|năm|quý|tháng|ngày|[ivx]{1,3}|[\d/.]+|và)"
    r"(?:\s+|\Z))*",
    re.I,
)


def _about_the_same(targets: tuple[Target, ...], before: Sequence[Target]) -> tuple[Target, ...]:
    """ "..., đạt 80%; đến cuối năm đạt 100%": a number said only with its time measures what the last one measured."""
    if not targets or not before or not _ONLY_TIME.fullmatch(targets[0].subject):
        return targets
    return (replace(targets[0], subject=before[-1].subject), *targets[1:])


def _with_verb(verb: str, words: str) -> str:
    """The words after the verb that they share with the clause before them."""
    return f"{verb[:1].upper()}{verb[1:]} {words[:1].lower()}{words[1:]}" if verb else words


def _sure_words(due: Due | None) -> str:
    """The words that set the last day, when it is certain that they do; "" else, as for work that recurs."""
    return due.words if due and due.last_day and "deadline_unsure" not in due.notes else ""


def _continuous(due: Due | None) -> Due:
    """Work that is to be done all the time, when the plan says no more of its time than that."""
    if due is None:
        return Due(words="thường xuyên", kind=WordingKind.CONTINUOUS.value, recurrence="continuous")
    return replace(due, recurrence=due.recurrence or "continuous")


def _others(lead: Party | None, cooperating: Sequence[Party]) -> tuple[Party, ...]:
    """Co-operating units, each once and without the lead."""
    kept: dict[str, Party] = {}
    for party in cooperating:
        if lead is None or party.name != lead.name:
            kept.setdefault(party.code or party.name, party)
    return tuple(kept.values())


def _notes(parties: Parties, due: Due | None, *, is_sure: bool, has_verb: bool) -> tuple[str, ...]:
    lead = parties.lead
    notes: list[str] = []
    if lead is None:
        notes.append("no_lead")
    elif lead.is_everyone:
        notes.append("all_units")
    elif not lead.code:
        notes.append("lead_unknown")
    elif not lead.exact:
        notes.append("lead_by_short_name")
    if parties.beside:
        notes.append("several_leads")
    notes.extend(due.notes if due else ("no_deadline",))
    if not is_sure:
        notes.append("field_unsure")
    if not has_verb:
        notes.append("no_verb")
    return tuple(notes)


def _task(
    field: ReformField,
    title: str,
    text: str,
    place: tuple[int, int],
    parties: Parties,
    due: Due | None,
    *,
    targets: Sequence[Target],
    citations: Sequence[Citation],
    product: str,
    kind: str,
    number: str,
    budget: str,
    notes: tuple[str, ...],
    group: str = "",
) -> ReadTask:
    lead = parties.lead
    return ReadTask(
        field=field,
        title=title,
        text=text,
        start=place[0],
        end=place[1],
        lead=lead.name if lead and not lead.is_everyone else None,
        cooperating=tuple(party.name for party in parties.cooperating),
        product=product or None,
        deadline=due.last_day if due else None,
        targets=tuple(targets),
        citations=tuple(citations),
        kind=kind,
        number=number,
        group=group,
        lead_code=lead.code if lead else "",
        lead_text=lead.name if lead else "",
        cooperating_codes=tuple(party.code for party in parties.cooperating if party.code),
        starts_on=due.starts_on if due else None,
        deadline_text=due.words if due else "",
        deadline_kind=due.kind if due else "",
        recurrence=due.recurrence if due else "",
        budget=budget,
        notes=notes,
    )
