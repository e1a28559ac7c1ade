"""The lead of a clause whose verb no list knows, where the text names the same unit elsewhere beyond doubt.

"Vụ Pháp chế hiệu chuẩn hồ sơ ..." does not show where the name ends; "Đơn vị chủ trì: Vụ Pháp chế" or a cell does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from .results import ReadTask
from .words import capitalised, squeezed, word_set

_LONGEST_NAME: Final = 16
_SHORTEST_WORK: Final = 3
_GOES_ON_WITH_A_NAME: Final = word_set("và của thuộc cùng hoặc trực cấp các trong tại ở là có gồm đã được")
"""After the name of a unit: whose it is, who else is meant, what it is."""


def with_leads_named_elsewhere(tasks: Sequence[ReadTask]) -> list[ReadTask]:
    """The tasks, those without a lead that begin with a name known from other tasks with that lead."""
    known = {task.lead_text: task for task in tasks if task.lead and _is_certain(task)}
    return [_with_lead(task, known) if known and "no_lead" in task.notes else task for task in tasks]


def _is_certain(task: ReadTask) -> bool:
    """The name stands by itself: in a label, a cell or brackets, or before "chủ trì"."""
    if task.lead_code:
        return True
    clause = squeezed(task.text)
    return not clause.startswith(task.lead_text) or clause[len(task.lead_text) :].startswith(" chủ trì")


def _with_lead(task: ReadTask, known: dict[str, ReadTask]) -> ReadTask:
    words = task.text.split()
    for length in range(min(_LONGEST_NAME, len(words) - _SHORTEST_WORK), 1, -1):
        named = known.get(" ".join(words[:length]))
        if named is None:
            continue
        if not words[length][0].islower() or words[length] in _GOES_ON_WITH_A_NAME:
            return task
        title = task.title.removeprefix(named.lead_text).strip() or task.title
        told = () if named.lead_code else ("lead_unknown",)
        return replace(
            task,
            title=capitalised(title),
            lead=named.lead,
            lead_code=named.lead_code,
            lead_text=named.lead_text,
            notes=(*told, *(note for note in task.notes if note != "no_lead")),
        )
    return task
