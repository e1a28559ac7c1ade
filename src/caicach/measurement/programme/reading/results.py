"""What reading a plan gives. `as_json()` is the interchange form of `caicach plan import --json`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caicach.registry.legislation.citations import Citation

from .fields import FIELD_NAMES, ReformField
from .source import SourceWarning
from .targets import Target


def citation_json(citation: Citation) -> dict[str, object]:
    """A citation as `caicach cite --json` prints it."""
    return {
        "start": citation.start,
        "end": citation.end,
        "surface": citation.surface,
        "kind": citation.kind,
        "number": citation.number,
        "date": citation.date,
        "issuer": citation.issuer,
        "article": citation.article,
        "clause": citation.clause,
        "point": citation.point,
    }


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper by which the plan was issued. `date` is ISO; what the text does not give is None."""

    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None

    def as_json(self) -> dict[str, object]:
        return {"number": self.number, "date": self.date, "issuer": self.issuer, "title": self.title}


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One task as a careful reader lists it.

    start, end : code points of its own clause, text == source[start:end]; of the task's cell in a table
    rest : for a cell broken over two rows or pages the places of its further halves; empty for all others
    lead, cooperating : the organisation's names where matched, else as written; lead_code "" when not matched
    deadline : last day on time; deadline_text, deadline_kind : the words and how they fix it
    kind : "task", "objective" (an aim), "solution" or "organisation" (a unit's duty in carrying out the plan)
    notes : codes of doubt, such as "no_lead", "no_deadline", "field_unsure"
    """

    field: ReformField
    title: str
    text: str
    start: int
    end: int
    lead: str | None = None
    cooperating: tuple[str, ...] = ()
    product: str | None = None
    deadline: date | None = None
    targets: tuple[Target, ...] = ()
    citations: tuple[Citation, ...] = ()
    kind: str = "task"
    number: str = ""
    group: str = ""
    lead_code: str = ""
    lead_text: str = ""
    cooperating_codes: tuple[str, ...] = ()
    starts_on: date | None = None
    deadline_text: str = ""
    deadline_kind: str = ""
    recurrence: str = ""
    budget: str = ""
    notes: tuple[str, ...] = ()
    rest: tuple[tuple[int, int], ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "field": self.field.value,
            "title": self.title,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "lead": self.lead,
            "cooperating": list(self.cooperating),
            "product": self.product,
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "targets": [target.as_json() for target in self.targets],
            "citations": [citation_json(citation) for citation in self.citations],
            "kind": self.kind,
            "number": self.number or None,
            "group": self.group or None,
            "lead_code": self.lead_code or None,
            "lead_text": self.lead_text or None,
            "cooperating_codes": list(self.cooperating_codes),
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "deadline_text": self.deadline_text or None,
            "deadline_kind": self.deadline_kind or None,
            "recurrence": self.recurrence or None,
            "budget": self.budget or None,
            "notes": list(self.notes),
            "rest": [list(span) for span in self.rest],
        }


@dataclass(frozen=True, slots=True)
class PlanReading:
    """All that was read. `text` is the NFC text that offsets count in; `plan_year` is None when no text gives it."""

    text: str
    decision: Decision
    plan_year: int | None
    fields: tuple[ReformField, ...]
    tasks: tuple[ReadTask, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[SourceWarning, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "decision": self.decision.as_json(),
            "fields": [{"code": field.value, "name": FIELD_NAMES[field]} for field in self.fields],
            "tasks": [task.as_json() for task in self.tasks],
            "citations": [citation_json(citation) for citation in self.citations],
            "warnings": [warning.as_json() for warning in self.warnings],
            "plan_year": self.plan_year,
        }
