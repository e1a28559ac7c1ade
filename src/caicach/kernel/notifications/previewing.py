"""What people would be told, before they are: the same words as the notice and its e-mail, nothing stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import letters
from .kinds import NoticeKind
from .letters import Letter
from .models import Notice
from .queries import words_of


@dataclass(frozen=True, slots=True)
class Preview:
    """words, about : as the notice stands in the page; mail : for those who get it by e-mail at once."""

    words: str
    about: str
    mail: Letter


def preview(kind: NoticeKind, **said: Any) -> Preview:
    """`said` as `services.notify` takes it: message, url, plural, params, about, deadline. In the active language."""
    notice = Notice(kind=kind.code, **said)
    return Preview(words_of(notice), notice.about, letters.of_one(notice))
