"""What people do to the products of a task: add one, hand one in with its evidence, look at it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from caicach.kernel.files import queries as files
from caicach.kernel.files import services as file_services
from caicach.kernel.files.models import Attachment
from caicach.kernel.files.reading import TAKEN, extensions_of
from caicach.kernel.files.uploading import StreamedFile, refusals_of
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.search import records
from caicach.kernel.search.records import reference_of
from caicach.kernel.usecase.errors import NotFound, NotPermitted, UseCaseError
from caicach.measurement.programme import access, forms_task, services
from caicach.measurement.programme.models import Evidence, PlanTask, ProductState
from caicach.measurement.programme.queries.handings import handled, last_refusal
from caicach.measurement.programme.queries.known_files import KnownFile, known_files
from caicach.measurement.programme.queries.products import papers_handed_in_last, papers_to_look_at

from .acting import GET_OR_POST, Act, answered, chosen_by_address, given, product_to_act_on, task_to_act_on

ACCEPT = ",".join(extensions_of(TAKEN))
"""Endings that a browser offers first; the server takes exactly these kinds."""
_FIND = "tim-giay"
"""In what is sent by the button that only looks for a paper."""


@page(access.can_open_plans)
@GET_OR_POST
def add_product(request: StaffRequest, pk: int) -> HttpResponse:
    task = task_to_act_on(request, pk)
    return answered(
        request,
        Act(
            task=task,
            form=forms_task.ProductForm(given(request), task=task),
            title=_("Add a product"),
            verb=_("Add the product"),
            sub=_("The task is done when every one of its products was handed in and accepted."),
            done=_("The product was added."),
            back=_products_of(task),
            perform=lambda typed: services.add_product(
                actor=request.actor, task=task, name=typed["name"], idempotency_key=typed["key"]
            ),
        ),
        allowed=access.can_add_product(request.actor, task=task),
    )


@page(access.can_open_plans)
@GET_OR_POST
def hand_in(request: StaffRequest, pk: int) -> HttpResponse:
    """Evidence of a product: files already in the system first, approved plans and reports, then new files, then the
    number of a paper.
    """
    product = product_to_act_on(request, pk)
    task = product.task
    if not access.can_hand_in(request.actor, product=product):
        raise NotPermitted
    asked = request.POST if request.method == "POST" else request.GET
    words = asked.get("tim", "")[:100]
    chosen = [value for value in asked.getlist("existing") if value]
    found = known_files(actor=request.actor, words=words, chosen=chosen)
    uploads, refusal = _uploads(request)
    form = _hand_in_form(request, task, _choices(found, chosen))

    def perform(typed: dict[str, Any]) -> object:
        if refusal:
            raise refusal
        return services.hand_in_product(
            actor=request.actor,
            product=product,
            attachments=[*_seen(request, typed["existing"]), *uploads],
            records=[reference_of(typed["record"])] if typed["record"] else [],
            paper=typed["paper"],
            idempotency_key=typed["key"],
        )

    return answered(
        request,
        Act(
            task=task,
            form=form,
            title=_("Hand in: %(product)s") % {"product": product.name},
            verb=_("Hand in the product"),
            done=_("The product was handed in. The reform officer looks at it next."),
            more="programme/parts/hand_in_fields.html",
            takes_files=True,
            back=_products_of(task),
            context={
                "product": product,
                "found": found,
                "words": words,
                "chosen": chosen,
                "is_found": _FIND in request.POST,
                "refused_file": refusal if _FIND in request.POST else None,
                "uploads": uploads,
                "most_bytes": settings.FILE_MAX_BYTES,
                "most_mb": file_services.most_megabytes(),
                "accept": ACCEPT,
            },
            perform=perform,
        ),
        allowed=True,
    )


def _hand_in_form(request: StaffRequest, task: PlanTask, choices: list[tuple[str, str]]) -> forms_task.HandInForm:
    """Bound to what hands in; who only looks for a paper gets the form back with what was typed, and nothing is asked
    of it yet.
    """
    named = records.records_to_name(actor=request.actor)
    if _FIND not in request.POST:
        return forms_task.HandInForm(given(request), task=task, choices=choices, records=named)
    typed = {name: request.POST[name] for name in ("key", "revision", "record", "paper") if name in request.POST}
    return forms_task.HandInForm(None, task=task, choices=choices, records=named, initial=typed)


def _products_of(task: PlanTask) -> str:
    return reverse("programme:task", args=[task.pk]) + "?muc=san-pham"


def _choices(found: Sequence[KnownFile], chosen: Sequence[str]) -> list[tuple[str, str]]:
    """What is listed, and what was ticked before the list was narrowed; the use case checks that it may be seen."""
    listed = {str(known.attachment.pk): known.attachment.name for known in found}
    return list((dict.fromkeys(chosen, "") | listed).items())


def _seen(request: StaffRequest, ids: Sequence[str]) -> list[Attachment]:
    return [files.attachment_to_see(actor=request.actor, attachment_id=_uuid(value)) for value in ids]


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise NotFound from None


def _uploads(request: StaffRequest) -> tuple[list[Attachment], UseCaseError | None]:
    """Those that the script sent before, and the files of the form itself where no script runs, kept at once: a form
    that comes back need not be given them again. Beside them why a file was refused.
    """
    if request.method != "POST":
        return [], None
    sent = [
        files.own_upload(actor=request.actor, attachment_id=_uuid(value)) for value in request.POST.getlist("files")
    ]
    if refused := refusals_of(request).get("file"):
        return sent, refused
    try:
        for file in request.FILES.getlist("file"):
            if isinstance(file, StreamedFile):
                sent.append(file_services.store_upload(actor=request.actor, file=file_services.received(file)))
    except UseCaseError as error:
        return sent, error
    return sent, None


def _ids_of(papers: Iterable[Evidence]) -> str:
    return ",".join(str(paper.pk) for paper in papers)


@page(access.can_open_plans)
@GET_OR_POST
def withdraw_product(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked once more, with what goes: it cannot be undone but by handing in anew."""
    product = product_to_act_on(request, pk)
    task = product.task
    lying = papers_handed_in_last(product)
    return answered(
        request,
        Act(
            task=task,
            form=forms_task.PapersSeenForm(given(request), task=task, initial={"papers": _ids_of(lying)}),
            title=_("Take back: %(product)s") % {"product": product.name},
            verb=_("Take the product back"),
            sub=_(
                "The reform officer is told, and the papers below come off the product: nobody opens them here any "
                "more. The product is then missing; when you hand it in again, that day counts."
            ),
            done=_("The product was taken back. The reform officer has been told."),
            is_danger=True,
            more="programme/parts/product_to_decide.html",
            back=_products_of(task),
            context={
                "product": product,
                "papers": lambda: papers_to_look_at(product, actor=request.actor),
            },
            seen=lambda: {"papers": _ids_of(lying.all())},
            perform=lambda typed: services.withdraw_product(
                actor=request.actor, product=product, papers=typed["papers"], idempotency_key=typed["key"]
            ),
        ),
        allowed=access.can_withdraw_product(request.actor, product=product),
    )


