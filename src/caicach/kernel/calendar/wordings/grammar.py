"""The words in which offices name a time, as patterns over lower-case text ("quí" and "kì" spelt "quý" and "kỳ").

`S` is a gap between words and `s` an optional one; both are bounded, as is every list, so that no text makes a pattern
slow. Each pattern has named groups; they are dropped where it becomes a branch of the scanner.
"""

from __future__ import annotations

import re

S = r"\s{1,8}"
s = r"\s{0,4}"

YEAR = r"(?:19|20)\d\d(?!\d)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
MONTH_WORDS = {
    "mười một": 11,
    "mười hai": 12,
    "mười": 10,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
QUARTER_WORDS = {
    "iv": 4,
    "iii": 3,
    "ii": 2,
    "i": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}
NUMBER_WORDS = MONTH_WORDS | {"mười lăm": 15, "hai mươi": 20, "ba mươi": 30}


def _any(words: dict[str, int]) -> str:
    """One of the words, the longest first, ending where a word ends."""
    return rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)".replace(" ", S)


RELATIVE_YEAR = r"(?:nay|sau|tới|kế tiếp|tiếp theo)(?!\w)"
OF_YEAR = rf"(?:{s}[/\-–]{s}{YEAR}|{S}(?:của{S})?năm{S}(?:{YEAR}|{RELATIVE_YEAR})|{S}{YEAR}(?!{s}[/.\-]))"
AND = rf"{s}(?:,|;|-|–|&|và(?!\w)|hoặc(?!\w)|đến(?!\w)|tới(?!\w)){s}"
# A bare number carries a list on only where nothing is counted with it: "tháng 6, 12" but not "tháng 6, 12 đơn vị".
ENDS = rf"(?={s}(?:[,;.:)\]/|–\-]|(?:và|đến|tới|hoặc|năm|hằng|hàng|của)(?!\w)|\Z)|[^\S\n]{{0,8}}\n)"
HOUR = rf"(?:(?P<hour>\d{{1,2}}){s}(?:giờ|h|:|g){s}(?P<minute>\d{{2}})?(?:{s}phút)?{s},?{s})"

HOUR_AFTER = rf"(?:{S}(?P<at>\d{{1,2}}(?:{s}giờ|[:hg])(?:\d{{2}}(?::\d{{2}})?)?)(?![\w:]))"
"""As a cell of Excel shows a moment: "20/11/2022 15:00"."""

