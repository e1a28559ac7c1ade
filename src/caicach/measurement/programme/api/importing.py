"""Bringing a plan in: upload the file, start the reading, ask how far it is."""

from __future__ import annotations

from typing import Any

from ninja import Router, Status

from caicach.kernel.files import queries as files
from caicach.kernel.identity import queries as identity
from caicach.kernel.usecase.errors import NotFound
from caicach.kernel.usecase.http import ApiRequest, idempotency_key
from caicach.measurement.programme import services

from .records import REFUSALS
from .shapes import ImportIn, StartedOut

router = Router()


@router.post("/imports", response={202: StartedOut, **REFUSALS}, operation_id="programme.import")
def start_import(request: ApiRequest, payload: ImportIn) -> Any:
    """Reads an uploaded file in the background; its job tells how far it is and, at the end, the draft."""
    issuer = identity.unit_by_code(code=payload.issuer)
    if issuer is None:
        raise NotFound
    return Status(
        202,
        services.start_import(
            actor=request.actor,
            issuer=issuer,
            attachment=files.attachment_to_see(actor=request.actor, attachment_id=payload.file),
            year=payload.year,
            copy_number=payload.copy_number,
            idempotency_key=idempotency_key(request),
        ),
    )
