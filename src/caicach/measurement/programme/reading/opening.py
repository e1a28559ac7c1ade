"""Where the duty of a sentence begins: after connecting words, times, whoever is ordered and the words that order.

"Trong năm 2022, Vụ Pháp chế chủ trì, phối hợp với Văn phòng Bộ rà soát ..."   begins at "Vụ Pháp chế chủ trì"
"Bộ trưởng yêu cầu các đơn vị rà soát ..."                                     begins at "rà soát"
"UBND tỉnh vừa tổ chức hội nghị ..."                                           tells what happened: no duty
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .lexicon import VerbKind, VerbPhrase, phrases, says_work, verb_at, verb_phrase_at
from .subjects import PAST, REACH, duty_of_subject, ordered_in, orders_at, unit_types
from .words import CITED, ENCLOSED, Word, is_strong_mark, word_set

_CONNECTING: Final = phrases(
    "đồng thời;bên cạnh đó;ngoài ra;đặc biệt;cùng với đó;song song với đó;trên cơ sở đó;từ đó;qua đó;theo đó;"
    "trước hết;trước mắt;tiếp theo;cụ thể;cụ thể là;trong đó;một là;hai là;ba là;bốn là;năm là;sáu là;bảy là;"
    "tám là;thứ nhất;thứ hai;thứ ba;thứ tư;thứ năm;thứ sáu;thứ bảy;sau đó;mặt khác;nhất là;đặc biệt là;"
    "cùng đó;và;song song"
)
_LABELS: Final = frozenset({"nhiệm vụ", "hoạt động", "giải pháp", "nội dung", "công việc"})
_OF_LABELS: Final = word_set("trọng tâm chủ yếu cụ thể chung chính cần thực hiện năm và")
_OPENS_ADJUNCT: Final = word_set(
    "trong năm đến trước từ sau hằng hàng theo căn trên để nhằm cùng với bên qua thông tại khi vào quý "
    "tháng giai về đối ngay định chậm hết thực triển ngày phấn xuất"
)
_BEGINS_TIME: Final = word_set("chậm trước trong đến từ hết năm quý tháng ngày cuối đầu")
_ADJUNCT_REACH: Final = 80
_TURNS: Final = frozenset({"tuần", "tháng", "quý", "năm", "ngày"})
_TIME_REACH: Final = 10
_MOST_TURNS: Final = 6


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a duty begins in the words of a sentence.

    begins : place of its first word, the subject's where the subject is a unit; phrase : its verb phrase, None for a
    target without a verb; adjunct : the places before it that give a time or a reason, empty when begins == 0
    said : place of the work after the name of a unit, where its verb is not known
    is_list : what follows is an enumeration of duties ("Kế hoạch bao gồm đẩy mạnh ..., cải thiện ...")
    """

    begins: int
    phrase: VerbPhrase | None
    adjunct: tuple[int, int] = (0, 0)
    is_list: bool = False
    said: int | None = None


def skip_connecting(words: Sequence[Word], place: int) -> int:
    """The place after connecting words, a label ("Nhiệm vụ 1:") and a number in brackets ("(1)")."""
    here = place
    for _ in range(4):
        found = _CONNECTING.at(words, here)
        verb = verb_at(words, here) if found else None
        if found and (verb is None or verb.end - here < found[0] or verb.kind is VerbKind.ADVERB):
            here += found[0]
        elif here + 1 < len(words) and " ".join(word.low for word in words[here : here + 2]) in _LABELS:
            colon = _colon_of_label(words, here + 2)
            if colon is None:
                return here
            here = colon
        elif (here < len(words) and words[here].low == ENCLOSED and words[here].end - words[here].start <= 5) or (
            here < len(words) and words[here].low in "-–+•*/"
        ):
            here += 1
        else:
            return here
        while here < len(words) and words[here].low in ",:":
            here += 1
    return here


def _colon_of_label(words: Sequence[Word], place: int) -> int | None:
    """Of "Nội dung:", "Nhiệm vụ 1:", "Nhiệm vụ trọng tâm năm 2024:"; None where other words stand before the colon."""
    if place < len(words) and words[place].low == ":":
        return place
    here = place
    while here < min(place + 9, len(words)) and (words[here].low in _OF_LABELS or words[here].low.isdigit()):
        here += 1
    here += int(here == place)  # "Nhiệm vụ 1a:", one word of any kind
    return here if here < len(words) and words[here].low == ":" else None


