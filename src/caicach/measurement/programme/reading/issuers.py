"""Who issued a plan: the letterhead, whoever signed the decision, or whoever says that the plan is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from .casing import recased
from .layout import is_shouted
from .subjects import unit_types
from .words import lowered, squeezed, words_of

NATION: Final = re.compile(r"cộng\s+h(?:òa|oà)\s+xã\s+hội", re.IGNORECASE)
_SIGNED: Final = re.compile(
    r"(?P<who>[^\n.;,]{3,60}?)\s+(?:vừa\s+|đã\s+)?(?:ký|ban hành|phê duyệt|có)(?!\w)", re.IGNORECASE
)
_PLACE: Final = re.compile(
    r"(?<!\w)(?P<kind>(?i:tỉnh|thành phố|huyện|quận|thị xã|xã|phường))\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){0,3})"
)
_PLANS: Final = re.compile(
    r"(?P<who>[^\n]{3,200}?)\s+(?:vừa\s+|đã\s+)?(?:xây dựng|ban hành)\s+kế\s+hoạch(?!\w)", re.IGNORECASE
)
_OFFICE: Final = re.compile(
    r"(?:BỘ|SỞ|VỤ|UBND|HĐND|ỦY BAN|UỶ BAN|PHÒNG|CỤC|TỔNG CỤC|TỔNG CÔNG TY|BAN(?! NHÂN)|VĂN PHÒNG|CHI CỤC|THANH TRA|"
    r"BẢO HIỂM|TRUNG TÂM|VIỆN|HỌC VIỆN|TRƯỜNG|THỦ TƯỚNG)\b"
)
_PAPERS: Final = frozenset(
    {"QUYẾT ĐỊNH", "KẾ HOẠCH", "CHỈ THỊ", "CHƯƠNG TRÌNH", "THÔNG BÁO", "HƯỚNG DẪN", "TỜ TRÌNH", "CÔNG VĂN", "BÁO CÁO"}
)
"""Lines that name the paper, no part of an office's name."""
_NUMBER: Final = re.compile(r"(?<!\w)số\s*:", re.IGNORECASE)
_COMMITTEE: Final = re.compile(
    r"(?:ủy|uỷ) ban nhân dân\s+(?=tỉnh|thành phố|huyện|quận|thị xã|xã|phường)", re.IGNORECASE
)
_OFFICE_HELD: Final = re.compile(
    r"(?:Phó\s+)?(?:Bộ trưởng|Thứ trưởng|Chủ tịch|Giám đốc|Tổng Giám đốc|Cục trưởng|Thống đốc)\s+(?=\S)"
)
_PERSON: Final = re.compile(
    r"(?<!tỉnh)(?<!phố)(?<!huyện)(?<!quận)(?<!xã)(?<!phường)(?<!trấn)\s+(?:ông |bà |đồng chí )?"
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Vương|Trịnh|Trương|Đinh|Lâm|"
    r"Phùng|Mai|Tô|Tạ|Hà|Cao|Lương|Lưu|Thái|Chu|Quách|Triệu|Kiều|La|Tống|Châu|Giang|Thân|Doãn|Nông|Hầu|Lò|Giàng|Y)"
    r"(?:\s+(?!(?i:tỉnh|bộ|sở))[^\W\d_a-zà-ỹđ][^\W\d_]*){1,3}\Z"
)
"""The signer's own name after the office: "Bộ trưởng Bộ Nội vụ Nguyễn Văn A"."""


def letterhead_issuer(head: str, *, number_at: int = 0) -> str | None:
    """The last name of an office in capitals above the nation's name, else beside it.

    number_at : where the paper's own number stands; a letterhead without the nation's name ends there.
    """
    nation = NATION.search(head)
    if nation is None:
        above = [name for name in _office_names(head[:number_at]) if _OFFICE.match(name)]
        return _with_place(recased(above[-1], head), head) if above else None
    number = _NUMBER.search(head, nation.end(), nation.end() + 600)
    beside = head[nation.end() : number.start() if number else nation.end() + 300]
    names = list(_office_names(head[: nation.start()])) or list(_office_names(beside))
    return _with_place(recased(names[-1], head), head) if names else None


def signing_issuer(sentence: str) -> str | None:
    """Who signs in a sentence up to the decision: "Bộ trưởng Bộ Nội vụ ký"."""
    signed = _SIGNED.search(sentence.strip())
    return agency(signed["who"].strip()) if signed else None


def planning_issuer(head: str) -> str | None:
    """ "..., Sở Công Thương xây dựng Kế hoạch ...": who says that the plan is theirs."""
    for match in _PLANS.finditer(head):
        who = re.split(r"[,;.)]\s", squeezed(match["who"]))[-1].strip(" -–")
        is_one = not lowered(who).startswith(("các ", "từng ", "mọi ", "những ")) and "căn cứ" not in who
        if is_one and unit_types().at(words_of(lowered(who), 0, len(who)), 0) and who[:1].isupper() and len(who) <= 80:
            return agency(who)
    return None


def place_issuer(head: str) -> str | None:
    """A plan of a province, district or commune is issued by its people's committee."""
    for line in head.split("\n"):
        if line.startswith("#"):
            continue
        for match in _PLACE.finditer(line):
            if name := _proper_name(match["name"]):
                return f"UBND {match['kind'].lower()} {name.title() if name.isupper() else name}"
    return None


def agency(who: str) -> str:
    """A minister or chairman signs for the agency that the office belongs to."""
    held = _OFFICE_HELD.match(who)
    return _PERSON.sub("", who[held.end() :]) if held else who


def _office_names(letterhead: str) -> Iterator[str]:
    """Names in capitals, one over several lines put together."""
    name: list[str] = []
    for line in re.split(r"[\n\t|]", letterhead):
        words = line.strip(" *_")
        belongs = is_shouted(words) and not words.startswith("#") and len(words) > 1 and "NGHĨA" not in words
        belongs = belongs and words not in _PAPERS
        if name and not (belongs and _OFFICE.match(words) is None):
            yield " ".join(name)
            name = []
        if belongs:
            name.append(words)
    if name:
        yield " ".join(name)


def _with_place(name: str, head: str) -> str:
    """A bare "Ủy ban nhân dân" with the place that the text gives it further down."""
    if name.lower() != "ủy ban nhân dân":
        return name
    for match in _COMMITTEE.finditer(head):
        place = _PLACE.match(head, match.end())
        if place and (proper := _proper_name(place["name"])):
            return f"{name} {place['kind']} {proper}"
    return name


def _proper_name(words: str) -> str:
    """The words in capitals at the head: "Hà Lam" of "Hà Lam đã ban hành"."""
    return " ".join(takewhile(lambda word: word[0].isupper(), words.split()))
