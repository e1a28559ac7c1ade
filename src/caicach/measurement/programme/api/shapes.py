"""What goes in and out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from caicach.kernel.search.records import Record
from caicach.kernel.tables.bulk import MOST_ROWS as MOST_IN_BACKGROUND
from caicach.kernel.ui.addresses import LARGEST_ID
from caicach.measurement.programme.models import Evidence, ExtensionState, PlanTask, TaskProduct
from caicach.measurement.programme.pasting import MOST_ROWS
from caicach.measurement.programme.queries.products import records_of
from caicach.measurement.programme.rules import TaskState
from caicach.measurement.programme.services import MOST_FILES

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Revision = Annotated[int, Field(ge=0, le=LARGEST_ID)]


class UnitOut(Schema):
    code: str
    name: str


class PlanOut(Schema):
    """`revision` counts the changes of the draft."""

    id: int
    title: str
    year: int
    issuer: UnitOut
    state: str
    number: str
    version: int
    revision: int
    decision_number: str
    decision_date: date | None


class WarningOut(Schema):
    """`code` is stable; `plan` is the other plan that it is about."""

    code: str
    message: str
    plan: int


class PlanPage(Schema):
    """`next` is the `after` of the following page, null on the last."""

    plans: list[PlanOut]
    next: int | None


class PlanWithWarningsOut(PlanOut):
    """`warnings` hinder nothing; they are for the person who goes on."""

    warnings: list[WarningOut]


class DescriptionFields(Schema):
    title: str = Field("", max_length=500)
    decision_number: str = Field("", max_length=80)
    decision_date: date | None = None
    decision_issuer: str = Field("", max_length=200)


class DescriptionIn(DescriptionFields):
    """The head of a draft. A field that is not sent stays as it is.

    `seen` is the fields as the caller saw them; when one that is to change is another now, the answer is 409.
    """

    seen: DescriptionFields | None = None


class SeenIn(Schema):
    """`revision` is that of the record as the caller saw it; when it is another now, the call is refused with 409 and
    says what changed. Without it nothing is asked.
    """

    revision: Revision | None = None


class SignatureIn(SeenIn):
    """The signature of a paper. `signed_as` : the lines above it, one a line; without it those of the office that the
    caller holds. `signer_name` : the name below it; without it the caller's own. `revision` as in SeenIn.
    """

    signed_as: str | None = None
    signer_name: str | None = None


class TargetOut(Schema):
    subject: str
    operator: str
    value: Decimal | None
    value_to: Decimal | None
    unit: str
    national_code: str | None = Field(None, alias="national.code")


class ReferenceIn(Schema):
    """An approved record of this system: `kind` is `programme.plan` or `reporting.report`."""

    kind: str = Field(max_length=60)
    id: str = Field(max_length=40)


class ReferenceOut(ReferenceIn):
    """`url` is the record's page, null for a caller who may not read it."""

    url: str | None = None


class RecordOut(ReferenceOut):
    """`name` is how papers name it, with number and day."""

    name: str


class EvidenceOut(Schema):
    """A paper of a product. One with `refused_at` came with a handing in that was not accepted and proves nothing.

    `record` is set when it is an approved record of this system, `paper` is then its name.
    """

    id: int
    paper: str
    refused_at: datetime | None
    file_name: str | None = Field(None, alias="attachment.name")
    record: ReferenceOut | None = None


class ProductOut(Schema):
    id: int
    name: str
    state: str
    submitted_on: date | None
    remark: str
    evidence: list[EvidenceOut]

    @staticmethod
    def resolve_evidence(product: TaskProduct, context: dict[str, Any]) -> list[Any]:
        papers = list(product.evidence.all())
        opens = records_of(papers, actor=context["request"].actor)
        for paper in papers:
            paper.record = _reference_out(paper, opens.get(paper.pk))  # type: ignore[attr-defined]
        return papers


def _reference_out(paper: Evidence, record: Record | None) -> dict[str, Any] | None:
    named = paper.reference
    return None if named is None else {"kind": named.kind, "id": named.id, "url": record.url if record else None}


