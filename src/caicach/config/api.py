"""The one API, composed of the rooms' routers."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth

import caicach
from caicach.kernel.files.api import router as files
from caicach.kernel.identity import limits
from caicach.kernel.jobs.api import router as jobs
from caicach.kernel.ui import problems
from caicach.kernel.usecase.errors import (
    InvalidInput,
    NotFound,
    NotSignedIn,
    UnreadableBody,
    UseCaseError,
)
from caicach.kernel.usecase.http import JsonOfTexts, problem
from caicach.kernel.usecase.inputs import sentences
from caicach.measurement.programme.api import router as programme
from caicach.measurement.reporting.api import router as reporting


class SignedInPerson(SessionAuth):
    """A person's session, with CSRF protection on every writing call."""

    def authenticate(self, request: HttpRequest, key: str | None) -> object:
        # The actor is nobody while a temporary password is in force.
        actor = request.actor  # type: ignore[attr-defined]
        if not actor.is_signed_in:
            return None
        limits.count("api", actor=actor)
        return request.user


api = NinjaAPI(
    title="caicach",
    version=caicach.__version__,
    description="The same use cases as the pages. Errors are problem details (RFC 9457) with a stable code.",
    parser=JsonOfTexts(),
    auth=SignedInPerson(csrf=True),
    docs_url=None,
    openapi_url="/openapi.json" if settings.API_DESCRIPTION else None,
    urls_namespace="api",
)
api.add_router("/files", files)
api.add_router("/jobs", jobs)
api.add_router("/programme", programme)
api.add_router("/reporting", reporting)


@api.exception_handler(UseCaseError)
def _refused(request: HttpRequest, error: UseCaseError) -> HttpResponse:
    return problem(error, request)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(NotFound(), request)


@api.exception_handler(AuthenticationError)
def _not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(NotSignedIn(), request)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The library's word for whatever it could not parse, and for a call without the token of our pages."""
    if error.status_code == 403:
        return problems.answer(request, problems.form_expired_problem())
    cause = error.__cause__
    return problem(cause if isinstance(cause, UseCaseError) else UnreadableBody(), request)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(InvalidInput(fields=sentences((str(found["loc"][-1]), found) for found in error.errors)), request)
