"""What the plan reader's codes say to the person who reads the page, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from caicach.kernel.files.messages import notice_sentence
from caicach.kernel.files.reading.errors import NOTICES

from . import doubles
from .reading.messages import MESSAGES


def sentence_of(code: str, parameters: Mapping[str, str] | None = None) -> str:
    """ "" for a code that has no sentence. What is to be said of the file itself is said in the words of files."""
    if code == doubles.CODE:
        return doubles.sentence(parameters)
    if code in NOTICES:
        return notice_sentence(code, parameters or {})
    message = MESSAGES.get(code)
    if message is None:
        return ""
    text = message.vietnamese if (get_language() or "vi").startswith("vi") else message.english
    return text % parameters if parameters else text
