"""Units of a document as written: "điểm a, b và c", "khoản 2". One unit word with its values is an atom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caicach.registry.legislation.citations.model import Level
from caicach.registry.legislation.citations.spelling import DASH, LETTER, straighten, word_pattern


@dataclass(frozen=True, slots=True)
class Atom:
    """One unit word with its values at `text[start:end]`; "khoản 1, 2" has the value "1,2"."""

    start: int
    end: int
    level: Level
    value: str


LEVEL_OF_WORD: dict[str, Level] = {
    "gạch đầu dòng": Level.PARAGRAPH,
    "đoạn": Level.PARAGRAPH,
    "ý": Level.PARAGRAPH,
    "tiết": Level.INDENT,
    "điểm": Level.POINT,
    "khoản": Level.CLAUSE,
    "điều": Level.ARTICLE,
    "tiểu mục": Level.SUBSECTION,
    "mục": Level.SECTION,
    "chương": Level.CHAPTER,
    "phần": Level.PART,
    "phụ lục": Level.ANNEX,
}
UNIT_PATTERN = "|".join(word_pattern(word) for word in LEVEL_OF_WORD)

_ROMAN = r"[IVXLC]{1,7}[a-d]?"
_NUMBER = r"\d{1,3}[a-zđ]?(?:\.\d{1,2}){0,3}"
_POINT_LETTER = r"[a-zđA-ZĐ](?:\.?\d{1,2})?\)?"
_ORDINAL = r"(?:thứ\s+)?(?:nhất|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|đầu|cuối|mở\s+đầu|\d{1,2})"
_VALUES: dict[Level, str] = {
    Level.PARAGRAPH: rf"(?:{_ORDINAL})",
    Level.INDENT: rf"(?:{_NUMBER}|{_POINT_LETTER}|thứ\s+(?:nhất|hai|ba|tư|năm))",
    Level.POINT: rf"(?:{_NUMBER}|{_POINT_LETTER})",
    Level.CLAUSE: rf"(?:{_NUMBER})",
    Level.ARTICLE: r"(?:\d{1,3}(?:\.\d{1,3})?[a-zđ]?)",
    Level.SUBSECTION: rf"(?:{_NUMBER}|{_ROMAN})",
    Level.SECTION: rf"(?:{_ROMAN}(?:\.\d{{1,2}}){{0,3}}|{_NUMBER}|[A-EĐ](?:\.\d{{1,2}})?)",
    Level.CHAPTER: rf"(?:{_ROMAN}|\d{{1,2}})",
    Level.PART: rf"(?:(?i:thứ)\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|{_ROMAN}|\d{{1,2}}|[A-EĐ])",
    Level.ANNEX: (
        rf"(?:(?:số\s+)?(?:{_ROMAN}(?:[.-]\d{{1,2}}|[.-]?[A-Za-z](?!\w))?"
        r"|\d{1,2}[a-zA-Z]?(?:\.\d{1,2})?|[A-EĐ](?:\.?\d{1,2})?))"
    ),
}
_QUOTE = r"[“\"'‘]?"
_UNQUOTE = r"[”\"'’]?"
# Not the head of a larger number (61/2018, 1.500, 20%), nor of a word; "27,28" is a list.
_WHOLE = rf"{_UNQUOTE}(?![{LETTER}\d]|[/%]|\.\d)"
_AND = r"(?:\s{0,3},\s{0,3}(?:và\s{1,3}|hoặc\s{1,3})?|\s{0,3};\s{0,3}|\s{1,3}(?:và/hoặc|và|hoặc|hay)\s{1,3})"
_TO = rf"(?:\s{{1,3}}(?:đến|tới)\s{{1,3}}(?:hết\s{{1,3}})?|\s{{0,2}}[{DASH}]\s{{0,2}})"


def _list_pattern(level: Level) -> re.Pattern[str]:
    value = rf"{_QUOTE}{_VALUES[level]}{_WHOLE}"
    # A list stops where its next value would be a word: "điểm a, đ" goes on, "khoản 1, điểm" does not.
    return re.compile(rf"(?:\s{{1,3}}|(?=\d))(?:số\s{{1,2}}|từ\s{{1,3}})?({value}(?:(?:{_AND}|{_TO}){value}){{0,60}})")


_LISTS = {level: _list_pattern(level) for level in Level}
_THIS = re.compile(r"\s{1,3}(?:này|nêu\s+trên|nói\s+trên|trên|đó|dưới\s+đây)(?!\w)")
_CLEAN = re.compile(r"[“”\"'‘’)\s]+")
_SPLIT = re.compile(rf"({_AND}|{_TO})")


def level_of(word: str) -> Level:
    """The level of a unit word in whatever case and spacing."""
    return LEVEL_OF_WORD[" ".join(straighten(word).lower().split())]


def atom_at(text: str, start: int, word_end: int) -> Atom | None:
    """The atom whose unit word is `text[start:word_end]`; None when no value follows ("Điều kiện", "phần mềm")."""
    level = level_of(text[start:word_end])
    found = _LISTS[level].match(text, word_end)
    if found is None:
        return None
    return Atom(start, found.end(), level, _value(level, found[1]))


def is_this(text: str, word_end: int) -> bool:
    """ "Điều này", "khoản đó": a place in the text being read, named without its document."""
    return _THIS.match(text, word_end) is not None


def _value(level: Level, written: str) -> str:
    pieces = _SPLIT.split(written)
    out = ""
    for n, piece in enumerate(pieces):
        if n % 2:
            out += "-" if re.match(rf"\s*(?:đến|tới|[{DASH}])", piece) else ","
        else:
            out += _one_value(level, piece)
    return out


def _one_value(level: Level, piece: str) -> str:
    plain = _CLEAN.sub(" ", straighten(piece)).strip().removeprefix("số ")
    return plain.lower() if level in (Level.POINT, Level.INDENT, Level.PARAGRAPH) else plain
