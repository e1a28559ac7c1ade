"""Marks, brackets and line ends around a period: whether it stands by itself, as in a table's cell."""

from __future__ import annotations

import re

from .grammar import s

NEAR = 12
"""How far a mark may stand from the period, in code points."""
CELL_MARGIN = 20
"""How much a cell may hold besides its period: a bracket, a full stop, spaces."""

_OPENS = re.compile(r"(?:\A|[\n(\[:;,.|•●\-–+/])\s{0,8}\Z")
_CLOSES = re.compile(r"\s{0,8}(?:\Z|[()\],.;:|/])|[^\S\n]{0,8}\n")
_NOTHING_FOLLOWS = re.compile(r"\s{0,8}(?:\Z|[)\];|])|\.?[^\S\n]{0,8}(?:\n|\Z)")
_LINE_BEGINS = re.compile(r"(?:\A|\n)[^\S\n]{0,8}\Z")
_LINE_ENDS = re.compile(r"[^\S\n]{0,8}(?:\n|\Z)")
_SENTENCE_OPENS = re.compile(r"(?:\A|[\n.!?])\s{0,8}\Z")
_TELLS_ON = re.compile(rf"{s},{s}[^\W\d]")
_AROUND_A_CELL = " \t\n.:;()-"


def opens(text: str, start: int) -> bool:
    """After a mark, a bracket, or at the beginning of a line or a cell."""
    return _OPENS.search(text, max(0, start - NEAR), start) is not None


def closes(text: str, end: int) -> bool:
    """Before a mark, a bracket, or at the end of a line or a cell."""
    return _CLOSES.match(text, end) is not None


def nothing_follows(text: str, end: int) -> bool:
    """The sentence, the cell or the bracket ends here."""
    return _NOTHING_FOLLOWS.match(text, end) is not None


def ends_its_line(text: str, end: int) -> bool:
    return _LINE_ENDS.match(text, end) is not None


def stands_alone(text: str, start: int, end: int) -> bool:
    return opens(text, start) and closes(text, end)


def fills_the_text(text: str, start: int, end: int) -> bool:
    """The text is nothing but the period, as the cell of a table is."""
    if start > CELL_MARGIN or len(text) - end > CELL_MARGIN:
        return False
    return not text[:start].strip(_AROUND_A_CELL) and not text[end:].strip(_AROUND_A_CELL)


def fills_a_line(text: str, start: int, end: int) -> bool:
    """A line of its own in a longer text: the last line of a title, as a rule."""
    return _LINE_BEGINS.search(text, max(0, start - NEAR), start) is not None and ends_its_line(text, end)


def opens_a_story(text: str, start: int, end: int) -> bool:
    """ "Ngày 31/12, Bộ trưởng ký …": a sentence that tells what happened on a day."""
    begins = _SENTENCE_OPENS.search(text, max(0, start - NEAR), start) is not None
    return begins and _TELLS_ON.match(text, end) is not None
