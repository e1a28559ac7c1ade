"""Two officers at one draft: whoever is second sees who changed a row and what, instead of writing over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from caicach.kernel.audit import queries as journal
from caicach.kernel.usecase.errors import EditConflict
from caicach.measurement.programme import drafts
from caicach.measurement.programme.grid import column_label, shown_snapshot
from caicach.measurement.programme.models import DraftStep, Plan, PlanTask

STEPS_LOOKED_AT = 200


def require_seen(
    plan: Plan,
    tasks: Sequence[PlanTask],
    seen: Mapping[int, int],
    *,
    typed: Mapping[str, str] | None = None,
) -> None:
    """Raises EditConflict when a row is not any more what the person saw.

    tasks : with `cooperating` and `targets` prefetched.
    seen : task id -> the row's revision on the page; a row that is not named is not asked about.
    typed : what the person wants in the one row, by column; shown beside what is there now.
    """
    stale = {task.pk: seen[task.pk] for task in tasks if seen.get(task.pk, task.revision) != task.revision}
    if not stale:
        return
    now = {task.pk: shot for task, shot in zip(tasks, drafts.remembered(tasks), strict=True) if task.pk in stale}
    past = _past(plan, stale, now)
    if all(pk in past.saw and _content(past.saw[pk]) == _content(now[pk]) for pk in stale):
        return  # changed and taken back: nothing differs from what the person saw
    typed = typed or {}
    labels = [_label(shot, column, alone=len(now) == 1) for shot in now.values() for column in typed]
    raise EditConflict(changed_by=_author(past.last), changes=_changes(now, past.saw, typed), typed=labels)


@dataclass(slots=True)
class _Past:
    """saw : task id -> the row as the person saw it, where a step remembers that; last : the step that left it so."""

    saw: dict[int, drafts.Snapshot] = field(default_factory=dict)
    last: DraftStep | None = None


def _past(plan: Plan, stale: Mapping[int, int], now: Mapping[int, drafts.Snapshot]) -> _Past:
    past = _Past()
    for step in plan.steps.order_by("-id")[:STEPS_LOOKED_AT].iterator(chunk_size=10):
        for shot in _rows_of(step, stale):
            pk, revisions = shot["id"], shot.get("revisions", ())
            if stale[pk] in revisions:
                past.saw.setdefault(pk, shot)
            if past.last is None and now[pk]["revisions"][0] in revisions:
                past.last = step
        if past.last is not None and len(past.saw) == len(stale):
            break
    return past


def _rows_of(step: DraftStep, wanted: Mapping[int, int]) -> Iterator[drafts.Snapshot]:
    return (shot for shot in (*step.after, *step.before) if shot["id"] in wanted)


def _content(shot: drafts.Snapshot) -> drafts.Snapshot:
    return {name: value for name, value in shot.items() if name not in ("revisions", "position")}


def _author(step: DraftStep | None) -> str:
    """Who did the step last: made it, took it back or did it again."""
    lines = journal.history_of(step._meta.label_lower, str(step.pk), limit=1) if step else []
    return lines[0].author.name or "" if lines else ""


def _changes(
    now: Mapping[int, drafts.Snapshot], saw: Mapping[int, drafts.Snapshot], typed: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    units = drafts.names_of_units([*now.values(), *saw.values()])
    changes: dict[str, tuple[str, str]] = {}
    for pk, shot in now.items():
        cells = shown_snapshot(shot, units=units)
        was = shown_snapshot(saw[pk], units=units) if pk in saw else None
        differ = {
            column: (text, cells[column])
            for column, text in {**(was or {}), **typed}.items()
            if text != cells[column] and (was is None or was[column] != cells[column])
        }
        if len(differ) > 1 and not shot["is_dropped"]:
            differ.pop("state", None)  # it follows from the correction, which says enough
        changes |= {_label(shot, column, alone=len(now) == 1): pair for column, pair in differ.items()}
    return changes


def _label(shot: drafts.Snapshot, column: str, *, alone: bool) -> str:
    if alone:
        return column_label(column)
    return _("Task %(number)s, %(column)s") % {
        "number": shot["number"] or shot["title"][:40],
        "column": column_label(column),
    }
