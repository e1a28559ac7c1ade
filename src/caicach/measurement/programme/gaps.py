"""What a task of a plan still lacks before a leader can be asked for it."""

from __future__ import annotations

from . import rules
from .models import PlanTask


def gaps_of(task: PlanTask) -> list[rules.Gap]:
    has_time = task.deadline is not None or bool(task.recurrence) or bool(task.deadline_text)
    name = task.number or task.title[:40]
    return rules.gaps_before_approval([(name, task.field, task.lead_id is not None, has_time)])
