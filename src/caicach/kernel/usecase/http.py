"""Base of the HTTP API: errors as problem details (RFC 9457), the idempotency key from its header."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Schema
from ninja.parser import Parser

from .actor import Actor
from .errors import EditConflict, UnreadableBody, UseCaseError
from .inputs import with_impossible_characters
from .text import can_all_be_stored

PROBLEM_TYPE = "application/problem+json"


class ApiRequest(HttpRequest):
    """A request that has passed the API's authentication."""

    actor: Actor


class Problem(Schema):
    """RFC 9457. `code` is stable for programs; `title`, `detail` and `errors` are for people, in the caller's language.

    `errors`: input -> sentences. `request_id` finds the call in the logs; `quote` is its short form, given when it was
    our fault. `changed_by` and `changes` (label -> was, is) come with a conflict only: the name that the page shows
    too, and the values that differ, nothing else of the record.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str = ""
    errors: dict[str, list[str]] = {}
    quote: str | None = None
    changed_by: str | None = None
    changes: dict[str, tuple[str, str]] | None = None


class JsonOfTexts(Parser):
    """JSON, of texts that every database can keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises InvalidInput that names what holds impossible characters, UnreadableBody for what is no JSON."""
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError) as error:
            raise UnreadableBody from error
        if can_all_be_stored(body):
            return body
        parts = body.items() if isinstance(body, dict) else [("", body)]
        raise with_impossible_characters(name for name, value in parts if not can_all_be_stored([name, value]))


def problem(error: UseCaseError, request: HttpRequest) -> JsonResponse:
    conflict = error if isinstance(error, EditConflict) else None
    response = problem_response(
        request,
        status=error.status,
        code=error.code,
        title=error.heading,
        detail=f"{error.message} {error.for_programs}".rstrip(),
        errors=error.fields,
        changed_by=conflict.changed_by if conflict else None,
        changes=conflict.changes if conflict else None,
    )
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def problem_response(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    title: str,
    detail: str,
    errors: Mapping[str, Sequence[str]],
    quote: str | None = None,
    changed_by: str | None = None,
    changes: Mapping[str, tuple[str, str]] | None = None,
) -> JsonResponse:
    body = Problem(
        type=f"urn:caicach:problem:{code}",
        title=title,
        status=status,
        detail=detail,
        code=code,
        request_id=getattr(request, "request_id", ""),
        errors={name: list(texts) for name, texts in errors.items()},
        quote=quote,
        changed_by=changed_by,
        changes=None if changes is None else dict(changes),
    )
    return JsonResponse(body.model_dump(exclude_none=True), status=status, content_type=PROBLEM_TYPE)


def idempotency_key(request: HttpRequest) -> str | None:
    """The `Idempotency-Key` header; None when the caller sends none."""
    return request.headers.get("Idempotency-Key") or None
