"""Toasts: what was done, with an undo where the act can be undone; and what of it could not be done.

toasts.add(request, _("The task has been dropped."), undo=reverse("programme:restore_task", args=[task.pk]))

Errors of a form stand beside their fields, never here. A problem is for what is told after the page was left: one of
several letters that was not sent. It stays until it is closed.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest

DONE: Final = "done"
PROBLEM: Final = "problem"
_UNDO = "undo:"


def add(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Shown on the next page or after the swap. `undo` is the address to which "Undo" posts."""
    messages.add_message(request, messages.SUCCESS, text, extra_tags=f"{_UNDO}{undo}" if undo else "")


def add_problem(request: HttpRequest, text: str) -> None:
    """The same for what could not be done: it looks and reads otherwise, and does not leave by itself."""
    messages.add_message(request, messages.WARNING, text)


def drain(request: HttpRequest) -> list[dict[str, Any]]:
    """What waits to be shown, as the page's script takes it; the store is emptied."""
    return [
        {
            "text": str(message),
            "undo": (message.extra_tags or "").removeprefix(_UNDO),
            "kind": PROBLEM if message.level >= messages.WARNING else DONE,
        }
        for message in messages.get_messages(request)
    ]
