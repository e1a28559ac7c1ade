"""Vietnamese text folded for comparing and searching: lower case, no marks, đ = d, single blanks."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("đĐðÐ", "d"),
        # What a page of a PDF or of the web holds between letters and nobody sees: soft hyphens, joiners, marks.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
        **{chr(control): " " for control in (*range(0x20), 0x7F)},
    }
)
_BLANKS = re.compile(r"\s+")


def fold(text: str) -> str:
    """`Đề án Số hóa` and `de an so hoa` fold to the same; NFC and NFD alike."""
    decomposed = unicodedata.normalize("NFD", text.translate(_PLAIN))
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return _BLANKS.sub(" ", bare.casefold()).strip()


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_ORDER = {letter: place for place, letter in enumerate(_ALPHABET, start=10)}


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Vietnamese dictionary order: letters a ă â b c d đ e ê …, then tones (ngang huyền hỏi ngã sắc nặng)."""
    letters: list[int] = []
    tones: list[int] = []
    for character in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", character)
        tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        letters.append(_ORDER.get(base, ord(base[0]) if base[0] < "a" else 1000 + ord(base[0])))
        tones.append(tone)
    return tuple(letters), tuple(tones)
