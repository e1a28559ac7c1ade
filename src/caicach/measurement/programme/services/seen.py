"""Two people at one record: whoever is second sees what the first changed, and writes or signs nothing unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caicach.kernel.audit import queries as journal
from caicach.kernel.audit import since
from caicach.kernel.audit.queries import Act, HistoryLine, RecordChange
from caicach.kernel.audit.wording import WordedField
from caicach.kernel.files.models import Attachment
from caicach.kernel.ui.wording import day
from caicach.kernel.usecase.errors import ChangedSinceSeen, EditConflict
from caicach.measurement.programme import step_history
from caicach.measurement.programme.history_words import HIDDEN_FIELDS, PLAN_HIDDEN_FIELDS
from caicach.measurement.programme.models import Evidence, ExtensionRequest, Plan, PlanTask, TaskProduct
from caicach.measurement.programme.queries.products import papers_handed_in_last

MOST_CHANGES_TOLD = 40
MOST_OWN_CHANGES: Final = 2_000
"""Of one draft since its page was opened, among which somebody else's is looked for."""
_PLAN_HIDDEN = PLAN_HIDDEN_FIELDS | {"tasks", "tasks_total"}


def require_seen(task: PlanTask, *, revision: int | None) -> None:
    """Of a task that the use case holds. Raises EditConflict, by whom and what, when it is not any more what the person
    saw; None asks nothing, for callers that state a fact rather than edit what they saw.
    """
    if revision is None or task.revision == revision:
        return
    lines = since.lines_after(task._meta.label_lower, str(task.pk), revision=revision)
    raise EditConflict(changed_by=since.author_of(lines), changes=since.net_changes(lines, hidden=HIDDEN_FIELDS))


def require_plan_seen(plan: Plan, *, revision: int | None) -> None:
    """Of a plan that the use case holds. Raises ChangedSinceSeen, with what became of its head and its tasks."""
    if revision is None or plan.revision == revision:
        return
    lines = since.lines_after(plan._meta.label_lower, str(plan.pk), revision=revision)
    raise _plan_changed(lines, by_these=lines)


def require_others_seen(plan: Plan, *, revision: int | None, account_id: int | None) -> None:
    """The same for who works on the draft: what that account did since knows it. Raises ChangedSinceSeen, with what
    others did alone.
    """
    if revision is None or plan.revision == revision:
        return
    lines = since.lines_after(plan._meta.label_lower, str(plan.pk), revision=revision, most=MOST_OWN_CHANGES)
    others = since.by_others(lines, account_id=account_id)
    if others or not 0 < len(lines) < MOST_OWN_CHANGES:  # beyond what was looked at there may be others' changes
        raise _plan_changed(lines, by_these=others)


def _plan_changed(lines: Sequence[HistoryLine], *, by_these: Sequence[HistoryLine]) -> ChangedSinceSeen:
    """What it was before the lines and is now, as far as `by_these`, which are some of them, had a hand in it."""
    hidden = _PLAN_HIDDEN | (_fields_of(lines) - _fields_of(by_these))
    changes = since.net_changes(lines, hidden=hidden) | _changes_of_tasks(lines, by_these=by_these)
    return ChangedSinceSeen(changed_by=since.author_of(by_these), changes=_shortened(changes))


def _fields_of(lines: Iterable[HistoryLine]) -> set[str]:
    return {field.name for line in lines for change in line.changes for field in change.fields}


def _changes_of_tasks(lines: Sequence[HistoryLine], *, by_these: Sequence[HistoryLine]) -> dict[str, tuple[str, str]]:
    within = journal.changes_within([line.entry_id for line in lines], subject_type=PlanTask._meta.label_lower)
    touched = {
        (change.subject_id, field.name)
        for line in by_these
        for change in within.get(line.entry_id, ())
        for field in change.fields
    }
    changes = _touched(since.folded(change for entry in sorted(within) for change in within[entry]), touched)
    if not changes:
        return {}
    names = _names_of_tasks(changes)
    told = since.in_words(changes, line=lines[0], hidden=HIDDEN_FIELDS, told=step_history.told_targets)
    return {
        label: pair for change, fields in told for label, pair in _of_task(change, names[change.subject_id], fields)
    }


