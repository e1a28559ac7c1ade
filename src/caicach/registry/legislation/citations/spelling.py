"""How Vietnamese is spelled in official texts: letters, composed form, tone placement, word patterns."""

from __future__ import annotations

import re
import unicodedata

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐÐ"
LOWER = UPPER.lower()
LETTER = UPPER + LOWER
# Stands for a blank line while a text is read. Neither a blank nor a letter.
PARAGRAPH_END = "\x01"
# A tab parts two cells of a table, in text taken from Word or Excel.
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*|\t")
# Hyphen-minus and what word processors put in its place.
DASH = "-‐‑‒–—−"
# U+00D0 (Icelandic Eth) looks like Đ and comes from old keyboards.
_CONFUSED = str.maketrans({"Ð": "Đ", "ð": "đ"} | dict.fromkeys(DASH, "-"))


def normalise(text: str) -> str:
    """The composed form (NFC) in which all offsets are counted."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def straighten(text: str) -> str:
    """Letters and dashes that only look right, made right; the length stays."""
    return text.translate(_CONFUSED)


def one_line(text: str) -> str:
    """Blanks and line breaks as single spaces, and Ð as Đ."""
    return " ".join(text.replace("Ð", "Đ").split())


def word_pattern(phrase: str, *, first_upper: bool = False) -> str:
    """A pattern for `phrase` in lower, capitalised and upper case, with any blanks between its words.

    >>> word_pattern("nghị định")
    '[nN](?:ghị|GHỊ)\\\\s+[đĐÐ](?:ịnh|ỊNH)'
    """
    words = phrase.lower().split()
    return r"\s+".join(_word(word, first_upper=first_upper and n == 0) for n, word in enumerate(words))


def _word(word: str, *, first_upper: bool) -> str:
    head, tail = word[0], word[1:]
    heads = head.upper() if first_upper else head + head.upper()
    if head == "đ":
        heads += "Ð"
    return f"[{heads}](?:{re.escape(tail)}|{re.escape(tail.upper())})" if tail else f"[{heads}]"


def bounded(text: str) -> str:
    """`text`, as long as before, with every blank line and tab made of letters that no pattern takes for a blank.

    Nothing that is cited goes over the end of a paragraph or a cell, so no rule needs to look for it.
    """
    return _BLANK_LINES.sub(lambda found: PARAGRAPH_END * len(found.group()), text)


def words(listed: str) -> frozenset[str]:
    """The words of a list written with blanks and line breaks."""
    return frozenset(listed.split())


def pairs(listed: str) -> frozenset[tuple[str, ...]]:
    """The two-word phrases of a list written with commas."""
    return frozenset(tuple(phrase.split()) for phrase in listed.split(","))
