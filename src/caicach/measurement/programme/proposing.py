"""From a file or a paste to a proposal: extraction, reading, units as ids."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from caicach.kernel.calendar import clock
from caicach.kernel.files.messages import UnableToReadFile
from caicach.kernel.files.reading import UnreadableFile
from caicach.kernel.usecase.errors import UseCaseError

from .naming import UnitNames
from .proposals import PlanProposal, ProposedTask
from .reading import PlanReading, ReadTask, SourceText, read_plan
from .reading.results import citation_json
from .reading_words import sentence_of
from .sources import read_source

Progress = Callable[[int, int], None]
_DAILY_KINDS = ("continuous",)
_SAYS_WHY = frozenset({"table_without_headings", "cut_off"})


class NoTaskFound(UseCaseError):
    """A draft without tasks helps nobody: its text goes back to whoever sent it."""

    code = "programme.no_task_found"
    status = 422

    def __init__(self, *, because: str = "") -> None:
        self.because = because
        super().__init__()

    def default_message(self) -> str:
        advice = _(
            "Each task must say what is to be done, for example “Vụ Pháp chế xây dựng Thông tư … trong quý III”. Paste "
            "the part with the tasks, or fill in the empty table for Excel, and send it again."
        )
        return " ".join(part for part in (_("No task was found in the text."), self.because, advice) if part)


def proposal_of_file(
    source: Path | bytes, *, name: str, year: int | None = None, progress: Progress | None = None
) -> PlanProposal:
    """Raises UnableToReadFile with what is wrong with the file and what to do."""
    try:
        text = read_source(source, name=name)
    except UnreadableFile as refusal:
        raise UnableToReadFile(refusal) from refusal
    content = source if isinstance(source, bytes) else source.read_bytes()
    return proposal_of_source(text, content=content, year=year, progress=progress)


def proposal_of_source(
    text: SourceText, *, content: bytes, year: int | None = None, progress: Progress | None = None
) -> PlanProposal:
    """The same for a file that was opened already; `content` is what its hash is taken of."""
    return _proposal(text, name=text.name, sha256=hashlib.sha256(content).hexdigest(), year=year, progress=progress)


def _proposal(text: SourceText, *, name: str, sha256: str, year: int | None, progress: Progress | None) -> PlanProposal:
    today = clock.today()
    names = UnitNames.of_year(year or today.year)
    read = read_plan(text, units=names.matcher, plan_year=year, year_otherwise=today.year, progress=progress)
    plan_year = year or read.plan_year or today.year
    if plan_year != (year or today.year):
        # The units of the plan's own year may bear other names than today's.
        names = UnitNames.of_year(plan_year)
        read = read_plan(text, units=names.matcher, plan_year=plan_year, progress=progress)
    if not read.tasks:
        raise NoTaskFound(because=_why_nothing(read))
    return PlanProposal(
        title=read.decision.title or _("Reform plan %(year)d") % {"year": plan_year},
        year=plan_year,
        name=name,
        sha256=sha256,
        text=read.text,
        tasks=tuple(_task(task, names) for task in read.tasks),
        decision_number=read.decision.number or "",
        decision_date=_day(read.decision.date),
        decision_issuer=read.decision.issuer or "",
        tables=tuple(asdict(table) for table in text.tables),
        pages=tuple(getattr(text, "pages", ())),
        headings=tuple(list(heading) for heading in text.headings),
        citations=tuple(citation_json(citation) for citation in read.citations),
        warnings=tuple(warning.as_json() for warning in _warnings(text, read)),
    )


def _why_nothing(read: PlanReading) -> str:
    """What the reader met that may be the reason, in sentences."""
    met = [warning for warning in read.warnings if warning.code in _SAYS_WHY]
    return " ".join(sentence_of(warning.code, dict(warning.parameters)) for warning in met)


def _warnings(text: SourceText, read: PlanReading) -> list[Any]:
    return list(dict.fromkeys((*text.warnings, *read.warnings)))


def _task(task: ReadTask, names: UnitNames) -> ProposedTask:
    lead = names.by_code.get(task.lead_code)
    return ProposedTask(
        title=task.title,
        field=task.field.value,
        number=task.number,
        text=task.text,
        product=task.product or "",
        lead_id=lead.id if lead else None,
        lead_text=task.lead_text or task.lead or "",
        cooperating=tuple(names.by_code[code].id for code in task.cooperating_codes if code in names.by_code),
        starts_on=task.starts_on,
        deadline=task.deadline,
        deadline_text=task.deadline_text,
        recurrence="continuous" if task.deadline_kind in _DAILY_KINDS else task.recurrence,
        budget=task.budget,
        start=task.start,
        end=task.end,
        citations=tuple(citation_json(citation) for citation in task.citations),
        targets=tuple(_target(target.as_json()) for target in task.targets),
        doubts=task.notes,
    )


def _target(read: dict[str, Any]) -> dict[str, Any]:
    """`between` has two values; the database keeps them in two columns."""
    value = read["value"]
    low, high = value if isinstance(value, list | tuple) else (value, None)
    return {
        "subject": read["subject"] or "",
        "operator": read["operator"],
        "value": low,
        "value_to": high,
        "unit": read["unit"] or "",
    }


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso and len(iso) == 10 else None