def opening_of(words: Sequence[Word], text: str, *, is_item: bool) -> Opening | None:
    """Where the duty of a sentence begins; None when the sentence orders nothing.

    `is_item` says that the sentence is an item of a plan's list, where a unit before a verb is enough; in prose a
    subject needs a word that orders (sẽ, cần, tiếp tục, chủ trì).
    """
    return _opening_from(words, text, 0, is_item=is_item, may_nest=True)


def _opening_from(words: Sequence[Word], text: str, place: int, *, is_item: bool, may_nest: bool) -> Opening | None:
    here = skip_connecting(words, place)
    if here >= len(words):
        return None
    phrase = verb_phrase_at(words, here)
    acts_on_a_text = _carries_out_a_text(words, phrase)
    if may_nest and (
        acts_on_a_text or (words[here].low in _OPENS_ADJUNCT and not _is_plain_order(words, here, phrase))
    ):
        nested = _after_adjunct(words, text, here, is_item=is_item)
        if nested is not None:
            return nested
        if acts_on_a_text and _is_told_later(words, text, here):
            return None
    if order := ordered_in(words, text, here):
        return Opening(order.begins, order.phrase, (here, order.said_from))
    if phrase is None and (begins := after_rhythm(words, here)) > here and begins < len(words):
        phrase = verb_phrase_at(words, begins)
        here = here if phrase is None else begins
    if phrase is not None:
        return Opening(here, phrase, (place, here)) if _may_open(words, phrase, is_item=is_item) else None
    found = duty_of_subject(words, text, here, is_item=is_item)
    if found is None:
        return None
    is_time = words[here].low in _BEGINS_TIME and found.begins > here  # "Chậm nhất ngày 15/02 phải ban hành ..."
    return Opening(found.begins, found.phrase, (here, found.begins if is_time else here), found.is_list)


def after_rhythm(words: Sequence[Word], place: int) -> int:
    """The place after "định kỳ hằng quý (trước ngày 05)", "định kỳ trước ngày 15 hằng tháng": when, not yet what."""
    here = place
    if tuple(word.low for word in words[here : here + 2]) == ("định", "kỳ"):
        here += 2
        if here < len(words) and words[here].low in {"trước", "vào", "ngày"}:  # "trước ngày 15 tháng cuối quý"
            return next((n for n in range(here, min(len(words), here + _TIME_REACH)) if verb_at(words, n)), place)
    for _ in range(_MOST_TURNS):
        turn = _after_turn(words, here)
        if turn == here:
            break
        here = turn
        if here + 1 < len(words) and words[here].low in {",", "và", ";"} and _after_turn(words, here + 1) > here + 1:
            here += 1
    return here


def _after_turn(words: Sequence[Word], place: int) -> int:
    """The place after "hằng quý (trước ngày 10)", "6 tháng", "năm (trước 25/11)"; `place` where none is named."""
    here = place
    here += int(here < len(words) and words[here].low in {"hằng", "hàng", "mỗi"})
    here += int(here < len(words) and words[here].low.isdigit())
    if here >= len(words) or words[here].low not in _TURNS:
        return place
    here += 1
    if here < len(words) and words[here].low == ENCLOSED:
        here += 1
    return here


def _is_plain_order(words: Sequence[Word], here: int, phrase: VerbPhrase | None) -> bool:
    """ "Thực hiện ...", "Theo dõi ...", "Định kỳ báo cáo" begin like an adjunct but order at once."""
    if phrase is not None and words[here].low == "theo":
        return phrase.place == here
    return phrase is not None and words[here].low in {"thực", "triển", "định", "hằng", "hàng", "phấn"}


def _carries_out_a_text(words: Sequence[Word], phrase: VerbPhrase | None) -> bool:
    """ "Thực hiện Nghị quyết số 18-NQ/TW ...": often the reason of what follows, not the duty itself."""
    if phrase is None or words[phrase.place].low not in {"thực", "triển"}:
        return False
    return any(word.low == CITED for word in words[phrase.end : phrase.end + 4])