DATE_IN_WORDS = (
    rf"{HOUR}?(?:(?P<named>ngày{S}(?:mồng{S}|mùng{S})?|(?:mồng|mùng){S})|(?=\d{{1,2}}{S}tháng{S}\d{{1,2}}{S}năm{S}\d{{4}}))"
    rf"(?:(?P<d0>{DAY}){AND}(?:ngày{S})?)?(?P<d>{DAY}){S}tháng{S}(?P<m>{MONTH})(?P<y>{OF_YEAR})?"
)
DATE_IN_FIGURES = (
    rf"{HOUR}?(?P<named>(?:các{S})?ngày{S}(?:(?P<d0>{DAY}){AND}(?:ngày{S})?)?)?"
    rf"(?P<d>{DAY})(?:{s}/{s}(?P<m>{MONTH})(?:{s}/{s}(?P<y>{YEAR}|\d\d(?!\d))|{S}năm{S}(?P<y2>{YEAR}))?"
    rf"|{s}[.\-]{s}(?P<m2>{MONTH}){s}[.\-]{s}(?P<y3>{YEAR}))(?![\w/]|[.,]\d|-[^\W\d]){HOUR_AFTER}?"
)
DATE_OF_MACHINES = (
    rf"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?:(?![\w/-]){HOUR_AFTER}?|t(?P<at2>\d\d:\d\d(?::\d\d)?)(?![\w:]))"
)
PART = (
    rf"(?:đầu|giữa|cuối|thượng{S}tuần|trung{S}tuần|hạ{S}tuần|nửa{S}đầu|nửa{S}cuối"
    rf"|tuần{S}(?:đầu(?:{S}tiên)?|cuối(?:{S}cùng)?|(?:thứ{S})?[1-4]))"
)
MONTH_NUMBER = rf"(?:{MONTH}|{_any(MONTH_WORDS)}(?!{S}{YEAR}))"
MONTHS = (
    rf"(?<!\d\s)(?:(?P<part>{PART}){S}(?:của{S})?)?tháng{S}(?P<list>{MONTH_NUMBER}{OF_YEAR}?"
    rf"(?:{AND}(?:tháng{S}{MONTH_NUMBER}{OF_YEAR}?|{MONTH}(?:{OF_YEAR}|{ENDS}))){{0,11}})(?!\w)(?!{S}lần)"
)
QUARTER_NUMBER = _any(QUARTER_WORDS)
QUARTERS = (
    rf"(?:(?P<part>đầu|giữa|cuối){S}(?:của{S})?)?(?:các{S})?quý{S}(?P<list>{QUARTER_NUMBER}{OF_YEAR}?"
    rf"(?:{AND}(?:quý{S}{QUARTER_NUMBER}{OF_YEAR}?|(?:iv|iii|ii|i)(?!\w){OF_YEAR}?|[1-4](?!\d)(?:{OF_YEAR}|{ENDS})))"
    rf"{{0,7}})"
)
Q = rf"q{s}\.?{s}"
Q_NUMBER = r"(?:iv|iii|ii|i|[1-4])(?!\w)"
SHORT_QUARTERS = rf"{Q}(?P<list>{Q_NUMBER}{OF_YEAR}?(?:{AND}{Q}{Q_NUMBER}{OF_YEAR}?){{0,3}})"
"""As tables write a quarter: "Q2/2022", "Q.II"; alone it may be a district (Quận 1)."""
FIRST_MONTHS = (
    rf"(?:(?P<n>6|06|sáu|9|09|chín|3|03|ba){S}tháng|(?P<half>nửa)){S}(?P<side>đầu|cuối){S}(?:của{S})?năm"
    rf"(?:{S}(?P<y>{YEAR}|{RELATIVE_YEAR}))?(?!{S}học(?!\w))(?!\w)"
)
YEARS = (
    rf"(?:(?P<part>đầu|giữa|cuối){S}(?:của{S})?năm(?:{S}(?P<py>{YEAR}|{RELATIVE_YEAR}))?"
    rf"|(?:(?:các|những){S})?năm{S}(?P<list>{YEAR}(?:{AND}(?:năm{S})?{YEAR}){{0,9}})"
    rf"|năm{S}(?P<relative>{RELATIVE_YEAR}))(?!\w)(?!{S}học(?!\w))"
)
THIS_YEAR = rf"năm(?={s}(?:[.,;:)\n]|\Z))"
MONTH_OF_YEAR = rf"(?:t\.?{s})?(?P<m>{MONTH}){s}[/]{s}(?P<y>{YEAR})(?![\w/])"
YEAR_RANGE = rf"(?:giai{S}đoạn{S}(?:năm{S})?)?(?P<y>{YEAR}){s}[\-–]{s}(?P<z>{YEAR})(?![\w/])"
BARE_YEAR = rf"(?P<y>{YEAR})(?![\w/])(?!{s}[\-–/]{s}\w)"

