"""Sentences that set aims: "huyện đề ra mục tiêu: ...", "phấn đấu ...", "đặt mục tiêu đến năm 2025 giảm ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .words import Word

_SETS_AIMS: Final = frozenset({"đặt", "đề", "xác", "đưa", "có", "với", "gồm", "thực", "phấn"})
_AIMS: Final = frozenset({"mục tiêu", "chỉ tiêu"})
_TIME_FIRST: Final = re.compile(
    r"(?:là\s{1,4})?(?:(?:đến|trong|tới|hết|vào|cuối)\s{1,4}){0,3}năm\s{1,4}(?:19|20)\d\d\s{0,4}[,:]?\s{0,4}"
)


def aims_from(sentence: Sequence[Word]) -> int | None:
    """Place after the words that set aims ("huyện đề ra mục tiêu:", "phấn đấu"), None when the sentence sets none."""
    lows = [word.low for word in sentence]
    for place in range(min(len(lows) - 1, 30)):
        if lows[place] == "phấn" and lows[place + 1] == "đấu" and place < 25:
            return place + 2
        if f"{lows[place]} {lows[place + 1]}" not in _AIMS:
            continue
        colon = next((step for step in range(place + 2, min(len(lows), place + 24)) if lows[step] == ":"), None)
        is_set = bool(_SETS_AIMS.intersection(lows[max(0, place - 8) : place]))
        if colon is not None and (is_set or place <= 4):
            return colon + 1
        if is_set and lows[place - 1] in {"đặt", "ra", "định", "tiêu"}:
            return place + 2
    return None


def after_time(sentence: Sequence[Word], low: str, begins: int) -> int:
    """The place after a time at the head: "đến năm 2025 giảm ..." goes on at "giảm"."""
    if begins >= len(sentence):
        return begins
    match = _TIME_FIRST.match(low, sentence[begins].start)
    if match is None:
        return begins
    return next((place for place in range(begins, len(sentence)) if sentence[place].start >= match.end()), begins)
