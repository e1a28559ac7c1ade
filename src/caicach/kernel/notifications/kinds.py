"""Kinds of notices, declared by the rooms that give them.

    register_kind(NoticeKind("programme.assigned", _("A task was given to you"), mail=Mail.NOW))

in the room's `subscriptions.py` (found when it is needed) or a module that it imports.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from caicach.kernel.identity.predicates import signed_in
from caicach.kernel.jobs.discovery import discover
from caicach.kernel.usecase.actor import Actor

from .models import Mail

_CODE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind, as people choose it.

    label : lazy translation, a sentence without a full stop and without anyone's data: an e-mail says
    nothing else, but the records that the notice keeps (`listing`);
    is_urgent : shown above all pages until it is read; mail : how it goes by e-mail unless the person chose otherwise;
    meant_for : whom it may concern at all: others need not choose how they are told of it.
    """

    code: str
    label: Any
    is_urgent: bool = False
    mail: Mail = Mail.DIGEST
    meant_for: Callable[[Actor], bool] = signed_in


_KINDS: dict[str, NoticeKind] = {}


def kinds() -> dict[str, NoticeKind]:
    """Code -> kind, of all rooms."""
    discover()
    return _KINDS


def register_kind(kind: NoticeKind) -> NoticeKind:
    """Raises ValueError for a code that is not `room.what_happened`."""
    if not _CODE.fullmatch(kind.code):
        raise ValueError(f"a kind of notice is named room.what_happened, got {kind.code!r}")
    _KINDS[kind.code] = kind
    return kind


def label_of(code: str) -> str:
    """In the active language; the code itself for a kind that no room declares any more."""
    kind = kinds().get(code)
    return str(kind.label) if kind else code
