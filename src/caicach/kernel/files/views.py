from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caicach.kernel.identity.decorators import page
from caicach.kernel.identity.http import StaffRequest
from caicach.kernel.identity.predicates import signed_in
from caicach.kernel.usecase.errors import InvalidInput

from . import access, queries, rendering, services, storage
from .headers import FOR_FOREIGN_CONTENT, content_disposition
from .messages import notices_of
from .uploading import StreamedFile, refusals_of

UPLOAD_FIELD = "file"


@page(access.can_upload)
@require_POST
def upload(request: StaffRequest) -> HttpResponse:
    """One file, field `file`; 201 with its id, or problem details. For the upload component and its progress bar."""
    attachment = services.store_upload(actor=request.actor, file=services.received(file_of(request, UPLOAD_FIELD)))
    answer = {
        "id": str(attachment.pk),
        "name": attachment.name,
        "kind": attachment.file.kind,
        "size": attachment.file.size_bytes,
        "notices": notices_of(attachment.file),
    }
    return JsonResponse(answer, status=201)


def file_of(request: HttpRequest, field: str) -> StreamedFile:
    """The file of a form field. Raises why it was not taken (too large, disk full), or InvalidInput when none came."""
    file = request.FILES.get(field)  # only now is the body read
    if refused := refusals_of(request).get(field):
        raise refused
    if not isinstance(file, StreamedFile):
        raise InvalidInput(fields={field: [_("Choose a file.")]})
    return file


@page(signed_in)
@require_GET
def download(request: StaffRequest, attachment_id: UUID) -> HttpResponseBase:
    attachment = queries.attachment_to_see(actor=request.actor, attachment_id=attachment_id)
    response = FileResponse(
        storage.opened(sha256=attachment.file.sha256),
        content_type=attachment.file.media_type,
        headers=FOR_FOREIGN_CONTENT,
    )
    response.headers["Content-Disposition"] = content_disposition(name=attachment.name)
    return response


@page(signed_in)
@require_GET
def preview(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """Page `trang` of a PDF, or a picture; what cannot be drawn says so and offers the download."""
    attachment = queries.attachment_to_see(actor=request.actor, attachment_id=attachment_id)
    pages, refusal = 0, ""
    try:
        pages = rendering.count_pages(file=attachment.file)
    except (rendering.NoPreview, rendering.TooBusy) as error:
        refusal = error.message
    number = min(_page_number(request), max(pages, 1))
    context = {
        "attachment": attachment,
        "pages": pages,
        "page": number,
        "before": number - 1 if number > 1 else 0,
        "after": number + 1 if number < pages else 0,
        "refusal": refusal,
        "way": access.path_to(attachment),
        "notices": notices_of(attachment.file),
    }
    return render(request, "files/preview.html", context)


@page(signed_in)
@require_GET
def preview_page(request: StaffRequest, attachment_id: UUID, number: int) -> HttpResponse:
    attachment = queries.attachment_to_see(actor=request.actor, attachment_id=attachment_id)
    drawn = rendering.draw(file=attachment.file, number=number)
    return HttpResponse(drawn.content, content_type=drawn.media_type, headers=FOR_FOREIGN_CONTENT)


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("trang", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