class TaskLineOut(Schema):
    """One task in a list. `state` is computed on the day of the call."""

    id: int
    plan_id: int
    number: str
    field: str
    title: str
    lead: UnitOut | None
    deadline: date | None
    first_deadline: date | None
    progress: int
    handed_in_on: date | None
    done_on: date | None
    state: str
    response: str
    revision: int


class ExtensionOut(Schema):
    """A request for a later deadline; `state` is `asked` while it waits for a decision."""

    id: int
    task_id: int
    old_deadline: date
    new_deadline: date
    reason: str
    state: str
    remark: str
    asked_at: datetime
    decided_at: datetime | None


class TaskOut(TaskLineOut):
    """`open_extension` is the request for a later deadline that waits for a decision, null where none does."""

    text: str
    deadline_text: str
    recurrence: str
    cooperating: list[UnitOut]
    products: list[ProductOut]
    targets: list[TargetOut]
    open_extension: ExtensionOut | None

    @staticmethod
    def resolve_cooperating(task: PlanTask) -> list[Any]:
        return list(task.cooperating.all())

    @staticmethod
    def resolve_products(task: PlanTask) -> list[Any]:
        return list(task.products.all())

    @staticmethod
    def resolve_targets(task: PlanTask) -> list[Any]:
        return list(task.targets.all())

    @staticmethod
    def resolve_open_extension(task: PlanTask) -> Any:
        return task.extensions.filter(state=ExtensionState.ASKED).first()


class TaskPage(Schema):
    """`next` is the `after` of the following page, null on the last."""

    tasks: list[TaskLineOut]
    next: int | None


class TaskQuery(Schema):
    plan: Id | None = None
    field: str = ""
    unit: str = ""
    state: list[TaskState] = []
    words: str = Field("", max_length=200)
    due_from: date | None = None
    due_until: date | None = None
    after: Annotated[int, Field(ge=0, le=LARGEST_ID)] = 0


class RateOut(Schema):
    numerator: int
    denominator: int
    per_cent: Decimal | None


class StandingOut(Schema):
    today: date
    counts: dict[str, int]
    continuous: int
    done_of_assigned: RateOut
    done_of_fallen_due: RateOut


class CellsIn(Schema):
    """Cells as an officer types them, by column: number, field, title, product, lead, cooperating, time, budget."""

    cells: dict[str, str]
    revision: Revision | None = None


class RowsIn(Schema):
    """Over the rows `replace`, the rest as new rows after row `after`. `seen` is as in TasksSeenIn."""

    rows: list[dict[str, str]] = Field(min_length=1, max_length=MOST_ROWS)
    replace: list[Id] = Field([], max_length=MOST_ROWS)
    after: Id | None = None
    seen: dict[Id, Revision] = {}


class TasksIn(Schema):
    """Tasks of approved plans, for one act on all of them."""

    tasks: list[Id] = Field(min_length=1, max_length=MOST_IN_BACKGROUND)


class TasksSeenIn(Schema):
    """`seen` is the revision of each task as the caller saw it; when one is another now, the call is refused with 409.

    Tasks that it does not name are not asked about.
    """

    tasks: list[Id] = Field(min_length=1, max_length=MOST_ROWS)
    seen: dict[Id, Revision] = {}


class SetCellsIn(TasksSeenIn):
    """The same `field`, `lead` or `time` for all the tasks, as typed."""

    cells: dict[str, str]


class SplitIn(Schema):
    titles: list[str] = Field(min_length=2, max_length=2)
    cut: int | None = Field(None, ge=0, le=2_147_483_647)
    revision: Revision | None = None


class DraftStepOut(Schema):
    """One change of a draft: `what` in words, by whom. Its `id` is the `step` of undo and redo."""

    id: int
    act: str
    what: str
    by: str
    at: datetime
    is_undone: bool


class ReasonIn(SeenIn):
    """`revision` as in SeenIn."""

    reason: str = Field(max_length=2000)


class AddTaskIn(Schema):
    cells: dict[str, str]
    reason: str = Field(max_length=2000)


