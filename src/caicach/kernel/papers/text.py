"""What of a person's text can stand on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from caicach.kernel.usecase.text import clean

_NONCHARACTERS: Final = "".join(f"{chr(plane << 16 | 0xFFFE)}-{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    f"\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
_LINE_ENDS: Final = re.compile("[\u2028\u2029\x85]")


def printable(text: str) -> str:
    """The text as paper can hold it: NFC, lines ended by \\n, tabs as spaces, nothing that cannot be seen.

    Removed: control and noncharacters, lone surrogates, and what changes the direction of reading, since a printed
    paper must not read otherwise than what was stored.
    """
    unified = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return _UNPRINTABLE.sub("", clean(unified))


def printable_deep(value: Any) -> Any:
    """The same for every text inside mappings and sequences; the result holds dicts, lists and plain values only."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {str(key): printable_deep(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [printable_deep(inner) for inner in value]
    return value
