"""Vietnamese text at the edge: one form (NFC), no control or direction-changing characters."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def can_be_stored(text: str) -> bool:
    """Whether every database takes it: PostgreSQL knows no NUL character, and no half of a surrogate pair is text."""
    return not _UNSTORABLE.search(text)


def can_all_be_stored(value: Any) -> bool:
    """The same of every text in a value that JSON can say."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and not can_be_stored(each):
            return False
        if isinstance(each, dict):
            waiting += (*each, *each.values())
        elif isinstance(each, list):
            waiting += each
    return True


def clean(text: str) -> str:
    """NFC without control, zero-width and bidi override characters and halves of a pair; line breaks become \\n."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNWANTED.sub("", text)


def clean_deep(value: Any) -> Any:
    """The same for every text inside lists, tuples and dicts; other values are returned as they are."""
    if isinstance(value, str) and type(value) is str:
        return clean(value)
    if type(value) in (list, tuple):
        return type(value)(clean_deep(inner) for inner in value)
    if type(value) is dict:
        return {clean_deep(key): clean_deep(inner) for key, inner in value.items()}
    return value
