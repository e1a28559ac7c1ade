"""Periods of the PAR report and the figures it asks for. Pure: no ORM, no clock, no settings."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from caicach.measurement.programme.rules import TaskDates, TaskState, task_state

_DIGITS = re.compile(r"[0-9]+")
_PERIODS = Path(__file__).parent / "reference" / "par_periods.csv"


class Period(StrEnum):
    QUARTER_1 = "quarter_1"
    HALF_YEAR = "half_year"
    QUARTER_3 = "quarter_3"
    YEAR = "year"


class NoSuchPeriod(LookupError):
    """No rule in force gives this period in this year."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Data of the period: `data_from` to `data_to`, both included; `due_on`: the last day for sending.

    cites : where the days come from; remark : what of it was not compared with the original, for operators.
    """

    data_from: date
    data_to: date
    due_on: date
    cites: str
    remark: str = ""


def bounds(*, period: Period, year: int) -> Bounds:
    """The year 2022 runs from 15/12/2021 to 14/12/2022, never the calendar year; quarter III is 15/6 to 14/9 alone.

    Source: NĐ 09/2019/NĐ-CP on data periods. Raises NoSuchPeriod.
    """
    for row in _rows():
        if row["code"] == period and row["valid_from"] <= f"{year}-01-01" < (row["valid_to"] or "9999"):
            start = year - 1 if row["from_previous_year"] == "1" else year
            return Bounds(
                data_from=date(start, int(row["from_month"]), int(row["from_day"])),
                data_to=date(year, int(row["to_month"]), int(row["to_day"])),
                due_on=date(year, int(row["due_month"]), int(row["due_day"])),
                cites=row["source"],
                remark=row["remark"],
            )
    raise NoSuchPeriod(f"{period} {year}")


@lru_cache(maxsize=1)
def _rows() -> list[dict[str, str]]:
    with _PERIODS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def warn_on(*, due_on: date, is_working_day: Callable[[date], bool]) -> date:
    """The working day on or before the due day: no rule puts a due day on a day off later, so we warn before it."""
    day = due_on
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def period_to_report(*, today: date) -> tuple[Period, int]:
    """The period whose cut-off came last, or comes within the next 30 days."""
    candidates = [
        (bounds(period=period, year=year).data_to, period, year)
        for year in (today.year - 1, today.year)
        for period in Period
    ]
    _cut, period, year = max((c for c in candidates if c[0] <= today + timedelta(days=30)), default=candidates[0])
    return period, year


def periods_to_have_begun(*, today: date, since: date) -> list[tuple[Period, int, Bounds]]:
    """Periods of this year and the last whose cut-off has come and that were still to be sent on the day `since`.

    From the cut-off on a report can be drawn up; what was due before `since` (the plan's approval) nobody could report.
    """
    found = []
    for year in (today.year - 1, today.year):
        for period in Period:
            try:
                found.append((period, year, bounds(period=period, year=year)))
            except NoSuchPeriod:
                continue
    return [each for each in found if each[2].data_to <= today and each[2].due_on >= since]


def next_cut_off(*, today: date) -> tuple[Period, int, Bounds] | None:
    """The period whose cut-off is the first after `today`; None where no rule is known."""
    found = []
    for year in (today.year, today.year + 1):
        for period in Period:
            try:
                found.append((period, year, bounds(period=period, year=year)))
            except NoSuchPeriod:
                continue
    return min((each for each in found if each[2].data_to > today), key=lambda each: each[2].data_to, default=None)


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task as a report counts it at its cut-off."""

    id: int
    number: str
    title: str
    field: str
    unit_id: int | None
    unit_name: str
    deadline: date | None
    done_on: date | None
    cancelled_on: date | None
    given_on: date
    time: str = ""
    """When work without a deadline is done: "Thường xuyên"."""
    soon_from: date | None = None
    progress: int = 0
    """Per cent reported by the cut-off."""
    reached_after: date | None = None
    """The day on which it reached its unit, where that was after the cut-off: the unit could tell nothing by then."""
    handed_in_on: date | None = None
    """The day on which the last product was handed in, while none is missing or refused."""
    plan_id: int = 0
    plan_number: str = ""
    """Of its plan, where the report counts several and the number of the task alone could be that of another."""
    has_handed_in: bool = False
    """Whether a product was handed in by the cut-off: work that nobody told the progress of."""

    @property
    def is_begun(self) -> bool:
        """That its deadline is near begins no work."""
        return self.progress > 0 or self.has_handed_in

    def state(self, *, on: date) -> TaskState:
        """By the same questions as the page of the plan asks."""
        return task_state(self._dates(on), today=on)

    def waits_in_time(self, *, on: date) -> bool:
        """All was handed in by the deadline and waits for a look, by the end of that day."""
        return self._dates(on).waits_in_time

    def _dates(self, on: date) -> TaskDates:
        return TaskDates(
            deadline=self.deadline,
            soon_from=self.soon_from,
            progress=self.progress,
            done_on=self.done_on if _is_done(self, on) else None,
            handed_in_on=self.handed_in_on if self.handed_in_on is not None and self.handed_in_on <= on else None,
        )

    @property
    def full_number(self) -> str:
        """As words name it: "2.5", or "2.5 (kế hoạch số 02/KH-BNV)" in a report on several plans; "" without one."""
        if not self.number or not self.plan_number:
            return self.number
        return f"{self.number} (kế hoạch số {self.plan_number})"

    @property
    def order(self) -> tuple[int, bool, list[int], str, int]:
        """Plan by plan, by its number read as numbers (7.4 before 7.15); without one it comes last."""
        parts = [int(part) for part in _DIGITS.findall(self.number)]
        return self.plan_id, not self.number, parts, self.number, self.id

    def as_json(self, *, on: date) -> dict[str, str | int | None]:
        """What a locked report keeps of it, as of the day `on`: it must not change when the task does."""
        return {
            "id": self.id,
            "plan": self.plan_id,
            "number": self.number,
            "title": self.title,
            "unit": self.unit_name,
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "time": self.time,
            "state": self.state(on=on).value,
            "is_begun": self.is_begun,
            "done_on": self.done_on.isoformat() if self.done_on and _is_done(self, on) else None,
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and the tasks that prove it. `of`: ids of the base it is a share of, empty for a count."""

    code: str
    task_ids: tuple[int, ...]
    of: tuple[int, ...] = ()
    scope: str = ""
    """A reform field's code, or "unit:<id>"; "" for the whole."""

    @property
    def count(self) -> int:
        return len(self.task_ids)


_AHEAD = frozenset({TaskState.NOT_STARTED, TaskState.ON_TIME, TaskState.DUE_SOON})
"""Neither done nor late: what is either under way or not begun."""
COUNTED = (
    "assigned",
    "done",
    "done_in_period",
    "done_on_time",
    "done_late",
    "overdue",
    "fallen_due",
    "extended",
    "not_started",
)


def figures(
    tasks: Sequence[TaskFacts], *, data_from: date, data_to: date, extended: frozenset[int] = frozenset()
) -> list[Figure]:
    """Figures of the whole, of each field and of each unit, at the cut-off `data_to`.

    A task counts when it was given by the cut-off and not cancelled by it; done means its `done_on` is not after it.
    """
    counted = [
        task
        for task in tasks
        if task.given_on <= data_to and (task.cancelled_on is None or task.cancelled_on > data_to)
    ]
    scopes: dict[str, list[TaskFacts]] = {"": counted}
    for task in counted:
        scopes.setdefault(task.field, []).append(task)
        if task.unit_id is not None:
            scopes.setdefault(f"unit:{task.unit_id}", []).append(task)
    return [
        figure for scope, members in scopes.items() for figure in _figures(members, scope, data_from, data_to, extended)
    ]


def _figures(
    tasks: Sequence[TaskFacts], scope: str, data_from: date, data_to: date, extended: frozenset[int]
) -> list[Figure]:
    tests: Mapping[str, Callable[[TaskFacts], bool]] = {
        "assigned": lambda task: True,
        "done": lambda task: _is_done(task, data_to),
        "done_in_period": lambda task: (
            _is_done(task, data_to) and task.done_on is not None and task.done_on >= data_from
        ),
        "done_on_time": lambda task: _is_done(task, data_to) and not _is_late(task),
        "done_late": lambda task: _is_done(task, data_to) and _is_late(task),
        "overdue": lambda task: task.state(on=data_to) is TaskState.OVERDUE,
        "fallen_due": lambda task: _is_done(task, data_to) or _has_fallen_due(task, data_to),
        "extended": lambda task: task.id in extended,
        "not_started": lambda task: task.state(on=data_to) in _AHEAD and not task.is_begun,
    }
    everyone = tuple(task.id for task in tasks)
    due = tuple(task.id for task in tasks if tests["fallen_due"](task))
    bases = {"done": everyone, "done_on_time": due}
    return [
        Figure(code, tuple(task.id for task in tasks if tests[code](task)), bases.get(code, ()), scope)
        for code in COUNTED
    ]


def _is_done(task: TaskFacts, by: date) -> bool:
    return task.done_on is not None and task.done_on <= by


def _has_fallen_due(task: TaskFacts, by: date) -> bool:
    """Not what waits for a look in time: it is neither done nor late."""
    return task.deadline is not None and task.deadline <= by and not task.waits_in_time(on=by)


def _is_late(task: TaskFacts) -> bool:
    return task.deadline is not None and task.done_on is not None and task.done_on > task.deadline


REPORT_MOVES: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"draft", "approved"}),
    "approved": frozenset(),
}
"""From a report's state to those it may go to. A locked report changes by a new version, never back."""
