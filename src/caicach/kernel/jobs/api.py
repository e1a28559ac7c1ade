"""Background work over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router, Schema

from caicach.kernel.usecase.http import ApiRequest, Problem, idempotency_key

from . import queries, services

router = Router(tags=["jobs"])


class JobOut(Schema):
    """`done` of `total` steps, `total` null while it is not known. `result` and `result_url` when it is done,
    `error_code` and `error_message` when it failed.
    """

    id: UUID
    kind: str
    subject: str
    state: str
    done: int
    total: int | None
    words: str
    result: Any
    result_url: str
    error_code: str
    error_message: str


@router.get("/{job_id}", response={200: JobOut, 404: Problem}, operation_id="jobs.job")
def job(request: ApiRequest, job_id: UUID) -> Any:
    return queries.job_to_see(actor=request.actor, job_id=job_id).job


@router.post("/{job_id}/cancel", response={200: JobOut, 403: Problem, 404: Problem}, operation_id="jobs.cancel")
def cancel(request: ApiRequest, job_id: UUID) -> Any:
    """It stops at its next step."""
    found = queries.job_to_see(actor=request.actor, job_id=job_id).job
    return services.cancel(actor=request.actor, job=found, idempotency_key=idempotency_key(request))
