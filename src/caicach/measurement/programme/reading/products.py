"""What comes out of a task: named by a label, or by the thing that a verb of making acts on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from caicach.kernel.calendar.reference import reference_rows

from .lexicon import REFERENCE, Phrases, Verb, is_compound_tail, verb_at, verb_phrase_at
from .subjects import unit_types
from .titles import after_who
from .words import ENCLOSED, Word, capitalised, squeezed

_MAKES: Final = frozenset(
    {
        "xây dựng",
        "ban hành",
        "trình",
        "soạn thảo",
        "biên soạn",
        "lập",
        "hoàn thiện",
        "hoàn thành",
        "công bố",
        "phê duyệt",
        "thiết lập",
        "tạo lập",
        "hình thành",
        "thành lập",
        "in ấn",
        "phát hành",
        "thiết kế",
    }
)
_STOPS: Final = frozenset({";", ":", ".", "(", "nhằm", "để", "theo", "trình", "trước", "gắn", "trên", "trong", "thuộc"})
_STOP_PAIRS: Final = frozenset(
    {("bảo", "đảm"), ("đảm", "bảo"), ("phục", "vụ"), ("đáp", "ứng"), ("đặc", "biệt"), ("nhất", "là")}
)
_DECIDES: Final = frozenset({"ban hành", "phê duyệt", "thông qua", "xem xét"})
_LONGEST_RECEIVER: Final = 8
_SAYS_WHEN: Final = frozenset({"xong", "trước", "hoàn", "chậm", "trong"})
_LONGEST: Final = 20


@cache
def _nouns() -> Phrases[bool]:
    return Phrases((row["noun"], True) for row in reference_rows(REFERENCE / "product_nouns.csv", columns=("noun",)))


def product_in(text: str, words: Sequence[Word]) -> str:
    """The product named in a clause that begins with its verb ("xây dựng Đề án ..."), "" when it has no name."""
    begins = after_who(words, text)
    phrase = verb_phrase_at(words, begins)
    if phrase is None:
        return ""
    for place in range(begins, phrase.end):
        verb = verb_at(words, place)
        if verb is None or not _makes(words, verb):
            continue
        thing = _thing_after(words, verb.end)
        if thing is not None:
            return _listed_after(text, words, phrase.end) or _named(text, words, thing)
    return _listed_after(text, words, phrase.end)


def _makes(words: Sequence[Word], verb: Verb) -> bool:
    return " ".join(word.low for word in words[verb.place : verb.end]) in _MAKES


def _thing_after(words: Sequence[Word], place: int) -> int | None:
    """Where the thing made begins: after further verbs that share it and words of number."""
    here = place
    while here < len(words) and here - place < 14:
        if _nouns().at(words, here):
            return here
        verb = verb_at(words, here)
        if decided := _after_receiver(words, here):
            here = decided
        elif verb is not None:
            here = verb.end
        elif words[here].low in {",", "và", "các", "những", "một", "số"} or words[here].low.isdigit():
            here += 1
        else:
            return None
    return None


def _after_receiver(words: Sequence[Word], place: int) -> int | None:
    """The place after "Chính phủ ban hành", in "trình Chính phủ ban hành Nghị định": who decides on what is made."""
    if unit_types().at(words, place) is None and words[place].low != "cấp":
        return None
    for here in range(place + 1, min(len(words), place + _LONGEST_RECEIVER)):
        verb = verb_at(words, here)
        if verb is not None and " ".join(word.low for word in words[verb.place : verb.end]) in _DECIDES:
            return verb.end
        if words[here].low in _STOPS or words[here].low == ",":
            return None
    return None


def _named(text: str, words: Sequence[Word], begins: int) -> str:
    ends = begins + 1
    while ends < len(words) and ends - begins < _LONGEST and not _stops(text, words, begins, ends):
        ends += 1
    return _tidy(text[words[begins].start : words[ends - 1].end])


def _tidy(named: str) -> str:
    return capitalised(squeezed(named).strip(" ,;:."))


def _stops(text: str, words: Sequence[Word], begins: int, place: int) -> bool:
    """A word that the product's name does not reach over. Verbs in a row inside a name ("tích hợp, chia sẻ") stay."""
    low = words[place].low
    if low == ENCLOSED:
        return text[words[place].start] in "([{"
    if low not in {",", "và"} or place + 1 >= len(words):
        pair = (low, words[place + 1].low if place + 1 < len(words) else "")
        return (low in _STOPS or pair in _STOP_PAIRS) and not is_compound_tail(words, place)
    if verb_at(words, place + 1) is None:
        return False
    return not any(
        (verb := verb_at(words, step)) and verb.end == place for step in range(max(begins, place - 3), place)
    )


def _listed_after(text: str, words: Sequence[Word], begins: int) -> str:
    """What follows the colon of "(xây dựng) các văn bản, đề án ...: dự thảo Luật A; dự thảo Luật B"."""
    colon = next((place for place in range(begins, min(len(words), begins + 50)) if words[place].low == ":"), None)
    if colon is None or colon + 1 >= len(words) or _nouns().at(words, colon + 1) is None:
        return ""
    if any(word.low in _SAYS_WHEN for word in words[colon + 2 : colon + 5]):
        return ""  # "đề án ...: dự thảo xong trước 31/3, lấy ý kiến trong tháng 4": steps, no products
    makes = any((verb := verb_at(words, place)) and _makes(words, verb) for place in range(colon))
    return _tidy(text[words[colon + 1].start : words[-1].end]) if makes else ""
