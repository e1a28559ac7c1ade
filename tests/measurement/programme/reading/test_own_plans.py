"""Plans of our own writing, of six agencies and styles, each with what a careful person reads in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from caicach.measurement.programme.reading import NamedUnit, PlanReading, ReadTask, SourceText, UnitNames, read_plan

from .comparing import Comparison, Listed, compare, place_of

PLANS = Path(__file__).parent / "plans"
NAMES = sorted(path.name.removesuffix(".gold.json") for path in PLANS.glob("*.gold.json"))
VALUES = ("deadline", "lead", "cooperating", "product", "recurrence", "targets")


@dataclass
class Read:
    gold: dict[str, Any]
    reading: PlanReading
    comparison: Comparison
    pairs: list[tuple[dict[str, Any], ReadTask]]


@pytest.fixture(params=NAMES, scope="module")
def read(request: pytest.FixtureRequest) -> Read:
    gold = json.loads((PLANS / f"{request.param}.gold.json").read_text(encoding="utf-8"))
    text = (PLANS / f"{request.param}.txt").read_text(encoding="utf-8")
    units = UnitNames(NamedUnit(code, name) for code, name in gold.get("units", ()))
    reading = read_plan(SourceText(text), units=units)
    listed = [
        Listed(*place_of(task["heading"], text), (task["field"], *task.get("alt_field", ())), task["heading"])
        for task in gold["tasks"]
    ]
    comparison = compare(reading.tasks, listed)
    pairs = [
        (task, comparison.matched[it])
        for task, it in zip(gold["tasks"], listed, strict=True)
        if it in comparison.matched
    ]
    return Read(gold, reading, comparison, pairs)


def test_the_tasks_are_those_that_a_careful_person_lists(read: Read):
    assert read.comparison.f1 >= 0.95, read.comparison.difference()


def test_each_task_stands_in_its_field(read: Read):
    wrong = [task.title for task in read.comparison.wrong_fields]
    assert len(wrong) <= len(read.pairs) // 20, wrong


def test_the_decision_and_the_year_are_found(read: Read):
    found = read.reading.decision.as_json()
    assert {key: found[key] for key in read.gold["decision"]} == read.gold["decision"]
    assert read.reading.plan_year == read.gold["plan_year"]


def test_who_by_when_and_how_much_are_read_as_written(read: Read):
    wrong = [
        (gold["heading"], key, _value(task, key), gold.get(key))
        for gold, task in read.pairs
        for key in VALUES
        if (key in gold or key != "product") and _value(task, key) != gold.get(key, [] if key in _LISTS else None)
    ]
    assert wrong == []


_LISTS = {"cooperating", "targets"}


def _value(task: ReadTask, key: str) -> object:
    if key == "targets":
        return [_amount(target.as_json()) for target in task.targets]
    value = task.as_json()[key]
    return value or ([] if key in _LISTS else None)


def _amount(target: dict[str, object]) -> list[object]:
    """Operator, value, unit, and for "from ... to ..." the upper end."""
    return [target[key] for key in ("operator", "value", "unit", "upper") if key in target]
