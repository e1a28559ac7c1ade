"""The figures of a report as rows: the whole, each field, each unit. Every figure is the ids of its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from caicach.kernel.identity.models import Unit
from caicach.measurement.programme.models import ReformField

from .models import Report
from .naming import FIGURES
from .wording import FIELD_HEADS

FIGURE_COLUMNS = (
    ("assigned", "Được giao"),
    ("done", "Hoàn thành"),
    ("done_in_period", "Trong kỳ"),
    ("done_on_time", "Đúng hạn"),
    ("done_late", "Sau hạn"),
    ("overdue", "Quá hạn"),
    ("ongoing", "Đang thực hiện"),
    ("not_started", "Chưa bắt đầu"),
    ("fallen_due", "Đã đến hạn"),
    ("extended", "Gia hạn"),
)
"""Heads of the official table: they leave the house in Vietnamese."""


def columns_of(rows: Sequence[FigureRow]) -> list[tuple[str, str]]:
    """Code and head of what was counted: a report from before "not_started" was counted apart has no such column."""
    return [(code, head) for code, head in FIGURE_COLUMNS if any(row.has(code) for row in rows)]


def columns_to_show(rows: Sequence[FigureRow]) -> list[tuple[str, str]]:
    """The same for a page, in the reader's language."""
    return [(code, str(FIGURES[code])) for code, _head in columns_of(rows)]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """group, name : as in the paper; `shown_group`, `shown_name` : as on a page. plans : how many were counted."""

    group: str
    name: str
    scope: str
    by_code: dict[str, tuple[int, ...]] = field(default_factory=dict)
    plans: int = 1

    def tasks(self, code: str) -> tuple[int, ...]:
        """`ongoing` is what is left of the given: neither done nor late nor yet to begin at the cut-off."""
        if code != "ongoing":
            return self.by_code.get(code, ())
        others = {*self.tasks("done"), *self.tasks("overdue"), *self.tasks("not_started")}
        return tuple(task_id for task_id in self.tasks("assigned") if task_id not in others)

    def has(self, code: str) -> bool:
        return code != "not_started" or code in self.by_code

    def count(self, code: str) -> int:
        return len(self.tasks(code))

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        """(code, head, count) in the order of the columns, heads in the reader's language."""
        return [(code, str(FIGURES[code]), self.count(code)) for code, _title in FIGURE_COLUMNS if self.has(code)]

    @property
    def shown_group(self) -> str:
        if not self.scope:
            return ""
        return _("By unit in charge") if self.scope.startswith("unit:") else _("By field")

    @property
    def shown_name(self) -> str:
        if not self.scope:
            return _("All %(count)d plans") % {"count": self.plans} if self.plans > 1 else _("The whole plan")
        return self.name if self.scope.startswith("unit:") else str(ReformField(self.scope).label)


SECTION_FIGURES = {
    "assessment": ("done", "done_on_time", "done_late", "extended"),
    "difficulties": ("overdue",),
}
_FIELD_FIGURES = ("assigned", "done", "done_in_period", "ongoing", "not_started", "overdue")


def figures_of_section(key: str, rows: Sequence[FigureRow]) -> list[tuple[str, str, str, int]]:
    """(scope, code, head, count) of the figures that a section's words tell. `rows` : of `figure_rows`."""
    scope = {"direction": "chi_dao_dieu_hanh"}.get(key, key if key in FIELD_HEADS else "")
    codes = SECTION_FIGURES.get(key, _FIELD_FIGURES if scope else ())
    row = next((row for row in rows if row.scope == scope), None)
    return [(scope, code, str(FIGURES[code]), row.count(code)) for code in codes if row.has(code)] if row else []


def figure_rows(report: Report) -> list[FigureRow]:
    """The whole first, then fields in their order, then units by name. One query."""
    by_scope: dict[str, dict[str, tuple[int, ...]]] = {}
    for figure in report.figures:
        by_scope.setdefault(figure["scope"], {})[figure["code"]] = tuple(figure["tasks"])
    several = len(report.plans)
    whole = f"Toàn bộ {several} kế hoạch" if several > 1 else "Toàn bộ kế hoạch"
    rows = [FigureRow("", whole, "", by_scope.get("", {}), several)]
    rows += [
        FigureRow("Theo lĩnh vực", head, code, by_scope[code]) for code, head in FIELD_HEADS.items() if code in by_scope
    ]
    ids = [int(scope.removeprefix("unit:")) for scope in by_scope if scope.startswith("unit:")]
    units = Unit.objects.filter(pk__in=ids).order_by("order", "pk")
    rows += [
        FigureRow("Theo đơn vị chủ trì", unit.name, f"unit:{unit.pk}", by_scope[f"unit:{unit.pk}"]) for unit in units
    ]
    return rows
