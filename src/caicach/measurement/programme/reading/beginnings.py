"""A day from which something is so: "đưa vào sử dụng từ ngày 01/7/2022", "tiếp nhận hồ sơ từ ngày 01/3".

Work that brings a new state about is on time on the day from which the state holds and late on the next, so that this
day is its deadline. Other work only begins then. The day from which a document is in force is neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from .words import squeezed

_S: Final = r"\s{1,4}"
_FROM_DAY: Final = re.compile(
    rf"(?<!\w)(?:(?:kể|tính|bắt{_S}đầu){_S})?từ{_S}(?:ngày{_S})?(?P<d>\d{{1,2}})"
    rf"(?:\s?/\s?(?P<m>\d{{1,2}})(?:\s?/\s?(?P<y>\d{{4}}))?"
    rf"|{_S}tháng{_S}(?P<m2>\d{{1,2}})(?:{_S}năm{_S}(?P<y2>\d{{4}}))?)"
    rf"(?![\w/%])(?!\s{{0,4}}(?:-|–|đến(?!\w)|tới(?!\w)|trở{_S}về))"
)
_CHANGES: Final = re.compile(
    rf"(?<!\w)(?:đưa(?!\w)[^.;:]{{0,120}}(?<!\w)vào{_S}(?:sử{_S}dụng|vận{_S}hành|khai{_S}thác|hoạt{_S}động|áp{_S}dụng)"
    rf"|chính{_S}thức{_S}[^.;:,]{{2,80}}|(?:chấm{_S}dứt|ngừng|dừng|bãi{_S}bỏ)(?!\w)[^.;:]{{2,120}})\Z"
)
_NOT_OF_THE_WORK: Final = re.compile(
    r"(?<!\w)(?:hiệu\s+lực|thi\s+hành|ban\s+hành|ký|trong\s+(?:thời\s+hạn|vòng)|\d\s+(?:ngày|tháng|năm)[^.;:,]{0,20})"
    r"[^.;:,]{0,20},?\s*\Z"
)
_PURPOSE: Final = re.compile(r"(?<!\w)(?:để|nhằm)(?:\s+sớm)?\s+\Z")
""" "hoàn thiện phần mềm để đưa vào sử dụng từ ngày 01/9": the day is of what the work is for."""
_REACH: Final = 160


class Beginning(NamedTuple):
    """`day` from which it is so, and the words that say it; `is_deadline` where the work is to bring it about."""

    day: date
    words: str
    is_deadline: bool


def beginning_in(text: str, *, plan_year: int | None, excluded: Sequence[tuple[int, int]]) -> Beginning | None:
    """The first day from which something in a clause is to be so; None where it names none.

    excluded : places of citations, whose days are theirs
    """
    low = text.lower()
    if len(low) != len(text):
        return None
    for found in _FROM_DAY.finditer(low):
        if any(first < found.end() and last > found.start() for first, last in excluded):
            continue
        if _NOT_OF_THE_WORK.search(low, max(0, found.start() - _REACH), found.start()):
            continue
        if day := _day(found, plan_year):
            change = _CHANGES.search(low, max(0, found.start() - _REACH), _end_of_words(low, found.start()))
            is_deadline = change is not None and not _PURPOSE.search(low, max(0, change.start() - 12), change.start())
            return Beginning(day, squeezed(text[found.start() : found.end()]), is_deadline)
    return None


def _end_of_words(low: str, place: int) -> int:
    return len(low[:place].rstrip(" ,\n\t"))


def _day(found: re.Match[str], plan_year: int | None) -> date | None:
    year = found["y"] or found["y2"] or plan_year
    if not year or (plan_year is not None and int(year) < plan_year):
        return None
    try:
        return date(int(year), int(found["m"] or found["m2"]), int(found["d"]))
    except ValueError:  # 31/02
        return None
