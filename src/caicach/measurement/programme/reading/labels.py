"""Labelled facts of a task: "Đơn vị chủ trì: ...", "Thời gian hoàn thành: ...", wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from caicach.kernel.calendar.reference import reference_rows

from .lexicon import REFERENCE
from .words import lowered


class Role(StrEnum):
    """What a label or the heading of a column says about a task."""

    NUMBER = "number"
    TASK = "task"
    ACTIVITY = "activity"
    PRODUCT = "product"
    LEAD = "lead"
    COOPERATING = "cooperating"
    DEADLINE = "deadline"
    START = "start"
    BUDGET = "budget"
    TARGET = "target"
    FIELD = "field"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled fact: the value is text[start:end] of the source, the label begins at `label_start`."""

    role: Role
    label_start: int
    start: int
    end: int


_IN_PROSE: Final = frozenset({Role.LEAD, Role.COOPERATING, Role.DEADLINE, Role.PRODUCT, Role.BUDGET})


@cache
def headings() -> dict[str, Role]:
    """Role of each known heading, written with single blanks and without case."""
    rows = reference_rows(REFERENCE / "columns.csv", columns=("role", "heading"))
    return {plain_heading(row["heading"]): Role(row["role"]) for row in rows}


def plain_heading(words: str) -> str:
    """A heading to compare: "Sản phẩm/Kết quả " and "sản phẩm / kết quả" are one."""
    return " ".join(re.sub(r"[,/;:.&\-–()*]", " ", lowered(words)).replace(" và ", " ").split())


@cache
def _label() -> re.Pattern[str]:
    known = [
        row
        for row in reference_rows(REFERENCE / "columns.csv", columns=("role", "heading"))
        if Role(row["role"]) in _IN_PROSE
    ]
    words = sorted({row["heading"] for row in known}, key=len, reverse=True)
    forms = "|".join(
        r"\s{0,3}[,/]\s{0,3}".join(_spaced(part) for part in re.split(r"\s*[,/]\s*", word)) for word in words
    )
    return re.compile(
        rf"(?:(?<=[.;,(\-–+•*\s|])|\A)(?P<label>{forms})(?:\s{{1,3}}\([^()\n]{{1,30}}\))?\s{{0,3}}[:：]\s{{0,3}}"
    )


def _spaced(words: str) -> str:
    return r"\s{1,3}".join(re.escape(word) for word in words.split())


def labelled_in(low: str, start: int, end: int) -> list[Labelled]:
    """Labelled facts between two offsets, each up to the next label, the end of its brackets or of its sentence."""
    if ":" not in low[start:end] and "：" not in low[start:end]:
        return []
    part = low[start:end]
    found = [match for match in _label().finditer(part) if _begins(part, match.start())]
    labelled: list[Labelled] = []
    for place, match in enumerate(found):
        stop = found[place + 1].start() if place + 1 < len(found) else len(part)
        stop = _value_end(part, match.start(), match.end(), stop)
        value_end = match.end() + len(part[match.end() : stop].rstrip(" \t\n.;,-–+•*|"))
        if value_end > match.end():
            role = headings()[plain_heading(match["label"])]
            labelled.append(Labelled(role, start + match.start(), start + match.end(), start + value_end))
    return labelled


def _begins(part: str, place: int) -> bool:
    """A label stands at the head of a line or after a mark, not in the midst of a sentence."""
    before = part[max(0, place - 10) : place].rstrip(" \t")
    return not before or before[-1] in ".;,(-–+•*|\n"


def _value_end(part: str, label_start: int, value_start: int, stop: int) -> int:
    """Values in brackets end with them; others with their sentence."""
    if is_enclosed(part, label_start):
        closed = part.find(")", value_start, value_start + _REACH)
        stop = min(stop, closed) if closed >= 0 else stop
    sentence = _SENTENCE_END.search(part, value_start, stop)
    return sentence.start() if sentence else stop


_SENTENCE_END: Final = re.compile(r"[.]\s+(?=\S)|\n\s*\n")
_REACH: Final = 400
"""How far from a label the brackets around it may stand, in code points."""


def is_enclosed(part: str, place: int) -> bool:
    """Whether brackets opened before a place are still open there."""
    opened = part.rfind("(", max(0, place - _REACH), place)
    return opened >= 0 and part.find(")", opened, place) < 0


def fact_of(labelled: Sequence[Labelled], role: Role) -> Labelled | None:
    return next((fact for fact in labelled if fact.role is role), None)
