"""Correcting a draft: every change is one step that can be taken back; nothing counts before approval."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, NotFound
from caicach.measurement.programme import access, cells, drafts
from caicach.measurement.programme.gaps import gaps_of
from caicach.measurement.programme.models import NationalTarget, Plan, PlanTask, TaskTarget
from caicach.measurement.programme.naming import UnitNames

from .cell_errors import BadCells
from .draft_seen import require_seen
from .stepping import (
    DraftClosed,
    Step,
    TaskDropped,
    TaskGone,
    make_room,
    open_draft,
    position_after,
    require_live,
    tasks_of,
)

__all__ = [
    "BadCells",
    "DraftClosed",
    "TaskDropped",
    "TaskGone",
    "confirm_tasks",
    "drop_tasks",
    "edit_task",
    "link_target",
    "merge_tasks",
    "paste_rows",
    "read_cells",
    "readable_cells",
    "restore_tasks",
    "set_cells",
    "split_task",
    "unlink_target",
]

LONGEST_TITLE = 500
LONGEST_NUMBER = 20
SET_COLUMNS = ("field", "lead", "time")
"""What many rows may be given at once."""


@use_case("programme.edit_task", permission=access.can_edit_draft)
def edit_task(
    uc: UseCase,
    *,
    plan: Plan,
    task_id: int,
    cells_typed: Mapping[str, str],
    revision: int | None = None,
    confirms: bool | None = None,
) -> PlanTask:
    """Corrects cells of one row, which counts as confirmed once nothing in it is missing or doubtful any more.

    cells_typed : by the columns of `cells.COLUMNS`.
    confirms : True when the person says that the row is right as it is; False for what is kept while a person still
        writes: nobody has agreed yet.
    revision : the row's revision that the person saw; when someone changed the row since, EditConflict says what.
    Raises BadCells, DraftClosed, EditConflict, TaskDropped.
    """
    open_draft(uc, plan)
    tasks = tasks_of(plan, [task_id])
    if revision is not None:
        require_seen(plan, tasks, {task_id: revision}, typed=cells_typed)
    require_live(tasks)
    values = read_cells(plan, [cells_typed], in_rows=False)
    with Step(uc, plan, "edit", tasks) as step:
        doubts = tasks[0].doubts
        _write(step, tasks[0], values[0])
        if confirms is False:
            tasks[0].doubts = doubts  # what is still being written answers nothing
        agreed = _is_settled(tasks[0]) if confirms is None else confirms
        tasks[0].is_confirmed = tasks[0].is_confirmed or agreed
    return tasks[0]


@use_case("programme.paste_rows", permission=access.can_edit_draft)
def paste_rows(
    uc: UseCase,
    *,
    plan: Plan,
    rows: Sequence[Mapping[str, str]],
    after: int | None = None,
    replace: Sequence[int] = (),
    seen: Mapping[int, int] | None = None,
) -> int:
    """Takes rows pasted from Excel, all or none of them.

    Onto the rows `replace` (ids, in order), the rest as new rows after row `after`.
    seen : as in `confirm_tasks`, of the rows that are written over.
    All or nothing: one bad cell refuses the whole paste and every bad cell is named. Returns the rows written: an empty
    one ({}) leaves its task as it is. A task is confirmed when nothing in it is missing, and its name was among the
    cells or nothing in it is doubtful any more.
    """
    open_draft(uc, plan)
    if not rows:
        raise InvalidInput(fields={"rows": [_("There is no row to take over.")]})
    onto = _chosen(plan, list(replace)[: len(rows)], seen)
    # A new row needs its name even where the paste has no such column or breaks off before it.
    typed = [*rows[: len(onto)], *({"title": "", **row} for row in rows[len(onto) :])]
    values = read_cells(plan, typed, numbers=_numbers_of(typed, onto))
    position = position_after(plan, after if after is not None else (replace[-1] if replace else None))
    fresh = len(rows) - len(onto)
    make_room(plan, position, fresh)
    targets = [*onto, *(PlanTask(plan=plan, position=position + place) for place in range(fresh))]
    written = [(task, row) for task, row in zip(targets, values, strict=True) if row]
    with Step(uc, plan, "paste", [task for task, _row in written]) as step:
        for task, row in written:
            is_whole = "title" in row
            _write(step, task, row)
            task.is_confirmed = task.is_confirmed or (is_whole and not gaps_of(task)) or _is_settled(task)
    return len(written)


@use_case("programme.set_cells", permission=access.can_edit_draft)
def set_cells(
    uc: UseCase,
    *,
    plan: Plan,
    task_ids: Sequence[int],
    cells_typed: Mapping[str, str],
    seen: Mapping[int, int] | None = None,
) -> int:
    """Gives the same field, lead unit or time to all the rows, as one step. Returns the number of rows.

    cells_typed : by the columns of SET_COLUMNS. A row is confirmed by this only when nothing else is missing or
        doubtful in it.
    seen : as in `confirm_tasks`. Raises BadCells, EditConflict, TaskDropped.
    """
    open_draft(uc, plan)
    if not cells_typed or cells_typed.keys() - set(SET_COLUMNS):
        raise InvalidInput(fields={"cells": [_("Choose a field, a lead unit or a time for the chosen tasks.")]})
    tasks = _chosen(plan, task_ids, seen)
    (values,) = read_cells(plan, [cells_typed], in_rows=False)
    with Step(uc, plan, "set", tasks):
        for task in tasks:
            _assign(task, values)
            task.is_confirmed = task.is_confirmed or _is_settled(task)
    return len(tasks)


@use_case("programme.split_task", permission=access.can_edit_draft)
def split_task(
    uc: UseCase,
    *,
    plan: Plan,
    task_id: int,
    titles: Sequence[str],
    cut: int | None = None,
    revision: int | None = None,
) -> PlanTask:
    """One task becomes two: the first keeps the row, the second stands after it with the same field, lead and time.

    cut : where the source clause is cut (code point in the text of the plan), None when both keep the whole clause.
    revision : as in `edit_task`.
    Returns the new one.
    """
    open_draft(uc, plan)
    if len(titles) != 2 or not all(title.strip() for title in titles):
        raise InvalidInput(fields={"titles": [_("Give both tasks a name.")]})
    for title in titles:
        _require_short(title.strip(), "titles")
    (task,) = _chosen(plan, [task_id], None if revision is None else {task_id: revision})
    make_room(plan, task.position + 1, 1)
    second = PlanTask(
        plan=plan,
        position=task.position + 1,
        **{
            name: getattr(task, name)
            for name in ("field", "lead_id", "lead_text", "text", "source_start", "source_end")
        },
        **{name: getattr(task, name) for name in ("deadline", "deadline_text", "recurrence", "starts_on", "citations")},
        title=titles[1].strip(),
        doubts=list(task.doubts),
    )
    with Step(uc, plan, "split", [task, second]) as step:
        task.title = titles[0].strip()
        if cut is not None and task.source_start is not None and task.source_end is not None:
            _cut(task, second, cut)
        step.set_cooperating(second, [unit.pk for unit in task.cooperating.all()])
    return second


@use_case("programme.merge_tasks", permission=access.can_edit_draft)
def merge_tasks(uc: UseCase, *, plan: Plan, task_ids: Sequence[int], seen: Mapping[int, int] | None = None) -> PlanTask:
    """Several tasks become the first of them; the others are dropped (and can be taken back).

    What the first lacks (lead unit, time, field, budget) it takes from the next that has it, with what is doubtful of
    it; products, units, targets and citations of all are united.
    seen : as in `confirm_tasks`. Raises EditConflict, TaskDropped, InvalidInput when the joined name is too long.
    """
    open_draft(uc, plan)
    tasks = _chosen(plan, task_ids, seen)
    if len(tasks) < 2:
        too_few = _("Choose at least two tasks to merge.")
        raise InvalidInput(too_few, fields={"task_ids": [too_few]})
    first, *others = tasks
    title = "; ".join(task.title.rstrip(".;") for task in tasks)
    cited = [citation for task in tasks for citation in task.citations]
    _require_short(title, "title")
    with Step(uc, plan, "merge", tasks) as step:
        first.title = title
        first.text = " ".join(text for task in tasks if (text := task.text))
        first.product = "; ".join(dict.fromkeys(product for task in tasks if (product := task.product)))
        ends = [task.source_end for task in tasks if task.source_end is not None]
        first.source_end = max(ends) if ends else None
        first.citations = [each for n, each in enumerate(cited) if each not in cited[:n]]
        _take_what_is_given(first, tasks)
        for task in others:
            task.is_dropped = True
        supporting = {unit.pk for task in tasks for unit in task.cooperating.all()}
        step.set_cooperating(first, supporting - {first.lead_id})
        drafts.write_targets(first, [target for shot in drafts.snapshots(others) for target in shot["targets"]])
    return first


@use_case("programme.drop_tasks", permission=access.can_edit_draft)
def drop_tasks(uc: UseCase, *, plan: Plan, task_ids: Sequence[int], seen: Mapping[int, int] | None = None) -> int:
    """Takes tasks out of the draft; they stay readable there and can be put back. seen : as in `confirm_tasks`."""
    return _flag(uc, plan, task_ids, seen, act="drop", is_dropped=True)


@use_case("programme.restore_tasks", permission=access.can_edit_draft)
def restore_tasks(uc: UseCase, *, plan: Plan, task_ids: Sequence[int], seen: Mapping[int, int] | None = None) -> int:
    """Puts dropped tasks back into the draft. seen : as in `confirm_tasks`."""
    return _flag(uc, plan, task_ids, seen, act="restore", is_dropped=False)


@use_case("programme.confirm_tasks", permission=access.can_edit_draft)
def confirm_tasks(uc: UseCase, *, plan: Plan, task_ids: Sequence[int], seen: Mapping[int, int] | None = None) -> int:
    """A person has read these proposals and agrees.

    seen : task id -> revision of the row that the person saw; when someone changed a row since, EditConflict says what.
    Rows that it does not name are not asked about.
    """
    return _flag(uc, plan, task_ids, seen, act="confirm", is_confirmed=True)


@use_case("programme.link_target", permission=access.can_edit_draft)
def link_target(
    uc: UseCase, *, plan: Plan, task_id: int, national: NationalTarget, revision: int | None = None
) -> PlanTask:
    """Says which national target a task serves. A task without a number of its own takes the national one.

    revision : as in `edit_task`.
    """
    open_draft(uc, plan)
    (task,) = tasks = _chosen(plan, [task_id], None if revision is None else {task_id: revision})
    with Step(uc, plan, "target", tasks):
        own = task.targets.filter(national=None).first()
        if own is not None:
            own.national = national
            own.save(update_fields=["national"])
        elif not task.targets.filter(national=national).exists():
            drafts.write_targets(task, [_national_as_own(national)])
    return task


@use_case("programme.unlink_target", permission=access.can_edit_draft)
def unlink_target(
    uc: UseCase, *, plan: Plan, task_id: int, national: NationalTarget, revision: int | None = None
) -> PlanTask:
    """The task does not serve this national target after all. A number of the task's own stays.

    revision : as in `edit_task`. Raises NotFound when they are not linked, EditConflict, TaskDropped.
    """
    open_draft(uc, plan)
    (task,) = tasks = _chosen(plan, [task_id], None if revision is None else {task_id: revision})
    linked = task.targets.filter(national=national)
    if not linked:
        raise NotFound
    with Step(uc, plan, "unlink", tasks):
        # What says the same as the national one was made from it by `link_target`.
        linked.filter(pk__in=[own.pk for own in linked if _says_the_same(own, national)]).delete()
        task.targets.filter(national=national).update(national=None)
    return task


# --- the parts ------------------------------------------------------------------------------------------------------


def _chosen(plan: Plan, ids: Sequence[int], seen: Mapping[int, int] | None) -> list[PlanTask]:
    """As the person saw them, and none of them dropped."""
    tasks = tasks_of(plan, ids)
    require_seen(plan, tasks, seen or {})
    require_live(tasks)
    return tasks


def read_cells(
    plan: Plan, rows: Sequence[Mapping[str, str]], *, in_rows: bool = True, numbers: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Values by model field of rows as typed. Raises BadCells naming every cell, InvalidInput for a strange column.

    in_rows : False for the cells of one form, whose messages then name no row.
    numbers : of the task of each row, for the messages.
    """
    for row in rows:
        unknown = row.keys() - set(cells.COLUMNS)
        if unknown:
            raise InvalidInput(fields={"rows": [_("There is no column “%(name)s”.") % {"name": min(unknown)}]})
    names = UnitNames.of_year(plan.year)
    # The same units come again in every row.
    read = cells.read_rows(rows, unit=cache(names.find), suggest=names.nearest, plan_year=plan.year)
    if read.bad:
        raise BadCells(read.bad, in_rows=in_rows, numbers=numbers)
    return read.values


