"""What the units told of their tasks by the end of a day: products and their papers, progress, why it takes longer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, Max, OuterRef, QuerySet

from caicach.kernel.calendar.clock import local_date
from caicach.measurement.programme.models import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    Evidence,
    ExtensionRequest,
    ExtensionState,
    Plan,
    ProductState,
    ProgressNote,
    TaskProduct,
)


@dataclass(frozen=True, slots=True)
class ProductTold:
    """A product that was handed in. papers : number and day of each paper that proves it, else the name of its file."""

    name: str
    papers: tuple[str, ...]
    handed_in_on: date
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class ExtensionTold:
    """The latest request for more time, as it stood on the day that was asked for. state : of `ExtensionState`."""

    reason: str
    new_deadline: date
    state: str


@dataclass(frozen=True, slots=True)
class TaskTold:
    """Of one task. progress : per cent of the latest note, None without any; note : the latest that has words."""

    products: tuple[ProductTold, ...] = ()
    progress: int | None = None
    note: str = ""
    note_on: date | None = None
    extension: ExtensionTold | None = None


def told_of_tasks(*, task_ids: Collection[int], by: date) -> dict[int, TaskTold]:
    """Task id -> what its unit told by the end of the day `by`; a task of which nothing was told has no entry.

    What another unit told before the task went over from it stays out: it is not the word of the unit that leads.

    Five queries however many tasks.
    """
    products = _products(task_ids, by)
    notes = ProgressNote.objects.filter(~_went_over_after("at", by), task__in=task_ids, at__date__lte=by)
    latest, worded = _latest_notes(notes), _latest_notes(notes.exclude(text=""))
    extensions = _extensions(task_ids, by)
    return {
        task_id: TaskTold(
            products=tuple(products.get(task_id, ())),
            progress=latest[task_id].progress if task_id in latest else None,
            note=worded[task_id].text if task_id in worded else "",
            note_on=local_date(worded[task_id].at) if task_id in worded else None,
            extension=extensions.get(task_id),
        )
        for task_id in products.keys() | latest.keys() | extensions.keys()
    }


def progress_told(*, plans: Collection[Plan], by: date) -> dict[int, int]:
    """Task id -> per cent that the unit which leads it last reported by the end of the day `by`. One query."""
    notes = ProgressNote.objects.filter(~_went_over_after("at", by), task__plan__in=plans, at__date__lte=by)
    return dict(notes.order_by("pk").values_list("task", "progress"))


def _products(task_ids: Collection[int], by: date) -> dict[int, list[ProductTold]]:
    handed_in = TaskProduct.objects.filter(
        task__in=task_ids, submitted_on__lte=by, state__in=[ProductState.SUBMITTED, ProductState.ACCEPTED]
    )
    papers: dict[int, list[str]] = {}
    proving = (
        Evidence.objects.filter(product__in=handed_in, refused_at=None).select_related("attachment").order_by("id")
    )
    for evidence in proving:
        papers.setdefault(evidence.product_id, []).append(_name_of(evidence))
    found: dict[int, list[ProductTold]] = {}
    for product in handed_in.order_by("position", "id"):
        told = ProductTold(
            name=product.name,
            papers=tuple(dict.fromkeys(papers.get(product.pk, ()))),
            handed_in_on=product.submitted_on or by,
            is_accepted=product.state == ProductState.ACCEPTED,
        )
        found.setdefault(product.task_id, []).append(told)
    return found


def _name_of(evidence: Evidence) -> str:
    if evidence.attachment is None:
        return evidence.paper
    return evidence.attachment.name.rpartition(".")[0] or evidence.attachment.name


def _latest_notes(notes: QuerySet[ProgressNote]) -> dict[int, ProgressNote]:
    """Task id -> its latest. One query."""
    latest = notes.order_by().values("task").annotate(latest=Max("pk")).values("latest")
    return {note.task_id: note for note in ProgressNote.objects.filter(pk__in=latest)}


def _extensions(task_ids: Collection[int], by: date) -> dict[int, ExtensionTold]:
    asked = ExtensionRequest.objects.filter(
        ~_went_over_after("asked_at", by), task__in=task_ids, asked_at__date__lte=by
    )
    return dict(_told(asked.order_by("id"), by))


def _went_over_after(moment: str, by: date) -> Exists:
    """Of a record of a task: another unit leads the task since, on that day."""
    changed = Amendment.objects.filter(
        kind=AmendmentKind.REASSIGN,
        state=AmendmentState.APPROVED,
        task=OuterRef("task"),
        decided_at__gt=OuterRef(moment),
        decided_at__date__lte=by,
    )
    return Exists(changed.exclude(change__lead_id=F("change__before__lead_id")))


def _told(asked: QuerySet[ExtensionRequest], by: date) -> Iterator[tuple[int, ExtensionTold]]:
    for request in asked:
        was_decided = request.decided_at is not None and local_date(request.decided_at) <= by
        if was_decided and request.state == ExtensionState.WITHDRAWN:
            continue
        state = request.state if was_decided else ExtensionState.ASKED
        yield request.task_id, ExtensionTold(request.reason, request.new_deadline, state)
