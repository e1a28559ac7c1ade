"""Vietnamese letters of the time before Unicode: TCVN3 (ABC) and VNI, each drawn by its own fonts over Latin-1 codes.

A document typed with such a font holds other characters than it shows ("c¶i c¸ch" in TCVN3, "caûi caùch" in VNI, for
"cải cách"). The tables are those of the two standards: TCVN 5712:1993 (VN3) and VNI for Windows.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Final

from .characters import composed
from .errors import NoticeCode
from .syllables import share_of_syllables


class Letters(Enum):
    """A set of letters of the time before Unicode."""

    TCVN3 = NoticeCode.CONVERTED_TCVN3
    VNI = NoticeCode.CONVERTED_VNI


# Codes A1-FE in the order of TCVN 5712:1993 table VN3; "." stands where the table has no letter.
_TCVN3_CODES: Final = (
    "ĂÂÊÔƠƯĐăâêôơưđ....."  # A1-B3
    ".àảãáạ.ằẳẵắ.......ặ"  # B4-C6
    "ầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"  # C7-FE
)
_TCVN3: Final = {0xA1 + place: letter for place, letter in enumerate(_TCVN3_CODES) if letter != "."}

_TONES: Final = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_VNI_MARKS: Final = (
    dict(zip("ùøûõï", _TONES[1:], strict=True))
    | {code: "\u0302" + tone for code, tone in zip("âáàåãä", _TONES, strict=True)}
    | {code: "\u0306" + tone for code, tone in zip("êéèúüë", _TONES, strict=True)}
)
_VNI_ALONE: Final = dict(zip("ÑñÔôÖöÍíÌìÆæÓóÒòÎî", "ĐđƠơƯưÍíÌìỈỉĨĩỊịỴỵ", strict=True))
_VNI_LETTER: Final = re.compile(
    "([AEOaeo])([âáàåãäÂÁÀÅÃÄêéèúüëÊÉÈÚÜËùøûõïÙØÛÕÏ])|([UYÔÖuyôö])([ùøûõïÙØÛÕÏ])|([ÑñÔôÖöÍíÌìÆæÓóÒòÎî])"
)

# Letters that only real Unicode text has: where one stands, nothing is converted.
_UNICODE_LETTER: Final = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9\u0300-\u0323]")
_SHOUTED: Final = re.compile(r"[^\W\d_]+")

_ENOUGH_WORDS: Final = 3
_RIGHT: Final = 0.85
_WRONG: Final = 0.75


def to_unicode(text: str, letters: Letters) -> str:
    """The text as it was meant to be seen. Characters outside the old set stay."""
    if letters is Letters.TCVN3:
        return _capitals_restored(text, text.translate(_TCVN3))
    return composed(_VNI_LETTER.sub(_vni_letter, text))


def letters_of_font(font: str) -> Letters | None:
    """Which old letters a font draws, by its name: ".VnTime", "VNI-Times". None for fonts of today."""
    if font.lower().startswith(".vn"):
        return Letters.TCVN3
    return Letters.VNI if font.lower().startswith("vni-") else None


def draws_capitals(font: str) -> bool:
    """TCVN3 has no codes for accented capitals: a font whose name ends in H draws small letters as capitals."""
    return font.lower().startswith(".vn") and font.upper().rstrip().endswith("H")


def as_drawn(text: str, font: str) -> tuple[str, Letters | None]:
    """What a reader sees of text set in this font, and the old letters it was in, None when nothing was converted.

    The font alone does not decide: text typed as Unicode stays when someone later gave it an old font.
    """
    letters = letters_of_font(font)
    if letters is None or _UNICODE_LETTER.search(text):
        return text, None
    converted = to_unicode(text, letters)
    if share_of_syllables(converted)[0] < share_of_syllables(text)[0]:
        return text, None
    shown = converted.upper() if draws_capitals(font) else converted
    return shown, None if shown == text else letters


def letters_of(text: str) -> Letters | None:
    """The old letters a text is written in, by its words; None when it reads as it stands or cannot be told.

    Needs a few accented words: one alone ("vô") may be a word in both.
    """
    text = "\n".join(line for line in text.split("\n") if not line.isascii() and not _UNICODE_LETTER.search(line))
    as_it_is, words = share_of_syllables(text)
    if words < _ENOUGH_WORDS or as_it_is >= _WRONG:
        return None
    shares = {it: share_of_syllables(to_unicode(text, it))[0] for it in Letters}
    best, other = sorted(shares, key=shares.__getitem__, reverse=True)
    told = shares[best] >= _RIGHT and shares[best] > max(as_it_is, shares[other])
    return best if told else None


def repaired(text: str, letters: Letters) -> str:
    """The text with every line in old letters converted. Lines that hold real Unicode letters, or read better as they
    are, stay: a document may mix both."""
    return "\n".join(_repaired_line(line, letters) for line in text.split("\n"))


def _repaired_line(line: str, letters: Letters) -> str:
    if line.isascii() or _UNICODE_LETTER.search(line):
        return line
    converted = to_unicode(line, letters)
    return converted if share_of_syllables(converted)[0] >= share_of_syllables(line)[0] else line


def _vni_letter(found: re.Match[str]) -> str:
    """One letter: a base and the code of its mark, or a code of its own."""
    if alone := found[5]:
        return _VNI_ALONE[alone]
    base, mark = (found[1], found[2]) if found[1] else (found[3], found[4])
    return unicodedata.normalize("NFC", _VNI_ALONE.get(base, base) + _VNI_MARKS[mark.lower()])


def _capitals_restored(old: str, new: str) -> str:
    """Capitals of words typed in capitals: TCVN3 writes their accented letters with the codes of small ones.

    A word is in capitals when its unaccented letters are, at least two of them. One too short to tell follows the
    nearest words that can be told, before and after it.
    """
    if old == new or not re.search("[A-Z]{2}", old):
        return new
    words = list(_SHOUTED.finditer(new))
    loud = [_is_loud(old[word.start() : word.end()]) for word in words]
    before, after = _nearest(loud), _nearest(loud[::-1])[::-1]
    pieces, end = [], 0
    for word, is_loud, left, right in zip(words, loud, before, after, strict=True):
        capital = is_loud or (is_loud is None and {left, right} <= {True, None} and (left or right))
        pieces += [new[end : word.start()], word[0].upper() if capital else word[0]]
        end = word.end()
    return "".join(pieces) + new[end:]


def _nearest(told: list[bool | None]) -> list[bool | None]:
    """For each place the last value told before it, None when there is none."""
    last: bool | None = None
    nearest = []
    for value in told:
        nearest.append(last)
        last = last if value is None else value
    return nearest


def _is_loud(word: str) -> bool | None:
    """True in capitals, False not, None when it does not tell. `word` is in the old codes, one for one.

    An abbreviation (TCCB) is always in capitals, so it tells nothing of the words beside it.
    """
    letters = [letter for letter in word if letter.isascii() and letter.isalpha()]
    if any(letter.islower() for letter in letters):
        return False
    return True if len(letters) >= 2 and not word.isascii() else None
