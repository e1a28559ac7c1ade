"""Which days are working days in Việt Nam, and why the others are not.

The dates of holidays, lunar ones included, come from the library `holidays`; which law gives them depends on the day.
What is announced year by year (the days of Tết, the second day of 2/9, swapped working days) is therefore not here: the
calendar is given it. The library's own days in lieu are not used: it moves a Saturday of Tết to the workday before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import date as Date  # a day has a field of this name
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years that can be counted: Saturdays are off since October 1999, the library's lunar table ends in 2099."""


class OutsideKnownYears(ValueError):
    """A day is before 2000 or after 2099."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(f"{day.isoformat()} is outside {FIRST_YEAR}-{LAST_YEAR}")


class DayKind(StrEnum):
    """What a day is. `paused` is given by a clock that waits, never by a calendar."""

    WORKING = "working"
    SWAPPED_WORKING_DAY = "swapped_working_day"
    EXCEPTIONAL_WORKING_DAY = "exceptional_working_day"
    WEEKEND = "weekend"
    PUBLIC_HOLIDAY = "public_holiday"
    COMPENSATORY_DAY_OFF = "compensatory_day_off"
    SWAPPED_DAY_OFF = "swapped_day_off"
    EXCEPTIONAL_DAY_OFF = "exceptional_day_off"
    PAUSED = "paused"


WORKED = frozenset({DayKind.WORKING, DayKind.SWAPPED_WORKING_DAY, DayKind.EXCEPTIONAL_WORKING_DAY})


class Holiday(StrEnum):
    NEW_YEAR = "new_year"
    LUNAR_NEW_YEAR = "lunar_new_year"
    HUNG_KINGS = "hung_kings"
    REUNIFICATION = "reunification"
    LABOUR = "labour"
    NATIONAL_DAY = "national_day"
    CULTURE_DAY = "culture_day"


class Caveat(StrEnum):
    """What a reader must know before relying on a day off."""

    NOT_ANNOUNCED = "not_announced"
    """The Prime Minister decides these days each year (BLLĐ 2019, Điều 112 khoản 3), and has not for this one."""
    ARTICLE_UNVERIFIED = "article_unverified"
    """A resolution names the day; the article of the Labour Code that makes it a day off has not been read."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with the reason why it is worked or not.

    `holiday` is set for holidays and their compensatory days, `swapped_with` for both halves of a swap, `name` and
    `unit_code` for exceptions an administrator entered; `cites` is the article or the announcement.
    """

    date: Date
    kind: DayKind
    cites: str = ""
    holiday: Holiday | None = None
    swapped_with: Date | None = None
    name: str = ""
    unit_code: str = ""
    caveat: Caveat | None = None

    @property
    def is_working(self) -> bool:
        return self.kind in WORKED


_LIBRARY_NAMES: Mapping[str, Holiday] = {
    "New Year's Day": Holiday.NEW_YEAR,
    "Lunar New Year's Eve": Holiday.LUNAR_NEW_YEAR,
    "Lunar New Year": Holiday.LUNAR_NEW_YEAR,
    "Second Day of Lunar New Year": Holiday.LUNAR_NEW_YEAR,
    "Third Day of Lunar New Year": Holiday.LUNAR_NEW_YEAR,
    "Fourth Day of Lunar New Year": Holiday.LUNAR_NEW_YEAR,
    "29 of Lunar New Year": Holiday.LUNAR_NEW_YEAR,
    "Fifth Day of Lunar New Year": Holiday.LUNAR_NEW_YEAR,
    "Sixth Day of Lunar New Year": Holiday.LUNAR_NEW_YEAR,
    "Hung Kings' Commemoration Day": Holiday.HUNG_KINGS,
    "Liberation Day/Reunification Day": Holiday.REUNIFICATION,
    "International Labor Day": Holiday.LABOUR,
    "National Day": Holiday.NATIONAL_DAY,
    "Vietnam Cultural Day": Holiday.CULTURE_DAY,
}

_POINT = {
    Holiday.NEW_YEAR: "a",
    Holiday.LUNAR_NEW_YEAR: "b",
    Holiday.REUNIFICATION: "c",
    Holiday.LABOUR: "d",
    Holiday.NATIONAL_DAY: "đ",
    Holiday.HUNG_KINGS: "e",
}
NATIONAL_DAY = (9, 2)
"""Month and day; the second day off is the one before or after it."""
SATURDAY = 5
LABOUR_CODE_2012 = date(2013, 5, 1)
LABOUR_CODE_2019 = date(2021, 1, 1)

WEEKEND_CITES = "QĐ 188/1999/QĐ-TTg, Điều 1"
CULTURE_DAY_CITES = "NQ 80-NQ/TW ngày 07/01/2026"


def holiday_article(*, holiday: Holiday, on: date) -> str:
    """The article that gives a public holiday on that day; the Labour Code changed in 2013 and 2021."""
    if holiday is Holiday.CULTURE_DAY:
        return CULTURE_DAY_CITES
    if on >= LABOUR_CODE_2019:
        return f"BLLĐ 2019, Điều 112 khoản 1 điểm {_POINT[holiday]}"
    if on >= LABOUR_CODE_2012:
        return f"BLLĐ 2012, Điều 115 khoản 1 điểm {_POINT[holiday]}"
    return "BLLĐ 1994, Điều 73"


def compensation_article(*, on: date) -> str:
    """The article that gives a day off in lieu of a holiday on a weekend."""
    if on >= LABOUR_CODE_2019:
        return "BLLĐ 2019, Điều 111 khoản 3"
    if on >= LABOUR_CODE_2012:
        return "BLLĐ 2012, Điều 115 khoản 3"
    return "BLLĐ 1994, Điều 73"


def is_decided_each_year(*, holiday: Holiday, on: date) -> bool:
    """Whether the Prime Minister says which days it is. Source: BLLĐ 2019, Điều 112 khoản 3."""
    return on >= LABOUR_CODE_2019 and holiday in (Holiday.LUNAR_NEW_YEAR, Holiday.NATIONAL_DAY)


NOTHING_ARRANGED: Mapping[date, Day] = MappingProxyType({})


def public_holidays(year: int, arranged: Mapping[date, Day] = NOTHING_ARRANGED) -> Mapping[date, Day]:
    """Every public holiday and compensatory day off of a year, swaps left out. Raises OutsideKnownYears.

    arranged : the year's days of Tết and of 2/9 and all its days in lieu, as announced; without them Tết and the second
        day of 2/9 are where they usually are, and the days in lieu follow from the article.
    """
    if not arranged:
        return _by_the_article(year)
    fixed = {
        day: _holiday(day, holiday) for day, holiday in _given(year).items() if not _is_arranged(holiday, arranged)
    }
    return MappingProxyType({**fixed, **arranged})


def _is_arranged(holiday: Holiday, arranged: Mapping[date, Day]) -> bool:
    return any(day.holiday is holiday and day.kind is DayKind.PUBLIC_HOLIDAY for day in arranged.values())


@lru_cache(maxsize=128)
def _given(year: int) -> Mapping[date, Holiday]:
    """The holidays as the library dates them."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideKnownYears(date(year, 1, 1))
    # Here, because it takes 40 ms that a command which counts no day need not spend.
    import holidays as holiday_library

    found: dict[date, Holiday] = {}
    for day, names in holiday_library.country_holidays("VN", years=year, language="en_US", observed=False).items():
        # Two holidays on one day (10/3 of the lunar calendar may fall on 30/4) are one day off: the first names it.
        holiday = _LIBRARY_NAMES.get(names.split("; ")[0])
        if holiday is not None and day.year == year:  # None: a swapped day off, announced, not law
            found[day] = holiday
    return MappingProxyType(found)


