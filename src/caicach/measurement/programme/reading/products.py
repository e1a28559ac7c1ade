"""What comes out of a task: named by a label, or by the thing that a verb of making acts on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from caicach.kernel.calendar.reference import reference_rows

from .lexicon import REFERENCE, Phrases, Verb, VerbKind, is_compound_tail, verb_at, verb_phrase_at
from .subjects import unit_types
from .titles import after_who
from .words import ENCLOSED, Word, capitalised, squeezed, word_set

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
_LEADS_TO_MAKING: Final = frozenset(
    {"nghiên cứu", "tổ chức", "triển khai", "thực hiện", "đề xuất", "chỉ đạo", "xem xét", "phối hợp", "hỗ trợ"}
)
"""Verbs right before one of making, whose product is named all the same. What is taught or checked is not made:
"tập huấn soạn thảo văn bản"."""
_CONNECTS: Final = frozenset({"kết nối", "liên thông", "tích hợp", "đồng bộ", "chia sẻ", "liên kết"})
_STOPS: Final = frozenset({";", ":", ".", "nhằm", "để", "trình", "trước", "gắn"})
_STOP_PAIRS: Final = frozenset(
    {("trong", "đó"), ("trên", "cơ"), ("trên", "tinh"), ("nhất", "là"), ("đặc", "biệt"), ("chậm", "nhất")}
)
_PURPOSES: Final = frozenset({("bảo", "đảm"), ("đảm", "bảo"), ("phục", "vụ"), ("đáp", "ứng")})
_TIMES: Final = word_set("năm quý tháng tuần ngày vòng thời giai đầu cuối quá kỳ")
_RELATES: Final = word_set("của về cho tại trong trên đối thuộc ở với từ đến giữa")
"""What ties a word to the one before it: a name goes on over it, and never ends with it."""
_PLACES: Final = word_set("trong tại ở của")
_LEFT_HANGING: Final = _RELATES | word_set("và hoặc các những theo một số do bởi là , - /")
_DECIDES: Final = frozenset({"ban hành", "phê duyệt", "thông qua", "xem xét"})
_LONGEST_RECEIVER: Final = 8
_SAYS_WHEN: Final = frozenset({"xong", "trước", "hoàn", "chậm", "trong"})
_LONGEST: Final = 80
"""Words of a name; what is longer was written as no name."""


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
        if verb is None or not _makes(words, verb) or _is_only_taught(words, verb, begins):
            continue
        thing = _thing_after(words, verb.end)
        if thing is not None:
            connects = any(_said(words, each) in _CONNECTS for each in _verbs(words, begins, phrase.end))
            return _listed_after(text, words, phrase.end) or _named(text, words, thing, connects=connects)
    return _listed_after(text, words, phrase.end)


def _verbs(words: Sequence[Word], begins: int, ends: int) -> list[Verb]:
    return [verb for place in range(begins, ends) if (verb := verb_at(words, place))]


def _said(words: Sequence[Word], verb: Verb) -> str:
    return " ".join(word.low for word in words[verb.place : verb.end])


def _makes(words: Sequence[Word], verb: Verb) -> bool:
    return _said(words, verb) in _MAKES


def _is_only_taught(words: Sequence[Word], verb: Verb, begins: int) -> bool:
    """Making is what another verb acts on: "tập huấn soạn thảo văn bản", "kiểm tra ban hành quyết định"."""
    before = next((each for each in _verbs(words, begins, verb.place) if each.end == verb.place), None)
    if before is None or before.kind in {VerbKind.START, VerbKind.ADVERB, VerbKind.ROLE}:
        return False
    return not _makes(words, before) and _said(words, before) not in _LEADS_TO_MAKING


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
        if verb is not None and _said(words, verb) in _DECIDES:
            return verb.end
        if words[here].low in _STOPS or words[here].low == ",":
            return None
    return None


def _named(text: str, words: Sequence[Word], begins: int, *, connects: bool) -> str:
    """The whole name that begins at a place, "" where its end is not certain: a name cut short is worse than none."""
    noun = _nouns().at(words, begins)
    ends = after_noun = begins + (noun[0] if noun else 1)
    while ends < len(words) and ends - begins <= _LONGEST and not _stops(text, words, begins, ends, after_noun):
        if connects and words[ends].low == "với" and words[ends - 1].low != "đối":
            break  # "kết nối hệ thống A với hệ thống B": B is there already
        if (words[ends].low, words[ends - 1].low) == ("trì", "chủ"):
            ends = _last_comma(words, after_noun, ends)  # "..., Văn phòng Cục chủ trì"
            break
        ends += 1
    while ends > after_noun and words[ends - 1].low == ",":
        ends -= 1
    if ends - begins > _LONGEST or words[ends - 1].low in _LEFT_HANGING:
        return ""
    return _tidy(text[words[begins].start : words[ends - 1].end])


def _last_comma(words: Sequence[Word], begins: int, ends: int) -> int:
    return next((place for place in range(ends - 1, begins - 1, -1) if words[place].low == ","), begins)


def _tidy(named: str) -> str:
    return capitalised(squeezed(named).strip(" ,;:."))


def _stops(text: str, words: Sequence[Word], begins: int, place: int, after_noun: int) -> bool:
    """A word that the product's name does not reach over."""
    low = words[place].low
    after = words[place + 1].low if place + 1 < len(words) else ""
    if low == ENCLOSED:
        return text[words[place].start] in "([{" and after not in _RELATES  # "Luật Lưu trữ (sửa đổi) của ..."
    if low in {",", "và"}:
        return after == "do" or _goes_on_to_do(words, begins, place)
    if low == ";":
        return _nouns().at(words, place + 1) is None
    if is_compound_tail(words, place):
        return False
    if low in _RELATES and after in _TIMES | {""}:
        return low in {"trong", "từ"}
    if low in {"trong", "từ"} and after.isdigit():
        return True
    if (low, after) in _PURPOSES:
        return place > after_noun  # "kế hoạch bảo đảm an toàn" is a plan's name
    if low == "theo":
        return not _tells_how(words, begins, place)
    if (low, after) == ("đặc", "biệt"):
        return words[place - 1].low == "," or (place + 2 < len(words) and words[place + 2].low == "là")
    return low in _STOPS or (low, after) in _STOP_PAIRS


