"""A sentence between its semicolons and colons, and what a colon introduces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple

from .lexicon import VerbKind, VerbPhrase, verb_phrase_at
from .opening import skip_connecting
from .words import Word, is_strong_mark, word_set


class Clause(NamedTuple):
    """One duty in the words of its sentence: words[begins:ends]. `phrase` is None for a target without a verb."""

    begins: int
    ends: int
    phrase: VerbPhrase | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two strong marks; `mark` is the one before it, empty for the first."""

    begins: int
    ends: int
    mark: str


class Listed(Enum):
    """What follows a colon: duties of their own, things that belong to the clause before, or more about it."""

    DUTIES = auto()
    THINGS = auto()
    MORE = auto()


_DUTY_NOUNS: Final = frozenset(
    {"nhiệm vụ", "giải pháp", "công việc", "biện pháp", "mục tiêu", "chỉ tiêu", "yêu cầu", "hoạt động"}
)
_THING_NOUNS: Final = frozenset({"lĩnh vực", "bao gồm", "văn bản", "đề án", "dự án", "báo cáo", "nhóm"})
_ANNOUNCES: Final = frozenset({"tập", "thực", "triển", "trọng"})
_QUANTITIES: Final = word_set(
    "vào các một số những nhóm tốt có hiệu quả đầy đủ đồng bộ hiện thực triển khai hết là nội dung"
) - {"nội", "dung"}
_ANNOUNCED: Final = _DUTY_NOUNS | {"nội dung", "vấn đề", "lĩnh vực", "việc sau", "khâu đột"}


def pieces_of(words: Sequence[Word]) -> list[Piece]:
    """The sentence between semicolons, colons and dots of omission."""
    pieces: list[Piece] = []
    begins, mark = 0, ""
    for place, word in enumerate(words):
        if is_strong_mark(word.low):
            pieces.append(Piece(begins, place, mark))
            begins, mark = place + 1, word.low if word.low in ";:" else "…"
    pieces.append(Piece(begins, len(words), mark))
    return [piece for piece in pieces if piece.begins < piece.ends]


def listed_after(words: Sequence[Word], before: Piece, after: Sequence[Piece]) -> Listed:
    """What a colon introduces, by the last noun before it that names a kind of thing."""
    lows = [word.low for word in words[before.begins : before.ends]]
    for place in range(len(lows) - 2, max(-1, len(lows) - 16), -1):
        pair = f"{lows[place]} {lows[place + 1]}"
        if pair in _DUTY_NOUNS:
            return Listed.DUTIES
        if pair in _THING_NOUNS:
            return Listed.THINGS
    if len(lows) >= 2 and lows[-1] in {"gồm", "có", "như", "là"}:
        return Listed.THINGS if lows[-1] != "có" else Listed.DUTIES
    opens = [verb_phrase_at(words, skip_connecting(words, piece.begins)) for piece in after]
    acts = [phrase for phrase in opens if phrase and phrase.main.kind in {VerbKind.ACT, VerbKind.ROLE, VerbKind.START}]
    return Listed.DUTIES if len(acts) >= 2 and opens[0] is not None else Listed.MORE


def without_announcement(words: Sequence[Word], found: list[Clause]) -> list[Clause]:
    """The clauses before a list of duties without the words that only announce it.

    "Tập trung vào các nhiệm vụ sau" is no duty; "Hoàn thiện quy định ..., tập trung vào các nhiệm vụ sau" is one up to
    the comma.
    """
    last = found[-1]
    for place in range(last.ends - 1, last.begins - 1, -1):
        if words[place].low not in _ANNOUNCES or not is_announcement(words, place, last.ends):
            continue
        start = place
        while start > last.begins and words[start - 1].low in {"đó", "trong", ","}:
            start -= 1
        if start <= last.begins:
            return found[:-1]
        return [*found[:-1], last._replace(ends=start)]
    return found


def is_announcement(words: Sequence[Word], begins: int, ends: int) -> bool:
    """Whether words[begins:ends] only say that tasks follow: "tập trung vào một số nhiệm vụ trọng tâm sau"."""
    phrase = verb_phrase_at(words, begins)
    if phrase is None or phrase.end >= ends:
        return False
    if words[phrase.main.place].low not in _ANNOUNCES:
        return False
    rest = [word.low for word in words[phrase.end : ends]]
    place = 0
    while place < len(rest) and (rest[place] in _QUANTITIES or rest[place].isdigit()):
        place += 1
    return 0 < place < len(rest) - 1 and f"{rest[place]} {rest[place + 1]}" in _ANNOUNCED and len(rest) - place <= 12
