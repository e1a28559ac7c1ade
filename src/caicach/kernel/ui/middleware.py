"""Headers that keep a page to itself, problems that speak to people, toasts that survive a swap."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers

from caicach.kernel.usecase.context import surroundings
from caicach.kernel.usecase.inputs import with_impossible_characters
from caicach.kernel.usecase.text import can_all_be_stored, can_be_stored, clean

from . import policies, problems, toasts

log = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageOfChoice:
    """Vietnamese unless the person chose another tongue: a browser set to English does not make its owner English.

    Programs have no switch, so the API listens to Accept-Language.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            # The account's language may have taken over on the way in.
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response

    def _language(self, request: HttpRequest) -> str:
        if request.path.startswith("/api/"):
            return translation.get_language_from_request(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class TextsThatCanBeKept:
    """Keeps what no database takes as text (a NUL character, half a surrogate pair) from every look-up.

    Such a cookie is none of ours. A program's address is none either, and its value is refused by its name; pages
    read a question without it, as lists and search clean theirs. Forms refuse it at their fields, and the bodies of
    the API are looked at where they are parsed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not can_all_be_stored(list(request.COOKIES.values())):
            return problems.answer(request, problems.bad_request_problem())
        is_program = problems.wants_json(request)
        if is_program and not can_be_stored(request.path):
            return problems.answer(request, problems.not_found_problem())
        wrong = [name for name, values in request.GET.lists() if not can_all_be_stored([name, *values])]
        if wrong and is_program:
            return problems.answer(request, problems.of_use_case(with_impossible_characters(wrong)))
        if wrong:
            request.GET = _cleaned(request.GET)  # type: ignore[assignment]
        return self.get_response(request)


def _cleaned(asked: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        kept.setlist(clean(name), [clean(value) for value in values])
    return QueryDict(kept.urlencode())


class SecurityHeaders:
    """Adds the policies to every answer; a view that needs another policy sets the header itself."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policies.apply(response)
        if _is_signed_in(request):
            response.headers.setdefault("Cache-Control", "no-store")
        # The same address gives a page or a fragment: a cache must not mix them.
        patch_vary_headers(response, ["HX-Request"])
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)


class Problems:
    """Turns refusals into pages, and lends htmx the toasts that a fragment has no room for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405:
            response = _not_done_here(request, allowed=response.headers.get("Allow", ""))
        if request.headers.get("HX-Request") != "true":
            return response
        if _leads_to_sign_in(response):
            return _sign_in_again(request)
        if _swaps(response):
            self._lend_toasts(request, response)
        return response

    def _lend_toasts(self, request: HttpRequest, response: HttpResponse) -> None:
        waiting = toasts.drain(request)
        if not waiting:
            return
        # json.dumps writes ASCII only, so that Vietnamese fits in a header.
        events = json.loads(response.headers.get("HX-Trigger", "{}") or "{}")
        response.headers["HX-Trigger"] = json.dumps({**events, "cc:toasts": {"toasts": waiting}})

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        problem = problems.of_exception(exception)
        if problem is None:
            return None
        if problem.status >= 500:
            log.error("problem %s request_id=%s", problem.quote, surroundings().request_id, exc_info=exception)
        return problems.answer(request, problem)


def _not_done_here(request: HttpRequest, *, allowed: str) -> HttpResponse:
    answer = problems.answer(request, problems.not_done_here_problem())
    answer.headers["Allow"] = allowed
    return answer


def _leads_to_sign_in(response: HttpResponseBase) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(resolve_url(settings.LOGIN_URL))


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """A region cannot hold the sign-in page: the whole page goes there; one that asked by itself stays as it is."""
    asked_by_itself = request.headers.get("X-Background") == "1"
    return HttpResponse(status=204, headers={} if asked_by_itself else {"HX-Refresh": "true"})


def _swaps(response: HttpResponseBase) -> bool:
    """A redirect keeps its toasts for the page it leads to."""
    return response.status_code == 200 and not ({"HX-Redirect", "HX-Refresh", "HX-Location"} & response.headers.keys())
