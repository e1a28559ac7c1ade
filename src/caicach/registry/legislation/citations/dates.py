"""The date or year directly attached to a document's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date whose last character is `text[end - 1]`; `iso` is "2018-04-23", "2018-04", "2018", or None."""

    end: int
    iso: str | None


_S = r"\s{0,3}"
_DAY = re.compile(
    rf"(?P<comma>\s?,)?\s{{1,3}}(?i:ngày)\s{{1,3}}(?P<day>\d{{1,2}})(?:"
    rf"\s{{0,3}}(?i:tháng)\s{{1,3}}(?P<m1>\d{{1,2}})(?:\s{{0,3}},?\s{{0,3}}(?i:năm)\s{{1,3}}(?P<y1>\d{{4}}))?"
    rf"|{_S}(?P<sep>[/.\-–]){_S}(?P<m2>\d{{1,2}})(?:{_S}(?P=sep){_S}(?P<y2>\d{{4}}|\d{{2}}))?"
    rf")(?![\d/])"
)
_MONTH = re.compile(
    r"\s{1,3}(?i:tháng)\s{1,3}(?P<month>\d{1,2})(?:\s{1,3}(?i:năm)\s{1,3}|\s?[/-]\s?)(?P<year>\d{4})(?!\d)"
)
_YEAR = re.compile(r"\s{1,3}(?i:năm)\s{1,3}(?P<year>(?:1[89]|20)\d\d)(?![\d]|\s?[-–/]\s?\d)")
_BARE_YEAR = re.compile(r"\s{1,3}(?P<year>(?:19[4-9]|20)\d\d|(?:19[4-9]\d))(?![\d%]|\s?[-–/]\s?\d|[.,]\d)")
# ", ngày 25/10/2017 của …" belongs to the number (party style); ", ngày 01/6/2018 Sở Nội vụ đã …" begins a clause.
_BELONGS = re.compile(
    r"\s{0,3}(?:[;.)\]\"”]|$|(?:,\s{1,3}(?=của|do|về))?(?:của|về|quy\s+định|hướng\s+dẫn|sửa\s+đổi|ban\s+hành|phê\s+duyệt|và|do|V/v)(?!\w))"
)


def date_at(text: str, pos: int, *, bare_year: bool = False, comma_always: bool = False) -> WrittenDate | None:
    """The date attached at `pos` (blanks before it belong to the match).

    `bare_year` admits "Luật Lưu trữ 2024". A date after a comma is attached only where what follows shows that it is
    the document's, or always when `comma_always`.
    """
    if day := _DAY.match(text, pos):
        if (
            day["comma"]
            and not _BELONGS.match(text, day.end())
            and not (comma_always and text[day.end() : day.end() + 1] == ",")
        ):
            return None
        return WrittenDate(day.end(), _iso(day))
    if month := _MONTH.match(text, pos):
        number = int(month["month"])
        return WrittenDate(month.end(), f"{month['year']}-{number:02}" if 1 <= number <= 12 else None)
    year = _YEAR.match(text, pos) or (_BARE_YEAR.match(text, pos) if bare_year else None)
    return WrittenDate(year.end(), year["year"]) if year else None


def _iso(found: re.Match[str]) -> str | None:
    year = found["y1"] or found["y2"]
    if year is None:
        return None
    if len(year) == 2:
        year = f"19{year}" if int(year) > 44 else f"20{year}"
    try:
        return date(int(year), int(found["m1"] or found["m2"]), int(found["day"])).isoformat()
    except ValueError:
        return None
