"""A draft task as a plain snapshot, and back: what undo and versions are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from caicach.kernel.identity.models import Unit
from caicach.kernel.search.folding import fold

from .models import Plan, PlanTask, TaskTarget

_PLAIN = (
    "position",
    "number",
    "field",
    "title",
    "text",
    "product",
    "lead_id",
    "lead_text",
    "deadline_text",
    "recurrence",
    "budget",
    "source_start",
    "source_end",
    "citations",
    "doubts",
    "is_confirmed",
    "is_dropped",
)
_DAYS = ("starts_on", "deadline")
_AMOUNTS = ("value", "value_to")
_WRITTEN = [name.removesuffix("_id") for name in (*_PLAIN, *_DAYS, "search_text", "revision") if name != "position"]
"""What a change of a draft writes. A row keeps its place: it belongs to the order of all rows, which others move."""
_AT_ONCE = 500

Snapshot = dict[str, Any]


def searchable(task: PlanTask) -> str:
    return fold(f"{task.number} {task.title} {task.text} {task.product}")


def snapshots(tasks: Sequence[PlanTask]) -> list[Snapshot]:
    """One a task, in the given order. The tasks come with `cooperating` and `targets` prefetched."""
    return [_snapshot(task) for task in tasks]


def remembered(tasks: Sequence[PlanTask]) -> list[Snapshot]:
    """The same with the revisions under which a task was like this: a later conflict finds by them what was seen."""
    return [{**_snapshot(task), "revisions": [task.revision]} for task in tasks]


def again(shots: Sequence[Snapshot], *, revision: int) -> list[Snapshot]:
    """Remembered tasks that are like this once more, under another revision."""
    return [{**shot, "revisions": [*shot.get("revisions", ()), revision]} for shot in shots]


def names_of_units(tasks: Sequence[Snapshot]) -> dict[str, str]:
    """Id (as text) -> name of every unit that the snapshots mention. One query."""
    ids = {unit for task in tasks for unit in (task["lead_id"], *task["cooperating"]) if unit is not None}
    return {str(pk): name for pk, name in Unit.objects.filter(pk__in=ids).values_list("pk", "name")}


def _snapshot(task: PlanTask) -> Snapshot:
    days = {name: getattr(task, name) for name in _DAYS}
    return {
        "id": task.pk,
        **{name: getattr(task, name) for name in _PLAIN},
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "cooperating": sorted(unit.pk for unit in task.cooperating.all()),
        "targets": [_target_snapshot(each) for each in task.targets.all()],
    }


def _target_snapshot(target: TaskTarget) -> Snapshot:
    return {
        "subject": target.subject,
        "operator": target.operator,
        **{name: None if (v := getattr(target, name)) is None else str(v.normalize()) for name in _AMOUNTS},
        "unit": target.unit,
        "national_id": target.national_id,
    }


def restore(plan: Plan, wanted: Sequence[Snapshot], *, revision: int) -> None:
    """Puts the tasks back as the snapshots say, under their old ids; other tasks are not touched.

    revision : what the tasks have from now on, never the old one: who saw the old one has not seen this.
    """
    tasks = [_task_of(plan, snapshot, revision) for snapshot in wanted]
    write(tasks)
    write_cooperating([(task, snapshot["cooperating"]) for task, snapshot in zip(tasks, wanted, strict=True)])
    TaskTarget.objects.filter(task__in=tasks).delete()
    TaskTarget.objects.bulk_create(
        (target(task, each) for task, snapshot in zip(tasks, wanted, strict=True) for each in snapshot["targets"]),
        batch_size=_AT_ONCE,
    )


def _task_of(plan: Plan, snapshot: Snapshot, revision: int) -> PlanTask:
    return PlanTask(
        id=snapshot["id"],
        plan=plan,
        revision=revision,
        **{name: snapshot[name] for name in _PLAIN},
        **{name: date.fromisoformat(day) if (day := snapshot[name]) else None for name in _DAYS},
    )


def write(tasks: Sequence[PlanTask]) -> None:
    """Saves the rows in a few statements, however many they are: new ones whole, known ones without their place."""
    for task in tasks:
        task.search_text = searchable(task)
    new, known = [task for task in tasks if task.pk is None], [task for task in tasks if task.pk is not None]
    PlanTask.objects.bulk_create(new, batch_size=_AT_ONCE)
    PlanTask.objects.bulk_create(
        known,
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_WRITTEN,
    )


def write_cooperating(units: Iterable[tuple[PlanTask, Iterable[int]]]) -> None:
    """Each task's co-operating units become exactly these (ids)."""
    wanted: Mapping[int, set[int]] = {task.pk: set(ids) for task, ids in units}
    through = PlanTask.cooperating.through
    through.objects.filter(plantask_id__in=list(wanted)).delete()
    through.objects.bulk_create(
        (through(plantask_id=task_id, unit_id=unit_id) for task_id, ids in wanted.items() for unit_id in sorted(ids)),
        batch_size=_AT_ONCE,
    )


def write_targets(task: PlanTask, targets: Sequence[Snapshot]) -> None:
    TaskTarget.objects.bulk_create(target(task, each) for each in targets)


def target(task: PlanTask, snapshot: Snapshot) -> TaskTarget:
    """Unsaved. Amounts come as text or number."""
    return TaskTarget(
        task=task,
        subject=snapshot["subject"],
        operator=snapshot["operator"],
        unit=snapshot["unit"],
        national_id=snapshot.get("national_id"),
        **{name: None if snapshot.get(name) is None else Decimal(str(snapshot[name])) for name in _AMOUNTS},
    )
