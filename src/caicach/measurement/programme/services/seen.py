"""Two people at one task: whoever is second sees what the first changed, instead of writing over it."""

from __future__ import annotations

from collections.abc import Sequence

from caicach.kernel.audit import queries as journal
from caicach.kernel.audit import wording
from caicach.kernel.audit.queries import HistoryLine
from caicach.kernel.usecase.errors import EditConflict
from caicach.measurement.programme.history_words import HIDDEN_FIELDS
from caicach.measurement.programme.models import PlanTask

LINES_LOOKED_AT = 50


def require_seen(task: PlanTask, *, revision: int | None) -> None:
    """Of a task that the use case holds. Raises EditConflict, by whom and what, when it is not any more what the person
    saw; None asks nothing, for callers that state a fact rather than edit what they saw.
    """
    if revision is None or task.revision == revision:
        return
    lines = [line for line in _history(task) if _revision_after(line) > revision]
    raise EditConflict(changed_by=lines[0].author.name or "" if lines else "", changes=_changes(lines))


def _history(task: PlanTask) -> list[HistoryLine]:
    return journal.history_of(task._meta.label_lower, str(task.pk), limit=LINES_LOOKED_AT)


def _revision_after(line: HistoryLine) -> int:
    return max(
        (int(field.after) for change in line.changes for field in change.fields if field.name == "revision"),
        default=0,
    )


def _changes(lines: Sequence[HistoryLine]) -> dict[str, tuple[str, str]]:
    """Field label -> (what it was, what it is now) over all entries, oldest first."""
    changed: dict[str, tuple[str, str]] = {}
    for line in wording.worded(list(reversed(lines)), hidden=HIDDEN_FIELDS):
        for field in line.fields:
            first = changed.get(field.label, (field.before or "", ""))[0]
            changed[field.label] = (first, field.after or "")
    return changed
