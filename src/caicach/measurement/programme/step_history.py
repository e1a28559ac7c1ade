"""A step of a draft as the journal tells it: what it changed of each task, and of the plan which tasks it touched.

Steps made before the journal named the tasks are told from what the journal has of the step itself: its rows before
and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.audit.journal import Change
from caicach.kernel.audit.queries import ABSENT, Act, FieldChange, RecordChange

from .drafts import Snapshot
from .models import DraftStep, Plan, PlanTask

MOST_TASKS_NAMED: Final = 5
"""Tasks that the plan's history names of one step; the journal has all of them."""
LONGEST_NAME: Final = 80

_TASK, _PLAN, _STEP = PlanTask._meta.label_lower, Plan._meta.label_lower, DraftStep._meta.label_lower
_NO_CONTENT: Final = ("id", "position", "revisions")
"""Of a remembered row: not what the task is, but where it stands and which revisions it had."""


def changes_of_tasks(before: Sequence[Snapshot], after: Sequence[Snapshot]) -> list[Change]:
    """One for each task that differs, of the fields that differ; a row that was added or taken out is whole."""
    was, now = ({shot["id"]: _content(shot) for shot in shots} for shots in (before, after))
    pairs = ((pk, was.get(pk, {}), now.get(pk, {})) for pk in was | now)
    return [change for pk, old, new in pairs if (change := _change(pk, old, new)) is not None]


def change_of_plan(plan: Plan, *, revision: int, shots: Sequence[Snapshot]) -> Change:
    """That the plan's rows have another revision now, and which tasks the step was about, as they were called."""
    after = {"revision": revision, "tasks": _names(shots), "tasks_total": len(shots)}
    return Change(_PLAN, str(plan.pk), {"revision": plan.revision}, after)


def change_of_cooperating(task: PlanTask, *, before: Iterable[int] = (), after: Iterable[int]) -> list[Change]:
    """Of the units (ids) that support a task, which stand in no column of its own; empty where they stay."""
    was, now = sorted(before), sorted(after)
    return [] if was == now else [Change(_TASK, str(task.pk), {"cooperating": was}, {"cooperating": now})]


def told_of_task(change: RecordChange, *, task_id: int) -> Iterator[RecordChange]:
    """For the history of one task: an old step becomes what it changed of that task."""
    if change.subject_type != _STEP:
        yield change
        return
    before, after = _rows(change)
    for told in changes_of_tasks(before, after):
        if told.subject_id == str(task_id):
            yield _as_read(told)


def told_of_plan(change: RecordChange) -> Iterator[RecordChange]:
    """For the history of the plan: which tasks a step was about."""
    if change.subject_type == _PLAN:
        values = {field.name: field.after for field in change.fields}
        fields = tuple(field for field in change.fields if field.name not in ("tasks", "tasks_total"))
        yield RecordChange(_PLAN, change.subject_id, change.act, (*fields, *_about(values)))
    elif change.subject_type == _STEP:
        before, after = _rows(change)
        if shots := before or after:
            values = {"tasks": _names(shots), "tasks_total": max(len(before), len(after))}
            yield RecordChange(_STEP, change.subject_id, Act.CHANGED, tuple(_about(values)))
    else:
        yield change


def told_targets(change: FieldChange) -> tuple[FieldChange]:
    """The numbers that a task is to reach, as people write them."""
    if change.name != "targets":
        return (change,)
    return (FieldChange("targets", _targets(change.before), _targets(change.after)),)


def _content(shot: Snapshot) -> Snapshot:
    return {name: value for name, value in shot.items() if name not in _NO_CONTENT}


def _change(pk: int, old: Snapshot, new: Snapshot) -> Change | None:
    names = [name for name in old | new if old.get(name, ABSENT) != new.get(name, ABSENT)]
    if not names:
        return None
    return Change(
        _TASK, str(pk), {name: old[name] for name in names if old}, {name: new[name] for name in names if new}
    )


def _as_read(change: Change) -> RecordChange:
    act = Act.CHANGED if change.before and change.after else Act.CREATED if change.after else Act.DELETED
    fields = (
        FieldChange(name, change.before.get(name, ABSENT), change.after.get(name, ABSENT))
        for name in change.before | change.after  # type: ignore[operator]
    )
    return RecordChange(change.subject_type, change.subject_id, act, tuple(fields))


def _rows(change: RecordChange) -> tuple[list[Snapshot], list[Snapshot]]:
    """Of an old step; empty for one whose tasks the journal names, and for its being taken back."""
    values = {field.name: field.after for field in change.fields}
    return values.get("before") or [], values.get("after") or []


def _names(shots: Sequence[Snapshot]) -> list[str]:
    return [f"{shot['number']} {shot['title']}".strip()[:LONGEST_NAME] for shot in shots[:MOST_TASKS_NAMED]]


def _about(values: dict[str, Any]) -> Iterator[FieldChange]:
    names = values.get("tasks")
    if not names:
        return
    more = values["tasks_total"] - len(names)
    rest = [ngettext("%(count)d more task", "%(count)d more tasks", more) % {"count": more}] if more > 0 else []
    yield FieldChange("tasks", ABSENT, "; ".join([*names, *rest]))


def _targets(value: Any) -> Any:
    return [_target(each) for each in value] if isinstance(value, list) else value


def _target(each: Snapshot) -> str:
    numbers = "-".join(filter(None, (each["value"], each["value_to"])))
    sign = "" if each["operator"] == "between" else each["operator"]
    said = " ".join(_parts((each["subject"], sign, numbers, each["unit"])))
    return _("%(target)s (national target)") % {"target": said} if each["national_id"] else said


def _parts(words: Iterable[str]) -> Iterable[str]:
    return filter(None, words)
