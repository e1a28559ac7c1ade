"""Bringing a plan in: a file, or text pasted from anywhere; read in the background, with progress."""

from __future__ import annotations

import io
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from caicach.kernel.calendar import clock
from caicach.kernel.files import queries as files
from caicach.kernel.files import storage
from caicach.kernel.files.models import Attachment
from caicach.kernel.files.services import ReceivedFile, most_megabytes, received, receiving, store_upload
from caicach.kernel.files.views import file_of
from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.roles import Role
from caicach.kernel.jobs.models import Job
from caicach.kernel.papers.excel import Sheet, SheetColumn, workbook
from caicach.kernel.usecase.errors import InvalidInput, NotFound, UseCaseError
from caicach.measurement.programme import access, doubles, services
from caicach.measurement.programme.forms import UseCaseForm
from caicach.measurement.programme.models import Plan
from caicach.measurement.programme.sources import TAKEN

PASTED_NAME = "van-ban-dan.txt"
LONGEST_SHOWN_AGAIN = 1_000_000
"""Bytes of a pasted text that go back into the form; a longer one is kept as a file."""
PLANS_SHOWN = 10
TEMPLATE_COLUMNS = (
    ("STT", 8.0),
    ("Nhiệm vụ", 60.0),
    ("Sản phẩm", 36.0),
    ("Đơn vị chủ trì", 30.0),
    ("Đơn vị phối hợp", 30.0),
    ("Thời hạn", 18.0),
    ("Kinh phí", 18.0),
)
"""Headings of the template as plans write them: the reader knows them whatever the language of the page."""


class ImportForm(UseCaseForm):
    """Issuer and year; the file itself is taken from the request."""

    issuer = forms.ModelChoiceField(
        label=gettext_lazy("Whose plan it is"), queryset=Unit.objects.none(), empty_label=None
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year of the plan"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=gettext_lazy("Leave empty when the text says it."),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste the text, or rows from Excel"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000_000,
        strip=False,
    )
    kept = forms.UUIDField(widget=forms.HiddenInput, required=False)
    """A file sent before whose reading failed."""
    as_copy = forms.BooleanField(
        label=gettext_lazy("Make another draft although this file was imported before"), required=False
    )

    def __init__(self, *args: object, request: StaffRequest, **keywords: object) -> None:
        super().__init__(*args, **keywords)
        issuers = [held.unit_id for held in request.actor.own_units(Role.REFORM_OFFICER)]
        self.fields["issuer"].queryset = Unit.objects.filter(pk__in=issuers)  # type: ignore[attr-defined]


@page(access.can_prepare)
@require_http_methods(["GET", "POST"])
def import_plan(request: StaffRequest) -> HttpResponse:
    """Takes the file in and shows how far the reading is; the draft opens when it is ready.

    `tep`, `cua`, `nam` : what was sent before, to be corrected and sent again.
    """
    if request.method == "POST":
        form = ImportForm(request.POST, request=request)
    else:
        form = ImportForm(request=request, initial=_sent_before(request))
    before: Plan | None = None
    if form.is_valid():
        try:
            return redirect("jobs:progress", _start(request, form).pk)
        except services.ImportedBefore as error:
            before = error.plan
        except UseCaseError as error:
            form.add_refusal(error)
    kinds = ",".join(sorted(f".{kind.value}" for kind in TAKEN))
    steps = [(name, "") for name in (_("Text"), _("Check the tasks"), _("Link targets"), _("Submit"), _("Approve"))]
    context = {"form": form, "accept": kinds, "steps": steps, "before": before, "most_mb": most_megabytes()}
    context["there"] = _already_there(request)
    context["kept"] = _kept(request, form["kept"].value())
    return render(request, "programme/import.html", context)


def _already_there(request: StaffRequest) -> list[tuple[Plan, str]]:
    """Plans of the person's own units for this year and later, each with its address: a second one is seldom meant."""
    mine = [held.unit_id for held in request.actor.own_units(Role.REFORM_OFFICER)]
    plans = Plan.objects.filter(issuer__in=mine, year__gte=clock.today().year, parent=None).select_related("issuer")
    return [(plan, doubles.address_of(plan)) for plan in plans.order_by("-year", "-pk")[:PLANS_SHOWN]]


def _sent_before(request: StaffRequest) -> dict[str, object]:
    """What was sent goes back into the form: pasted text as text, a file by its name."""
    sent = {"issuer": request.GET.get("cua"), "year": request.GET.get("nam")}
    given: dict[str, object] = {name: value for name, value in sent.items() if value and value.isdigit()}
    before = _kept(request, request.GET.get("tep"))
    if before is None:
        return given
    if before.name != PASTED_NAME or before.file.size_bytes > LONGEST_SHOWN_AGAIN:
        return given | {"kept": before.pk}
    with storage.opened(sha256=before.file.sha256) as content:
        return given | {"pasted": content.read().decode()}


def _kept(request: StaffRequest, sent: object) -> Attachment | None:
    """An upload of the reader's own that no plan holds; None for any other."""
    try:
        return files.own_upload(actor=request.actor, attachment_id=UUID(str(sent)))
    except (ValueError, NotFound):
        return None


def _start(request: StaffRequest, form: ImportForm) -> Job:
    asked = form.cleaned_data
    if asked["pasted"].strip():
        with receiving(io.BytesIO(asked["pasted"].encode()), name=PASTED_NAME, taken=TAKEN) as file:
            return _keep_and_read(request, form, file)
    try:
        sent = file_of(request, "file")
    except InvalidInput:  # none was chosen
        kept = _kept(request, asked["kept"])
        if kept is None:
            raise
        return _read_in_background(request, form, kept)
    return _keep_and_read(request, form, received(sent, taken=TAKEN))


def _keep_and_read(request: StaffRequest, form: ImportForm, file: ReceivedFile) -> Job:
    return _read_in_background(request, form, store_upload(actor=request.actor, file=file, purpose="source"))


def _read_in_background(request: StaffRequest, form: ImportForm, attachment: Attachment) -> Job:
    job: Job = services.start_import(
        actor=request.actor,
        issuer=form.cleaned_data["issuer"],
        attachment=attachment,
        year=form.cleaned_data["year"],
        copy_number=int(clock.now().timestamp()) if form.cleaned_data["as_copy"] else 0,
        idempotency_key=form.cleaned_data["key"] or None,
    )
    return job


@page(access.can_prepare)
@require_GET
def template(request: StaffRequest) -> HttpResponse:
    """The empty table to fill in with Excel, with the headings that the reader knows."""
    columns = tuple(SheetColumn(title, width=width) for title, width in TEMPLATE_COLUMNS)
    sheet = Sheet("Nhiệm vụ", columns, [("1.1", "", "", "", "", "", "")])
    response = HttpResponse(
        workbook([sheet], title="Kế hoạch cải cách hành chính"),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response.headers["Content-Disposition"] = 'attachment; filename="bang-mau-nhiem-vu.xlsx"'
    return response
