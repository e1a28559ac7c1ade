"""Writing Vietnamese the way it was written before Unicode, so that reading it back can be tried."""

from __future__ import annotations

import unicodedata

from caicach.kernel.files.reading.legacy import _TCVN3, _VNI_ALONE, _VNI_MARKS

_TCVN3_CODE = {letter: chr(code) for code, letter in _TCVN3.items()}
_VNI_CODE = {letter: code for code, letter in _VNI_ALONE.items()}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def tcvn3(text: str) -> str:
    """As Latin-1 characters that a .VnTime font draws. Accented capitals get the codes of small letters."""
    return "".join(_TCVN3_CODE.get(it) or _TCVN3_CODE.get(it.lower(), it) for it in text)


def vni(text: str) -> str:
    """As Latin-1 characters that a VNI-Times font draws."""
    return "".join(map(_vni_letter, text))


def windows_1258(text: str) -> bytes:
    return "".join(map(_tone_apart, text)).encode("cp1258")


def _vni_letter(letter: str) -> str:
    if letter in _VNI_CODE:
        return _VNI_CODE[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    if not marks:
        return letter
    if "\u031b" in marks:
        base = _VNI_CODE[unicodedata.normalize("NFC", base + "\u031b")]
        marks.remove("\u031b")
    code = next(code for code, drawn in _VNI_MARKS.items() if sorted(drawn) == sorted(marks))
    return base + (code.upper() if base.isupper() else code)


def _tone_apart(letter: str) -> str:
    base, *marks = unicodedata.normalize("NFD", letter)
    shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in _TONES))
    return shape + "".join(mark for mark in marks if mark in _TONES)
