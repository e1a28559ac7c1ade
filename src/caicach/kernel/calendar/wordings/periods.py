"""What days a wording names, before anything is said about on time and late."""

from __future__ import annotations

import calendar as gregorian
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from caicach.kernel.calendar.rules import Term, TermUnit

from .grammar import FROM, MONTH_WORDS, NUMBER_WORDS, PATTERNS, QUARTER_WORDS, YEAR, S, s
from .results import Recurrence, WordingKind

# BLDS 2015, Điều 146: đầu tháng is its first day, giữa tháng the fifteenth, cuối tháng the last (khoản 2); đầu năm is
# the first day of January, giữa năm the last of June, cuối năm the last of December (khoản 3). Quarters and ten-day
# parts of a month are not in the Code: they follow by analogy and say so by citing nothing.
MONTH_PARTS_CITE = "BLDS 2015, Điều 146 khoản 2"
YEAR_PARTS_CITE = "BLDS 2015, Điều 146 khoản 3"
DAY_OF_MONTH_PART = {
    "đầu": 1,
    "giữa": 15,
    "thượng tuần": 10,
    "trung tuần": 20,
    "nửa đầu": 15,
    "tuần đầu": 7,
    "tuần đầu tiên": 7,
    "tuần 1": 7,
    "tuần 2": 14,
    "tuần 3": 21,
    "tuần 4": 28,
}
CODED_PARTS = ("đầu", "giữa", "cuối")
DATED = frozenset(
    {WordingKind.DATE, WordingKind.MONTH, WordingKind.QUARTER, WordingKind.HALF, WordingKind.YEAR},
)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, named between two offsets of a text.

    has_year : the words themselves name the year; otherwise it is the plan's
    has_hour : they name an hour of the day, so that "trước" no longer means the day before
    part : "đầu", "cuối" of a month, quarter or year; for a day, the word "ngày" where it is said
    is_range : two ends are named ("từ tháng 3 đến tháng 6")
    is_from_signing : a term that runs from the signing of the text itself ("kể từ ngày ký")
    head_end : where the words that fix the time end; a clause may follow them ("sau khi …")
    """

    start: int
    end: int
    kind: WordingKind
    first: date | None = None
    last: date | None = None
    has_year: bool = False
    has_hour: bool = False
    recurrence: Recurrence | None = None
    term: Term | None = None
    anchor: date | None = None
    counts_back: bool = False
    cites: str = ""
    form: str = ""
    part: str = ""
    is_range: bool = False
    head_end: int = 0
    is_from_signing: bool = False


def period_of(form: str, text: str, start: int, *, year: int) -> Period | None:
    """The period that begins at `start`; None when it is no day of the calendar (31/02)."""
    match = PATTERNS[form].match(text, start)
    if match is None:
        return None
    try:
        found = _READERS[form](match, year)
    except ValueError:  # 31/02, 30/02/2022
        return None
    if found is None:
        return None
    end = start + len(match[0].rstrip())
    return replace(
        found,
        start=start,
        end=end,
        head_end=min(found.head_end or end, end),
        form=form,
        is_range=found.is_range or (form in _LISTS and _SPANS.search(match[0]) is not None),
    )


_LISTS = frozenset({"months", "quarters", "short_quarters", "years", "year_range"})
_SPANS = re.compile(r"(?<!\w)(?:đến|tới)(?!\w)|[-–]\s{0,4}[\wq]")


def in_year(period: Period, text: str, year: int) -> Period:
    """The same words read for another year: the first half of "từ tháng 11 đến tháng 2/2023"."""
    if period.has_year:
        return period
    return period_of(period.form, text, period.start, year=year) or period


def _period(kind: WordingKind, first: date | None, last: date | None, **more: object) -> Period:
    return replace(Period(0, 0, kind, first, last), **more)  # type: ignore[arg-type]


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, gregorian.monthrange(year, month)[1])


def _year_in(words: str | None, plan_year: int) -> tuple[int, bool]:
    """The year that words name ("/2023", "năm sau"), and whether they name one."""
    if not words:
        return plan_year, False
    if found := re.search(YEAR, words):
        return int(found[0]), True
    if words.strip().isdigit():  # 30/6/22
        return 2000 + int(words), True
    return (plan_year if words.strip().endswith("nay") else plan_year + 1), True


def _date_in_words(match: re.Match[str], year: int) -> Period:
    named_year, has_year = _year_in(match["y"], year)
    return _date(match, date(named_year, int(match["m"]), int(match["d"])), has_year)


def _date_in_figures(match: re.Match[str], year: int) -> Period:
    named_year, has_year = _year_in(match["y"] or match["y2"] or match["y3"], year)
    return _date(match, date(named_year, int(match["m"] or match["m2"]), int(match["d"])), has_year)


def _date_of_machines(match: re.Match[str], _year: int) -> Period:
    day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    return _period(WordingKind.DATE, day, day, has_year=True, has_hour=_has_hour_after(match))


def _date(match: re.Match[str], last: date, has_year: bool) -> Period:
    first = last.replace(day=int(match["d0"])) if match["d0"] else last
    has_hour = _has_hour_before(match) or _has_hour_after(match)
    named = match["named"] or ""
    return _period(
        WordingKind.DATE, first, last, has_year=has_year, has_hour=has_hour, part=named, is_range=first < last
    )


def _has_hour_before(match: re.Match[str]) -> bool:
    """ "16 giờ ngày 20/11"; what is before "0 giờ ngày 01/01/2023" is before that day."""
    return int(match["hour"] or 0) > 0 or int(match["minute"] or 0) > 0


def _has_hour_after(match: re.Match[str]) -> bool:
    """ "20/11/2022 15:00"; midnight is no hour of an office but a day typed into a cell for moments."""
    groups = match.groupdict()
    typed = groups.get("at") or groups.get("at2") or ""
    return re.search(r"[1-9]", typed) is not None


def _months(match: re.Match[str], year: int) -> Period | None:
    numbers = rf"(?:{YEAR})|\d{{1,2}}|{'|'.join(sorted(MONTH_WORDS, key=len, reverse=True))}|nay|sau|tới"
    months, has_year = _numbered(match["list"], year, numbers, lambda word: _number(word, MONTH_WORDS))
    (first_year, first_month), (last_year, last_month) = months[0], months[-1]
    first, last = date(first_year, first_month, 1), _last_of_month(last_year, last_month)
    part = _squeezed(match["part"])
    if not part:
        return _period(WordingKind.MONTH, first, last, has_year=has_year)
    cites = MONTH_PARTS_CITE if part in CODED_PARTS else ""
    end = last.replace(day=DAY_OF_MONTH_PART[_week(part)]) if _week(part) in DAY_OF_MONTH_PART else last
    return _period(WordingKind.MONTH, first, end, has_year=has_year, cites=cites, part=part)


def _week(part: str) -> str:
    return part.replace("thứ ", "")


def _quarters(match: re.Match[str], year: int) -> Period | None:
    numbers = rf"(?:{YEAR})|iv|iii|ii|i(?!\w)|[1-4]|một|hai|ba|bốn|tư|nay|sau|tới"
    quarters, has_year = _numbered(match["list"], year, numbers, lambda word: _number(word, QUARTER_WORDS))
    (first_year, first_quarter), (last_year, last_quarter) = quarters[0], quarters[-1]
    first = date(first_year, 3 * first_quarter - 2, 1)
    last = _last_of_month(last_year, 3 * last_quarter)
    part = match.groupdict().get("part") or ""
    if part == "đầu":
        last = date(last_year, 3 * last_quarter - 2, 1)
    elif part == "giữa":
        last = date(last_year, 3 * last_quarter - 1, 15)
    return _period(WordingKind.QUARTER, first, last, has_year=has_year, part=part)


_YEAR_WORDS = re.compile(r"năm(?=\s+(?:\d{4}|nay|sau|tới|kế|tiếp))|kế tiếp|tiếp theo")


def _numbered(
    words: str, plan_year: int, numbers: str, number: Callable[[str], int | None]
) -> tuple[list[tuple[int, int]], bool]:
    """(year, number) of each element of a list, and whether the words name a year.

    An element without a year takes the one named after it ("quý III, IV/2022"), else the one before it, else the
    plan's; numbers that fall ("quý IV/2022, quý I", "tháng 11 đến tháng 2/2023") pass into another year.
    """
    found: list[tuple[int | None, int]] = []
    for word in re.findall(numbers, _YEAR_WORDS.sub(" ", words)):
        value = number(word)
        if value is not None:
            found.append((None, value))
        elif found and found[-1][0] is None:
            found[-1] = (_year_in(word, plan_year)[0], found[-1][1])
    years = [year for year, _ in found]
    has_year = any(year is not None for year in years)
    for place in range(len(found) - 2, -1, -1):
        after = years[place + 1]
        if years[place] is None and after is not None:
            years[place] = after - (found[place][1] > found[place + 1][1])
    for place, year in enumerate(years):
        if year is None:
            before = years[place - 1] if place else plan_year
            falls = place > 0 and found[place][1] < found[place - 1][1]
            years[place] = (before or plan_year) + falls
    return [(year or plan_year, value) for year, (_, value) in zip(years, found, strict=True)], has_year


def _number(word: str, words: dict[str, int]) -> int | None:
    if word in words:
        return words[word]
    return int(word) if word.isdigit() and len(word) <= 2 else None


def _first_months(match: re.Match[str], year: int) -> Period:
    named, has_year = _year_in(match["y"], year)
    count = 6 if match["half"] else {"9": 9, "09": 9, "chín": 9, "3": 3, "03": 3, "ba": 3}.get(match["n"], 6)
    kind = {3: WordingKind.QUARTER, 6: WordingKind.HALF, 9: WordingKind.MONTH}[count]
    if match["side"] == "đầu":
        return _period(kind, date(named, 1, 1), _last_of_month(named, count), has_year=has_year)
    return _period(kind, date(named, 13 - count, 1), date(named, 12, 31), has_year=has_year)


def _years(match: re.Match[str], year: int) -> Period:
    part = match["part"] or ""
    if part:
        named, has_year = _year_in(match["py"], year)
        last = {"đầu": date(named, 1, 1), "giữa": date(named, 6, 30), "cuối": date(named, 12, 31)}[part]
        return _period(WordingKind.YEAR, date(named, 1, 1), last, has_year=has_year, cites=YEAR_PARTS_CITE, part=part)
    if match["relative"]:
        named, _ = _year_in(match["relative"], year)
        return _whole_years(named, named)
    named_years = [int(found) for found in re.findall(YEAR, match["list"])]
    return _whole_years(named_years[0], named_years[-1])


def _this_year(_match: re.Match[str], year: int) -> Period:
    return replace(_whole_years(year, year), has_year=False)


def _whole_years(first: int, last: int) -> Period:
    return _period(WordingKind.YEAR, date(first, 1, 1), date(last, 12, 31), has_year=True)


def _month_of_year(match: re.Match[str], _year: int) -> Period:
    named, month = int(match["y"]), int(match["m"])
    return _period(WordingKind.MONTH, date(named, month, 1), _last_of_month(named, month), has_year=True)


def _year_range(match: re.Match[str], _year: int) -> Period | None:
    first, last = int(match["y"]), int(match["z"])
    return _whole_years(first, last) if first <= last else None


def _bare_year(match: re.Match[str], _year: int) -> Period:
    return _whole_years(int(match["y"]), int(match["y"]))


_EVERY = {
    "ngày": Recurrence.DAILY,
    "tuần": Recurrence.WEEKLY,
    "tháng": Recurrence.MONTHLY,
    "quý": Recurrence.QUARTERLY,
    "năm": Recurrence.YEARLY,
}
_MONTHS_APART = {1: Recurrence.MONTHLY, 3: Recurrence.QUARTERLY, 6: Recurrence.HALF_YEARLY, 12: Recurrence.YEARLY}


def _recurring(match: re.Match[str], _year: int) -> Period | None:
    every = _EVERY[match["unit"]]
    count = _number(match["n"] or "1", NUMBER_WORDS)
    if every is Recurrence.MONTHLY and count in _MONTHS_APART:
        every = _MONTHS_APART[count]
    elif count != 1:
        return None
    return _period(WordingKind.RECURRING, None, None, recurrence=every)


def _times_in(match: re.Match[str], year: int) -> Period | None:
    once = _recurring(match, year)
    times = _number(match["times"], NUMBER_WORDS)
    if once is None:
        return None
    if match["unit"] == "năm" and times in (2, 4, 12):
        every = {2: Recurrence.HALF_YEARLY, 4: Recurrence.QUARTERLY, 12: Recurrence.MONTHLY}[times]
        return replace(once, recurrence=every)
    return once


def _day_of_period(match: re.Match[str], _year: int) -> Period:
    every = Recurrence.QUARTERLY if match["quarterly"] else Recurrence.MONTHLY
    return _period(WordingKind.RECURRING, None, None, recurrence=every)


def _continuous(_match: re.Match[str], _year: int) -> Period:
    return _period(WordingKind.CONTINUOUS, None, None)


def _event(match: re.Match[str], _year: int) -> Period:
    return _period(WordingKind.EVENT, None, None, head_end=match.end("head"))


_UNITS = {
    "ngày": TermUnit.DAY,
    "tuần": TermUnit.WEEK,
    "tháng": TermUnit.MONTH,
    "năm": TermUnit.YEAR,
    # An hour of a term is an hour of the office: no law seen counts a night.
    "giờ": TermUnit.WORKING_HOUR,
}


_THIS_TEXT = rf"(?:kế{S}hoạch|quyết{S}định|chương{S}trình|chỉ{S}thị|công{S}văn|thông{S}báo|văn{S}bản)"
_SIGNED = rf"(?:ký(?:{S}ban{S}hành)?|ban{S}hành)"
_FROM_SIGNING = re.compile(
    rf"{s},?{s}{FROM}{S}ngày{S}(?:{_SIGNED}(?:{S}{_THIS_TEXT}(?:{S}này)?)?"
    rf"|{_THIS_TEXT}(?:{S}này)?{S}(?:được{S})?{_SIGNED}){s}"
)
"""Not "kể từ ngày ký hợp đồng", "từ ngày ban hành Nghị định": another text's day."""


