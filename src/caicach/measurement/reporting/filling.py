"""What a report takes from the records: its figures, the tasks that they count, and the draft of its words."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from caicach.measurement.programme import queries as programme
from caicach.measurement.programme.models import Plan

from . import outline, queries, rules, wording
from .models import Report
from .rules import Bounds, Figure, Period, TaskFacts


def fill(report: Report, kind: Period, bounds: Bounds, *, with_words: bool, replace: Collection[str] = ()) -> None:
    """Figures and tasks as of the cut-off. The report is not saved.

    with_words : sections that nobody edited are drafted anew; `replace` : keys of edited ones that are, too.
    """
    plans = list(queries.plans_to_count(issuer=report.issuer, year=report.year))
    facts = queries.task_facts(plans=plans, by=bounds.data_to)
    figures = rules.figures(
        list(facts.values()),
        data_from=bounds.data_from,
        data_to=bounds.data_to,
        extended=queries.extended_tasks(plans=plans, by=bounds.data_to),
    )
    counted = _counted(plans, {facts[task_id].plan_id for task_id in figures[0].task_ids})
    tasks = _told_apart(facts, counted)
    report.plans = [
        {"id": plan.pk, "number": plan.number, "title": plan.title, "is_sample": plan.is_sample} for plan in counted
    ]
    report.listed = [tasks[task_id].as_json(on=bounds.data_to) for task_id in figures[0].task_ids]
    report.figures = [
        {"code": figure.code, "scope": figure.scope, "tasks": list(figure.task_ids), "of": list(figure.of)}
        for figure in figures
    ]
    if with_words or replace:
        fresh = [section.as_json() for section in _drafted(report, kind, bounds, figures, tasks)]
        report.sections = _merged(report.sections, fresh, with_words=with_words, replace=replace)


def _counted(plans: Sequence[Plan], with_tasks: Collection[int]) -> Sequence[Plan]:
    """Those that gave a task by the cut-off; all of them where none did."""
    return [plan for plan in plans if plan.pk in with_tasks] or plans


def _told_apart(tasks: dict[int, TaskFacts], plans: Sequence[Plan]) -> dict[int, TaskFacts]:
    """Of several plans each may have a task 1.1."""
    if len(plans) < 2:
        return tasks
    numbers = {plan.pk: plan.number for plan in plans}
    return {task.id: dataclasses.replace(task, plan_number=numbers.get(task.plan_id, "")) for task in tasks.values()}


def _drafted(
    report: Report, kind: Period, bounds: Bounds, figures: list[Figure], tasks: dict[int, TaskFacts]
) -> list[wording.Section]:
    material = wording.Material(
        figures={(figure.scope, figure.code): figure for figure in figures},
        tasks=tasks,
        accounts=programme.told_of_tasks(task_ids=figures[0].task_ids, by=bounds.data_to),
        data_from=bounds.data_from,
        data_to=bounds.data_to,
        until=end_of_next(kind, report.year),
    )
    return wording.draft_sections(material)


def _merged(
    stored: list[dict[str, Any]], fresh: list[dict[str, Any]], *, with_words: bool, replace: Collection[str]
) -> list[dict[str, Any]]:
    """What a person wrote stays, with the fresh draft noted beside it."""
    if not stored:
        return fresh
    drafted = {section["key"]: section for section in fresh}
    return [_one_merged(section, drafted.get(section["key"]), with_words, replace) for section in stored]


def _one_merged(
    section: dict[str, Any], fresh: dict[str, Any] | None, with_words: bool, replace: Collection[str]
) -> dict[str, Any]:
    if fresh is None:
        return section
    if section["key"] in replace or (with_words and not outline.was_edited(section)):
        return {**fresh, "title": section["title"]}
    return section


def end_of_next(kind: Period, year: int) -> date:
    """The cut-off of the period after this one."""
    order = list(Period)
    following = order.index(kind) + 1
    if following < len(order):
        return rules.bounds(period=order[following], year=year).data_to
    return rules.bounds(period=Period.QUARTER_1, year=year + 1).data_to
