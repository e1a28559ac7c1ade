"""From the bytes of a plain text to Unicode: the encoding is found, old letters are converted, the rest is refused."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from typing import Final

from .characters import cleaned, composed
from .errors import Notice, NoticeCode, Reason, UnreadableFile, notice
from .kinds import HEAD_BYTES, looks_like_text
from .legacy import Letters, letters_of, repaired, to_unicode
from .limits import DEFAULT_LIMITS, Limits
from .syllables import share_of_syllables

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does, so it is asked first
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RIGHT: Final = 0.85
_FEW: Final = 0.05


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text as it may be kept (NFC, \\n, no control characters), the encoding it came in, and what was done to it."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode_text(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> DecodedText:
    """UTF-8, UTF-16 with its mark, Windows-1258, TCVN3 or VNI.

    Raises UnreadableFile: too large, binary, damaged UTF-8 (with the line), or an encoding that cannot be told.
    """
    if len(content) > limits.text_bytes:
        raise UnreadableFile(Reason.TEXT_TOO_LARGE, size_bytes=len(content), limit_bytes=limits.text_bytes)
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    if not marked and not looks_like_text(content[:HEAD_BYTES]):
        raise UnreadableFile(Reason.NOT_TEXT)
    try:
        text = content.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked or _is_nearly_utf_8(content):
            raise UnreadableFile(Reason.DAMAGED_TEXT, line=content[: error.start].count(b"\n") + 1) from error
        return _decode_old(content)
    if "\x00" in text:
        raise UnreadableFile(Reason.NOT_TEXT)
    return accept_text(text, encoding=marked or "utf-8")


def accept_text(text: str, *, encoding: str = "unicode") -> DecodedText:
    """Text that is Unicode already (decoded, pasted): composed, cleaned, and old letters in it converted."""
    notices = []
    if not unicodedata.is_normalized("NFC", text):
        notices.append(notice(NoticeCode.COMPOSED))
    text, removed = cleaned(text)
    if removed:
        notices.append(notice(NoticeCode.REMOVED_CHARACTERS, count=removed))
    if letters := letters_of(text):
        text = repaired(text, letters)
        notices.append(notice(letters.value))
    return DecodedText(text, encoding, tuple(notices))


def _is_nearly_utf_8(content: bytes) -> bool:
    """Whether all but a few of the characters beyond ASCII are well-formed: damage, not another encoding."""
    text = content.decode("utf-8", "replace")
    beyond = sum(not character.isascii() for character in text)
    return text.count("\ufffd") <= _FEW * beyond


def _decode_old(content: bytes) -> DecodedText:
    """One of the eight-bit encodings of Vietnamese, by which of them makes the words Vietnamese."""
    western = content.decode("cp1252", "replace") if b"\x81" not in content else content.decode("latin-1")
    readings = (
        ("windows-1258", NoticeCode.CONVERTED_WINDOWS_1258, composed(content.decode("cp1258", "replace"))),
        ("tcvn3", NoticeCode.CONVERTED_TCVN3, to_unicode(western, Letters.TCVN3)),
        ("vni", NoticeCode.CONVERTED_VNI, to_unicode(western, Letters.VNI)),
    )
    ranked = sorted(((share_of_syllables(text)[0], code, name, text) for name, code, text in readings), reverse=True)
    (share, code, name, text), runner_up = ranked[0], ranked[1]
    if share < _RIGHT or share == runner_up[0]:
        raise UnreadableFile(Reason.UNKNOWN_ENCODING)
    text, removed = cleaned(text)
    gone = (notice(NoticeCode.REMOVED_CHARACTERS, count=removed),) if removed else ()
    return DecodedText(text, name, (notice(code), *gone))