def _is_told_later(words: Sequence[Word], text: str, here: int) -> bool:
    """After a comma somebody has done or issued something: the sentence tells how the plan came about."""
    for place in range(here, min(len(words) - 2, here + _ADJUNCT_REACH)):
        if words[place].low not in ",;" or not text[words[place + 1].start].isupper():
            continue
        following = [word.low for word in words[place + 1 : place + 16]]
        if PAST.intersection(following) or ("hành" in following and "ban" in following) or "như" in following:
            return True
        if "xây" in following and "kế" in following:
            return True
    return False


def _after_adjunct(words: Sequence[Word], text: str, here: int, *, is_item: bool) -> Opening | None:
    for place in range(here + 1, min(len(words) - 1, here + _ADJUNCT_REACH)):
        if is_strong_mark(words[place].low):
            return None
        if words[place].low != ",":
            continue
        after = skip_connecting(words, place + 1)
        phrase = verb_phrase_at(words, after)
        if phrase is not None and (phrase.main.kind is VerbKind.BOTH or _in_list_of_verbs(words, place)):
            continue
        if phrase is None and not _may_be_subject(words, text, here, after):
            continue
        found = _opening_from(words, text, after, is_item=is_item, may_nest=False)
        if found is not None and found.begins - after <= REACH:
            return Opening(found.begins, found.phrase, (here, after), found.is_list)
    return None


def _may_be_subject(words: Sequence[Word], text: str, here: int, after: int) -> bool:
    """Whether a subject or an order can begin after the comma of an adjunct."""
    if after >= len(words) or text[words[after].start].isupper() or orders_at(words, after):
        return True
    return unit_types().at(words, after) is not None or words[here].low in {"để", "trong"}


def _in_list_of_verbs(words: Sequence[Word], comma: int) -> bool:
    """The word before the comma ends a verb that the one after it goes on: "để xây dựng, hoàn thiện thể chế".

    Not so where it is a noun ("kết quả đánh giá, đề xuất ...") or tells what was done ("được giao, xây dựng ...").
    """
    for place in range(max(1, comma - 3), comma):
        verb = verb_at(words, place)
        if verb is not None and verb.end == comma:
            return verb.kind is not VerbKind.BOTH and words[place - 1].low not in {"được", "đã", "bị"}
    return False


def _may_open(words: Sequence[Word], phrase: VerbPhrase, *, is_item: bool) -> bool:
    if phrase.main.kind is VerbKind.ATTITUDE or not says_work(phrase, len(words)):
        return False
    following = words[phrase.end].low if phrase.end < len(words) else ""
    if phrase.main.kind is VerbKind.BOTH and not phrase.has_starter and not phrase.says_must:
        return following not in {"này", "là", "đã", "được", "vừa"} and (
            is_item or following not in {"của", "từ", "tại"}
        )
    return following not in {"là", "này"}


_SHORTEST_WORK: Final = 3
_SHORTEST_WITH_A_NAME: Final = 6
_REACH_OF_A_STANDING: Final = 12
_TELLS_WHAT_IT_IS: Final = frozenset({"là", "gồm", "đã", "đang", "vừa", "bị", "được", ":", "có"})
_GOES_ON_WITH_A_NAME: Final = frozenset(
    {"và", "của", "thuộc", "cùng", "hoặc", "trực", "cấp", "các", "trong", "tại", "ở"}
)
"""After the name of a unit: whose it is, or who else is meant."""


def opening_of_a_unit(sentence: Sequence[Word], text: str, begins: int, *, known: Mapping[int, int]) -> Opening | None:
    """An item that begins with the name of a unit, and goes on with a verb that the list does not know.

    Where the organisation knows the unit, its name ends for certain and what follows is the work.
    known : places in the text where such a name begins, and where it ends
    """
    if unit_types().at(sentence, begins) is None or not text[sentence[begins].start].isupper():
        return None
    end = known.get(sentence[begins].start)
    after = begins + 1
    while end is not None and after < len(sentence) and sentence[after].start < end:
        after += 1
    rest = sentence[after : after + _REACH_OF_A_STANDING]
    is_short = len(sentence) - after < (_SHORTEST_WORK if end is not None else _SHORTEST_WITH_A_NAME)
    if is_short or any(word.low in _TELLS_WHAT_IT_IS for word in rest):
        return None
    if end is None:
        return Opening(begins, None)
    is_work = text[rest[0].start].islower() and rest[0].low not in _GOES_ON_WITH_A_NAME
    return Opening(begins, None, said=after) if is_work else None