def _term(match: re.Match[str], year: int) -> Period | None:
    amount = int(match["n"]) if match["n"] else NUMBER_WORDS[_squeezed(match["word"])]
    if amount == 0:
        return None
    unit = TermUnit.WORKING_DAY if match["wd"] else _UNITS[match["unit"].split()[0]]
    anchor = None
    if match["ad"]:
        named, _ = _year_in(match["ay"], year)
        anchor = date(named, int(match["am"]), int(match["ad"]))
    tail = match["tail"] or ""
    counts_back = tail.strip(" ,\n").startswith("trước")
    return _period(
        WordingKind.TERM,
        None,
        None,
        term=Term(amount, unit),
        anchor=anchor,
        counts_back=counts_back,
        is_from_signing=not counts_back and _FROM_SIGNING.fullmatch(tail) is not None,
        head_end=match.start("tail") if tail and anchor is None else 0,
    )


def _squeezed(words: str | None) -> str:
    return " ".join((words or "").split())


_READERS: dict[str, Callable[[re.Match[str], int], Period | None]] = {
    "day_of_period": _day_of_period,
    "date_in_words": _date_in_words,
    "date_of_machines": _date_of_machines,
    "date_in_figures": _date_in_figures,
    "first_months": _first_months,
    "recurring": _recurring,
    "times_in": _times_in,
    "once_in": _recurring,
    "term": _term,
    "month_of_year": _month_of_year,
    "months": _months,
    "quarters": _quarters,
    "short_quarters": _quarters,
    "years": _years,
    "this_year": _this_year,
    "year_range": _year_range,
    "bare_year": _bare_year,
    "continuous": _continuous,
    "event": _event,
}
