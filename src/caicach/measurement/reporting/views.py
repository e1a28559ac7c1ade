"""Periodic reports: the list, drafting one, editing it, sending it its way, and taking it out of the house."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caicach.kernel.audit.wording import history_page
from caicach.kernel.calendar import clock
from caicach.kernel.calendar.queries import calendar_for
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.tables.lists import shown
from caicach.kernel.ui import toasts
from caicach.kernel.ui.addresses import whole_number
from caicach.kernel.ui.deadlines import deadline_chip
from caicach.kernel.ui.wording import hour
from caicach.kernel.usecase.errors import EditConflict, InvalidInput, NotFound, UseCaseError
from caicach.measurement.programme import queries as programme
from caicach.measurement.programme.lists import TASKS, Today
from caicach.measurement.programme.models import PlanTask
from caicach.measurement.programme.signing import Signature, usual_signature
from caicach.measurement.programme.views.acting import Again, changes_of, signature_typed

from . import access, queries, rules, services
from .downloads import file_response
from .forms import NewReportForm, ReasonForm, parts_of
from .history_words import HIDDEN_FIELDS, by_section
from .lists import REPORTS
from .models import PeriodKind, Report
from .naming import FIGURES, about
from .outline import outline, unwritten, was_edited
from .rules import Period
from .tables import columns_to_show, figure_rows


@page(access.can_open_reports)
@require_GET
def reports(request: StaffRequest) -> HttpResponse:
    """The reports there are, above them those that are due and not begun; without either, the one to come."""
    list_ = shown(REPORTS, queries.reports_of(actor=request.actor), request)
    context = {"list": list_, "may_draft": access.can_prepare(request.actor)}
    return list_.exported() or render(request, "reporting/reports.html", context | _to_begin(request))


def _to_begin(request: StaffRequest) -> dict[str, Any]:
    today, actor = clock.today(), request.actor
    due = queries.reports_not_begun(actor=actor, today=today)
    coming = None if due else queries.report_to_come(actor=actor, today=today)
    calendar = calendar_for()
    return {
        "due": [
            (
                each,
                about(period=each.period, year=each.year),
                deadline_chip(
                    deadline=each.bounds.due_on, soon_from=each.bounds.data_to, today=today, calendar=calendar
                ),
            )
            for each in due
        ],
        "several_issuers": len({each.issuer.pk for each in due}) > 1,
        "coming": coming,
        "coming_title": about(period=coming.period, year=coming.year) if coming else "",
        "key": secrets.token_urlsafe(16),
    }


@page(access.can_prepare)
@require_http_methods(["GET", "POST"])
def draft(request: StaffRequest) -> HttpResponse:
    """Proposes the period asked for (`don-vi`, `ky`, `nam`), else the one whose cut-off is near; names its last day."""
    period, year = _asked_period(request)
    form = NewReportForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        initial={"issuer": request.GET.get("don-vi"), "period": period.value, "year": year},
    )
    if form.is_valid():
        try:
            report = services.draft_report(
                actor=request.actor,
                issuer=form.cleaned_data["issuer"],
                year=form.cleaned_data["year"],
                period=form.cleaned_data["period"],
                idempotency_key=form.cleaned_data["key"] or None,
            )
        except UseCaseError as error:
            form.add_refusal(error)
        else:
            return redirect("reporting:report", report.pk)
    is_working_day = calendar_for().is_working_day
    periods = [
        (PeriodKind(each.value).label, bounds, rules.warn_on(due_on=bounds.due_on, is_working_day=is_working_day))
        for each in Period
        for bounds in (rules.bounds(period=each, year=year),)
    ]
    context = {"form": form, "periods": periods, "year": year, "cites": periods[0][1].cites}
    return render(request, "reporting/draft.html", context)


def _asked_period(request: StaffRequest) -> tuple[Period, int]:
    period, year = rules.period_to_report(today=clock.today())
    asked, asked_year = request.GET.get("ky", ""), whole_number(request.GET.get("nam"), most=9999)
    if asked not in set(Period) or asked_year is None:
        return period, year
    try:
        rules.bounds(period=Period(asked), year=asked_year)
    except rules.NoSuchPeriod:
        return period, year
    return Period(asked), asked_year


def _report(request: StaffRequest, pk: int) -> Report:
    return queries.report_of(actor=request.actor, pk=pk)


@page(access.can_open_reports)
@require_GET
def report(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _report(request, pk))


def _page(
    request: StaffRequest,
    found: Report,
    *,
    sent: Mapping[str, str] | None = None,
    conflict: EditConflict | None = None,
    overtaken: EditConflict | None = None,
    again: Again | None = None,
    ticked: Collection[str] = (),
    refused: str = "",
    problems: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """`sent` : what was typed and not taken, by the field's name: it stands in the fields again; `ticked` : sections to
    be replaced, alike. `refused` : what was not done because of `problems`. `conflict` : why the words were not saved;
    `overtaken` : why nothing was decided, with what decides it now.
    """
    rows = figure_rows(found)
    is_mine = access.can_edit(request.actor, report=found)
    may_approve = found.state == "submitted" and access.can_approve(request.actor, report=found)
    context = {
        "report": found,
        "title": about(period=Period(found.period), year=found.year),
        "whole": rows[0],
        "rows": rows[1:],
        "heads": columns_to_show(rows),
        "may_edit": is_mine and found.state == "draft",
        "may_submit": is_mine and found.state == "draft",
        "may_revise": is_mine and found.state == "approved" and not hasattr(found, "next"),
        "may_approve": may_approve,
        "may_return": found.state == "submitted" and access.can_return(request.actor, report=found),
        "may_withdraw": found.state == "submitted" and is_mine,
        "signature": _signature(request, found, sent) if may_approve else None,
        "versions": Report.objects.filter(issuer=found.issuer, year=found.year, period=found.period).order_by(
            "-version"
        ),
        "parts": parts_of(found, rows=rows, sent=sent, compare=conflict is not None),
        "unwritten": unwritten(found.sections),
        "unwritten_titles": ", ".join(section["title"] for section in unwritten(found.sections)),
        "edited": [place for place in outline(found.sections) if was_edited(place.section)],
        "conflict": conflict,
        "overtaken": overtaken,
        "changes": changes_of(overtaken),
        "again": again,
        "ticked": ticked,
        "reason_typed": (sent or {}).get("reason", ""),
        "refused": refused,
        "problems": problems,
        "key": secrets.token_urlsafe(16),
    }
    return render(request, "reporting/report.html", context, status=status)


def _signature(request: StaffRequest, found: Report, sent: Mapping[str, str] | None) -> Signature:
    """What the approval proposes: as it was typed, else by the office and name of who looks."""
    usual = usual_signature(account_id=request.actor.account_id, issuer=found.issuer, on=clock.today())
    typed = sent or {}
    return Signature(typed.get("signed_as", usual.lines), typed.get("signer_name", usual.name))


@page(access.can_open_reports)
@require_GET
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """What was done to this version, part by part."""
    found = _report(request, pk)
    crumbs = [
        (_("Periodic reports"), reverse("reporting:reports")),
        (str(found), reverse("reporting:report", args=[pk])),
    ]
    told = history_page(
        {Report._meta.label_lower: [str(pk)]},
        before=request.GET.get("truoc", ""),
        address="",
        hidden=HIDDEN_FIELDS,
        told=by_section,
    )
    return render(request, "ui/record_history.html", {"record": str(found), "crumbs": crumbs, "history": told})


@page(access.can_open_reports)
@require_GET
def figure(request: StaffRequest, pk: int) -> HttpResponse:
    """The tasks that prove one figure, as they were counted when the figure was taken."""
    found = _report(request, pk)
    code, scope = request.GET.get("so", ""), request.GET.get("pham-vi", "")
    row = next((row for row in figure_rows(found) if row.scope == scope), None)
    head = FIGURES.get(code)
    if row is None or head is None:
        raise NotFound
    today = Today.now()
    tasks = PlanTask.objects.filter(pk__in=row.tasks(code)) & programme.visible_tasks(actor=request.actor)
    list_ = shown(
        TASKS, programme.with_state(tasks, today=today.day), request, context=today, page_names=("so", "pham-vi")
    )
    context = {"report": found, "row": row, "head": head, "list": list_, "counted": row.count(code)}
    return list_.exported() or render(request, "reporting/figure.html", context)


@page(access.can_prepare)
@require_POST
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """The words of every part; saved by itself every ten seconds (X-Autosave) and by the button."""
    found = _report(request, pk)
    texts = {key.removeprefix("text-"): value for key, value in request.POST.items() if key.startswith("text-")}
    try:
        saved = services.edit_sections(
            actor=request.actor,
            report=found,
            texts=texts,
            left_out={key: f"none-{key}" in request.POST for key in texts},
            recipients=request.POST.get("recipients"),
            revision=whole_number(request.POST.get("revision", "")),
        )
    except (EditConflict, InvalidInput) as error:
        if request.headers.get("X-Autosave"):
            raise
        return _kept(request, pk, error)
    if request.headers.get("X-Autosave"):
        return JsonResponse({"revision": saved.revision, "time": hour(clock.now())})
    toasts.add(request, _("The report is saved."))
    return redirect("reporting:report", found.pk)


def _kept(request: StaffRequest, pk: int, error: UseCaseError) -> HttpResponse:
    """The page again with what was typed: a refusal must not cost anyone their words."""
    told = [text for texts in error.fields.values() for text in texts] or [error.message]
    return _page(
        request,
        _report(request, pk),
        sent=request.POST.dict(),
        conflict=error if isinstance(error, EditConflict) else None,
        refused=_("Not saved yet. What you wrote is kept below."),
        problems=() if isinstance(error, EditConflict) else told,
        status=error.status,
    )


@page(access.can_prepare)
@require_POST
def refresh(request: StaffRequest, pk: int) -> HttpResponse:
    with_words, replaced = request.POST.get("with_words") == "1", request.POST.getlist("replace")
    try:
        services.refresh_figures(
            actor=request.actor,
            report=_report(request, pk),
            with_words=with_words,
            replace=replaced,
            revision=whole_number(request.POST.get("revision")),
            idempotency_key=request.POST.get("key") or None,
        )
    except EditConflict as error:
        return _not_replaced(request, pk, error, with_words=with_words, replaced=replaced)
    toasts.add(request, _("The figures were taken anew."))
    return redirect("reporting:report", pk)


@page(access.can_prepare)
@require_POST
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        services.submit(
            actor=request.actor,
            report=_report(request, pk),
            revision=whole_number(request.POST.get("revision")),
            idempotency_key=request.POST.get("key") or None,
        )
    except EditConflict as error:
        return _not_decided(request, pk, error, verb=_("Submit it as it is now"), typed=[])
    except (services.SectionsEmpty, services.NoRecipients) as error:
        told = [words for texts in error.fields.values() for words in texts] or [error.message]
        return _page(request, _report(request, pk), refused=_("Not submitted yet"), problems=told, status=error.status)
    toasts.add(request, _("The report was submitted. The leader has been told."))
    return redirect("reporting:report", pk)


@page(access.can_open_reports)
@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        approved = services.approve(
            actor=request.actor,
            report=_report(request, pk),
            signed_as=request.POST.get("signed_as"),
            signer_name=request.POST.get("signer_name"),
            revision=whole_number(request.POST.get("revision")),
            idempotency_key=request.POST.get("key") or None,
        )
    except InvalidInput as error:
        return _page(
            request,
            _report(request, pk),
            sent=request.POST.dict(),
            refused=_("Not approved yet"),
            problems=[error.message],
            status=error.status,
        )
    except EditConflict as error:
        return _not_decided(request, pk, error, verb=_("Approve it as it is now"), typed=signature_typed(request))
    toasts.add(request, _("Approved as number %(number)s and locked.") % {"number": approved.number})
    return redirect("reporting:report", pk)


@page(access.can_open_reports)
@require_POST
def send_back(request: StaffRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        services.return_report(
            actor=request.actor,
            report=_report(request, pk),
            reason=reason,
            revision=whole_number(request.POST.get("revision")),
        )
    except EditConflict as error:
        typed = [("reason", _("What has to be changed"), reason)]
        return _not_decided(request, pk, error, verb=_("Return it all the same"), typed=typed)
    toasts.add(request, _("The report is a draft again."))
    return redirect("reporting:report", pk)


def _not_replaced(
    request: StaffRequest, pk: int, error: EditConflict, *, with_words: bool, replaced: Sequence[str]
) -> HttpResponse:
    """The page with the words as they are now; the sections that were ticked are ticked again."""
    found = _report(request, pk)
    titles = "; ".join(section["title"] for section in found.sections if section["key"] in replaced)
    carried = [("replace", key) for key in replaced] + ([("with_words", "1")] if with_words else [])
    told = [("", _("To be replaced by a new draft"), titles)]
    again = Again(request.path, _("Replace the words as they are now"), found.revision, told, carried=carried)
    return _page(request, found, overtaken=error, again=again, ticked=replaced, status=error.status)


def _not_decided(
    request: StaffRequest, pk: int, error: EditConflict, *, verb: str, typed: Sequence[tuple[str, str, str]]
) -> HttpResponse:
    """The page with the report as it is now, what changed, and the same decision by one click."""
    found = _report(request, pk)
    again = Again(request.path, verb, found.revision, typed)
    return _page(request, found, sent=request.POST.dict(), overtaken=error, again=again, status=error.status)


@page(access.can_prepare)
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    services.withdraw(actor=request.actor, report=_report(request, pk))
    toasts.add(request, _("The report was taken back and is a draft again."))
    return redirect("reporting:report", pk)


@page(access.can_prepare)
@require_http_methods(["GET", "POST"])
def revise(request: StaffRequest, pk: int) -> HttpResponse:
    found = _report(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            fresh = services.revise(actor=request.actor, report=found, reason=form.cleaned_data["reason"])
        except UseCaseError as error:
            form.add_refusal(error)
        else:
            return redirect("reporting:report", fresh.pk)
    return render(request, "reporting/revise.html", {"form": form, "report": found})


@page(access.can_open_reports)
@require_GET
def download(request: StaffRequest, pk: int, ending: str) -> HttpResponse:
    return file_response(_report(request, pk), ending=ending, actor=request.actor)
