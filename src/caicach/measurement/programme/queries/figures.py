"""How plans stand: counts by state, and fields x units. Every figure is a filter that opens its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from caicach.measurement.programme.models import PlanTask, ReformField
from caicach.measurement.programme.rules import DONE, OPEN, Progress, TaskState

from .tasks import waits_in_time, with_state


@dataclass(frozen=True, slots=True)
class Standing:
    """The counts of some tasks on a day."""

    progress: Progress
    today: date

    def count(self, state: TaskState) -> int:
        return self.progress.counts.get(state, 0)


def standing(tasks: QuerySet[Any], *, today: date) -> Standing:
    """One query, whatever the number of tasks."""
    return _standing(_by_state(tasks, "state", today=today), today)


def standing_of_plans(tasks: QuerySet[Any], *, today: date) -> dict[int, Standing]:
    """Plan -> how its tasks among these stand. One query."""
    by_plan: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in _by_state(tasks, "plan_id", "state", today=today):
        by_plan[row["plan_id"]].append(row)
    return {plan: _standing(rows, today) for plan, rows in by_plan.items()}


def _by_state(tasks: QuerySet[Any], *by: str, today: date) -> QuerySet[Any]:
    counted: QuerySet[Any] = (
        with_state(tasks.order_by(), today=today)
        .values(*by)
        .annotate(
            count=Count("pk"),
            without_deadline=Count("pk", filter=Q(deadline=None)),
            due=Count("pk", filter=Q(deadline=today) & ~waits_in_time()),
        )
    )
    return counted


def _standing(rows: Iterable[dict[str, Any]], today: date) -> Standing:
    counts: dict[TaskState, int] = {}
    continuous = fallen_due = 0
    for row in rows:
        state = TaskState(row["state"])
        counts[state] = row["count"]
        if state in OPEN:
            continuous += row["without_deadline"]
        if state in DONE or state is TaskState.OVERDUE:
            fallen_due += row["count"]
        elif state in OPEN:
            fallen_due += row["due"]
    return Standing(Progress(counts=counts, continuous=continuous, fallen_due=fallen_due), today)


@dataclass(slots=True)
class HeatCell:
    """Tasks of one unit in one field."""

    done: int = 0
    assigned: int = 0
    overdue: int = 0
    due_soon: int = 0

    def add(self, state: TaskState, count: int) -> None:
        if state is TaskState.CANCELLED:
            return
        self.assigned += count
        self.done += count if state in DONE else 0
        self.overdue += count if state is TaskState.OVERDUE else 0
        self.due_soon += count if state is TaskState.DUE_SOON else 0

    @property
    def step(self) -> int:
        """Heat step 0 to 5 by the share done; only a full cell is 5."""
        return 5 * self.done // self.assigned if self.assigned else 0


@dataclass(slots=True)
class HeatRow:
    unit_id: int | None
    unit_name: str
    unit_code: str = ""
    cells: dict[str, HeatCell] = field(default_factory=lambda: {code: HeatCell() for code in ReformField.values})
    total: HeatCell = field(default_factory=HeatCell)


@dataclass(slots=True)
class HeatMap:
    """Rows sorted by late, then by open work; sums by field and in all."""

    rows: list[HeatRow]
    by_field: dict[str, HeatCell]
    total: HeatCell


@dataclass(frozen=True, slots=True)
class Pressing:
    """Open tasks that are late, or due from today until a day, with the unit that has most of each.

    oldest, first_due : the earliest deadline of either; None when there is none.
    """

    late: int = 0
    late_units: int = 0
    oldest: date | None = None
    late_most: tuple[str, int] = ("", 0)
    coming: int = 0
    first_due: date | None = None
    coming_most: tuple[str, int] = ("", 0)


def pressing(tasks: QuerySet[PlanTask], *, today: date, until: date) -> Pressing:
    """One query."""
    is_late = Q(deadline__lt=today) & ~waits_in_time()
    is_coming = Q(deadline__gte=today, deadline__lte=until)
    rows = list(
        tasks.order_by()
        .filter(is_late | is_coming, done_on=None, cancelled_on=None)
        .values("lead", "lead__name")
        .annotate(
            late=Count("pk", filter=is_late),
            coming=Count("pk", filter=is_coming),
            oldest=Min("deadline", filter=is_late),
            first_due=Min("deadline", filter=is_coming),
        )
    )
    late = [row for row in rows if row["late"]]
    coming = [row for row in rows if row["coming"]]
    return Pressing(
        late=sum(row["late"] for row in late),
        late_units=len(late),
        oldest=min((row["oldest"] for row in late), default=None),
        late_most=_most(late, "late"),
        coming=sum(row["coming"] for row in coming),
        first_due=min((row["first_due"] for row in coming), default=None),
        coming_most=_most(coming, "coming"),
    )


def _most(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[str, int]:
    row = max(rows, key=lambda row: (row[name], row["lead__name"] or ""), default=None)
    return (row["lead__name"] or "", row[name]) if row else ("", 0)


def done_since(tasks: QuerySet[PlanTask], *, after: date) -> dict[str, int]:
    """Field -> tasks done after that day, "" for all together. One query."""
    rows = tasks.order_by().filter(done_on__gt=after, cancelled_on=None).values("field").annotate(count=Count("pk"))
    by_field = {row["field"]: row["count"] for row in rows}
    return by_field | {"": sum(by_field.values())}


def heat_map(tasks: QuerySet[Any], *, today: date) -> HeatMap:
    """One query."""
    grouped: Iterable[dict[str, object]] = (
        with_state(tasks.order_by(), today=today)
        .values("lead_id", "lead__name", "lead__code", "field", "state")
        .annotate(count=Count("pk"))
    )
    rows: dict[int | None, HeatRow] = {}
    by_field: dict[str, HeatCell] = defaultdict(HeatCell, {code: HeatCell() for code in ReformField.values})
    total = HeatCell()
    for group in grouped:
        unit_id, state, count = group["lead_id"], TaskState(str(group["state"])), int(str(group["count"]))
        row = rows.setdefault(
            unit_id,  # type: ignore[arg-type]
            HeatRow(unit_id, str(group["lead__name"] or ""), str(group["lead__code"] or "")),  # type: ignore[arg-type]
        )
        code = str(group["field"])
        for cell in (row.cells.setdefault(code, HeatCell()), row.total, by_field[code], total):
            cell.add(state, count)
    ordered = sorted(
        rows.values(), key=lambda row: (-row.total.overdue, row.total.done - row.total.assigned, row.unit_name)
    )
    return HeatMap(ordered, dict(by_field), total)
