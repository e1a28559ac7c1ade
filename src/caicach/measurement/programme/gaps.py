"""What a task of a plan still lacks before a leader can be asked for it."""

from __future__ import annotations

from datetime import date

from . import rules
from .models import PlanTask


def gaps_of(task: PlanTask) -> list[rules.Gap]:
    """But for those that come with time: see `lead_has_ended`."""
    has_time = task.deadline is not None or bool(task.recurrence) or bool(task.deadline_text)
    return rules.gaps_before_approval([(_name_of(task), task.field, task.lead_id is not None, has_time)])


def lead_has_ended(task: PlanTask, *, on: date) -> bool:
    """Its lead unit is no more on that day, so that nobody there would be told. No query where the lead was read."""
    return task.lead is not None and task.lead.valid_to is not None and task.lead.valid_to <= on


def gaps_on(task: PlanTask, *, on: date) -> list[rules.Gap]:
    """All that keeps a task from being given on that day."""
    ended = [rules.Gap(_name_of(task), rules.LEAD_ENDED)] if lead_has_ended(task, on=on) else []
    return gaps_of(task) + ended


def _name_of(task: PlanTask) -> str:
    return task.number or task.title[:40]
