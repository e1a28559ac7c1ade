"""Products and their evidence: handed in by the unit, accepted by the reform officer; the last one ends the task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.db.models import Max
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from caicach.kernel.files import services as files
from caicach.kernel.files.models import Attachment
from caicach.kernel.search import records as approved
from caicach.kernel.search.records import Reference
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError
from caicach.measurement.programme import access, rules
from caicach.measurement.programme.models import (
    Evidence,
    PlanState,
    PlanTask,
    ProductState,
    TaskProduct,
    TaskResponse,
)
from caicach.measurement.programme.queries.products import papers_handed_in_last

from .deadlines import close_request
from .following import TaskNotOpen, mark_as_taken_on, require_open
from .seen import require_papers_seen


class EvidenceMissing(UseCaseError):
    code = "programme.evidence_missing"

    def default_message(self) -> str:
        return _("Attach the paper that proves the product, choose an approved one, or give its number and day.")


class EvidenceBlank(UseCaseError):
    """All that was attached are documents with nothing in them; the message names them."""

    code = "programme.evidence_blank"

    def __init__(self, names: Sequence[str]) -> None:
        message = ngettext(
            "%(names)s has no words and no pictures, so it proves nothing. Open the file, see that its content was "
            "saved, and send it again.",
            "%(names)s have no words and no pictures, so they prove nothing. Open the files, see that their content "
            "was saved, and send them again.",
            len(names),
        )
        super().__init__(message % {"names": ", ".join(names)})


class NotHandedIn(UseCaseError):
    code = "programme.not_handed_in"

    def default_message(self) -> str:
        return _("This product is not waiting for a look.")


class NotAccepted(UseCaseError):
    code = "programme.not_accepted"

    def default_message(self) -> str:
        return _("This product is not accepted, so there is nothing to take back. Open the task to see how it stands.")


class ReturnNotAnswered(UseCaseError):
    """Whether the task is the unit's at all is to be said before its products are looked at."""

    code = "programme.return_not_answered"

    def default_message(self) -> str:
        return _("The unit returned this task. Answer the return first: keep it with the unit or give it to another.")


LONGEST_NAME: Final = 200
MOST_FILES: Final = 20
"""In one handing in; more go into one archive or into several products."""
_HANDED_IN = frozenset({ProductState.SUBMITTED, ProductState.ACCEPTED})


@use_case("programme.add_product", permission=access.can_add_product)
def add_product(uc: UseCase, *, task: PlanTask, name: str) -> TaskProduct:
    """One more thing that the task must bring out."""
    require_open(uc, task)
    if not name.strip():
        raise InvalidInput(fields={"name": [_("Give the product a name.")]})
    last = task.products.aggregate(last=Max("position"))["last"]
    product = TaskProduct.objects.create(task=task, name=name.strip(), position=0 if last is None else last + 1)
    uc.created(product)
    note_handed_in(uc, task)
    return product


@use_case("programme.hand_in_product", permission=access.can_hand_in)
def hand_in_product(
    uc: UseCase,
    *,
    product: TaskProduct,
    attachments: Sequence[Attachment] = (),
    records: Sequence[Reference] = (),
    paper: str = "",
) -> TaskProduct:
    """The product exists: its files (new or already in the system), approved plans and reports of this system, or the
    number and day of a paper kept elsewhere.

    An upload is attached to the product; a file that is held at another record is held here again. A record must be
    one that the person may read; its name is kept, for those who may not. What waits for a look already gets more
    papers and keeps who handed it in and on what day.
    Raises EvidenceMissing, EvidenceBlank, InvalidInput, NotFound, TaskNotOpen. Emits `programme.product_handed_in`.
    """
    _refuse_too_much(attachments, paper)
    require_open(uc, product.task)
    uc.hold(product)
    if product.state == ProductState.ACCEPTED:
        raise NotHandedIn(_("This product is accepted already."))
    before = list(papers_handed_in_last(product).select_related("attachment__file"))
    added = [*_files(uc, product, attachments, before), *_records(uc, records, before)]
    if paper.strip():
        added.append(Evidence(paper=paper.strip()))
    _require_evidence([*before, *added])
    for evidence in added:
        evidence.product, evidence.by_id, evidence.at = product, uc.actor.account_id, uc.at
    uc.created(*Evidence.objects.bulk_create(added))
    if product.state != ProductState.SUBMITTED:
        with uc.changing(product):
            product.state, product.remark = ProductState.SUBMITTED, ""
            product.submitted_by_id, product.submitted_on = uc.actor.account_id, uc.today
        product.save()
    note_handed_in(uc, product.task)
    mark_as_taken_on(uc, product.task)
    uc.emit("programme.product_handed_in", product=product.pk, task=product.task_id)
    return product


