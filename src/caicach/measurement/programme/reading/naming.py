"""Where the name of a unit ends that no list knows: "Phòng Kiểm tra văn bản báo cáo ...".

The words of such a name are often those of work, so that the first of them that looks like a verb is not yet what the
unit does. A name is its kind, its words in capitals with the small ones that belong to them, and what these act on; it
ends before the verb that has an object of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .lexicon import Verb, VerbKind, is_compound_tail, is_part_of_a_name, verbs
from .subjects import PAST, unit_types
from .words import Word, is_strong_mark, word_set

_REACH: Final = 14
"""Words after the capitals within which a name ends."""
_JOINS: Final = frozenset({",", "và", "-", "–", "&"})
_NO_PART: Final = PAST | word_set("được của cho để trong tại theo với về từ nhằm khi việc các những sẽ cần phải giao")
_NOUNS_BEFORE: Final = word_set("bản án mục sách liệu trình hoạch tác sự cuộc đoàn kỳ quả cầu kỹ chuẩn chức năng quyền")
"""Last syllables of nouns that a verb's like may only tell more of ("danh mục đầu tư"), or that a verb may follow."""
_CLOSES: Final = frozenset({".", ")", "]", "|"})
_LONGEST_TAIL: Final = 6
_LONG_ENOUGH: Final = 4
_CARRIES_A_VERB: Final = frozenset({VerbKind.ACT, VerbKind.BOTH, VerbKind.PURPOSE})
_PREDICATES: Final = frozenset(VerbKind) - {VerbKind.PURPOSE, VerbKind.ATTITUDE, VerbKind.NOUN}
_ENDS_A_NAME: Final = frozenset({"xây dựng", "đầu tư", "cải cách", "thi hành", "bồi dưỡng", "đào tạo", "kiểm tra"})
"""Work that stands at the end of names without an object: "Trung tâm Kiểm định chất lượng xây dựng"."""
_THINGS: Final = frozenset({("chức", "nhà"), ("chức", "bộ"), ("chức", "cán"), ("chức", "đảng"), ("chức", "phi")})
""" "Viện Khoa học tổ chức nhà nước": "tổ chức" is what the name speaks of."""
_WITHOUT_OBJECT: Final = frozenset(
    {"tổng hợp", "thanh tra", "kiểm tra", "tổ chức", "thống kê", "đào tạo", "tuyên truyền", "xây dựng", "đầu tư"}
)
"""Work that is a whole name by itself: "Phòng Tổng hợp"."""


