"""Numbers to reach: "Số hóa 60% kết quả ...", "đạt từ 90% trở lên", "giảm tối thiểu 10% ...".

A number of the year before, of a period, of a document or of a term is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from .lexicon import VerbKind, verb_at
from .words import Word, capitalised, lowered, squeezed, words_of


class Operator(StrEnum):
    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be measured, and the number to reach.

    value : in `unit` ("%", "ngày", "điểm", "hạng" or a thing that is counted); `upper` is the other end for BETWEEN
    baseline : the year compared with, "" for none
    due : the end of the year in which this stage of several is to be reached, None for all others
    start, end : code points of the number with its words in the source
    """

    subject: str
    operator: Operator
    value: Decimal
    unit: str
    start: int
    end: int
    upper: Decimal | None = None
    baseline: str = ""
    due: date | None = None

    def as_json(self) -> dict[str, object]:
        fields: dict[str, object] = {
            "subject": self.subject,
            "operator": self.operator.value,
            "value": _plain(self.value),
            "unit": self.unit,
        }
        if self.upper is not None:
            fields["upper"] = _plain(self.upper)
        if self.due is not None:
            fields["due"] = self.due.isoformat()
        return fields | ({"baseline": self.baseline} if self.baseline else {})


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


_OPERATOR_OF: Final = {
    "tối thiểu": Operator.AT_LEAST,
    "ít nhất": Operator.AT_LEAST,
    "không dưới": Operator.AT_LEAST,
    "không thấp hơn": Operator.AT_LEAST,
    "không ít hơn": Operator.AT_LEAST,
    "không nhỏ hơn": Operator.AT_LEAST,
    "thấp nhất": Operator.AT_LEAST,
    "từ": Operator.AT_LEAST,
    "tối đa": Operator.AT_MOST,
    "không quá": Operator.AT_MOST,
    "quá": Operator.MORE,
    "không vượt quá": Operator.AT_MOST,
    "không cao hơn": Operator.AT_MOST,
    "nhiều nhất": Operator.AT_MOST,
    "cao nhất": Operator.AT_MOST,
    "trên": Operator.MORE,
    "hơn": Operator.MORE,
    "cao hơn": Operator.MORE,
    "vượt": Operator.MORE,
    "lớn hơn": Operator.MORE,
    "dưới": Operator.LESS,
    "thấp hơn": Operator.LESS,
    "nhỏ hơn": Operator.LESS,
    "ít hơn": Operator.LESS,
    "đạt": Operator.EQUAL,
    "bằng": Operator.EQUAL,
    "đúng": Operator.EQUAL,
    "khoảng": Operator.EQUAL,
    "còn": Operator.EQUAL,
    "là": Operator.EQUAL,
    "≥": Operator.AT_LEAST,
    ">=": Operator.AT_LEAST,
    "≤": Operator.AT_MOST,
    "<=": Operator.AT_MOST,
    ">": Operator.MORE,
    "<": Operator.LESS,
    "=": Operator.EQUAL,
}
_AFTER: Final = {"trở lên": Operator.AT_LEAST, "trở xuống": Operator.AT_MOST}
_RATES: Final = frozenset({"%", "phần trăm", "điểm phần trăm", "bậc", "điểm"})
_TIMES: Final = frozenset({"ngày làm việc", "ngày", "giờ làm việc", "giờ", "phút"})
_COUNTED_WORDS: Final = (
    "thủ tục hành chính;thủ tục;tthc;dịch vụ công trực tuyến;dịch vụ công;dịch vụ;hồ sơ;cơ quan;"
    "đơn vị;lớp tập huấn;lớp;cuộc kiểm tra;cuộc;hội nghị;hội thảo;sáng kiến;"
    "văn bản;đề án;cơ sở dữ liệu;phòng;đầu mối;biên chế;quy trình;cơ sở;chuyên đề;công chức;"
    "viên chức;cán bộ;học viên;doanh nghiệp;đợt;buổi;chuyên mục;chuyên trang;phóng sự;người;"
    "lượt người;lượt;tin bài;bài viết;bài;tin;mô hình;xã;phường;thôn;huyện;triệu đồng;"
    "tỷ đồng;thông tư;nghị định;nghị quyết;quyết định;dự thảo;dự án;phần mềm;hệ thống;bước;"
    "khâu;trạm;chi cục;chi nhánh;trung tâm;trường;vị trí việc làm;vị trí;đoàn kiểm tra;tổ;"
    "câu hỏi;tờ rơi;loại giấy tờ;thành phần hồ sơ;biểu mẫu;báo cáo;người lao động;hộ;"
    "máy tính;ki-ốt"
)
_COUNTED: Final = tuple(_COUNTED_WORDS.split(";"))


