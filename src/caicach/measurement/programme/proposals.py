"""A read plan as it enters the database: tasks with units as ids and places in the source. Pure dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ProposedTask:
    """start, end : code points of the task's own clause in the source text; doubts : codes of what was unsure."""

    title: str
    field: str = ""
    number: str = ""
    text: str = ""
    product: str = ""
    lead_id: int | None = None
    lead_text: str = ""
    cooperating: tuple[int, ...] = ()
    starts_on: date | None = None
    deadline: date | None = None
    deadline_text: str = ""
    recurrence: str = ""
    budget: str = ""
    start: int | None = None
    end: int | None = None
    citations: tuple[dict[str, Any], ...] = ()
    targets: tuple[dict[str, Any], ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """All that was read from one file. `sha256` names the file's bytes, or the pasted text's."""

    title: str
    year: int
    name: str
    sha256: str
    text: str
    tasks: tuple[ProposedTask, ...]
    decision_number: str = ""
    decision_date: date | None = None
    decision_issuer: str = ""
    tables: tuple[Any, ...] = ()
    pages: tuple[int, ...] = ()
    headings: tuple[Any, ...] = ()
    citations: tuple[dict[str, Any], ...] = ()
    warnings: tuple[dict[str, Any], ...] = field(default=())
