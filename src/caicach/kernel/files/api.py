"""Files over HTTP. The body is taken in as it streams, with the same bounds as the upload on a page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema, Status

from caicach.kernel.usecase.http import ApiRequest, Problem, idempotency_key

from . import services
from .messages import notices_of
from .models import Attachment
from .views import UPLOAD_FIELD, file_of

router = Router(tags=["files"])

MULTIPART = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [UPLOAD_FIELD],
                    "properties": {UPLOAD_FIELD: {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


class FileOut(Schema):
    """`size` in bytes; `notices` are sentences worth telling, such as that the document is empty."""

    id: UUID
    name: str
    kind: str = Field(alias="file.kind")
    size: int = Field(alias="file.size_bytes")
    notices: list[str]

    @staticmethod
    def resolve_notices(attachment: Attachment) -> list[str]:
        return notices_of(attachment.file)


@router.post(
    "",
    response={201: FileOut, 403: Problem, 409: Problem, 413: Problem, 422: Problem, 503: Problem, 507: Problem},
    operation_id="files.upload",
    openapi_extra=MULTIPART,
)
def upload(request: ApiRequest) -> Any:
    """One file, not yet part of any record: what takes it is told its id. Unclaimed ones are swept after a while."""
    return Status(
        201,
        services.store_upload(
            actor=request.actor,
            file=services.received(file_of(request, UPLOAD_FIELD)),
            idempotency_key=idempotency_key(request),
        ),
    )
