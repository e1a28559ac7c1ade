"""Acts on more tasks than one request takes: asked for here, done in the background part by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.calendar import clock
from caicach.kernel.tables import bulk
from caicach.kernel.tables.bulk import BulkKind
from caicach.kernel.tables.bulk_acts import start_bulk
from caicach.kernel.tables.models import BulkRun
from caicach.kernel.ui.wording import number
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, NotFound
from caicach.measurement.programme import access
from caicach.measurement.programme.models import PlanTask
from caicach.measurement.programme.queries.tasks import visible_tasks
from caicach.measurement.programme.queries.urging import still_to_urge

from .choosing import MOST_AT_ONCE
from .following import accept_each
from .urging import urge

ACCEPTED_AT_ONCE: Final = 100
"""Tasks of one transaction: others who write wait no longer than for these."""


@use_case("programme.start_accepting", permission=access.can_answer_tasks)
def start_accepting(uc: UseCase, *, tasks: Sequence[int], back: str = "") -> BulkRun:
    """Takes on many tasks in the background, each by itself; what cannot be taken on is told at the end.

    tasks : their ids. back : the list that they were chosen from. Raises InvalidInput for none or too many, NotFound.
    """
    rows = _named(uc.actor, tasks)
    parts = [rows[start : start + ACCEPTED_AT_ONCE] for start in range(0, len(rows), ACCEPTED_AT_ONCE)]
    words = ngettext("Take %(count)s task on", "Take %(count)s tasks on", len(rows)) % {"count": number(len(rows))}
    return _start(uc, ACCEPTING, words, [[(task.pk, _name(task)) for task in part] for part in parts], back)


@use_case("programme.start_urging", permission=access.can_prepare)
def start_urging(uc: UseCase, *, tasks: Sequence[int], back: str = "") -> BulkRun:
    """Urges the lead units of many tasks in the background: each unit gets one letter for each plan, as `urge` does.

    tasks, back : as in `start_accepting`. Raises InvalidInput for none or too many.
    """
    letters: dict[tuple[int, int | None], list[PlanTask]] = {}
    for task in _named(uc.actor, tasks):
        letters.setdefault((task.plan_id, task.lead_id), []).append(task)
    parts = [
        [(task.pk, _name(task)) for task in theirs[start : start + MOST_AT_ONCE]]
        for theirs in letters.values()
        for start in range(0, len(theirs), MOST_AT_ONCE)
    ]
    count = sum(len(part) for part in parts)
    words = ngettext("Urge about %(count)s task", "Urge about %(count)s tasks", count) % {"count": number(count)}
    return _start(uc, URGING, words, parts, back)


def _named(actor: Actor, ids: Sequence[int]) -> list[PlanTask]:
    """In the order of plan and number. Raises NotFound when one is missing or may not be seen, InvalidInput for more
    than the background takes, before they are read.
    """
    if len(ids) > bulk.MOST_ROWS:
        limit = {"limit": number(bulk.MOST_ROWS)}
        raise InvalidInput(_("At most %(limit)s tasks are done in one go. Narrow the filter.") % limit)
    wanted = set(ids)
    tasks = visible_tasks(actor=actor).order_by("plan", "position", "pk").only("plan", "lead", "number", "title")
    found = [task for task in tasks.iterator() if task.pk in wanted]
    if len(found) != len(wanted):
        raise NotFound
    return found


def _name(task: PlanTask) -> str:
    return f"{task.number} {task.title}".strip()


def _start(uc: UseCase, kind: BulkKind, words: str, parts: list[list[tuple[int, str]]], back: str) -> BulkRun:
    if not parts:
        raise InvalidInput(fields={"tasks": [_("Choose at least one task.")]})
    run: BulkRun = start_bulk(actor=uc.actor, kind=kind.key, subject=words, parts=parts, back=back)
    return run


def _accept(actor: Actor, ids: Sequence[int]) -> dict[int, str]:
    tasks = list(visible_tasks(actor=actor).filter(pk__in=ids).select_related("plan__issuer", "lead"))
    refusals = _gone(ids, tasks)
    if tasks:
        refusals |= accept_each(actor=actor, tasks=tasks)
    return refusals


def _urge(actor: Actor, ids: Sequence[int]) -> dict[int, str]:
    tasks = list(visible_tasks(actor=actor).filter(pk__in=ids).select_related("plan__issuer", "lead"))
    refusals = _gone(ids, tasks)
    for plan in {task.plan for task in tasks}:
        theirs = [task.pk for task in tasks if task.plan == plan]
        chosen = PlanTask.objects.filter(pk__in=theirs)
        to_urge = sorted(still_to_urge(chosen, today=clock.today()).values_list("pk", flat=True))
        refusals |= dict.fromkeys(set(theirs) - set(to_urge), _left_out())
        if to_urge:
            urge(actor=actor, plan=plan, task_ids=to_urge)
    return refusals


def _left_out() -> str:
    return _("Finished, stopped, handed in and waiting for a look, returned, led by no unit, or urged today already.")


def _gone(ids: Sequence[int], tasks: Sequence[PlanTask]) -> dict[int, str]:
    words = _("This task is not shown to you any more: it went to another unit, or was taken out of the plan.")
    return dict.fromkeys(set(ids) - {task.pk for task in tasks}, words)


ACCEPTING: Final = BulkKind("programme.accept_each", _accept, lambda pk: reverse("programme:task", args=[pk]))
URGING: Final = BulkKind("programme.urge", _urge, lambda pk: reverse("programme:task", args=[pk]))