def _choice(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,4}") for word in sorted(words, key=len, reverse=True))


_S: Final = r"\s{0,4}"
_NUMBER: Final = r"\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,4})?|\d{1,9}(?:[.,]\d{1,4})?"
_SIGNS: Final = _choice([word for word in _OPERATOR_OF if not word[0].isalpha()])
_WORDS: Final = _choice([word for word in _OPERATOR_OF if word[0].isalpha()])
_TARGET: Final = re.compile(
    rf"(?:(?P<sign>{_SIGNS}){_S}|(?<!\w)(?P<words>{_WORDS})\s{{1,4}}(?:(?:đạt|là)\s{{1,4}})?)?"
    rf"(?<![\w.,/\-])(?P<value>{_NUMBER})"
    rf"(?:{_S}(?:%|{_choice([*_TIMES])})?{_S}(?P<join>-|–|(?:đến|tới)(?:\s{{1,4}}dưới)?|xuống{_S}còn|lên{_S}đến|lên{_S}tới|xuống|lên){_S}(?P<upper>{_NUMBER}))?"
    rf"{_S}(?P<unit>{_choice([*_RATES, *_TIMES, *_COUNTED])})(?!\w)(?:\s{{1,4}}(?P<after>{_choice(list(_AFTER))}))?"
)
_RANK: Final = re.compile(
    r"(?<!\w)(?:(?:trong\s{1,4})?(?:nhóm|top|tốp)\s{1,4}|(?:xếp|đứng)\s{1,4}(?:hạng\s{1,4})?(?:thứ\s{1,4})?)(?P<value>\d{1,3})"
    r"(?:\s{1,4}(?P<of>tỉnh|địa phương|bộ|quốc gia|nước|đơn vị))?(?!\w)(?!\s{1,4}(?:nhiệm|giải|nội|chỉ|mục|lĩnh))"
)
_SHORTENS: Final = re.compile(
    r"(?<!\w)(?:giảm|rút ngắn|cắt giảm|xuống còn|thời gian (?:giải quyết|chờ|xử lý|thực hiện))(?!\w)"
)
_TERM_AFTER: Final = re.compile(r"\s{0,4}(?:kể từ|tính từ|sau khi|trước khi|từ khi|từ ngày)")
_COUNTS: Final = re.compile(r"(?<!\w)(?:có|thêm|hóa|đạt|mở|cử|xuống)(?:\s{1,4}được)?\s{0,4}\Z")
_BEFORE_A_COUNT: Final = re.compile(r"(?:[^\W\d_]+\s{1,4}){1,4}\Z")
_COUNTING: Final = frozenset({VerbKind.ACT, VerbKind.BOTH, VerbKind.RESULT})
_PAST: Final = re.compile(r"(?<!\w)(?:hiện (?:nay|tại|đạt)|năm trước|cùng kỳ|đã đạt|đã giảm)(?!\w)")
_BASELINE: Final = re.compile(
    r"so với (?:cùng kỳ )?(?:năm |giai đoạn )?(?P<year>(?:19|20)\d\d(?:\s{0,2}[-–]\s{0,2}(?:19|20)\d\d)?)"
)
_OF_YEAR: Final = re.compile(r"\s{0,4}(?:\(|của\s|trong\s|vào\s)?\s{0,2}năm\s{1,4}((?:19|20)\d\d)")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def is_target(words: Sequence[Word], begins: int, ends: int) -> bool:
    """Whether words[begins:ends] hold a rate or a limit, so that they can be an objective without a verb."""
    for place in range(begins, ends - 1):
        if words[place].low[0].isdigit() and words[place + 1].low in {"%", "phần"}:
            return True
        if words[place].low == "trở" and words[place + 1].low in {"lên", "xuống"}:
            return True
    return False