def _numbers_of(rows: Sequence[Mapping[str, str]], onto: Sequence[PlanTask]) -> list[str]:
    """As typed, else as the task has it; what cannot be a number names no task."""
    have = [task.number for task in onto] + [""] * (len(rows) - len(onto))
    typed = [row.get("number", number).strip() for row, number in zip(rows, have, strict=True)]
    return [number if len(number) <= LONGEST_NUMBER else "" for number in typed]


_HALF_A_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}(\s*[/.-]\s*\d{0,3})?$")
"""A date of which the year may still be on its way: "30/06/20" is not the year 2020."""


def readable_cells(plan: Plan, cells_typed: Mapping[str, str]) -> dict[str, str]:
    """Those of the cells that can be read and are no half-written day."""
    whole = {column: text for column, text in cells_typed.items() if not _is_half(column, text)}
    try:
        read_cells(plan, [whole], in_rows=False)
    except BadCells as bad:
        wrong = {cell.column for cell in bad.bad}
        return {column: text for column, text in whole.items() if column not in wrong}
    return whole


def _is_half(column: str, text: str) -> bool:
    return column == "time" and bool(_HALF_A_DAY.search(text.strip()))


def _is_settled(task: PlanTask) -> bool:
    """Nothing in it is missing or doubtful: who corrects a row so far has agreed to it."""
    return not task.doubts and not gaps_of(task)


