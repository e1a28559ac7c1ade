"""An approved plan as a paper: PDF/A to file, Word to go on writing."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.limits import limited
from caicach.kernel.papers.official import official_pdf
from caicach.kernel.papers.word.official import official_word
from caicach.kernel.usecase.core import note_act
from caicach.kernel.usecase.errors import NotFound
from caicach.measurement.programme import access, papers, queries
from caicach.measurement.programme.models import PlanVersion

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(access.can_open_plans)
@require_GET
@limited("export")
def plan_pdf(request: StaffRequest, pk: int, version: int) -> HttpResponse:
    """Shown in the browser."""
    found = _version(request, pk, version)
    note_act("programme.take_out_plan", actor=request.actor, records=[found.plan], note="pdf")
    content = official_pdf(papers.paper_of(found), made_at=found.at)
    return _file(content, "application/pdf", papers.file_name(found, ending="pdf"), is_attachment=False)


@page(access.can_open_plans)
@require_GET
@limited("export")
def plan_word(request: StaffRequest, pk: int, version: int) -> HttpResponse:
    found = _version(request, pk, version)
    note_act("programme.take_out_plan", actor=request.actor, records=[found.plan], note="docx")
    content = official_word(papers.paper_of(found), made_at=found.at)
    return _file(content, WORD, papers.file_name(found, ending="docx"), is_attachment=True)


def _version(request: StaffRequest, pk: int, version: int) -> PlanVersion:
    """Raises NotFound, also for a version of a plan that the person may not see."""
    plan = queries.plan_of(actor=request.actor, pk=pk)
    found = plan.versions.select_related("plan__issuer", "approved_by").filter(version=version).first()
    if found is None:
        raise NotFound
    return found


def _file(content: bytes, media_type: str, name: str, *, is_attachment: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(is_attachment, name) or ""
    return response
