"""The title of a plan and the year that it is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from .casing import recased
from .layout import Paragraph, is_shouted
from .words import squeezed

HEAD: Final = 6000
"""How far into the text a plan may name itself, in code points."""
_LONGEST_LINE: Final = 600
_NAMES_PLAN: Final = re.compile(
    r"(?<!\w)(?:kế\s{1,4}hoạch|chương\s{1,4}trình)(?!\w)(?!\s+này)[^.;:\n“”\"()]{0,160}?(?:cải\s{1,4}cách\s{1,4}hành\s{1,4}chính|cchc|cải\s{1,4}cách)"
    r"[^.;:“”\"()]{0,80}?(?:năm|giai\s{1,4}đoạn)\s{1,4}20\d\d(?:\s{0,2}[-–]\s{0,2}20\d\d)?(?P<of>\s{1,4}của\s{1,4}[^.;:,\n“”\"()]{2,60})?",
    re.IGNORECASE,
)
_ISSUES_PLAN: Final = re.compile(
    r"(?:xây dựng|ban hành)\s+(?P<title>kế\s+hoạch\s+[^.;:(]{10,160}?)"
    r"(?=\s+\(|,\s+(?:cụ thể|với)|\s+(?:cụ thể\s+)?như\s+sau|\s+với\s+những)",
    re.IGNORECASE,
)
_ANY_TITLE: Final = re.compile(r"[^\n]{0,80}(?:cải\s+cách|cchc)[^\n.;]{0,80}năm\s+20\d\d[^\n.;()]{0,40}", re.IGNORECASE)
_BEGINS_TITLE: Final = re.compile(r"(?:kế hoạch|chương trình)\s+\w", re.IGNORECASE)
_PLAN_YEAR: Final = re.compile(
    r"(?<!\w)(?:kế hoạch|nhiệm vụ|chương trình|công tác)(?!\w)[^.;\n]{0,100}?(?<!\w)năm\s{1,4}(20\d\d)", re.IGNORECASE
)
_NUMBERED: Final = re.compile(r"\s+số\s+\S+(?:\s+ngày\s+\S+)?(?:\s+của\s+[^,]{2,40}?)?\s+về(?:\s+việc)?(?=\s)")
_DEADLINE_YEAR: Final = re.compile(
    r"(?<!\w)(?:(?:trước|hết|chậm nhất|muộn nhất|đến|trong|vào)\s{1,4}(?:là\s{1,4}|vào\s{1,4})?(?:ngày\s{1,4})?\d{1,2}"
    r"(?:/\d{1,2}/|\s{1,4}tháng\s{1,4}\d{1,2}\s{1,4}năm\s{1,4})"
    r"|(?<!\d\s)(?:quý|tháng)\s{1,4}\w{1,3}(?:\s{0,2}/\s{0,2}|\s{1,4}năm\s{1,4}))(?P<year>20\d\d)(?![\w/])",
    re.IGNORECASE,
)
_ANY_YEAR: Final = re.compile(r"năm\s{1,4}(20\d\d)", re.IGNORECASE)


def title_in(text: str, paragraphs: Sequence[Paragraph], after_number: int | None) -> str | None:
    """The plan's name: right after its decision's number, else in a line near the head, else what looks like one.

    after_number : where the number of the decision ends in running text; None where it stands in a letterhead
    """
    if after_number is not None:
        named = _NAMES_PLAN.search(text, after_number, after_number + 400)
        if named is not None and named.start() - after_number < 120:
            return _plain_title(named[0])
    lines = _lines_at_head(text, paragraphs)
    own_lines = [line for line in lines if not line.startswith("#")]
    for line in [*own_lines, *lines]:
        if match := _NAMES_PLAN.search(line):
            return _plain_title(match[0])
    for line in own_lines:
        if match := _ISSUES_PLAN.search(line):
            return _plain_title(match["title"])
    for line in [*own_lines, *lines]:
        match = _ANY_TITLE.search(line)
        if match is not None and len(line) < 200 and not line.endswith("."):
            return _plain_title(re.sub(r"^#\s*(?:title:)?\s*|^[^:]{2,30}:\s*", "", match[0]))
    return None


def plan_year_in(text: str, title: str | None, date: str | None, *, cited: Sequence[tuple[int, int]]) -> int | None:
    """The year that the plan is for: from its title, else from what it calls its plan or tasks, else of most of its
    deadlines, else the year it names most, else of its date: what is issued in December is for the year after.

    cited : where citations stand, whose days are no deadlines
    """
    named = _ANY_YEAR.findall(title or "")
    if named and "giai đoạn" not in (title or "").lower():
        return int(named[-1])
    if years := Counter(_PLAN_YEAR.findall(text[:HEAD])):
        return int(max(years, key=lambda year: (years[year], year)))
    if years := Counter(_years_of_deadlines(text, cited)):
        return int(min(years, key=lambda year: (-years[year], year)))
    if years := Counter(_ANY_YEAR.findall(text[:HEAD])):
        return int(max(years, key=lambda year: (years[year], year)))
    return int(date[:4]) + (date[5:7] == "12") if date else None


def _years_of_deadlines(text: str, cited: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Years of "trước ngày 30/6/2022", "trong quý III năm 2022", "tháng 9/2022"."""
    apart = iter((*cited, (len(text), len(text))))
    start, end = next(apart)
    for found in _DEADLINE_YEAR.finditer(text):
        while end <= found.start() and start < len(text):
            start, end = next(apart)
        if found.end() <= start or found.start() >= end:
            yield found["year"]


def _lines_at_head(text: str, paragraphs: Sequence[Paragraph]) -> list[str]:
    """Paragraphs near the head, each on one line; a workbook has none, so its rows count."""
    near = [
        text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST_LINE)]
        for paragraph in paragraphs
        if paragraph.start < HEAD
    ]
    lines = [squeezed(line) for line in near or text[:HEAD].split("\n")]
    return [*_spread_titles(lines), *lines]


def _spread_titles(lines: Sequence[str]) -> Iterator[str]:
    """ "KẾ HOẠCH" on a line of its own with the line under it."""
    for line, below in pairwise(lines[:60]):
        name = line.strip(" :")
        if is_shouted(name) and is_shouted(below) and _BEGINS_TITLE.match(name) and not re.search(r"20\d\d", name):
            yield f"{name} {below}"  # "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH" over "GIAI ĐOẠN 2022 - 2025"
        if name.lower() not in {"kế hoạch", "chương trình"}:
            continue
        yield f"{name} {below}" if is_shouted(below) else f"{name.capitalize()} {below[:1].lower()}{below[1:]}"


def _plain_title(written: str) -> str:
    title = _NUMBERED.sub("", squeezed(written).strip(" -–,:"))
    title = recased(title, "") if is_shouted(title) else title
    title += ")" * (title.count("(") > title.count(")"))  # "Kế hoạch ... (tỉnh Đồng Nai, năm 2025)"
    return title[:1].upper() + title[1:]
