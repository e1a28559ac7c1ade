"""Kinds of notices of the programme, and how a notice names tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caicach.kernel.identity.models import Unit
from caicach.kernel.notifications.kinds import NoticeKind, register_kind
from caicach.kernel.notifications.listing import Record, params_of
from caicach.kernel.notifications.models import URL_LENGTH, Mail

from .models import PlanTask
from .rules import OPEN, TaskState

ABOUT_LENGTH = 250


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Two message ids for `notify`, which chooses by the count. Of this name, so that the extraction finds the pair."""
    return one, many


YOURS_LATE: Final = ngettext("%(count)d task of yours is overdue", "%(count)d tasks of yours are overdue")
GIVEN: Final = ngettext(
    "%(unit)s leads %(count)d task of plan %(number)s", "%(unit)s leads %(count)d tasks of plan %(number)s"
)
URGE: Final = ngettext("%(unit)s is urged to finish %(count)d task", "%(unit)s is urged to finish %(count)d tasks")
FALLS_DUE: Final = ngettext("%(count)d task of %(unit)s falls due soon", "%(count)d tasks of %(unit)s fall due soon")
LATE: Final = ngettext("%(count)d task of %(unit)s is overdue", "%(count)d tasks of %(unit)s are overdue")

PLAN_SUBMITTED: Final = register_kind(NoticeKind("programme.plan_submitted", _("A plan waits for your approval")))
PLAN_RETURNED: Final = register_kind(NoticeKind("programme.plan_returned", _("A plan was returned to be corrected")))
TASKS_GIVEN: Final = register_kind(NoticeKind("programme.tasks_given", _("Your unit was given tasks")))
TASK_GONE: Final = register_kind(NoticeKind("programme.task_gone", _("A task of your unit went to another unit")))
SUPPORT_BEGUN: Final = register_kind(NoticeKind("programme.support_begun", _("Your unit co-operates in a task")))
SUPPORT_ENDED: Final = register_kind(
    NoticeKind("programme.support_ended", _("Your unit co-operates in a task no more"))
)
TASK_RETURNED: Final = register_kind(NoticeKind("programme.task_returned", _("A unit returned a task")))
TASK_KEPT: Final = register_kind(NoticeKind("programme.task_kept", _("A task that your unit returned stays with it")))
PRODUCT_HANDED_IN: Final = register_kind(NoticeKind("programme.product_handed_in", _("A product waits for a look")))
PRODUCT_WITHDRAWN: Final = register_kind(
    NoticeKind("programme.product_withdrawn", _("A unit took a product back before it was looked at"))
)
PRODUCT_DECIDED: Final = register_kind(NoticeKind("programme.product_decided", _("A product of yours was looked at")))
EXTENSION_ASKED: Final = register_kind(NoticeKind("programme.extension_asked", _("A unit asks for a later deadline")))
EXTENSION_DECIDED: Final = register_kind(
    NoticeKind("programme.extension_decided", _("Your request for a later deadline was answered"))
)
AMENDMENT_ASKED: Final = register_kind(
    NoticeKind("programme.amendment_asked", _("A change of a plan waits for your approval"))
)
AMENDMENT_DECIDED: Final = register_kind(
    NoticeKind("programme.amendment_decided", _("A change of a plan that you asked for was decided"))
)
TASK_STOPPED: Final = register_kind(NoticeKind("programme.task_stopped", _("A task was stopped by decision")))
OWNER_NAMED: Final = register_kind(NoticeKind("programme.owner_named", _("You are in charge of a task")))
COMMENTED: Final = register_kind(NoticeKind("programme.commented", _("Someone wrote on a task of yours")))
URGED: Final = register_kind(NoticeKind("programme.urged", _("Your unit is urged to finish tasks"), mail=Mail.NOW))
DUE_SOON: Final = register_kind(NoticeKind("programme.due_soon", _("Tasks of your unit fall due soon")))
LATE_WEEKLY: Final = register_kind(NoticeKind("programme.late_weekly", _("Your overdue tasks"), mail=Mail.NOW))
LATE_IN_UNIT: Final = register_kind(
    NoticeKind("programme.late_in_unit", _("Overdue tasks of a unit that you answer for"))
)


def about(tasks: Sequence[PlanTask]) -> str:
    """ "7.4 Ban hành Kế hoạch…; 2.5 Số hóa kết quả…", cut where there is no more room."""
    text = "; ".join(f"{task.number} {task.title}" for task in tasks)
    return text if len(text) <= ABOUT_LENGTH else f"{text[: ABOUT_LENGTH - 1]}…"


def records_of(tasks: Sequence[PlanTask]) -> dict[str, Any]:
    """What a letter lists of the tasks, among a notice's `params`."""
    return params_of(
        [Record(f"programme.task:{task.pk}", f"{task.number} {task.title}".strip(), task.deadline) for task in tasks]
    )


def said_of(
    unit: Unit, tasks: Sequence[PlanTask], words: tuple[str, str], *, only_late: bool = False
) -> dict[str, Any]:
    """What a notice about some tasks of a unit says, for who sends it and who reads it before. The tasks come in the
    order of their deadlines.
    """
    return {
        "message": words[0],
        "plural": words[1],
        "params": {"unit": unit.name, "count": len(tasks), **records_of(tasks)},
        "url": address_of_these(tasks) or address_of(tasks, only_late=only_late),
        "about": about(tasks),
        "deadline": tasks[0].deadline,
    }


def address_of_these(tasks: Sequence[PlanTask]) -> str:
    """The page of the only task, else the list of exactly these; "" for more than an address of a notice holds."""
    if len(tasks) == 1:
        return reverse("programme:task", args=[tasks[0].pk])
    address = f"{reverse('programme:tasks')}?these={','.join(str(task.pk) for task in tasks)}"
    return address if len(address) <= URL_LENGTH else ""


def address_of(tasks: Sequence[PlanTask], *, only_late: bool = False) -> str:
    """The page of the only task, else the list of the unit's open (or late) tasks in that plan."""
    first = tasks[0]
    if len(tasks) == 1:
        return reverse("programme:task", args=[first.pk])
    states = [TaskState.OVERDUE] if only_late else sorted(OPEN)
    pairs = [("plan", first.plan_id), ("lead", first.lead_id), *(("state", state.value) for state in states)]
    return f"{reverse('programme:tasks')}?{urlencode(pairs)}"
