"""Toasts: what was done, with an undo where the act can be undone. Errors are never toasts.

toasts.add(request, _("The task has been dropped."), undo=reverse("programme:restore_task", args=[task.pk]))
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

_UNDO = "undo:"


def add(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Shown on the next page or after the swap. `undo` is the address to which "Undo" posts."""
    messages.add_message(request, messages.SUCCESS, text, extra_tags=f"{_UNDO}{undo}" if undo else "")


def drain(request: HttpRequest) -> list[dict[str, Any]]:
    """What waits to be shown, as the page's script takes it; the store is emptied."""
    return [
        {"text": str(message), "undo": (message.extra_tags or "").removeprefix(_UNDO)}
        for message in messages.get_messages(request)
    ]
