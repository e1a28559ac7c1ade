"""Who does the other clauses of a sentence, when it says so once.

"Sở Nội vụ chủ trì kiểm tra ...; báo cáo kết quả ..." names the unit before the first clause, "Số hóa ...; kết nối ...
(Sở Nội vụ chủ trì)" after the last: either way it does them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .paragraph import Duty
from .parties import Parties

_JOINS: Final = re.compile(r"(?:[\s,;]|(?:và|đồng thời|sau đó)(?!\w))*")


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
    opened = text.rfind("(", 0, named.lead.start + 1)
    return opened >= duty.said and ")" not in text[opened : named.lead.start]