_ANSWERS = {
    "lead_id": ("no_lead", "several_leads"),
    "deadline": ("no_deadline", "term_start_unknown"),
    "field": ("field_unsure",),
}


def _write(step: Step, task: PlanTask, values: dict[str, Any]) -> None:
    if (cooperating := values.pop("cooperating", None)) is not None:
        lead = values.get("lead_id", task.lead_id)
        step.set_cooperating(task, [unit for unit in cooperating if unit != lead])
    _assign(task, values)


def _assign(task: PlanTask, values: Mapping[str, Any]) -> None:
    """The values, and nothing is doubtful any more that they answer."""
    for name, value in values.items():
        setattr(task, name, value)
    answered = {doubt for name in values for doubt in _ANSWERS.get(name, ())}
    task.doubts = [doubt for doubt in task.doubts if doubt not in answered]


_GIVEN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "lead_id": (("lead_id",), ("lead_text",)),
    "deadline": (("deadline", "recurrence", "deadline_text"), ("starts_on",)),
    "field": (("field",), ()),
    "budget": (("budget",), ()),
}
"""What a row gives, as in _ANSWERS: the columns of which one suffices for that, and those that go with them."""


def _take_what_is_given(first: PlanTask, tasks: Sequence[PlanTask]) -> None:
    """Each thing from the first of the tasks that gives it; what is doubtful of it there, is so here, and no more."""
    answerable = {doubt for doubts in _ANSWERS.values() for doubt in doubts}
    doubts = {doubt: None for task in tasks for doubt in task.doubts if doubt not in answerable}
    for name, (says, goes_with) in _GIVEN.items():
        giver = _giver(tasks, says)
        taken = giver or _giver(tasks, goes_with) or first
        for column in (*says, *goes_with):
            setattr(first, column, getattr(taken, column))
        for doubt in _ANSWERS.get(name, ()):
            if any(doubt in task.doubts for task in ([giver] if giver else tasks)):
                doubts[doubt] = None
    first.doubts = list(doubts)


