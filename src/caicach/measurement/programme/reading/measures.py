"""Numbers to reach inside a clause: where one thing measured ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .lexicon import VerbKind, VerbPhrase, verb_at, verb_phrase_at
from .pieces import Clause
from .words import Word

_PREDICATES: Final = frozenset({"được", "đạt", "có"})
_LIMITS: Final = frozenset(
    {"tối", "thiểu", "ít", "nhất", "trên", "hơn", "khoảng", "từ", "đa", "dưới", "không", "quá", "đúng"}
)


def split_by_measures(words: Sequence[Word], clause: Clause) -> Iterator[Clause]:
    """One clause for each thing measured where a verb acts on several: "giảm 10% A và 10% B".

    Measures that share a predicate at the end ("90% cấp huyện và 60% cấp xã được ...") stay one.
    """
    if clause.phrase is None or not is_measure(words, clause.phrase.end, clause.ends):
        yield clause
        return
    begins = clause.begins
    phrase: VerbPhrase | None = clause.phrase
    for place in range(clause.phrase.end + 3, clause.ends - 3):
        if words[place].low not in {"và", ",", ";"}:
            continue
        following = verb_phrase_at(words, place + 1)
        if following and following.main.kind is VerbKind.RESULT and _is_rate(words, following.end, clause.ends):
            yield Clause(begins, place, phrase)
            begins, phrase = place + 1, following
        elif _is_rate(words, place + 1, clause.ends) and not _share_predicate(words, clause, begins, place):
            yield Clause(begins, place, phrase)
            begins, phrase = place + 1, clause.phrase if _shares_verb(words, place, clause.ends) else None
    yield Clause(begins, clause.ends, phrase)


def _share_predicate(words: Sequence[Word], clause: Clause, begins: int, joint: int) -> bool:
    """ "Bảo đảm 100% cơ quan hành chính, 80% đơn vị sự nghiệp sử dụng chữ ký số": what both do stands at the end."""
    if clause.phrase is None or clause.phrase.main.kind is not VerbKind.PURPOSE:
        return False
    first = range(max(begins, clause.phrase.end), joint)
    return not _says_more(words, first) and _says_more(words, range(joint + 1, clause.ends))


def _says_more(words: Sequence[Word], places: range) -> bool:
    return any(words[place].low in _PREDICATES or verb_at(words, place) for place in places)


def _shares_verb(words: Sequence[Word], joint: int, ends: int) -> bool:
    """The verb before the first measure holds for this one too: it has no predicate or limit of its own."""
    if words[joint].low == ";":
        return False
    own = _next_measure(words, joint + 1, ends)
    following = [word.low for word in words[joint + 1 : _next_measure(words, own + 1, ends)]]
    return not {"được", "đạt", "không", "phải", "có"}.intersection(following)


def _next_measure(words: Sequence[Word], place: int, ends: int) -> int:
    return next((step for step in range(place, ends) if words[step].low == "%"), ends)


def _is_rate(words: Sequence[Word], place: int, ends: int) -> bool:
    return is_measure(words, place, ends) and any(word.low == "%" for word in words[place : place + 4])


def is_measure(words: Sequence[Word], place: int, ends: int) -> bool:
    """A number and something measured begin here, perhaps after "tối thiểu"."""
    here = place
    while here < min(ends, place + 4) and words[here].low in _LIMITS:
        here += 1
    return here + 2 < ends and words[here].low[0].isdigit() and words[here + 2].low not in ",;"
