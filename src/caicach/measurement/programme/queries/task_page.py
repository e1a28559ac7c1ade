"""All that the page of one task shows, by a constant number of SQL queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from caicach.kernel.audit import queries as journal
from caicach.kernel.search.records import Record
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.models import (
    Amendment,
    Evidence,
    ExtensionRequest,
    ExtensionState,
    PlanTask,
    ProductState,
    ProgressNote,
    TaskComment,
    TaskProduct,
    Urging,
)

from .handings import Handled, handled, refusal_of
from .products import records_of
from .steps import steps_with_task
from .tasks import bare_task_of, visible_tasks

MOST_ROWS = 500
"""Notes, comments and reminders shown of one task, the latest first; the journal has all."""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A paper of a product. elsewhere : how many other products, of tasks that the actor may see, it proves.

    refusal : the decision that found it wanting, where the journal still shows it. record : where an approved record
    of this system opens, for an actor who may read it.
    """

    evidence: Evidence
    elsewhere: int
    refusal: Handled | None = None
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class ProductRow:
    product: TaskProduct
    evidence: list[EvidenceRow]
    """What counts, then what was refused."""
    past: list[Handled] = field(default_factory=list)
    """What was done with it, oldest first."""

    @property
    def kind(self) -> str:
        """The file kind of its first paper, for the icon; "" when there is none."""
        first = next((row.evidence.attachment for row in self.evidence if row.evidence.attachment), None)
        return first.file.kind if first else ""

    @property
    def is_waiting(self) -> bool:
        return self.product.state == ProductState.SUBMITTED

    @property
    def is_open(self) -> bool:
        """Still to be handed in, or to be handed in again."""
        return self.product.state in (ProductState.MISSING, ProductState.REFUSED)


@dataclass(frozen=True, slots=True)
class TaskRecords:
    """A task with what happened to it."""

    task: PlanTask
    products: list[ProductRow]
    notes: list[ProgressNote]
    comments: list[TaskComment]
    extensions: list[ExtensionRequest]
    amendments: list[Amendment]
    urgings: list[Urging]
    history_count: int
    subjects: dict[str, list[str]] = field(default_factory=dict)
    """The task and its parts as the journal names them."""

    @property
    def asked(self) -> ExtensionRequest | None:
        """The request for extension that waits for an answer."""
        return next((request for request in self.extensions if request.state == ExtensionState.ASKED), None)

    @property
    def amending(self) -> Amendment | None:
        """The change of this task that waits for the leader."""
        return next((amendment for amendment in self.amendments if amendment.is_waiting), None)

    @property
    def granted(self) -> list[ExtensionRequest]:
        """Oldest first."""
        return [request for request in reversed(self.extensions) if request.state == ExtensionState.GRANTED]

    @property
    def waits_for_a_look(self) -> bool:
        """Nothing is left for the unit to hand in: as `queries.urging.waits_for_a_look` asks of many tasks."""
        return self.task.handed_in_on is not None and self.task.done_on is None

    @property
    def accepted_count(self) -> int:
        return sum(row.product.state == ProductState.ACCEPTED for row in self.products)


def task_records(*, actor: Actor, pk: int, today: date) -> TaskRecords:
    """Raises NotFound. At most nineteen queries, one more where targets are linked to national ones, and one for each
    kind of record that is evidence.
    """
    task = bare_task_of(actor=actor, pk=pk, today=today)
    products = list(task.products.select_related("submitted_by", "decided_by"))
    for product in products:
        product.task = task
    evidence = list(
        Evidence.objects.filter(product__in=products).select_related("attachment__file", "by").order_by("id")
    )
    elsewhere = _used_elsewhere(evidence, actor=actor)
    opens = records_of(evidence, actor=actor)
    past = handled([product.pk for product in products])
    by_product: dict[int, list[EvidenceRow]] = {}
    for one in evidence:
        refusal = refusal_of(one, past.get(one.product_id, []))
        row = EvidenceRow(one, _uses_beside(one, elsewhere), refusal, opens.get(one.pk))
        by_product.setdefault(one.product_id, []).append(row)
    for rows in by_product.values():
        rows.sort(key=lambda row: row.evidence.refused_at is not None)
    extensions = list(_latest(ExtensionRequest.objects.filter(task=task).select_related("asked_by", "decided_by")))
    for request in extensions:
        request.task = task
    amendments = list(_latest(Amendment.objects.filter(task=task).select_related("asked_by", "decided_by")))
    for amendment in amendments:
        amendment.task, amendment.plan = task, task.plan
    notes = list(_latest(ProgressNote.objects.filter(task=task).select_related("by")))
    comments = list(reversed(_latest(TaskComment.objects.filter(task=task).select_related("by"))))
    subjects = {
        "programme.plantask": [str(task.pk)],
        # Steps made before the journal named their tasks.
        "programme.draftstep": steps_with_task(plan=task.plan, task_id=task.pk),
        "programme.taskproduct": [str(product.pk) for product in products],
        "programme.extensionrequest": [str(request.pk) for request in extensions],
        "programme.amendment": [str(amendment.pk) for amendment in amendments],
        "programme.progressnote": [str(note.pk) for note in notes],
        "programme.evidence": [str(one.pk) for one in evidence],
        "programme.taskcomment": [str(said.pk) for said in comments],
    }
    return TaskRecords(
        task=task,
        products=[
            ProductRow(product, by_product.get(product.pk, []), past.get(product.pk, [])) for product in products
        ],
        notes=notes,
        comments=comments,
        extensions=extensions,
        amendments=amendments,
        urgings=list(_latest(Urging.objects.filter(task=task).select_related("by"))),
        history_count=journal.count_of_records(subjects),
        subjects=subjects,
    )


def _latest(rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    return rows.order_by("-id")[:MOST_ROWS]


def _uses_beside(paper: Evidence, used: dict[int, int]) -> int:
    if paper.attachment is None or paper.refused_at is not None:
        return 0
    return max(used.get(paper.attachment.file_id, 1) - 1, 0)


def _used_elsewhere(evidence: list[Evidence], *, actor: Actor) -> dict[int, int]:
    """Content -> number of products it proves, among the tasks that the actor may see."""
    contents = {one.attachment.file_id for one in evidence if one.attachment}
    rows = (
        Evidence.objects.filter(
            attachment__file__in=contents,
            refused_at=None,
            product__task__in=visible_tasks(actor=actor).values("pk"),
        )
        .order_by()
        .values("attachment__file")
        .annotate(products=Count("product", distinct=True))
    )
    return {row["attachment__file"]: row["products"] for row in rows}
