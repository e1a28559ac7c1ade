"""Periodic reports over HTTP: the same queries and use cases as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Field, Router, Schema, Status

from caicach.kernel.identity import queries as identity
from caicach.kernel.usecase.errors import NotFound
from caicach.kernel.usecase.http import ApiRequest, Problem, idempotency_key
from caicach.measurement.programme.api.shapes import Id, Revision, SeenIn, SignatureIn

from . import queries, services
from .downloads import file_response
from .models import PeriodKind, Report

router = Router(tags=["reporting"])
REFUSALS: dict[Any, Any] = {403: Problem, 404: Problem, 409: Problem, 422: Problem}


class IssuerOut(Schema):
    code: str
    name: str


class SectionOut(Schema):
    """`drafted` is what was written from the records, `tasks` the ids of the tasks it is about; `is_none` : left out of
    the paper on purpose. All three are empty in reports from before they were noted.
    """

    key: str
    title: str
    text: str
    drafted: str = ""
    tasks: list[int] = Field(default_factory=list)
    is_none: bool = False


class FigureOut(Schema):
    """`tasks` are the ids of the tasks counted; `of` of those they are a share of. `scope` is "" for the whole, a
    field code, or `unit:` and the id of a unit.
    """

    code: str
    scope: str
    tasks: list[int]
    of: list[int]


class CountedPlanOut(Schema):
    """As the plan was called when the figures were taken."""

    id: int
    number: str
    title: str


class ReportLineOut(Schema):
    """One report in a list. `data_from` and `data_to` are both counted in; `plans` are those whose tasks are counted,
    `plan_id` is one of the plans of that unit and year.
    """

    id: int
    issuer: IssuerOut
    plan_id: int
    plans: list[CountedPlanOut]
    year: int
    period: PeriodKind
    data_from: date
    data_to: date
    due_on: date
    state: str
    number: str
    version: int
    previous_id: int | None
    revision: int


class ReportOut(ReportLineOut):
    reason: str
    returned_reason: str
    figures_at: datetime
    approved_at: datetime | None
    signed_as: str
    signer_name: str | None
    recipients: str
    sections: list[SectionOut]
    figures: list[FigureOut]


class NewReportIn(Schema):
    issuer: str
    year: int = Field(ge=2000, le=2100)
    period: PeriodKind


class WordsIn(Schema):
    """`texts` by the key of the section; `left_out` by the same: true for an empty one that stays out of the paper.
    `recipients` one a line. `revision` is the report's as the caller saw it.
    """

    texts: dict[str, str] = Field(default_factory=dict)
    left_out: dict[str, bool] = Field(default_factory=dict)
    recipients: str | None = None
    revision: Revision | None = None


class RefreshIn(SeenIn):
    """`with_words` : sections that nobody edited are drafted anew; `replace` : keys of edited ones that are, too.
    `revision` as in SeenIn; without `replace` no one's words are lost and it is not asked about.
    """

    with_words: bool = False
    replace: list[str] = Field(default_factory=list)


class WhyIn(Schema):
    reason: str = Field(max_length=2000)


class ReturnIn(SeenIn):
    """`revision` as in SeenIn."""

    reason: str = Field(max_length=2000)


def _report(request: ApiRequest, report_id: int) -> Report:
    return queries.report_of(actor=request.actor, pk=report_id)


@router.get("/reports", response=list[ReportLineOut], operation_id="reporting.reports")
def reports(request: ApiRequest) -> Any:
    """Reports that the caller may see, newest first, at most 200."""
    return queries.reports_of(actor=request.actor).order_by("-year", "-id")[:200]


@router.post("/reports", response={201: ReportOut, **REFUSALS}, operation_id="reporting.draft")
def draft(request: ApiRequest, payload: NewReportIn) -> Any:
    issuer = identity.unit_by_code(code=payload.issuer)
    if issuer is None:
        raise NotFound
    return Status(
        201,
        services.draft_report(
            actor=request.actor,
            issuer=issuer,
            year=payload.year,
            period=payload.period.value,
            idempotency_key=idempotency_key(request),
        ),
    )


@router.get("/reports/{report_id}", response={200: ReportOut, 404: Problem}, operation_id="reporting.report")
def report(request: ApiRequest, report_id: Id) -> Any:
    return _report(request, report_id)


@router.get("/reports/{report_id}/paper.{ending}", operation_id="reporting.paper")
def paper(request: ApiRequest, report_id: Id, ending: str) -> HttpResponse:
    """The report as `pdf` (PDF/A), `docx` or `xlsx`."""
    return file_response(_report(request, report_id), ending=ending, actor=request.actor)


@router.patch("/reports/{report_id}/words", response={200: ReportOut, **REFUSALS}, operation_id="reporting.edit")
def edit(request: ApiRequest, report_id: Id, payload: WordsIn) -> Any:
    return services.edit_sections(
        actor=request.actor,
        report=_report(request, report_id),
        texts=payload.texts,
        left_out=payload.left_out,
        recipients=payload.recipients,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )


@router.post("/reports/{report_id}/refresh", response={200: ReportOut, **REFUSALS}, operation_id="reporting.refresh")
def refresh(request: ApiRequest, report_id: Id, payload: RefreshIn) -> Any:
    """Takes the figures anew, for the same cut-off."""
    return services.refresh_figures(
        actor=request.actor,
        report=_report(request, report_id),
        with_words=payload.with_words,
        replace=payload.replace,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )


@router.post("/reports/{report_id}/submit", response={200: ReportOut, **REFUSALS}, operation_id="reporting.submit")
def submit(request: ApiRequest, report_id: Id, payload: SeenIn | None = None) -> Any:
    return services.submit(
        actor=request.actor,
        report=_report(request, report_id),
        revision=payload.revision if payload else None,
        idempotency_key=idempotency_key(request),
    )


@router.post("/reports/{report_id}/withdraw", response={200: ReportOut, **REFUSALS}, operation_id="reporting.withdraw")
def withdraw(request: ApiRequest, report_id: Id) -> Any:
    """The officer takes a submitted report back."""
    key = idempotency_key(request)
    return services.withdraw(actor=request.actor, report=_report(request, report_id), idempotency_key=key)


@router.post("/reports/{report_id}/return", response={200: ReportOut, **REFUSALS}, operation_id="reporting.return")
def send_back(request: ApiRequest, report_id: Id, payload: ReturnIn) -> Any:
    """The leader sends a submitted report back to the officer."""
    return services.return_report(
        actor=request.actor,
        report=_report(request, report_id),
        reason=payload.reason,
        revision=payload.revision,
        idempotency_key=idempotency_key(request),
    )


@router.post("/reports/{report_id}/approve", response={200: ReportOut, **REFUSALS}, operation_id="reporting.approve")
def approve(request: ApiRequest, report_id: Id, payload: SignatureIn | None = None) -> Any:
    """Numbered and locked."""
    signature = payload or SignatureIn()
    return services.approve(
        actor=request.actor,
        report=_report(request, report_id),
        signed_as=signature.signed_as,
        signer_name=signature.signer_name,
        revision=signature.revision,
        idempotency_key=idempotency_key(request),
    )


@router.post("/reports/{report_id}/versions", response={201: ReportOut, **REFUSALS}, operation_id="reporting.revise")
def revise(request: ApiRequest, report_id: Id, payload: WhyIn) -> Any:
    """The next version of a locked report."""
    return Status(
        201,
        services.revise(
            actor=request.actor,
            report=_report(request, report_id),
            reason=payload.reason,
            idempotency_key=idempotency_key(request),
        ),
    )