@page(access.can_open_plans)
@GET_OR_POST
def take_back_acceptance(request: StaffRequest, pk: int) -> HttpResponse:
    product = product_to_act_on(request, pk)
    task = product.task
    allowed = access.can_take_back_acceptance(request.actor, product=product)
    if allowed and request.method == "GET" and product.state != ProductState.ACCEPTED:
        raise services.NotAccepted
    reopens_task = task.done_on is not None
    return answered(
        request,
        Act(
            task=task,
            form=forms_task.LookAgainForm(given(request), task=task),
            title=_("Take back the acceptance: %(product)s") % {"product": product.name},
            verb=_("Take the acceptance back"),
            sub=_(
                "The task is open again and its product waits for a look, as on the day on which it was handed in. "
                "Reports that were approved keep what they counted. The unit reads your reason."
            )
            if reopens_task
            else _("The product waits for a look again. The unit reads your reason."),
            done=_("The acceptance was taken back. The unit has been told."),
            is_danger=True,
            back=_products_of(task),
            perform=lambda typed: services.take_back_acceptance(
                actor=request.actor, product=product, reason=typed["reason"], idempotency_key=typed["key"]
            ),
        ),
        allowed=allowed,
    )


@page(access.can_open_plans)
@GET_OR_POST
def decide_product(request: StaffRequest, pk: int) -> HttpResponse:
    product = product_to_act_on(request, pk)
    task = product.task
    allowed = access.can_accept_product(request.actor, product=product)
    if allowed and request.method == "GET" and product.state != ProductState.SUBMITTED:
        raise services.NotHandedIn  # an old link or tab: a form that cannot succeed would only be filled in vain
    lying = papers_handed_in_last(product)
    form = forms_task.ProductDecisionForm(
        given(request),
        task=task,
        initial={**chosen_by_address(request, decision="quyet-dinh"), "papers": _ids_of(lying)},
    )
    is_accepted = form.data.get("decision") == form.ACCEPT

    def perform(typed: dict[str, Any]) -> object:
        decide = services.accept_product if typed["decision"] == form.ACCEPT else services.refuse_product
        return decide(
            actor=request.actor,
            product=product,
            remark=typed["remark"],
            papers=typed["papers"],
            idempotency_key=typed["key"] or None,
        )

    return answered(
        request,
        Act(
            task=task,
            form=form,
            title=_("Look at: %(product)s") % {"product": product.name},
            decides=True,
            done=_("The product was accepted.") if is_accepted else _("The unit has been told what is missing."),
            more="programme/parts/product_to_decide.html",
            back=_products_of(task),
            context={
                "product": product,
                "papers": lambda: papers_to_look_at(product, actor=request.actor),
                "refusal": last_refusal(handled([product.pk]).get(product.pk, [])),
            },
            seen=lambda: {"papers": _ids_of(lying.all())},
            perform=perform,
        ),
        allowed=allowed,
    )
