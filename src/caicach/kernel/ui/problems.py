"""Pages that say what went wrong and what to do: whole pages, fragments for htmx, problem details for programs.

Nothing here asks the database, because it may be what failed. config/urls.py names the four handlers (through views).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from caicach.kernel.usecase.context import surroundings
from caicach.kernel.usecase.errors import EditConflict, UseCaseError
from caicach.kernel.usecase.http import problem_response

from . import policies

log = logging.getLogger(__name__)

RETRY_AFTER_SECONDS: Final = 60
_ASKED_BY_MACHINES: Final = ("/api/", "/healthz", "/readyz")
DATABASE_GONE = (OperationalError, InterfaceError)


@dataclass(frozen=True, slots=True)
class Problem:
    """What the reader is told.

    title : what happened, a sentence without a full stop; message : what to do next; code : for programs and tests;
    quote : the code to read out to support, "" when support cannot help;
    retry_after : seconds, told with 429 and 503.
    """

    status: int
    title: str
    message: str
    code: str
    quote: str = ""
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    retry_after: int = RETRY_AFTER_SECONDS
    typed: frozenset[str] = frozenset()
    changed_by: str = ""


def of_use_case(error: UseCaseError) -> Problem:
    return Problem(
        status=error.status,
        title=error.heading,
        message=error.message,
        code=error.code,
        fields=error.fields,
        changes=error.changes if isinstance(error, EditConflict) else {},
        typed=error.typed if isinstance(error, EditConflict) else frozenset(),
        changed_by=error.changed_by if isinstance(error, EditConflict) else "",
        retry_after=RETRY_AFTER_SECONDS if error.retry_after is None else error.retry_after,
    )


def bad_request_problem() -> Problem:
    return Problem(
        400,
        _("The page sent something that could not be read"),
        _("Go back, open the page again and repeat the step. What was saved before is kept."),
        "ui.bad_request",
    )


def not_done_here_problem() -> Problem:
    return Problem(
        405,
        _("This address does not do that"),
        _("It was asked in a way that it does not answer. Open the page and use its buttons. Nothing was changed."),
        "ui.not_done_here",
    )


def not_permitted_problem() -> Problem:
    return Problem(
        403,
        _("You may not open this"),
        _("You have not been given the right to see this. Your unit's office can help."),
        "ui.not_permitted",
    )


def form_expired_problem() -> Problem:
    return Problem(
        403,
        _("The form is too old to be sent"),
        _("Go back, open the page again and send it once more. This protects you from forms made by others."),
        "ui.form_expired",
    )


def not_found_problem() -> Problem:
    return Problem(
        404,
        _("Nothing to see here"),
        _(
            "The address may be mistyped, or you have not been given the right to see it. Go back or search; your "
            "unit's office can help."
        ),
        "ui.not_found",
    )


def too_big_problem() -> Problem:
    return Problem(
        413,
        _("What was sent is too big"),
        _("Send fewer or smaller files at a time. Nothing was saved from this sending."),
        "ui.too_big",
    )


def too_many_problem() -> Problem:
    return Problem(
        429, _("Too many tries"), _("Wait a few minutes, then try again. Nothing was changed."), "ui.too_many"
    )


def our_fault_problem() -> Problem:
    return Problem(
        500,
        _("Something went wrong on our side"),
        _("Your data have not been changed. Try again in a few minutes. If it happens again, give this code."),
        "ui.our_fault",
        quote=quotable(),
    )


def unavailable_problem() -> Problem:
    return Problem(
        503,
        _("Not available for a moment"),
        _("The data cannot be reached just now. Nothing was lost. Try again in a minute."),
        "ui.unavailable",
        quote=quotable(),
    )


def disk_full_problem() -> Problem:
    return Problem(
        507,
        _("There is no room left for data"),
        _("Nothing was saved. Tell the operators that the disk is full; then send this once more."),
        "ui.disk_full",
        quote=quotable(),
    )


def of_database(error: BaseException) -> Problem:
    """Of one of DATABASE_GONE."""
    return disk_full_problem() if _is_disk_full(error.__cause__) else unavailable_problem()


def _is_disk_full(cause: BaseException | None) -> bool:
    """SQLite's and PostgreSQL's own word for it."""
    return getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(cause, "sqlstate", "") == "53100"


def quotable() -> str:
    """ "CC-7F3A": short enough to read out; the log line of the request carries it beside the whole id."""
    return f"CC-{surroundings().request_id[:4].upper()}"


def of_exception(error: BaseException | None) -> Problem | None:
    """The problem to show for an exception; None for one that is nobody's foreseen case."""
    if isinstance(error, UseCaseError):
        return of_use_case(error)
    if isinstance(error, (RequestDataTooBig, TooManyFilesSent)):
        return too_big_problem()
    if isinstance(error, DATABASE_GONE):
        return of_database(error)
    for kinds, make in _KNOWN:
        if isinstance(error, kinds):
            return make()
    return None


_KNOWN: Final[tuple[tuple[Any, Callable[[], Problem]], ...]] = (
    (Http404, not_found_problem),
    (PermissionDenied, not_permitted_problem),
    (SuspiciousOperation, bad_request_problem),
)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """As the asker can take it: a fragment for htmx, RFC 9457 for programs, else a page."""
    response = _answer(request, problem)
    if problem.status in (429, 503):
        response.headers["Retry-After"] = str(problem.retry_after)
    response.headers["Cache-Control"] = "no-store"
    policies.apply(response)  # a failure outside the view does not pass the middleware that adds them
    return response


def _answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    if wants_json(request):
        return details(request, problem)
    if request.headers.get("HX-Request") == "true":
        text = render_to_string("ui/problem_fragment.html", {"problem": problem})
        return HttpResponse(
            text, status=problem.status, headers={"HX-Retarget": "#cc-problems", "HX-Reswap": "innerHTML"}
        )
    context = {
        "problem": problem,
        "organisation": settings.ORGANISATION_NAME,
        "help_contact": settings.HELP_CONTACT,
        # The account that the request already loaded; a lazy one would ask the database.
        "theme": getattr(getattr(request, "_cached_user", None), "theme", "auto"),
        "path": request.get_full_path(),
    }
    return HttpResponse(render_to_string("ui/problem.html", context), status=problem.status)


def wants_json(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return request.path.startswith(_ASKED_BY_MACHINES) or (accepted.startswith("application/") and "json" in accepted)


def details(request: HttpRequest, problem: Problem) -> JsonResponse:
    """RFC 9457, as the API has it."""
    is_conflict = problem.code == EditConflict.code
    return problem_response(
        request,
        status=problem.status,
        code=problem.code,
        title=problem.title,
        detail=problem.message,
        errors=problem.fields,
        quote=problem.quote or None,
        changed_by=problem.changed_by if is_conflict else None,
        changes=problem.changes if is_conflict else None,
    )


# --- what Django calls --------------------------------------------------------------------------------------------


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, of_exception(exception) or bad_request_problem())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, not_permitted_problem())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, not_found_problem())


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is being handled. The log keeps the trace, the reader gets the code."""
    error = sys.exc_info()[1]
    problem = of_database(error) if isinstance(error, DATABASE_GONE) else our_fault_problem()
    log.error("problem %s request_id=%s", problem.quote, surroundings().request_id)
    return answer(request, problem)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, form_expired_problem())


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, too_many_problem())
