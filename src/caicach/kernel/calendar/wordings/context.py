"""The words around a period that make it a deadline, or show that it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from . import marks
from .grammar import S, s

REACH = 90
"""How far back the words that decide may stand, in code points."""
REACH_OF_NAMES = 160
"""How long a scheme's name may be in front of its period."""


class Lead(Enum):
    """How the words in front of a period lead to it."""

    NONE = auto()
    UP_TO = auto()
    STRICTLY_BEFORE = auto()


@dataclass(frozen=True, slots=True)
class Cue:
    """The words of time in front of a period: where they begin, and what they say."""

    start: int
    lead: Lead
    words: str = ""


_ENDS_INSIDE = ("trước khi hết", "trước khi kết thúc")
_STRICT = "trước"
_STRONG = (
    *("chậm nhất", "muộn nhất", "trễ nhất", "không muộn hơn", "không chậm hơn", "không trễ hơn", "không quá", "tối đa"),
    *("cho đến", "cho tới", "đến", "tới", "hết", "xong", "hoàn thành", "kết thúc", "dứt điểm", "phấn đấu"),
    *("gia hạn", "hạn chót", "hạn cuối cùng", "hạn cuối", "thời hạn", "hạn", "thời gian"),
    *("trong", "vòng", "khoảng", "vào", "suốt", "cả"),
)
_WEAK = ("là", "ngay", "thời điểm", "dự kiến", "thực hiện", "từ nay")


def _one_of(*words: str) -> str:
    return "|".join(word.replace(" ", S) for word in sorted(words, key=len, reverse=True))


_RUN = re.compile(rf"(?<!\w)(?:(?:{_one_of(*_ENDS_INSIDE, *_STRONG, *_WEAK, _STRICT)})(?:{s}:{s}|{S})){{1,8}}\Z")
_STRONG_WORD = re.compile(rf"(?<!\w)(?:từ{S}nay{S})?(?:{_one_of(*_ENDS_INSIDE, *_STRONG, _STRICT)})(?!\w)")
_DIRECTION = re.compile(
    rf"(?<!\w)(?:(?P<inside>{_one_of(*_ENDS_INSIDE)})|(?P<strict>{_STRICT})"
    rf"|{_one_of('đến', 'tới', 'hết', 'chậm nhất', 'muộn nhất', 'trễ nhất', 'không quá', 'trong', 'vào')})(?!\w)"
)


def cue_before(text: str, start: int) -> Cue:
    """The words of time that lead to the period at `start`; Lead.NONE when there are none."""
    run = _RUN.search(text, max(0, start - REACH), start)
    strong = _STRONG_WORD.search(text, run.start(), start) if run else None
    if strong is None:
        return Cue(start, Lead.NONE)
    lead = Lead.UP_TO
    for direction in _DIRECTION.finditer(text, strong.start(), start):
        lead = Lead.STRICTLY_BEFORE if direction["strict"] else Lead.UP_TO
    return Cue(strong.start(), lead, text[strong.start() : start])


_BEGINNING = re.compile(rf"(?<!\w)(?:(?:(?:kể|tính|bắt{S}đầu){S})?từ|sau)(?:{S}(?:đầu|cuối|giữa|khoảng|sau))?{S}\Z")


def begins_a_range(text: str, start: int) -> bool:
    """ "từ", "kể từ", "tính từ" stand in front: a beginning, never a deadline."""
    return _BEGINNING.search(text, max(0, start - REACH), start) is not None


def beginning_of_range(text: str, start: int) -> int:
    """Where the "từ" in front of a range stands; `start` when there is none."""
    found = _BEGINNING.search(text, max(0, start - REACH), start)
    return found.start() if found else start


BETWEEN = re.compile(rf"{s}(?:(?:cho{S})?(?:đến|tới)(?!\w)|[-–—]){s}(?:(?:hết|cuối|khoảng)(?!\w){s})?")
"""Between the two ends of a range."""

_NOT_A_TIME_LIMIT = re.compile(
    rf"(?<!\w)(?:tính|kể|hướng|nhìn|liên{S}quan|(?<!hướng\s)dẫn|nhắc|đề{S}cập|quan{S}tâm|số{S}liệu)(?:{S}từ)?{S}\Z"
)
_OUTLOOK_FOLLOWS = re.compile(rf"{s}(?:,|và|;|-|–)?{s}(?:có{S})?(?:định{S}hướng|tầm{S}nhìn)(?!\w)")
_SCHEME = re.compile(
    r"(?<!\w)(?:chương trình|chiến lược|đề án|kế hoạch|quy hoạch|dự án|lộ trình|nghị quyết|chỉ thị|quyết định"
    r"|giai đoạn|nhiệm kỳ)(?!\w)(?P<between>[^,;:.\n()]*)\Z".replace(" ", S)
)
_ACHIEVE = re.compile(
    rf"(?<!\w)(?:hoàn{S}thành|phấn{S}đấu|đặt{S}mục{S}tiêu|mục{S}tiêu|xong|đạt|kết{S}thúc|trình|chậm{S}nhất)(?!\w)"
)
_TARGET_FOLLOWS = re.compile(
    rf"{s}(?:,{s})?(?:phải{S})?(?:\d[\d.,]*{s}%|giảm|tăng|đạt|có|hoàn{S}thành|tối{S}thiểu|ít{S}nhất|100)(?!\w)"
)