def targets_in(
    text: str, low: str, start: int, end: int, *, plan_year: int | None, cited: Sequence[tuple[int, int]] = ()
) -> list[Target]:
    """Targets of one clause, in order. `cited` are the citations inside it, whose numbers are none."""
    part = _without(low, start, end, cited)
    found: list[Target] = []
    verb = ""
    for match in _TARGET.finditer(part):
        if not _counts(match, part, plan_year):
            continue
        left = found[-1].end - start if found else 0
        subject, verb = _subject(text[start:end], part, left, match, verb)
        if not subject and found:
            subject = found[-1].subject  # "đạt tối thiểu 85%, phấn đấu 90%"
        operator, value, upper = _reading(match)
        if match["words"] == "quá" and re.search(r"(?<!\w)không(?!\w)", part[left : match.start()]):
            operator, subject = Operator.AT_MOST, capitalised(_NOT_TO_LEAVE.sub("", subject))
        unit = "%" if match["unit"].split() == ["phần", "trăm"] else squeezed(match["unit"])
        baseline = _BASELINE.search(part, match.end())
        found.append(
            Target(
                subject=subject,
                operator=operator,
                value=value,
                unit=unit,
                start=start + match.start(),
                end=start + match.end(),
                upper=upper,
                baseline=baseline["year"] if baseline else "",
            )
        )
    return found or _ranks(text, part, start)


def _without(low: str, start: int, end: int, cited: Sequence[tuple[int, int]]) -> str:
    part = low[start:end]
    for first, last in cited:
        part = part[: first - start] + "§" * (last - first) + part[last - start :]
    return part


def _counts(match: re.Match[str], part: str, plan_year: int | None) -> bool:
    unit = squeezed(match["unit"])
    before = part[: match.start()]
    if unit in _TIMES:
        if not _SHORTENS.search(before) or _TERM_AFTER.match(part, match.end()):
            return False
    elif unit not in _RATES:
        is_limited = (
            match["after"] or match["sign"] or (match["words"] and match["words"] not in {"còn", "là", "từ", "đạt"})
        )
        is_limited = is_limited or match["upper"]
        if not (is_limited or _is_acted_on(part, match.start("value"))) or _is_of_a_document(before, match):
            return False
    return not _is_of_the_past(match, part, plan_year)


def _is_acted_on(part: str, place: int) -> bool:
    """A verb stands right before a number: it counts what the verb acts on."""
    if _COUNTS.search(part, max(0, place - 20), place):
        return True
    before = _BEFORE_A_COUNT.search(part, max(0, place - 40), place)
    if before is None:
        return False
    words = words_of(lowered(part), before.start(), before.end())
    return any(
        (verb := verb_at(words, first)) and verb.end == len(words) and verb.kind in _COUNTING
        for first in range(len(words))
    )


def _is_of_a_document(before: str, match: re.Match[str]) -> bool:
    """The number of an article ("Điều 10"), or the two years of a scheme ("2021 - 2025")."""
    is_years = match["upper"] is not None and _YEAR.fullmatch(match["value"]) and _YEAR.fullmatch(match["upper"])
    return bool(is_years) or before.rstrip().endswith(("điều", "khoản"))


