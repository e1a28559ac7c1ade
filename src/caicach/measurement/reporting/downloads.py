"""A report as a file to take out of the house: for the page and for the API alike."""

from __future__ import annotations

from django.http import HttpResponse

from caicach.kernel.calendar.clock import local_date
from caicach.kernel.files.headers import content_disposition
from caicach.kernel.identity import limits
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.core import note_act
from caicach.kernel.usecase.errors import NotFound

from . import documents
from .models import Report
from .rules import Period
from .signing import expected_signature
from .tables import figure_rows

FILE_WORDS = {
    Period.QUARTER_1: "quy-1",
    Period.HALF_YEAR: "6-thang",
    Period.QUARTER_3: "quy-3",
    Period.YEAR: "ca-nam",
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_response(report: Report, *, ending: str, actor: Actor) -> HttpResponse:
    """`ending` : "pdf" (PDF/A), "docx" or "xlsx"; NotFound for any other. The journal says who took it out.

    Counts against the limit of exports, whichever way it is asked for: raises TooManyCalls.
    """
    if ending not in MEDIA_TYPES:
        raise NotFound
    limits.count("export", actor=actor)
    note_act("reporting.take_out", actor=actor, records=[report], note=ending)
    response = HttpResponse(_content(report, ending), content_type=MEDIA_TYPES[ending])
    name = f"bao-cao-cchc-{FILE_WORDS[Period(report.period)]}-{report.year}-ban-{report.version}.{ending}"
    response.headers["Content-Disposition"] = content_disposition(name=name)
    return response


def _content(report: Report, ending: str) -> bytes:
    rows = figure_rows(report)
    if ending == "xlsx":
        return documents.excel_of(report, rows=rows)
    made_at = report.approved_at or report.figures_at
    signature = expected_signature(issuer=report.issuer, on=local_date(made_at))
    written = documents.word_of if ending == "docx" else documents.pdf_of
    return written(report, rows=rows, signature=signature, made_at=made_at)