def named_in_a_scheme(text: str, start: int, end: int) -> bool:
    """Whether "đến năm 2030" here belongs to the name or the outlook of a scheme, not to what is to be done."""
    if _NOT_A_TIME_LIMIT.search(text, max(0, start - REACH), start) or _OUTLOOK_FOLLOWS.match(text, end):
        return True
    scheme = _SCHEME.search(text, max(0, start - REACH_OF_NAMES), start)
    if scheme is None or _ACHIEVE.search(scheme["between"]):
        return False
    return _TARGET_FOLLOWS.match(text, end) is None


_ONLY_UNTIL = re.compile(rf"(?:(?:từ{S}nay|cho){S})?(?:đến|tới)\s{{1,8}}\Z")


def may_name_an_outlook(cue: Cue) -> bool:
    """Names say "đến năm 2030" and no more; "đến hết năm", "chậm nhất đến năm" fix a limit."""
    return _ONLY_UNTIL.match(cue.words) is not None


_TASK_FOLLOWS = re.compile(
    rf"{S}(?:phải|sẽ|cần|tiếp{S}tục|tập{S}trung|thực{S}hiện|triển{S}khai|hoàn{S}thành|phấn{S}đấu|đạt|có|giảm|tăng"
    rf"|xây{S}dựng|ban{S}hành|tổ{S}chức)(?!\w)"
)


def opens_a_task(text: str, start: int, end: int) -> bool:
    """ "Năm 2022 hoàn thành …", "Quý I tổ chức …": a sentence or clause that begins with its time."""
    return marks.opens(text, start) and _TASK_FOLLOWS.match(text, end) is not None


_REACHES_TO = re.compile(rf"(?:cho{S})?(?:đến|tới)(?!\w)")


def is_cut_off(text: str, cue: Cue) -> bool:
    """ "tính đến ngày", "liên quan đến": the words in front make the day a cut-off or a subject.

    Only before "đến": "Thông tư hướng dẫn trong quý III" and "trang bị máy tính trước ngày 30/6" end with such a word
    by chance.
    """
    if _REACHES_TO.match(cue.words) is None:
        return False
    return _NOT_A_TIME_LIMIT.search(text, max(0, cue.start - REACH), cue.start) is not None


_ATTRIBUTE = re.compile(
    r"(?<!\w)(?:báo cáo|kết quả|số liệu|kế hoạch|chương trình|nhiệm vụ|công tác|chỉ số|tình hình|dự toán|chỉ tiêu"
    r"|sơ kết|tổng kết|đánh giá|xếp loại|hội nghị|phiên họp|kỳ họp|giai đoạn|so với|của|niên độ|ngân sách|kinh phí"
    r"|kỷ niệm|nhân ngày|dịp)"
    r"(?!\w)[^,.;:()\n]{0,70}\Z".replace(" ", S)
)


def is_attribute(text: str, start: int) -> bool:
    """Whether a period without a word of time only says which report, plan or result is meant."""
    return _ATTRIBUTE.search(text, max(0, start - REACH), start) is not None


_DOCUMENT = re.compile(
    r"(?<!\w)(?:số\s{0,4}:?\s{0,4}\d|nghị định|thông tư|quyết định|nghị quyết|chỉ thị|công văn|luật|bộ luật|thông báo"
    r"|văn bản|kết luận|quy định|tờ trình|công điện|hướng dẫn|pháp lệnh|hiến pháp|ký|ban hành|hiệu lực|sinh)"
    r"(?!\w)[^.;\n]{0,80}\Z".replace(" ", S)
)
_IN_FORCE = re.compile(rf"(?<!\w)(?:hiệu{S}lực|ban{S}hành|ký|sinh|nhiệm{S}kỳ)(?!\w)[^,.;\n]{{0,40}}\Z")
_ISSUED_BY = re.compile(rf"{s},?{s}(?:của|do|về{S}việc|về)(?!\w)")
_CLOCK_TIME = re.compile(r"\d[:hg]\s{0,2}\d{2}\s{0,4}[,|-]?\s{0,4}\Z")


def dates_a_document(text: str, start: int, end: int) -> bool:
    """Whether a day without a word of time dates a document, an issue or a page, and nothing that is to be done."""
    if _CLOCK_TIME.search(text, max(0, start - 12), start):
        return True
    return _DOCUMENT.search(text, max(0, start - REACH), start) is not None or _ISSUED_BY.match(text, end) is not None


def tells_how_long_in_force(text: str, start: int) -> bool:
    """ "có hiệu lực từ ngày … đến ngày …": of a range the only sort that is no time for work."""
    return _IN_FORCE.search(text, max(0, start - REACH), start) is not None


_PLACE_LINE = re.compile(r"(?:\A|\n)[ \t]{0,80}(?P<place>[^\n,.:;]{2,40}),\s{0,4}\Z")


def heads_a_document(original: str, start: int, end: int) -> bool:
    """The line of place and date above a document: "Hà Nội, ngày 24 tháng 3 năm 2021"."""
    place = _PLACE_LINE.search(original, max(0, start - 130), start)
    if place is None or not marks.ends_its_line(original, end):
        return False
    words = place["place"].replace(".", " ").split()
    return len(words) <= 5 and all(word[:1].isupper() for word in words)