def names_by_form(words: Sequence[Word], text: str, known: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in the text of units whose name is told by its form, in order, without those at `known` places."""
    found: list[tuple[int, int]] = []
    place = 0
    starts = {start for start, _end in known}
    while place < len(words):
        kind = unit_types().at(words, place)
        if kind is None or not text[words[place].start].isupper() or words[place].start in starts:
            place += 1
            continue
        ends = _end_of_name(words, text, place + kind[0])
        if ends is None:
            place += kind[0]
            continue
        found.append((words[place].start, words[ends - 1].end))
        place = ends
    return found


def _end_of_name(words: Sequence[Word], text: str, begins: int) -> int | None:
    """The place after the name whose own words begin at `begins`; None where no verb after it shows its end."""
    if begins >= len(words) or not text[words[begins].start].isupper():
        return None
    ends, head = _capitals(words, text, begins)
    is_of_work = head is not None and (head.kind in _CARRIES_A_VERB or _written(words, head) == "công tác")
    takes_object = head is not None and head.end == ends and is_of_work
    is_whole = head is None or head.end - head.place > 2 or _written(words, head) in _WITHOUT_OBJECT
    candidates = list(_candidates(words, text, ends, is_after_one_syllable=ends - begins == 1))
    for number, verb in enumerate(candidates):
        later = [other for other in candidates[number + 1 :] if other.kind is not VerbKind.ADVERB]
        if takes_object and not is_whole and verb.place == ends and later:
            continue  # "Phòng Theo dõi thi hành pháp luật tổng hợp ..."
        if takes_object and _written(words, verb) in _ENDS_A_NAME and later and later[0].place == verb.end:
            continue  # "Trung tâm Kiểm định chất lượng xây dựng tổ chức ..."
        if _is_less_likely(words, verb, later):
            continue
        return verb.place
    return None if candidates else _end_in_a_list(words, text, ends)


def _end_in_a_list(words: Sequence[Word], text: str, ends: int) -> int | None:
    """Where no verb follows, the mark that ends the name: "Trung tâm Công nghệ thông tin, Phòng ... phối hợp"."""
    for place in range(ends, min(len(words), ends + _LONGEST_TAIL)):
        if words[place].low in _JOINS or is_strong_mark(words[place].low) or words[place].low in _CLOSES:
            return place
        if words[place].low in _NO_PART or not text[words[place].start].islower():
            return None
    return len(words) if len(words) < ends + _LONGEST_TAIL else None


def _capitals(words: Sequence[Word], text: str, begins: int) -> tuple[int, Verb | None]:
    """The place after the words in capitals, each with the small syllables of its compound, and the verb's like that
    the last of them is."""
    here = ends = begins
    head: Verb | None = None
    while here < len(words) and here - begins < _REACH:
        if words[here].low in _JOINS and here > begins:
            joined = _goes_on_after(words, text, here, head)
            if joined is None:
                break
            here = joined
            if not text[words[here].start].isupper():
                head = _verb(words, here)
                here = ends = head.end if head else here
            continue
        if not text[words[here].start].isupper():
            if head is not None or not _joins_capitals(words, text, here + 1):
                break
            here = ends = here + 1  # "Thi đua - Khen thưởng": the second syllable of a word
            continue
        compound = _verb(words, here, with_nouns=True)
        if compound is not None and compound.end - compound.place > 1:
            head, here = compound, compound.end
        else:
            head, here = None, here + 1
        ends = here
    return ends, head


def _joins_capitals(words: Sequence[Word], text: str, joint: int) -> bool:
    """A joint between two words of one name, the second with a capital and no other unit's."""
    after = joint + 1
    if after >= len(words) or words[joint].low not in _JOINS or unit_types().at(words, after) is not None:
        return False
    return text[words[after].start].isupper()


def _goes_on_after(words: Sequence[Word], text: str, joint: int, head: Verb | None) -> int | None:
    """The place after a comma or "và" inside a name: another word in capitals, or work beside work ("Đào tạo, bồi
    dưỡng"). None where another unit or another sentence follows."""
    after = joint + 1
    if after >= len(words) or unit_types().at(words, after) is not None:
        return None
    if text[words[after].start].isupper():
        return after
    if head is None or head.end != joint or words[joint].low in {"-", "–"}:
        return None
    return after if _work_beside(words, after) else None


def _work_beside(words: Sequence[Word], place: int) -> Verb | None:
    """Work without an object of its own, right before another verb: it belongs to the name."""
    beside = _verb(words, place)
    if beside is None or beside.kind is not VerbKind.BOTH:
        return None
    follows = _verb(words, beside.end)
    return beside if follows is not None and follows.kind in _PREDICATES else None


def _candidates(words: Sequence[Word], text: str, ends: int, *, is_after_one_syllable: bool) -> Iterator[Verb]:
    """Words after the capitals that may be what the unit does, each with something after it to act on."""
    place = ends
    is_still_name = True
    while place < min(len(words), ends + _REACH):
        word = words[place]
        if is_still_name and word.low == "và" and (beside := _work_beside(words, place + 1)):
            place = beside.end
            continue
        if word.low in _NO_PART or word.low in _JOINS or is_strong_mark(word.low) or not text[word.start].islower():
            return
        verb = _verb(words, place)
        if verb is None or not _acts(words, verb):
            place += 1
            continue
        is_half_a_word = is_after_one_syllable and place == ends and verb.end - verb.place == 1
        if not is_half_a_word and verb.kind in _PREDICATES and not is_compound_tail(words, place):
            is_still_name = False
            yield verb
        place = verb.end


def _acts(words: Sequence[Word], verb: Verb) -> bool:
    """Something follows that it can act on, or another verb that shares its object; "chủ trì" needs neither."""
    if verb.kind not in _CARRIES_A_VERB:
        return True
    says_all = verb.kind is VerbKind.ACT and verb.end - verb.place >= _LONG_ENOUGH  # "bố trí kinh phí"
    if verb.end >= len(words) or says_all:
        return says_all
    following = words[verb.end].low
    if following in _JOINS:
        return _verb(words, verb.end + 1) is not None
    return not is_strong_mark(following) and following not in _CLOSES


def _is_less_likely(words: Sequence[Word], verb: Verb, later: Sequence[Verb]) -> bool:
    """What stands behind a noun of work, or makes a noun with the words around it, while a plain verb follows soon."""
    if verb.kind not in {VerbKind.ACT, VerbKind.BOTH} or words[verb.place].low in {"có", "chịu"}:
        return False
    is_thing = (words[verb.end - 1].low, words[verb.end].low) in _THINGS
    if not _is_after_a_noun(words, verb.place) and not is_part_of_a_name(words, verb.place) and not is_thing:
        return False
    if verb.kind is VerbKind.ACT and not later:
        return False
    return any(other.kind is not VerbKind.BOTH and words[other.place - 1].low not in _NOUNS_BEFORE for other in later)


def _is_after_a_noun(words: Sequence[Word], place: int) -> bool:
    """A noun that takes a verb behind it: "chương trình kiểm tra", but not "công trình"."""
    before = words[place - 1].low
    return before in _NOUNS_BEFORE and (before != "trình" or words[place - 2].low != "công")


def _verb(words: Sequence[Word], place: int, *, with_nouns: bool = False) -> Verb | None:
    """The longest phrase of the list of verbs at a place, whatever stands before it."""
    found = verbs().at(words, place)
    if found is None or (found[1] is VerbKind.NOUN and not with_nouns):
        return None
    return Verb(place, place + found[0], found[1])


def _written(words: Sequence[Word], verb: Verb) -> str:
    return " ".join(word.low for word in words[verb.place : verb.end])
