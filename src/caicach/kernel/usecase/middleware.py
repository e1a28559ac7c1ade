"""Gives each request its id and marks the door it came through."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .context import Surroundings, new_request_id, surrounded


def client_address(request: HttpRequest) -> str:
    """Whence the request came. Of X-Forwarded-For only what our own proxies wrote counts: they stand last."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        return str(forwarded[-settings.PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))


class RequestContext:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        via = "api" if request.path.startswith("/api/") else "page"
        here = Surroundings(new_request_id(), via, client_address(request))
        request.request_id = here.request_id  # type: ignore[attr-defined]
        with surrounded(here):
            response = self.get_response(request)
        response.headers["X-Request-Id"] = here.request_id
        return response
