"""The steps of a draft: what can be taken back or done again, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Func, IntegerField, JSONField, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from caicach.measurement.programme.drafts import Snapshot
from caicach.measurement.programme.models import DraftStep, Plan
from caicach.measurement.programme.step_words import StepOutline, said


@dataclass(frozen=True, slots=True)
class DraftStepLine:
    """id : what undo and redo are told; what : said for people."""

    id: int
    act: str
    what: str
    by_id: int | None
    by: str
    at: datetime
    is_undone: bool


def last_step(*, plan: Plan) -> DraftStepLine | None:
    """The one that undo takes back. One query."""
    return next(iter(_lines(plan.steps.filter(is_undone=False).order_by("-id")[:1])), None)


def first_added(*, plan: Plan) -> int | None:
    """The first row (id) that the last step added to the draft; None when it added none. One query."""
    step = plan.steps.filter(is_undone=False).order_by("-id").only("before", "after").first()
    if step is None:
        return None
    were_there = {shot["id"] for shot in step.before}
    return next((shot["id"] for shot in step.after if shot["id"] not in were_there), None)


def undone_step(*, plan: Plan) -> DraftStepLine | None:
    """The one that redo does again. One query."""
    return next(iter(_lines(plan.steps.filter(is_undone=True).order_by("id")[:1])), None)


def draft_step(*, plan: Plan, pk: int) -> DraftStepLine:
    """One step of the plan by its number. One query."""
    (line,) = _lines(plan.steps.filter(pk=pk))
    return line


def draft_steps(*, plan: Plan, limit: int) -> list[DraftStepLine]:
    """Newest first. One query."""
    return _lines(plan.steps.order_by("-id")[:limit])


def steps_with_task(*, plan: Plan, task_id: int) -> list[str]:
    """Numbers of the steps that hold the task, whether they count or were taken back. One query.

    The database looks into the remembered rows itself.
    """
    holding = plan.steps.filter(_Holds("before", task_id) | _Holds("after", task_id))
    return [str(pk) for pk in holding.values_list("pk", flat=True)]


def time_entered(*, plan: Plan, task_id: int, until: int | None = None) -> tuple[str, datetime] | None:
    """Who gave the task its time while it was a draft, and when; None when the draft has it as it was read.

    until : only steps before that one. One query, one more for each task that it was split off from; the steps are
    looked through from the last one back.
    """
    counting = plan.steps.filter(_Holds("after", task_id), act__in=_SET_TIMES, is_undone=False)
    if until is not None:
        counting = counting.filter(pk__lt=until)
    for step in counting.select_related("by").order_by("-id").iterator(chunk_size=10):
        if step.act == "split":
            whole = step.before[0]["id"]
            if whole == task_id:
                continue
            return time_entered(plan=plan, task_id=whole, until=step.pk)
        before, after = _time_of(step.before, task_id), _time_of(step.after, task_id)
        if before != after:
            return step.by.full_name if step.by else "", step.at
    return None


_SET_TIMES = ("edit", "paste", "set", "split")


def _time_of(shots: Sequence[Snapshot], task_id: int) -> tuple[Any, ...]:
    """Nothing of a row that was not there."""
    names = ("deadline", "deadline_text", "recurrence")
    return next((tuple(shot[name] for name in names) for shot in shots if shot["id"] == task_id), (None, "", ""))


class _Holds(Func):
    """Whether an array of remembered rows has the one of a task."""

    template = "(%(expressions)s)"
    arg_joiner = " @> "
    output_field = BooleanField()

    def __init__(self, column: str, task_id: int) -> None:
        super().__init__(column, Value([{"id": task_id}], output_field=JSONField()))
        self.task_id = task_id

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        looked_into = self.copy()
        looked_into.set_source_expressions([self.source_expressions[0], Value(self.task_id)])
        return looked_into.as_sql(
            compiler,
            connection,
            template="EXISTS (SELECT 1 FROM json_each(%(expressions)s))",
            arg_joiner=") WHERE (json_extract(value, '$.id') = ",
        )


class _Length(Func):
    """Number of elements of a JSON array, counted by the database: a paste of 500 rows is not fetched for it."""

    function = "jsonb_array_length"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="json_array_length", **extra)


def _lines(steps: QuerySet[DraftStep]) -> list[DraftStepLine]:
    rows = steps.values_list(
        "id",
        "act",
        _Length("after"),
        Coalesce(KT("before__0__number"), KT("after__0__number")),
        Coalesce(KT("before__0__title"), KT("after__0__title")),
        "by_id",
        "by__full_name",
        "at",
        "is_undone",
    )
    return [
        DraftStepLine(pk, act, said(StepOutline(act, count, number, title)), by_id, by or "", at, is_undone)
        for pk, act, count, number, title, by_id, by, at, is_undone in rows
    ]
