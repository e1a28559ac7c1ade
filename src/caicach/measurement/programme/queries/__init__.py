"""Reads of plans and tasks, each a constant number of SQL queries."""

from .amendments import amendment_of, amendments_of, amendments_to_decide, lines_of, waiting_amendments
from .authority import authority_of, name_below
from .drafts import DraftRow, DraftSums, draft_rows, draft_sums
from .figures import HeatCell, HeatMap, HeatRow, Standing, heat_map, standing
from .plans import current_plan, plan_of, plans_of
from .steps import DraftStepLine, draft_step, draft_steps, first_added, last_step, undone_step
from .tasks import (
    STATE,
    Part,
    TaskFilter,
    deadlines_today,
    given_tasks,
    of_part,
    supported_by,
    task_of,
    task_to_act_on,
    task_to_speak_on,
    tasks_to_accept,
    tasks_to_act_on,
    visible_tasks,
    with_state,
    with_words,
)
from .told import ExtensionTold, ProductTold, TaskTold, told_of_tasks

__all__ = [
    "STATE",
    "DraftRow",
    "DraftStepLine",
    "DraftSums",
    "ExtensionTold",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "Part",
    "ProductTold",
    "Standing",
    "TaskFilter",
    "TaskTold",
    "amendment_of",
    "amendments_of",
    "amendments_to_decide",
    "authority_of",
    "current_plan",
    "deadlines_today",
    "draft_rows",
    "draft_step",
    "draft_steps",
    "draft_sums",
    "first_added",
    "given_tasks",
    "heat_map",
    "last_step",
    "lines_of",
    "name_below",
    "of_part",
    "plan_of",
    "plans_of",
    "standing",
    "supported_by",
    "task_of",
    "task_to_act_on",
    "task_to_speak_on",
    "tasks_to_accept",
    "tasks_to_act_on",
    "told_of_tasks",
    "undone_step",
    "visible_tasks",
    "waiting_amendments",
    "with_state",
    "with_words",
]
