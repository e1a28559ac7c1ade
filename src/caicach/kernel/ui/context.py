"""The template context that every page has: `shell`."""

from __future__ import annotations

from django.http import HttpRequest

from .chrome import Shell


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}
