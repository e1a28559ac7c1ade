"""Who does the other clauses of a sentence, and by when, when it says so once.

"Sở Nội vụ chủ trì kiểm tra ...; báo cáo kết quả ..." names the unit before the first clause, "Số hóa ...; kết nối ...
(Sở Nội vụ chủ trì)" after the last: either way it does them all. So does "..., hoàn thành trước ngày 30/6" at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .paragraph import Duty
from .parties import Parties

_JOINS: Final = re.compile(r"(?:[\s,;]|(?:và|đồng thời|sau đó)(?!\w))*")
_DONE_BY: Final = re.compile(
    r",\s{0,4}(?:và\s{1,4})?(?:hoàn thành|hoàn tất|xong|thực hiện xong)\s{1,4}"
    r"(?:trước|trong|vào|chậm nhất|hết|đến hết|cuối|tháng|quý|ngày|năm)(?!\w)[^,;]{1,80}\Z"
)


def shared_in_sentences(text: str, duties: Sequence[Duty], named: Sequence[Parties]) -> list[Parties]:
    """`named`, one for each duty; a duty without any unit takes those that another clause of its sentence names."""
    joined = [_are_joined(text, one, other) for one, other in pairwise(duties)]
    found = list(named)
    told = Parties()
    for place, duty in enumerate(duties):
        if place and not joined[place - 1]:
            told = Parties()
        if found[place].lead is None:
            found[place] = Parties(told.lead, found[place].cooperating or told.cooperating)
        else:
            told = _before_the_work(text, found[place], duty)
    for place in reversed(range(len(joined))):
        if joined[place] and found[place] == Parties() and _is_in_brackets(text, found[place + 1], duties[place + 1]):
            found[place] = found[place + 1]
    return found


def times_at_ends(text: str, low: str, duties: Sequence[Duty]) -> list[tuple[int, int] | None]:
    """For each duty the place of the words at the end of its sentence that say by when all of it is to be done.

    Over commas alone: after a semicolon a time is the last clause's.
    """
    found: list[tuple[int, int] | None] = []
    after: Duty | None = None
    for duty in reversed(duties):
        is_joined = after is not None and ";" not in text[duty.end : after.start] and _are_joined(text, duty, after)
        own = _DONE_BY.search(low, duty.start, duty.end)
        found.append(own.span() if own else found[-1] if is_joined else None)
        after = duty
    return found[::-1]


def _are_joined(text: str, one: Duty, other: Duty) -> bool:
    return one.paragraph == other.paragraph and _JOINS.fullmatch(text, one.end, max(one.end, other.start)) is not None


def _before_the_work(text: str, named: Parties, duty: Duty) -> Parties:
    """The clause's subject, which holds for what follows as well, and who does it with that unit."""
    if named.lead is None or not duty.start <= named.lead.start < duty.said:
        return Parties()
    return Parties(named.lead, tuple(one for one in named.cooperating if "(" not in text[duty.start : one.start]))


def _is_in_brackets(text: str, named: Parties, duty: Duty) -> bool:
    """Named in brackets at the end of the sentence; a clause that took it so passes it on to the one before it."""
    if named.lead is None:
        return False
    opened = text.rfind("(", duty.said, named.lead.start + 1)
    return opened >= 0 and ")" not in text[opened : named.lead.start]