def _refuse_too_much(attachments: Sequence[Attachment], paper: str) -> None:
    if len(attachments) > MOST_FILES:
        told = _("Hand in at most %(most)d files at once.") % {"most": MOST_FILES}
        raise InvalidInput(fields={"attachments": [told]})
    if len(paper.strip()) > LONGEST_NAME:
        told = _("Use at most %(most)d characters.") % {"most": LONGEST_NAME}
        raise InvalidInput(fields={"paper": [told]})


@use_case("programme.withdraw_product", permission=access.can_withdraw_product)
def withdraw_product(uc: UseCase, *, product: TaskProduct, papers: Sequence[int] | None = None) -> TaskProduct:
    """The unit takes back what it handed in, until someone has decided on it: the product is missing again.

    The papers of this handing in come off it and nobody opens them here any more; those that a decision was made on
    before stay. Whenever it is handed in again, that day counts.

    papers : as in `accept_product`. Raises ChangedSinceSeen, NotHandedIn, TaskNotOpen. Emits
    `programme.product_withdrawn`.
    """
    require_open(uc, product.task)
    uc.hold(product)
    if product.state != ProductState.SUBMITTED:
        raise NotHandedIn(_("This product was looked at already, or is not handed in, so it cannot be taken back."))
    require_papers_seen(product, papers=papers)
    _take_off(uc, list(papers_handed_in_last(product).select_related("attachment")))
    with uc.changing(product):
        product.state, product.submitted_by, product.submitted_on = ProductState.MISSING, None, None
    product.save(update_fields=["state", "submitted_by", "submitted_on"])
    note_handed_in(uc, product.task)
    uc.emit("programme.product_withdrawn", product=product.pk, task=product.task_id)
    return product


def _take_off(uc: UseCase, papers: Sequence[Evidence]) -> None:
    uc.deleting(*papers)
    for paper in papers:
        paper.delete()
        is_held_on = Evidence.objects.filter(product_id=paper.product_id, attachment=paper.attachment_id).exists()
        if paper.attachment is not None and not is_held_on:
            files.detach(actor=uc.actor, attachment=paper.attachment)


@use_case("programme.accept_product", permission=access.can_accept_product)
def accept_product(
    uc: UseCase, *, product: TaskProduct, remark: str = "", papers: Sequence[int] | None = None
) -> TaskProduct:
    """The product is what the plan asked for. When it is the last one, the task is done on the day it was handed in,
    and a request for more time that waits is closed.

    papers : ids of the papers that the person looked at; when others lie there now, ChangedSinceSeen says which. None
    asks nothing.

    Raises ChangedSinceSeen, NotHandedIn, TaskNotOpen. Emits `programme.product_accepted`, and `programme.task_done`
    when the task is done.
    """
    _decide(uc, product, ProductState.ACCEPTED, remark, papers)
    task = product.task
    finished = rules.done_on(_facts(task))
    uc.emit("programme.product_accepted", product=product.pk, task=task.pk)
    if finished is not None:
        with uc.changing(task):
            task.done_on, task.progress = finished, 100
            task.revision += 1
        task.save(update_fields=["done_on", "progress", "revision"])
        close_request(uc, task, remark=gettext_lazy("The task was finished before this was answered."))
        uc.emit("programme.task_done", task=task.pk)
    return product


@use_case("programme.refuse_product", permission=access.can_accept_product)
def refuse_product(
    uc: UseCase, *, product: TaskProduct, remark: str, papers: Sequence[int] | None = None
) -> TaskProduct:
    """Not yet what the plan asked for; the remark says what is missing. papers, and what is raised, as in
    `accept_product`. Emits `programme.product_refused`.
    """
    if not remark.strip():
        raise InvalidInput(fields={"remark": [_("Say what is missing.")]})
    _decide(uc, product, ProductState.REFUSED, remark, papers)
    refused = list(papers_handed_in_last(product))
    with uc.changing(*refused):
        for paper in refused:
            paper.refused_at = uc.at
    Evidence.objects.bulk_update(refused, ["refused_at"])
    note_handed_in(uc, product.task)
    uc.emit("programme.product_refused", product=product.pk, task=product.task_id)
    return product