def _is_of_the_past(match: re.Match[str], part: str, plan_year: int | None) -> bool:
    """The number tells what was reached: in brackets with an earlier year, or "... năm 2021" right after it."""
    opened = part.rfind("(", 0, match.start())
    if opened >= 0 and ")" not in part[opened : match.start()]:
        closed = part.find(")", match.end())
        inside = part[opened : closed if closed >= 0 else len(part)]
        years = [int(year) for year in _YEAR.findall(inside)]
        if _PAST.search(inside) or (plan_year and any(year < plan_year for year in years)):
            return True
    of_year = _OF_YEAR.match(part, match.end())
    if of_year and plan_year and int(of_year[1]) < plan_year:
        return True
    return _PAST.search(part, max(0, match.start() - 30), match.start()) is not None


def _reading(match: re.Match[str]) -> tuple[Operator, Decimal, Decimal | None]:
    value = _decimal(match["value"])
    if match["upper"] is None:
        if match["after"]:
            return _AFTER[squeezed(match["after"])], value, None
        named = match["sign"] or " ".join((match["words"] or "").split())
        return _OPERATOR_OF.get(named, Operator.EQUAL), value, None
    upper = _decimal(match["upper"])
    if match["join"][0] in "xl":  # "từ 15 ngày xuống 10 ngày", "từ 85% lên 90%": the second number is to be reached
        return Operator.EQUAL, upper, None
    if upper <= value:
        return Operator.EQUAL, value, None
    return Operator.BETWEEN, value, upper