class OwnerIn(Schema):
    """`revision` is the task's as the caller saw it; when it is another now, the call is refused with 409."""

    username: str | None
    revision: Revision | None = None


class ProgressIn(Schema):
    progress: int = Field(ge=0, le=100)
    text: str = Field("", max_length=5000)
    revision: Revision | None = None


class ProgressOut(Schema):
    id: int
    progress: int
    text: str


class HandInIn(Schema):
    """`files` are ids of uploads or of files already in the system, `records` approved records that the caller may read
    (`/records` lists them).
    """

    files: list[UUID] = Field([], max_length=MOST_FILES)
    records: list[ReferenceIn] = Field([], max_length=100)
    paper: str = Field("", max_length=200)


class LookAgainIn(Schema):
    reason: str = Field(max_length=2000)


class PapersSeenIn(Schema):
    """`papers` are the ids of the papers (`evidence`) that the caller looked at; when others lie there now, the call is
    refused with 409 and says which. Without it nothing is asked.
    """

    papers: list[Id] | None = Field(None, max_length=1000)


class RemarkIn(PapersSeenIn):
    """`papers` as in PapersSeenIn."""

    remark: str = Field("", max_length=2000)


class ExtensionIn(Schema):
    new_deadline: date
    reason: str = Field(max_length=2000)


class RequestSeenIn(Schema):
    """`request` is the id of the request that the caller means; when another waits now, the call is refused with 409
    and says what that one asks for. Without it, whichever waits is meant.
    """

    request: Id | None = None


class ExtensionDecisionIn(RequestSeenIn):
    """`request` as in RequestSeenIn."""

    is_granted: bool
    remark: str = Field("", max_length=2000)


class ExtensionPage(Schema):
    """`next` is the `after` of the following page, null on the last."""

    extensions: list[ExtensionOut]
    next: int | None


class ExtensionQuery(Schema):
    """`state` : one of them, or several; without it all. `task` and `plan` are ids."""

    state: list[ExtensionState] = []
    task: Id | None = None
    plan: Id | None = None
    after: Annotated[int, Field(ge=0, le=LARGEST_ID)] = 0


class CancelIn(Schema):
    decision: str = Field(max_length=200)


class CountOut(Schema):
    count: int


class ImportIn(Schema):
    """`file` is the id of an upload. `copy_number` above 0 makes another draft of a file that was imported before."""

    issuer: str
    file: UUID
    year: int | None = Field(None, ge=2000, le=2100)
    copy_number: int = Field(0, ge=0, le=2_147_483_647)


class StartedOut(Schema):
    """The job: ask for it under `/api/jobs/{job}`."""

    job: UUID = Field(alias="pk")


class ReassignIn(Schema):
    """Units by name, short name or code; several co-operating ones parted by `;`."""

    lead: str = Field(max_length=255)
    cooperating: str = Field("", max_length=2000)
    reason: str = Field(max_length=2000)
    revision: Revision | None = None


class ChangedOut(Schema):
    """`name` as the cells of a row are named; `before` is empty for what is new."""

    name: str
    before: str
    after: str


class AmendmentOut(Schema):
    """A change of an approved plan. `task_id` is null while a new task is not added yet, `version` until approved."""

    id: int
    plan_id: int
    kind: str
    task_id: int | None
    state: str
    reason: str
    changes: list[ChangedOut] = Field(alias="lines")
    asked_at: datetime
    decided_at: datetime | None
    remark: str
    version: int | None = Field(None, alias="version.version")


class AmendmentPage(Schema):
    """`next` is the `after` of the following page, null on the last."""

    amendments: list[AmendmentOut]
    next: int | None


class AmendmentDecisionIn(SeenIn):
    """`revision` as in SeenIn: that of the task which the change is about."""

    is_approved: bool
    remark: str = Field("", max_length=2000)


class ProductIn(Schema):
    name: str = Field(max_length=500)


class CommentIn(Schema):
    text: str = Field(max_length=5000)


class CommentOut(Schema):
    id: int
    text: str