def _goes_on_to_do(words: Sequence[Word], begins: int, place: int) -> bool:
    """A verb after the comma is the next thing to do, unless it goes on with one inside the name ("tích hợp, chia sẻ")
    or acts on nothing there, as a noun does ("lãnh đạo, quản lý trong các cơ quan")."""
    verb = verb_at(words, place + 1)
    if verb is None or _said(words, verb) == "hoàn thành":
        return verb is not None
    if verb.kind is VerbKind.BOTH and (verb.end == len(words) or words[verb.end].low in _PLACES):
        return False
    return not any(
        (inside := verb_at(words, step)) and inside.end == place for step in range(max(begins, place - 3), place)
    )


def _tells_how(words: Sequence[Word], begins: int, place: int) -> bool:
    """ "chuyển đổi hoạt động theo hướng tự chủ": how something inside the name is done, not how the name is to be."""
    return any(verb.place > begins and place - 2 <= verb.end <= place for verb in _verbs(words, begins, place))


def _listed_after(text: str, words: Sequence[Word], begins: int) -> str:
    """What follows the colon of "(xây dựng) các văn bản, đề án ...: dự thảo Luật A; dự thảo Luật B"."""
    colon = next((place for place in range(begins, min(len(words), begins + 50)) if words[place].low == ":"), None)
    if colon is None or colon + 1 >= len(words) or _nouns().at(words, colon + 1) is None:
        return ""
    if any(word.low in _SAYS_WHEN for word in words[colon + 2 : colon + 5]):
        return ""  # "đề án ...: dự thảo xong trước 31/3, lấy ý kiến trong tháng 4": steps, no products
    makes = any(_makes(words, verb) for verb in _verbs(words, 0, colon))
    return _tidy(text[words[colon + 1].start : words[-1].end]) if makes else ""