def _touched(changes: Sequence[RecordChange], touched: Collection[tuple[str, str]]) -> list[RecordChange]:
    """Of each only the fields that are named; a row that came or went is whole, since its name tells which it is."""
    tasks = {task for task, _field in touched}
    kept = []
    for change in changes:
        fields = change.fields
        if change.act == Act.CHANGED:
            fields = tuple(field for field in fields if (change.subject_id, field.name) in touched)
        if change.subject_id in tasks and fields:
            kept.append(replace(change, fields=fields))
    return kept


def _names_of_tasks(changes: Sequence[RecordChange]) -> dict[str, str]:
    """Id -> number or title, as the task is called now or was before it went."""
    named = {
        str(pk): number or title[:40]
        for pk, number, title in PlanTask.objects.filter(pk__in=[change.subject_id for change in changes]).values_list(
            "pk", "number", "title"
        )
    }
    gone = {change.subject_id: _title(change)[:40] for change in changes if change.act == Act.DELETED}
    return {change.subject_id: change.subject_id for change in changes} | gone | named


def _of_task(change: RecordChange, name: str, fields: Sequence[WordedField]) -> Iterator[tuple[str, tuple[str, str]]]:
    if change.act == Act.CREATED:
        yield _("Task %(number)s, added") % {"number": name}, ("", _title(change))
        return
    if change.act == Act.DELETED:
        yield _("Task %(number)s, taken out") % {"number": name}, (_title(change), "")
        return
    for field in fields:
        label = _("Task %(number)s, %(column)s") % {"number": name, "column": field.label}
        yield label, (field.before or "", field.after or "")


def _title(change: RecordChange) -> str:
    values = (value for field in change.fields if field.name == "title" for value in (field.after, field.before))
    return next((value for value in values if isinstance(value, str)), "")


def _shortened(changes: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    more = len(changes) - MOST_CHANGES_TOLD
    if more <= 0:
        return changes
    rest = ngettext("%(count)d more value", "%(count)d more values", more) % {"count": more}
    return dict(list(changes.items())[:MOST_CHANGES_TOLD]) | {_("And besides"): ("", rest)}


def require_papers_seen(product: TaskProduct, *, papers: Collection[int] | None) -> None:
    """Of a product that the use case holds. Raises ChangedSinceSeen when other papers lie there than those that the
    person saw (ids of evidence); None asks nothing.
    """
    if papers is None:
        return
    lying = list(papers_handed_in_last(product).select_related("attachment"))
    if {paper.pk for paper in lying} == set(papers):
        return
    by = product.submitted_by
    saw = "; ".join(_names_of_papers(product, papers))
    now = "; ".join(str(paper) for paper in lying)
    raise ChangedSinceSeen(changed_by=by.full_name if by else "", changes={_("Evidence"): (saw, now)})


def _names_of_papers(product: TaskProduct, ids: Iterable[int]) -> list[str]:
    """Of this product's papers alone; those that were taken off it since, as the journal has them."""
    wanted = set(ids)
    there = {paper.pk: str(paper) for paper in product.evidence.filter(pk__in=wanted).select_related("attachment")}
    return [*there.values(), *_names_of_papers_gone(product, wanted - there.keys())]


def _names_of_papers_gone(product: TaskProduct, ids: Collection[int]) -> list[str]:
    gone = {Evidence._meta.label_lower: [str(pk) for pk in ids]}
    changes = [change for line in journal.history_of_records(gone, limit=len(ids)) for change in line.changes]
    was = [{field.name: field.before for field in change.fields} for change in changes if change.act == Act.DELETED]
    of_product = [values for values in was if values["product_id"] == product.pk]
    files = Attachment.objects.in_bulk({values.get("attachment_id") for values in of_product} - {None})
    names = {str(pk): str(file) for pk, file in files.items()}
    told = (values.get("paper") or names.get(str(values.get("attachment_id"))) for values in of_product)
    return [name for name in told if name]


def require_request_seen(request: ExtensionRequest, *, seen: int | None) -> None:
    """Of a request that the use case holds. Raises ChangedSinceSeen when the person saw another one (its id)."""
    if seen is None or seen == request.pk:
        return
    saw = ExtensionRequest.objects.filter(task=request.task_id, pk=seen).first()
    by = request.asked_by
    raise ChangedSinceSeen(
        changed_by=by.full_name if by else "",
        changes={
            _("New deadline"): (day(saw.new_deadline) if saw else "", day(request.new_deadline)),
            _("Reason"): (saw.reason if saw else "", request.reason),
        },
    )