def _giver(tasks: Sequence[PlanTask], columns: Sequence[str]) -> PlanTask | None:
    return next((task for task in tasks if any(getattr(task, column) for column in columns)), None)


def _flag(
    uc: UseCase, plan: Plan, task_ids: Sequence[int], seen: Mapping[int, int] | None, *, act: str, **flags: bool
) -> int:
    open_draft(uc, plan)
    tasks = tasks_of(plan, task_ids)
    require_seen(plan, tasks, seen or {})
    if act != "restore":
        require_live(tasks)
    with Step(uc, plan, act, tasks):
        for task in tasks:
            for name, value in flags.items():
                setattr(task, name, value)
    return len(tasks)


def _require_short(title: str, field: str) -> None:
    """Nothing of a name is cut off behind a person's back."""
    if len(title) > LONGEST_TITLE:
        raise InvalidInput(
            fields={
                field: [
                    _("The name of the task would have %(count)d characters; at most %(most)d fit. Shorten it first.")
                    % {"count": len(title), "most": LONGEST_TITLE}
                ]
            }
        )


def _cut(first: PlanTask, second: PlanTask, cut: int) -> None:
    start, end = first.source_start or 0, first.source_end or 0
    if not start < cut < end:
        raise InvalidInput(fields={"cut": [_("Choose a place inside the sentence of the task.")]})
    first.source_end = second.source_start = cut
    first.text, second.text = first.text[: cut - start].rstrip(), first.text[cut - start :].lstrip()


def _says_the_same(own: TaskTarget, national: NationalTarget) -> bool:
    made = drafts.target(own.task, _national_as_own(national))
    return all(
        getattr(own, name) == getattr(made, name) for name in ("subject", "operator", "value", "value_to", "unit")
    )


def _national_as_own(national: NationalTarget) -> drafts.Snapshot:
    low, _dash, high = national.value.partition("-")
    return {
        "subject": national.subject,
        "operator": national.operator,
        "value": low or None,
        "value_to": high or None,
        "unit": national.unit,
        "national_id": national.pk,
    }
