"""A row of the draft's grid as text, column by column: what a copy to Excel gives and a paste takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .cells import time_once
from .drafts import Snapshot
from .models import PlanTask, ReformField


def shown_cells(task: PlanTask) -> dict[str, str]:
    """By the columns of `cells.COLUMNS`."""
    return {
        "number": task.number,
        "field": task.get_field_display(),
        "title": task.title,
        "product": task.product,
        "lead": task.lead.name if task.lead else task.lead_text,
        "cooperating": "; ".join(unit.name for unit in task.cooperating.all()),
        "time": time_once(deadline=task.deadline, deadline_text=task.deadline_text),
        "budget": task.budget,
    }


def shown_snapshot(shot: Snapshot, *, units: Mapping[str, str]) -> dict[str, str]:
    """The same of a remembered row, and its targets and state. units : id as text -> name."""
    deadline = date.fromisoformat(shot["deadline"]) if shot["deadline"] else None
    return {
        "number": shot["number"],
        "field": str(ReformField(shot["field"]).label) if shot["field"] else "",
        "title": shot["title"],
        "product": shot["product"],
        "lead": units.get(str(shot["lead_id"]), shot["lead_text"]),
        "cooperating": "; ".join(units[str(unit)] for unit in shot["cooperating"]),
        "time": time_once(deadline=deadline, deadline_text=shot["deadline_text"]),
        "budget": shot["budget"],
        "targets": "; ".join(_shown_target(target) for target in shot["targets"]),
        "state": _shown_state(shot),
    }


def column_label(column: str) -> str:
    """Of a column of the grid, or of what `shown_snapshot` gives beside them."""
    labels: dict[str, Callable[[], str]] = {
        "number": lambda: _("No."),
        "field": lambda: _("Field"),
        "title": lambda: _("Task"),
        "product": lambda: _("Product"),
        "lead": lambda: _("Lead unit"),
        "cooperating": lambda: _("Co-operating units"),
        "time": lambda: _("Time"),
        "budget": lambda: _("Budget"),
        "targets": lambda: _("Targets"),
        "state": lambda: _("State"),
    }
    return labels[column]()


def _shown_target(target: Mapping[str, Any]) -> str:
    amount = " - ".join(target[name] for name in ("value", "value_to") if target[name])
    return " ".join(part for part in (target["subject"], target["operator"], amount, target["unit"]) if part)


def _shown_state(shot: Snapshot) -> str:
    if shot["is_dropped"]:
        return _("Dropped")
    return _("Confirmed") if shot["is_confirmed"] else _("To check")
