"""Words as they are written, with their marks. Pure.

Everything is found without marks; whoever types them means them, so what has the same marks stands first.
"""

from __future__ import annotations

import unicodedata

from .folding import fold

_TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_OPEN_ENDS = ("oa", "oe", "uy")
_OTHER_PLACE: dict[str, str] = {}
for _end in _OPEN_ENDS:
    for _tone in _TONES:
        _old = unicodedata.normalize("NFC", f"{_end[0]}{_tone}{_end[1]}")
        _new = unicodedata.normalize("NFC", f"{_end}{_tone}")
        _OTHER_PLACE |= {_old: _new, _new: _old}


def has_marks(word: str) -> bool:
    """`số`, `đ`; not `so`."""
    return plain(word) != fold(word)


def plain(text: str) -> str:
    """Composed and in small letters, with its marks."""
    return unicodedata.normalize("NFC", text).casefold()


def spellings(word: str) -> tuple[str, ...]:
    """In small letters, with the tone on either of two last vowels where both are usual: `hóa`, `hoá`."""
    known = plain(word)
    other = _OTHER_PLACE.get(known[-2:])
    return (known, known[:-2] + other) if other else (known,)