EACH = r"(?:hằng|hàng|mỗi)"
SPAN = rf"(?:(?P<n>\d{{1,2}}|ba|sáu){S})?(?P<unit>ngày|tuần|tháng|quý|năm)"
TIMES = r"(?P<times>\d{1,2}|một|hai|ba|bốn)"
ALSO = rf"(?:{AND}(?:{EACH}{S})?(?:(?:6|06|9|09|sáu|chín){S}tháng|tuần|tháng|quý|năm)(?!\w)(?!{S}\d)){{0,5}}"
RECURRING = (
    rf"(?:định{S}kỳ{S}(?:là{S})?(?:theo{S})?(?:{EACH}{S})?|{EACH}{S}){SPAN}(?!\w)(?!{S}(?:\d|i{{1,3}}\b|iv\b))"
    rf"{ALSO}(?:(?:{S}(?:một|1|01){S}|{s}/{s})lần)?"
)
ONCE_IN = rf"{SPAN}(?:{s}/{s}|{S}(?:một|1|01){S})lần(?!\w)"
TIMES_IN = (
    rf"{TIMES}{S}lần(?:{s}/{s}|{S}(?:một|mỗi|trong{S}(?:một|1|01)){S})(?:(?P<n>6|06|sáu){S})?"
    rf"(?P<unit>ngày|tuần|tháng|quý|năm)(?!\w)"
)
DAY_OF_PERIOD = (
    rf"{HOUR}?ngày{S}(?P<d>{DAY}){S}(?:của{S})?(?:(?P<monthly>{EACH}{S}tháng|tháng{S}(?:sau|kế{S}tiếp|tiếp{S}theo|báo{S}cáo))"
    rf"|tháng{S}(?:đầu|cuối|thứ{S}(?:nhất|hai|ba))(?:{S}(?:cùng|tiên))?(?:{S}của)?(?:{S}{EACH})?"
    rf"(?:{S}(?P<quarterly>quý)(?:{S}(?:sau|kế{S}tiếp|tiếp{S}theo|báo{S}cáo))?|{S}(?:kỳ{S}báo{S}cáo)))(?!\w)"
)
CONTINUOUS = (
    rf"(?:thường{S}xuyên(?:{s},?{s}liên{S}tục)?|liên{S}tục|quanh{S}năm|suốt{S}(?:cả{S})?năm)(?!\w)"
    rf"(?:{S}trong(?:{S}suốt)?(?:{S}cả)?{S}năm(?:{S}{YEAR})?(?!\w))?"
)
CLAUSE = r"[^,.;:()\n]{0,120}"
EVENT = (
    rf"(?P<head>(?:ngay{S})?sau{S}khi|khi{S}(?:có|được|phát{S}sinh)|theo{S}(?:đúng{S})?(?:tiến{S}độ|lộ{S}trình|kế{S}hoạch"
    rf"|yêu{S}cầu|chỉ{S}đạo|chương{S}trình|hướng{S}dẫn|thực{S}tế))(?!\w){CLAUSE}"
)
AMOUNT = rf"(?:(?P<n>\d{{1,4}})(?:{s}\([^()\n]{{1,30}}\))?|(?P<word>{_any(NUMBER_WORDS)}))"
FROM = rf"(?:kể{S}từ|tính{S}từ|từ|sau)"
# "16 giờ ngày 20/11/2022" is an hour of a day, no length.
OF_A_DAY = rf"{s},?{s}ngày{S}(?:mồng{S}|mùng{S})?\d"
TERM = (
    rf"{AMOUNT}{S}(?P<unit>ngày(?P<wd>{S}làm{S}việc)?|giờ(?P<wh>{S}làm{S}việc)?(?!{OF_A_DAY})|tuần|tháng|năm)(?!\w)"
    rf"(?!{S}(?:đầu|cuối|qua|gần|nay|trước{S}đó|liên{S}tục|một{S}lần|\d))(?!{s}/)"
    rf"(?P<tail>{s},?{s}(?:{FROM}{S}(?:ngày|khi|thời{S}điểm|lúc)|trước{S}(?:ngày|khi))(?!\w)"
    rf"(?:{S}(?P<ad>{DAY})(?:{s}/{s}|{S}tháng{S})(?P<am>{MONTH})(?:(?:{s}/{s}|{S}năm{S})(?P<ay>{YEAR}))?(?![\w/])|{CLAUSE}))?"
)

# The order decides where two begin alike: the more particular one first.
FORMS: dict[str, str] = {
    "day_of_period": DAY_OF_PERIOD,
    "date_in_words": DATE_IN_WORDS,
    "first_months": FIRST_MONTHS,
    "recurring": RECURRING,
    "times_in": TIMES_IN,
    "once_in": ONCE_IN,
    "term": TERM,
    "date_of_machines": DATE_OF_MACHINES,
    "date_in_figures": DATE_IN_FIGURES,
    "month_of_year": MONTH_OF_YEAR,
    "months": MONTHS,
    "quarters": QUARTERS,
    "short_quarters": SHORT_QUARTERS,
    "years": YEARS,
    "this_year": THIS_YEAR,
    "year_range": YEAR_RANGE,
    "bare_year": BARE_YEAR,
    "continuous": CONTINUOUS,
    "event": EVENT,
}
PATTERNS = {name: re.compile(source) for name, source in FORMS.items()}
SCANNER = re.compile(
    r"(?<![\w/])(?<!\d[.,])(?:"
    + "|".join(f"(?P<{name}>{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', source)})" for name, source in FORMS.items())
    + ")"
)
"""Finds the next wording; `lastgroup` is its form. PATTERNS[form].match at the same place gives its parts."""
