"""Who is ordered to do what: the subject of a sentence, the words that order, and the verb phrase that is the duty.

A subject that merely did something is news; it is a duty when the sentence orders it (giao, yêu cầu, sẽ, cần, có trách
nhiệm, tiếp tục, chủ trì), or when it is a unit in the list of a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from caicach.kernel.calendar.reference import reference_rows

from .lexicon import MUST, REFERENCE, Phrases, VerbKind, VerbPhrase, phrases, says_work, verb_phrase_at
from .words import OF_A_NAME, Word, is_strong_mark, word_set

PAST: Final = frozenset({"đã", "vừa", "bị", "đang", "từng", "là"})
REACH: Final = 40
"""How far a subject may reach before its verb, in words."""
_FUNCTION_WORDS: Final = word_set(
    "việc về của cho trong để nhằm các những và hoặc do theo với từ được bằng qua như gồm tự sự cách khi , / -"
)
"""After these a verb is part of what is talked about, not what the subject does."""
_NOUNS_BEFORE: Final = word_set("tác trình động hoạch chương án chế chức năng quyền cầu quả kỹ chuẩn")
"""Last syllables of nouns that take a verb behind them ("kế hoạch kiểm tra"), unless it is one that orders."""
_NO_SUBJECT: Final = word_set("việc tỷ kết sự điều đây đó trên nếu vì do mọi nhiều những không số một mức quyết")
_ORDERS: Final = frozenset({("yêu", "cầu"), ("đề", "nghị"), ("phân", "công"), ("chỉ", "đạo")})
_ORDERING_ADVERBS: Final = frozenset({"chủ", "có", "kịp", "khẩn", "nghiêm", "chịu"})
_LISTS: Final = frozenset({("bao", "gồm"), ("tập", "trung"), ("nhấn", "mạnh")})
_REASONS: Final = frozenset({("căn", "cứ"), ("trên", "cơ")})
_JOINING: Final = word_set("cùng với phối hợp đồng")
_ALL: Final = ("các", "từng", "mọi", "thủ", "những")
_MANY_UNITS: Final = phrases(
    "các sở;các cơ quan;các đơn vị;các bộ;các phòng;các địa phương;các ngành;các vụ;các ban;thủ trưởng các;"
    "giám đốc các;người đứng đầu các;ubnd các;ủy ban nhân dân các;sở , ban , ngành"
)


class UnitTypes:
    """Words by which the name of a unit or an office begins, where they begin no other word ("Tổ", not "Tổ chức")."""

    def __init__(self, types: Phrases[bool]) -> None:
        self._types = types

    def at(self, words: Sequence[Word], place: int) -> tuple[int, bool] | None:
        """How many words the kind of unit has that begins at a place."""
        found = self._types.at(words, place)
        return found if found is not None and found[1] else None


_NO_UNITS: Final = (
    "tổ chức;đội ngũ;bộ máy;bộ tiêu chí;bộ chỉ số;bộ thủ tục;bộ luật;bộ câu hỏi;bộ dữ liệu;hội nghị;hội thảo;hội thi;"
    "báo cáo;ban hành;trường hợp;ngành nghề;nhóm nhiệm vụ;nhóm giải pháp;nhóm chỉ tiêu;nhóm mục tiêu;phòng ngừa;"
    "phòng , chống;phòng chống;phòng họp;viện trợ;vụ việc;sở hữu;đội hình;trường học;thành phố thông minh;"
    "xã hội;ngành hàng;nhóm thủ tục;nhóm lĩnh vực"
)
"""Words that only begin as the names of units do."""


@cache
def unit_types() -> UnitTypes:
    rows = reference_rows(REFERENCE / "unit_types.csv", columns=("words",))
    known = [(row["words"], True) for row in rows]
    return UnitTypes(Phrases([*known, *((words, False) for words in _NO_UNITS.split(";"))]))


def shielded(words: Sequence[Word], names: Sequence[tuple[int, int]]) -> list[Word]:
    """The same words, where those of a unit's name (its place in the text) are no verbs and no words of joining.

    "Viện Khoa học tổ chức nhà nước rà soát ..." is a unit that reviews, not one that organises. The words that say what
    kind of unit it is stay as they are.
    """
    found = list(words)
    place = 0
    for start, end in names:
        while place < len(found) and found[place].start < start:
            place += 1
        kind = unit_types().at(found, place)
        place += kind[0] if kind else 1
        while place < len(found) and found[place].end <= end:
            found[place] = found[place]._replace(low=OF_A_NAME + found[place].low)
            place += 1
    return found


@dataclass(frozen=True, slots=True)
class SubjectDuty:
    """A duty with its subject: it begins at `begins`, the words before `said_from` only say who orders."""

    begins: int
    phrase: VerbPhrase
    said_from: int
    is_list: bool = False


def orders_at(words: Sequence[Word], place: int) -> int:
    """How many words give an order here ("yêu cầu", "giao"); 0 for none."""
    if tuple(word.low for word in words[place : place + 2]) in _ORDERS:
        return 2
    return int(place < len(words) and words[place].low == "giao")


def ordered_in(words: Sequence[Word], text: str, here: int) -> SubjectDuty | None:
    """ "(Bộ trưởng) yêu cầu các đơn vị rà soát", "giao Vụ Pháp chế chủ trì": the duty is what is ordered."""
    for place in range(here, min(len(words) - 3, here + 25)):
        if is_strong_mark(words[place].low) or words[place].low in PAST:
            return None
        step = orders_at(words, place)
        if not step:
            continue
        if place > here and (
            words[place - 1].low in {"được", "theo", "các", ",", "sự"}
            or text[words[place].start].isupper()
            or not _gives_orders(words, here, text)
        ):
            continue
        if place == here and step == 2 and words[place].low == "chỉ":
            return None
        return _what_is_ordered(words, text, place + step)
    return None


def _gives_orders(words: Sequence[Word], here: int, text: str) -> bool:
    if verb_phrase_at(words, here) is not None:
        return False
    return unit_types().at(words, here) is not None or text[words[here].start].isupper()


def _what_is_ordered(words: Sequence[Word], text: str, subject: int) -> SubjectDuty | None:
    direct = verb_phrase_at(words, subject)
    if direct is not None and direct.main.kind is not VerbKind.ATTITUDE and says_work(direct, len(words)):
        return SubjectDuty(direct.place, direct, subject)
    names = next((step for step in range(subject, subject + 2) if unit_types().at(words, step)), None)
    if names is None:
        return None
    found = _predicate(words, text, names, is_unit=True, is_ordered=True)
    if found is None:
        return None
    is_one_unit = text[words[names].start].isupper() and words[names].low not in _ALL
    is_one_unit = is_one_unit and words[found.place - 1].low != ":"
    return SubjectDuty(names if is_one_unit else found.place, found, subject)


def names_many_units(words: Sequence[Word], place: int) -> bool:
    """ "các cơ quan, đơn vị", "thủ trưởng các ...": who is meant is everyone."""
    return _MANY_UNITS.at(words, place) is not None


def duty_of_subject(words: Sequence[Word], text: str, here: int, *, is_item: bool) -> SubjectDuty | None:
    """The duty of a sentence that begins with its subject."""
    if words[here].low in _NO_SUBJECT:
        return None
    if listed := _enumeration(words, text, here):
        return listed
    is_unit = unit_types().at(words, here) is not None
    names_many = names_many_units(words, here)
    found = _predicate(words, text, here, is_unit=(is_unit and is_item) or names_many, is_ordered=False)
    if found is None or found.main.kind is VerbKind.ATTITUDE:
        return None
    begins = found.place
    while words[begins].low in MUST:
        begins += 1
    names_one = is_unit and not names_many and text[words[here].start].isupper()
    return SubjectDuty(here if names_one else begins, found._replace(place=begins), here)


def _enumeration(words: Sequence[Word], text: str, here: int) -> SubjectDuty | None:
    """ "Kế hoạch này bao gồm đẩy mạnh ..., cải thiện ...": what a plan consists of."""
    if " ".join(word.low for word in words[here : here + 2]) not in {"kế hoạch", "chương trình", "nội dung"}:
        return None
    for place in range(here + 2, min(here + 8, len(words) - 2)):
        if (words[place].low, words[place + 1].low) not in _LISTS and words[place].low != "gồm":
            continue
        begins = place + (1 if words[place].low == "gồm" else 2)
        phrase = verb_phrase_at(words, begins) if text[words[begins].start].islower() else None
        return SubjectDuty(begins, phrase, here, is_list=True) if phrase and says_work(phrase, len(words)) else None
    return None


def _predicate(words: Sequence[Word], text: str, subject: int, *, is_unit: bool, is_ordered: bool) -> VerbPhrase | None:
    """The verb phrase that a subject is to do; None when the sentence tells of the past."""
    place = subject + 1
    is_given = is_ordered  # "được giao là đầu mối, có trách nhiệm ...": "là" tells nothing of the past then
    while place < min(len(words), subject + REACH):
        word = words[place]
        if word.low == ":" and is_ordered:
            after = verb_phrase_at(words, place + 1)
            return after if after and says_work(after, len(words)) else None
        if is_strong_mark(word.low):
            return None
        if word.low == "được" and place + 1 < len(words) and words[place + 1].low in {"giao", "phân"}:
            place += 2
            is_given = True
            continue
        if word.low == "là" and is_unit and (beyond := _after_standing(words, place)):
            place = beyond
            is_given = True
            continue
        if (word.low in PAST or word.low in {"được", "ký"}) and not (word.low == "là" and is_given):
            return None
        if is_unit and (after := _after_reason(words, place)):
            return after
        if word.low in _ALL and _is_after_unknown_verb(words, text, subject, place):
            return None
        phrase = verb_phrase_at(words, place) if text[word.start].islower() else None
        if phrase is None:
            place += 1
        elif _is_predicate(words, text, phrase, is_unit=is_unit, is_ordered=is_given):
            return phrase
        else:
            place = max(phrase.end, place + 1)
    return None


def _is_after_unknown_verb(words: Sequence[Word], text: str, subject: int, place: int) -> bool:
    """ "Vụ Pháp chế vi chỉnh các bước kiểm tra": what stands between a name and "các" is a verb that no list knows, and
    the one that follows only tells more of what it acts on."""
    if place - subject < 4 or words[place - 3].low[0] != OF_A_NAME:
        return False
    between = words[place - 2 : place]
    return all(word.low.isalpha() and text[word.start].islower() for word in between) and not any(
        word.low in _FUNCTION_WORDS or word.low in _JOINING or unit_types().at(words, place - 2 + step)
        for step, word in enumerate(between)
    )


def _after_standing(words: Sequence[Word], place: int) -> int | None:
    """The place after "là cơ quan thường trực", "là đầu mối": what the unit is in carrying out the plan."""
    for here in range(place + 1, min(len(words) - 2, place + 6)):
        if (words[here].low, words[here + 1].low) in {("thường", "trực"), ("đầu", "mối")}:
            return here + 3 if words[here + 2].low == "," else here + 2
    return None


def _after_reason(words: Sequence[Word], place: int) -> VerbPhrase | None:
    """What follows a reason after the subject: "các đơn vị căn cứ Kế hoạch này, xây dựng kế hoạch của mình"."""
    if tuple(word.low for word in words[place : place + 2]) not in _REASONS:
        return None
    for comma in range(place + 2, min(len(words), place + REACH)):
        if is_strong_mark(words[comma].low):
            return None
        if words[comma].low not in {",", "này"}:  # "căn cứ Kế hoạch này xây dựng ..."
            continue
        phrase = verb_phrase_at(words, comma + 1)
        if phrase is not None and phrase.main.kind is not VerbKind.ATTITUDE and says_work(phrase, len(words)):
            return phrase
    return None


def _is_predicate(words: Sequence[Word], text: str, phrase: VerbPhrase, *, is_unit: bool, is_ordered: bool) -> bool:
    before = words[phrase.place - 1].low
    if not says_work(phrase, len(words)):
        return False
    first = words[phrase.place].low
    is_must = phrase.says_must or phrase.has_starter or phrase.main.kind is VerbKind.ROLE or first in _ORDERING_ADVERBS
    if before in {"đơn", "vị", "quan"} and first in {"chủ", "phối", "đầu"} and not is_unit:
        return False
    if before == "," and is_ordered:
        return phrase.main.kind is not VerbKind.BOTH
    if before in _FUNCTION_WORDS:
        return False
    if before in _NOUNS_BEFORE and not (is_must or text[words[phrase.place - 2].start].isupper()):
        return False  # "kế hoạch kiểm tra"; but after a name ("Phòng Tổ chức tổng hợp") a verb is what it does
    return is_must or is_unit or is_ordered
