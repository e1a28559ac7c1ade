"""Which words can carry a duty, and how: the list in reference/verbs.csv, matched longest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, Generic, NamedTuple, TypeVar

from caicach.kernel.calendar.reference import reference_rows

from .words import OF_A_NAME, Word, lowered

REFERENCE: Final = Path(__file__).parent / "reference"

Value = TypeVar("Value")


class VerbKind(StrEnum):
    """How a word stands in a duty.

    act : says the work ("ban hành"); both : a verb that is as often a noun ("kiểm tra")
    result, purpose : say what comes of the work ("nâng cao", "bảo đảm"), a duty only where they begin a clause
    start : leads to the verb or takes its place ("tiếp tục", "đẩy mạnh"); adverb : stands before it ("kịp thời")
    role : who does it ("chủ trì"); attitude : what to think of it ("có nhận thức"); noun : no verb though it looks so
    """

    ACT = "act"
    BOTH = "both"
    RESULT = "result"
    PURPOSE = "purpose"
    START = "start"
    ADVERB = "adverb"
    ROLE = "role"
    ATTITUDE = "attitude"
    NOUN = "noun"


class Phrases(Generic[Value]):
    """Phrases of words found at a place of a text, the longest first, in time that does not grow with their number."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in phrases:
            parts = tuple(lowered(phrase).split())
            self._by_first.setdefault(parts[0], []).append((parts, value))
        for choices in self._by_first.values():
            choices.sort(key=lambda choice: -len(choice[0]))

    def at(self, words: Sequence[Word], place: int) -> tuple[int, Value] | None:
        """How many words the longest phrase that begins at `place` has, and its value."""
        if place >= len(words):
            return None
        for parts, value in self._by_first.get(words[place].low, ()):
            if len(parts) == 1 or _are(words, place, parts):
                return len(parts), value
        return None


def _are(words: Sequence[Word], place: int, parts: Sequence[str]) -> bool:
    return place + len(parts) <= len(words) and all(words[place + step].low == part for step, part in enumerate(parts))


def phrases(words: str) -> Phrases[bool]:
    """Phrases written one after the other with semicolons between them."""
    return Phrases((phrase, True) for phrase in words.split(";"))


@cache
def verbs() -> Phrases[VerbKind]:
    rows = reference_rows(REFERENCE / "verbs.csv", columns=("words", "kind"))
    return Phrases((row["words"], VerbKind(row["kind"])) for row in rows)


class Verb(NamedTuple):
    """A verb of the list, over words[place:end]."""

    place: int
    end: int
    kind: VerbKind


_NOT_HOA = frozenset({"văn", "hàng", "hóa", "thể", "khoa"})


def verb_at(words: Sequence[Word], place: int) -> Verb | None:
    """The verb that begins at a place; a word joined with "hóa" that the list does not know says a result."""
    if found := verbs().at(words, place):
        if is_part_of_a_name(words, place) or is_compound_tail(words, place):
            return None
        if words[min(place + found[0], len(words) - 1)].low[0] == OF_A_NAME:
            return None  # "Thanh tra Sở": the kind of the unit, not what it does
        return None if found[1] is VerbKind.NOUN else Verb(place, place + found[0], found[1])
    if place + 1 < len(words) and words[place + 1].low == "hóa" and words[place].low.isalpha():
        return None if words[place].low in _NOT_HOA else Verb(place, place + 2, VerbKind.RESULT)
    return None


_NAME_BEFORE: Final = {
    ("thông", "tin"): frozenset({"nghệ", "thống"}),
    ("báo", "cáo"): frozenset({"thống", "độ", "bản", "các"}),
    ("quản", "lý"): frozenset({"đạo", "quan", "bộ", "viên"}),
    ("kiểm", "tra"): frozenset({"ban", "đoàn", "ủy"}),
    ("điều", "hành"): frozenset({"ban"}),
}
_BODIES: Final = frozenset({"nhân", "quan", "nghiệp", "dân", "hội"})


def is_part_of_a_name(words: Sequence[Word], place: int) -> bool:
    """A verb that the word before makes a noun: "công nghệ thông tin", "đoàn kiểm tra", "cá nhân, tổ chức"."""
    if place == 0:
        return False
    pair = words[place].low, words[place + 1].low if place + 1 < len(words) else ""
    if pair == ("tổ", "chức"):
        return place >= 2 and words[place - 1].low in {",", "và"} and words[place - 2].low in _BODIES
    return words[place - 1].low in _NAME_BEFORE.get(pair, ())


class VerbPhrase(NamedTuple):
    """The verbs at the head of a clause, with what stands before and between them: words[place:end].

    `main` is the first verb that is neither a starter nor an adverb; where there is none ("đẩy mạnh công tác ...") the
    starter. `has_starter` says that "tiếp tục" or its like came first, `says_must` that it is ordered in words (sẽ,
    cần, phải).
    """

    place: int
    end: int
    main: Verb
    has_starter: bool
    says_must: bool


_LONG_ENOUGH = 4


def says_work(phrase: VerbPhrase, ends: int) -> bool:
    """Whether a verb phrase says something to be done before `ends`: it acts on something ("rà soát quy trình"), or its
    own words do ("tổng hợp báo cáo"). "Xây dựng" alone is as likely a name."""
    needed = _LONG_ENOUGH if phrase.main.end == phrase.end else _LONG_ENOUGH - 1  # "kiểm soát chi"
    return phrase.end < ends or (phrase.main.kind is VerbKind.ACT and phrase.end - phrase.place >= needed)


MUST = frozenset({"sẽ", "cần", "phải", "cần phải"})
_LONGEST_PHRASE = 60
"""Words of verbs in a row; more are no phrase that anyone wrote."""
_JOINS = frozenset({",", "và", "/", "-", "hoặc"})


def verb_phrase_at(words: Sequence[Word], place: int) -> VerbPhrase | None:
    """The verb phrase at a place ("chủ động rà soát, sửa đổi và bổ sung"); None when no verb begins there."""
    main: Verb | None = None
    starter: Verb | None = None
    says_must = False
    here = ends = place
    while here - place < _LONGEST_PHRASE and (verb := verb_at(words, here)):
        if verb.kind is VerbKind.ADVERB:
            says_must = says_must or words[verb.place].low in MUST
        elif verb.kind is VerbKind.START:
            starter = starter or verb
        elif main is None:
            main = verb
        here = verb.end
        ends = ends if verb.kind is VerbKind.ADVERB and main is not None else here
        if here + 1 < len(words) and words[here].low in _JOINS and _carries_on(words, here + 1):
            here += 1
    head = main or starter
    if head is None:
        return None
    return VerbPhrase(place, ends, head, starter is not None, says_must)


def _carries_on(words: Sequence[Word], place: int) -> bool:
    """A verb follows the comma, so that the verbs before and after share what they act on."""
    return verb_at(words, place) is not None


_COMPOUNDS: Final = {
    "tạo": {"đào", "sáng", "cải", "tái", "chế", "kiến"},
    "phục": {"sự", "chính", "khôi", "cách", "khắc", "thuyết", "trang"},
    "để": {"đất"},
    "trực": {"thường", "túc"},
    "trình": {"toàn", "quy", "chương", "quá", "lộ", "công", "tiến", "giải"},
}


def is_compound_tail(words: Sequence[Word], place: int) -> bool:
    """The word only ends a longer one: "tạo" of "đào tạo" opens no purpose."""
    return place > 0 and words[place - 1].low in _COMPOUNDS.get(words[place].low, ())
