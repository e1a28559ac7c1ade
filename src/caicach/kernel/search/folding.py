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
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_FIRST_LETTER, _END_OF_LETTERS = 0x1000, "\x01"
"""Letters stand after blanks, signs and digits, and a text before its continuation."""


_LETTER_OF: dict[int, str] = {code: chr(code) for code in range(0x80)}
_TONE_OF: dict[int, str] = dict(_LETTER_OF)
for _place, _letter in enumerate(_ALPHABET):
    for _tone, _mark in enumerate(_TONES):
        _whole = unicodedata.normalize("NFC", _letter + _mark)
        if len(_whole) == 1:
            _LETTER_OF[ord(_whole)] = chr(_FIRST_LETTER + _place)
            _TONE_OF[ord(_whole)] = str(_tone)


def sort_key(text: str) -> str:
    """Vietnamese dictionary order: letters a ă â b c d đ e ê …, then tones (ngang huyền hỏi ngã sắc nặng).

    To be compared by code points, in Python and in a database.
    """
    known = unicodedata.normalize("NFC", text).lower()
    # Tones decide between texts of the same letters only, whose other signs are the same too and may stay as they are.
    return known.translate(_LETTER_OF) + _END_OF_LETTERS + known.translate(_TONE_OF)
