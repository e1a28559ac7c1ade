"""The rows of a draft and their sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from caicach.kernel.calendar import clock
from caicach.measurement.programme.gaps import gaps_on, lead_has_ended
from caicach.measurement.programme.grid import shown_cells
from caicach.measurement.programme.models import Plan, PlanTask
from caicach.measurement.programme.models.plan import FIELD_ORDER, FIELD_SHORT
from caicach.measurement.programme.reading_words import sentence_of


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One proposed task as the review page shows it."""

    task: PlanTask
    cells: dict[str, str]
    plan_year: int
    today: date

    @property
    def doubt_sentences(self) -> list[str]:
        return [sentence for doubt in self.task.doubts if (sentence := sentence_of(doubt))]

    @property
    def lacks(self) -> bool:
        """A field, a lead unit that is there or a time: without them the plan cannot be submitted."""
        return bool(gaps_on(self.task, on=self.today))

    @property
    def lead_ended_on(self) -> date | None:
        """The first day without the unit that leads; None while it is there."""
        return self.task.lead.valid_to if self.task.lead and lead_has_ended(self.task, on=self.today) else None

    @property
    def other_year(self) -> int | None:
        """Of its deadline, where that is not the plan's: seldom meant, and nothing else would tell."""
        deadline, year = self.task.deadline, self.plan_year
        return deadline.year if deadline is not None and deadline.year != year else None

    @property
    def field_short(self) -> str:
        """ "2 Thủ tục" """
        return f"{FIELD_ORDER[self.task.field]} {FIELD_SHORT[self.task.field]}" if self.task.field else ""

    @property
    def needs_a_look(self) -> bool:
        return not self.task.is_confirmed and bool(self.task.doubts)


def draft_rows(*, plan: Plan, with_dropped: bool = False) -> list[DraftRow]:
    """In the plan's order. Three queries: tasks with lead, co-operating units, targets."""
    today = clock.today()
    return [DraftRow(task, shown_cells(task), plan.year, today) for task in _tasks(plan, with_dropped)]


def _tasks(plan: Plan, with_dropped: bool) -> QuerySet[PlanTask]:
    tasks = plan.tasks.select_related("lead").prefetch_related("cooperating", "targets__national")
    return tasks if with_dropped else tasks.filter(is_dropped=False)


@dataclass(frozen=True, slots=True)
class DraftSums:
    """The two sums that must agree: tasks by field and tasks by lead unit; both equal the number of rows."""

    rows: int
    by_field: dict[str, int]
    by_unit: dict[str, int]
    confirmed: int

    @property
    def without_unit(self) -> int:
        return self.by_unit.get("", 0)

    @property
    def without_field(self) -> int:
        return self.by_field.get("", 0)

    @property
    def with_unit(self) -> int:
        return self.rows - self.without_unit

    @property
    def with_field(self) -> int:
        return self.rows - self.without_field

    @property
    def agree(self) -> bool:
        return self.rows == sum(self.by_field.values()) == sum(self.by_unit.values())


def draft_sums(*, plan: Plan) -> DraftSums:
    """Two queries."""
    live = plan.tasks.filter(is_dropped=False).order_by()
    by_field = {row["field"]: row["count"] for row in live.values("field").annotate(count=Count("pk"))}
    by_unit = {row["lead__name"] or "": row["count"] for row in live.values("lead__name").annotate(count=Count("pk"))}
    confirmed = live.filter(is_confirmed=True).count()
    return DraftSums(sum(by_field.values()), by_field, by_unit, confirmed)