@use_case("programme.take_back_acceptance", permission=access.can_take_back_acceptance)
def take_back_acceptance(uc: UseCase, *, product: TaskProduct, reason: str) -> TaskProduct:
    """The product was accepted by mistake: it waits for a look again, as on the day on which it was handed in.

    A task that this had finished is open again, with the progress that its unit reported last; what a report counted
    stays in it. A request for more time that its end closed stays closed.

    Raises InvalidInput, NotAccepted, TaskNotOpen (stopped by a decision). Emits `programme.acceptance_taken_back`.
    """
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why it is looked at again.")]})
    task = product.task
    uc.hold(task)
    if task.plan.state != PlanState.APPROVED or task.is_dropped or task.cancelled_on is not None:
        raise TaskNotOpen
    uc.hold(product)
    if product.state != ProductState.ACCEPTED:
        raise NotAccepted
    with uc.changing(product):
        product.state, product.remark = ProductState.SUBMITTED, reason.strip()
        product.decided_by, product.decided_at = None, None
    product.save(update_fields=["state", "remark", "decided_by", "decided_at"])
    if task.done_on is not None:
        last = task.notes.order_by("-id").values_list("progress", flat=True).first()
        with uc.changing(task):
            task.done_on, task.progress = None, last or 0
        task.save(update_fields=["done_on", "progress"])
    note_handed_in(uc, task)
    uc.emit("programme.acceptance_taken_back", product=product.pk, task=task.pk)
    return product


def _files(
    uc: UseCase, product: TaskProduct, attachments: Sequence[Attachment], before: Sequence[Evidence]
) -> Iterator[Evidence]:
    known = {evidence.attachment_id for evidence in before}
    held = [_hold(uc, product, attachment) for attachment in attachments]
    for attachment in dict.fromkeys(held):
        if attachment.pk not in known:
            yield Evidence(attachment=attachment)


def _records(uc: UseCase, references: Sequence[Reference], before: Sequence[Evidence]) -> Iterator[Evidence]:
    known = {evidence.reference for evidence in before}
    for reference in dict.fromkeys(references):
        record = approved.record_to_read(actor=uc.actor, reference=reference)
        if reference not in known:
            name = Truncator(record.name).chars(LONGEST_NAME)
            yield Evidence(paper=name, record_kind=reference.kind, record_id=reference.id)


def _hold(uc: UseCase, product: TaskProduct, attachment: Attachment) -> Attachment:
    hold = files.hold_again if attachment.subject_type else files.attach
    held: Attachment = hold(
        actor=uc.actor,
        attachment=attachment,
        subject_type=product._meta.label_lower,
        subject_id=str(product.pk),
        purpose="evidence",
    )
    return held


def _require_evidence(papers: Sequence[Evidence]) -> None:
    if not papers:
        raise EvidenceMissing
    blank = [paper.attachment.name for paper in papers if paper.attachment and paper.attachment.file.is_blank]
    if len(blank) == len(papers):
        raise EvidenceBlank(blank)


def _facts(task: PlanTask) -> list[rules.ProductFacts]:
    """Asked anew: the caller may hold the products as they were before this act."""
    return [
        rules.ProductFacts(
            submitted_on=each.submitted_on if each.state in _HANDED_IN else None,
            is_accepted=each.state == ProductState.ACCEPTED,
        )
        for each in TaskProduct.objects.filter(task=task)
    ]


def note_handed_in(uc: UseCase, task: PlanTask) -> None:
    """Of a task that the use case holds, after its products changed."""
    with uc.changing(task):
        task.handed_in_on = rules.handed_in_on(_facts(task))
        task.revision += 1
    task.save(update_fields=["handed_in_on", "revision"])


def _decide(uc: UseCase, product: TaskProduct, state: ProductState, remark: str, papers: Sequence[int] | None) -> None:
    require_open(uc, product.task)
    uc.hold(product)
    if product.state != ProductState.SUBMITTED:
        raise NotHandedIn
    if product.task.response == TaskResponse.RETURNED:
        raise ReturnNotAnswered
    require_papers_seen(product, papers=papers)
    with uc.changing(product):
        product.state, product.remark = state, remark
        product.decided_by_id, product.decided_at = uc.actor.account_id, uc.at
    product.save()
