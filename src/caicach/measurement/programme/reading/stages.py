"""Numbers to reach year by year: "năm 2022 giảm 02 phòng, năm 2023 giảm 03 phòng".

They are stages of one task: each number has its own year, and the task is due by the end of the last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from .targets import Target
from .words import Word

_YEAR_OF_STAGE: Final = re.compile(
    r"(?:\A|[,;:(]|(?<!\w)(?:và|lộ trình))\s{0,4}(?:(?:đến|hết|trong|cuối)\s{1,4}){0,2}năm\s{1,4}(?P<year>20\d\d)"
    r"(?!\w)(?!\s{0,3}[-–])[^,;:()\d]{0,60}\Z"
)
_STAGE_WORDS: Final = frozenset(
    {"đạt", "giảm", "tăng", "còn", "nâng", "lên", "là", "hoàn", "thành", "xuống", "phấn", "đấu"}
)
_LEADS_IN: Final = frozenset({"đến", "hết", "trong", "cuối"})
_REACH: Final = 100


def in_stages(low: str, start: int, targets: Sequence[Target]) -> tuple[Target, ...]:
    """The targets of a clause that begins at `start`, each with the end of its year where the clause gives several."""
    years = [_year_of(low, max(start, target.start - _REACH), target.start) for target in targets]
    if len({year for year in years if year}) < 2:
        return tuple(targets)
    staged: list[Target] = []
    subject = ""
    for target, year in zip(targets, years, strict=True):
        is_only_time = target.subject.lower().startswith("năm ") or not target.subject
        subject = subject if is_only_time and subject else target.subject
        staged.append(replace(target, subject=subject, due=date(year, 12, 31) if year else None))
    return tuple(staged)


def _year_of(low: str, start: int, end: int) -> int | None:
    found = _YEAR_OF_STAGE.search(low, start, end)
    return int(found["year"]) if found else None


def begins_a_stage(words: Sequence[Word], begins: int, ends: int) -> bool:
    """words[begins:ends] say how far the work before them is to be in a year: "năm 2023 đạt 80%"."""
    here = begins
    while here < ends and words[here].low in _LEADS_IN:
        here += 1
    if here + 2 >= ends or words[here].low != "năm" or not words[here + 1].low.isdigit():
        return False
    here += 2
    while here < ends and words[here].low in _STAGE_WORDS:
        here += 1
    return here < ends and words[here].low[0].isdigit()