@lru_cache(maxsize=128)
def _by_the_article(year: int) -> Mapping[date, Day]:
    found = {day: _holiday(day, holiday) for day, holiday in sorted(_given(year).items())}
    for holiday in list(found.values()):
        if holiday.date.weekday() >= SATURDAY:
            in_lieu = _next_workday(holiday.date, found)
            found[in_lieu] = day_in_lieu(in_lieu, holiday=holiday.holiday, caveat=holiday.caveat)
    return MappingProxyType(found)


def _next_workday(day: date, taken: Mapping[date, Day]) -> date:
    """The first day after it that is neither a weekend's, nor a holiday, nor already in lieu of another."""
    after = day + timedelta(days=1)
    while after in taken or after.weekday() >= SATURDAY:
        after += timedelta(days=1)
    return after


def _holiday(day: date, holiday: Holiday) -> Day:
    return Day(
        day, DayKind.PUBLIC_HOLIDAY, holiday_article(holiday=holiday, on=day), holiday, caveat=_caveat(day, holiday)
    )


def _caveat(day: date, holiday: Holiday) -> Caveat | None:
    if holiday is Holiday.CULTURE_DAY:
        return Caveat.ARTICLE_UNVERIFIED
    is_the_day_itself = holiday is Holiday.NATIONAL_DAY and (day.month, day.day) == NATIONAL_DAY
    if is_decided_each_year(holiday=holiday, on=day) and not is_the_day_itself:
        return Caveat.NOT_ANNOUNCED
    return None


def day_in_lieu(day: date, *, holiday: Holiday | None, caveat: Caveat | None = None) -> Day:
    return Day(day, DayKind.COMPENSATORY_DAY_OFF, compensation_article(on=day), holiday, caveat=caveat)
