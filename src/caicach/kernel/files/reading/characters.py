"""Characters as they may stand in text: NFC, no control, zero-width or direction-changing characters."""

from __future__ import annotations

import re
import unicodedata

# Each becomes one line break, so that offsets stay: vertical tab, form feed, next line, line and paragraph separator.
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})

# The same that the use cases' edge removes (kernel/usecase/text.py), so that text once read passes there unchanged and
# its offsets hold; and the C1 controls, surrogates and non-characters that a careless decoder may leave.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def composed(text: str) -> str:
    """NFC. ASCII and text that is NFC already come back as they are."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def cleaned(text: str) -> tuple[str, int]:
    """Text that may be kept, and how many characters were removed. Line breaks of every system become one \\n."""
    text = composed(text.replace("\r\n", "\n").translate(_BREAKS))
    return _UNWANTED.subn("", text)


def one_line(text: str) -> str:
    """The text as one paragraph: every run of blanks, tabs and line breaks is one space."""
    return " ".join(cleaned(text)[0].split())


def shown_name(name: str, *, longest: int = 200) -> str:
    """A file's name as a person may see it: no path, no control or bidi characters, NFC, bounded, never empty.

    Cut in the middle of the stem, so that the extension stays. It is only shown: files are stored by hash.
    """
    name = one_line(re.split(r"[/\\]", name)[-1])
    if len(name) > longest:
        stem, dot, extension = name.rpartition(".")
        tail = (dot + extension)[-20:] if stem else ""
        name = name[: longest - len(tail) - 1] + "…" + tail
    return name.strip(". ") or "?"