def _decimal(written: str) -> Decimal:
    """A number as written in Vietnamese: comma for decimals, points between thousands."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        written = written.replace(".", "")
    return Decimal(written.replace(",", "."))


_NOT_OF_SUBJECT: Final = re.compile(
    rf"(?:(?<!\w)(?:{_WORDS}|lên|xuống|đến|tới|phấn đấu|có|bảo đảm|đảm bảo|duy trì|và|tỷ lệ là|ở mức|mức|tăng lên|đối|"
    r"với|tại|cho|đạt tỷ lệ|,|;|:)\s*)+\Z"
)
_LEADING: Final = re.compile(
    r"\A(?:[\s,;:\-–+•]|(?:và|phấn đấu|có|bảo đảm|đảm bảo|tiếp tục|duy trì|đạt|trong đó|riêng|chủ trì|"
    r"(?:(?:đến|trong|trước|từ|hết|cuối)\s{1,4}){0,2}(?:(?:tháng \d{1,2}|quý \w{1,3})(?:/|\s{1,4}))?"
    r"(?:năm )?\d{4})(?!\w))+"
)
_ENDS_SUBJECT: Final = re.compile(
    r"[,;:()]|\s{0,2}/\s{0,2}(?:tháng|năm|quý|tuần|ngày|lượt|lần|hồ sơ)(?!\w)|"
    r"(?<!\w)(?:so với|(?:trước|trong|vào|đến|đến hết|trong vòng)\s{1,4}(?:ngày|tháng|quý|năm|cuối|\d)|nhằm|để|"
    r"theo quy định|bảo đảm|đảm bảo|hoàn thành trước)(?=\W|\d|\Z)"
)
_GOES_ON: Final = re.compile(
    r",\s{1,4}(?!(?:trong đó|phấn đấu|hoàn thành|hoàn tất|đạt|tỷ lệ|tỉ lệ|mức|giảm|tăng|nâng|góp phần|phục vụ|tạo|"
    r"qua đó|từ đó|bằng|sau|kể|chậm nhất|riêng|nhất là|đặc biệt|bao gồm|gồm|theo|do)(?!\w))"
    r"(?P<words>[^\W\d_][^,;:()\d]*)(?=[,;:()]|\Z)"
)
"""A comma inside what is measured: "80% hồ sơ được tiếp nhận, giải quyết trực tuyến"."""
_MEASURES_ANEW: Final = re.compile(
    r",\s{1,4}(?=(?:trong đó|phấn đấu|tỷ lệ|tỉ lệ|mức|giảm|tăng|nâng|riêng|chỉ số|số lượng)(?!\w))"
)
_NOT_TO_LEAVE: Final = re.compile(r"\Akhông (?:được )?để(?: xảy ra| phát sinh)?\s", re.IGNORECASE)
""" "Không để quá 5% hồ sơ trễ hạn": late files are measured, not that they are left."""
_JOINS_MEASURES: Final = re.compile(
    r"(?:,|(?<!\w)và)\s{1,4}(?:(?:tối thiểu|ít nhất|trên|hơn|khoảng|từ|tối đa|dưới|không quá)\s{1,4})?\Z"
)
_LONGEST_THING: Final = 25
_NO_THING: Final = re.compile(r"\s*(?:[,;:.()…/]|\Z|(?:trở|so|vào|trong|đến|và|trước|theo|hằng|mỗi|của năm|năm)(?!\w))")


def _subject(text: str, part: str, left: int, match: re.Match[str], verb: str) -> tuple[str, str]:
    """What a number measures, and the verb before it that later numbers share ("giảm 10% A và 10% B")."""
    before_start = _last_break(part, left, match.start())
    before = part[before_start : match.start()]
    trimmed = _NOT_OF_SUBJECT.sub("", before)
    leading = _LEADING.match(trimmed)
    first = before_start + (leading.end() if leading else 0)
    last = before_start + len(trimmed.rstrip(" ,;:-\n"))
    # What is counted belongs to what is measured: "giảm 5 cơ quan chuyên môn" measures "giảm cơ quan chuyên môn".
    thing_from = match.start("unit") if squeezed(match["unit"]) in _COUNTED else match.end()
    has_thing_after = not _NO_THING.match(part, thing_from)
    said = text[first:last].strip() if first < last else ""
    if left and has_thing_after and _JOINS_MEASURES.search(before):
        said = ""  # "90% văn bản ..., 60% hồ sơ ...": the words between are of the first
    if not has_thing_after or len(said.split()) > 6:
        if not said and part[before_start - 1 : before_start] == ":":  # "Tỷ lệ hồ sơ trực tuyến: trên 70%"
            said = _NOT_OF_SUBJECT.sub("", text[_last_break(part, left, before_start - 1) : before_start - 1])
        return _tidy(said) or _tidy(text[match.end() : match.end() + 80]), ""
    thing = text[thing_from : _end_of_thing(part, match.end())].strip()
    verb = said or (verb if left else "")
    return _tidy(f"{verb} {thing}"), verb


def _end_of_thing(part: str, first: int) -> int:
    """Where the words of what is measured end: at a mark or a word of another kind, but not at a comma among them."""
    place = first
    while stop := _ENDS_SUBJECT.search(part, place):
        further = _GOES_ON.match(part, stop.start())
        if further is None or len(part[first : further.end()].split()) > _LONGEST_THING:
            return stop.start()
        place = further.start("words")
    return len(part)


def _last_break(part: str, left: int, place: int) -> int:
    """Where the words of a number begin: after the number before it, a strong mark, a comma before another measure."""
    anew = [match.end() for match in _MEASURES_ANEW.finditer(part, left, place)]
    return max(left, *(part.rfind(mark, left, place) + 1 for mark in ";:"), *anew)


def _tidy(words: str) -> str:
    return capitalised(squeezed(words).strip(" .,;:-–+•"))


def _ranks(text: str, part: str, start: int) -> list[Target]:
    """ "Trong nhóm 10 tỉnh dẫn đầu": a place to reach, the lower the better."""
    return [
        Target(
            subject=_tidy(_NOT_OF_SUBJECT.sub("", text[start : start + match.start()])),
            operator=Operator.AT_MOST,
            value=Decimal(match["value"]),
            unit="hạng",
            start=start + match.start(),
            end=start + match.end(),
        )
        for match in _RANK.finditer(part)
        if match["of"] or "thứ" in match[0] or "hạng" in match[0]
    ]
