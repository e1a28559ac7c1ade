"""Days off on weekdays, year by year, against the calendars that were announced; and the law that gives them."""

from __future__ import annotations

from datetime import date, timedelta

import holidays as holiday_library
import pytest
from django.utils import translation

from caicach.kernel.calendar.announced import PUBLIC_HOLIDAYS, SWAPPED_DAYS, announced_days, arranged_holidays
from caicach.kernel.calendar.explanations import reason
from caicach.kernel.calendar.reference import reference_rows
from caicach.kernel.calendar.rules import Day, DayKind, Holiday, OutsideKnownYears, WorkingCalendar, public_holidays

# Weekdays (Monday to Friday) off, and weekend days worked, as day/month.
ANNOUNCED = {
    2019: ("1/1 4/2 5/2 6/2 7/2 8/2 15/4 29/4 30/4 1/5 2/9", "5/1 4/5"),
    2020: ("1/1 23/1 24/1 27/1 28/1 29/1 2/4 30/4 1/5 2/9", ""),
    2021: ("1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9", ""),
    2022: ("3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9", ""),
    2023: ("2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9", ""),
    2024: ("1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9", "4/5"),
    2025: ("1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", "26/4"),
    2026: ("1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11", "10/1 22/8"),
}


def _days(year: int, text: str) -> set[date]:
    return {date(year, int(month), int(day)) for day, month in (part.split("/") for part in text.split())}


def _every_day(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", ANNOUNCED)
def test_weekdays_off_are_those_announced(year: int, official: WorkingCalendar) -> None:
    off = {day for day in _every_day(year) if day.weekday() < 5 and not official.is_working_day(day)}

    assert off == _days(year, ANNOUNCED[year][0])


@pytest.mark.parametrize("year", ANNOUNCED)
def test_weekend_days_worked_are_those_announced(year: int, official: WorkingCalendar) -> None:
    worked = {day for day in _every_day(year) if day.weekday() >= 5 and official.is_working_day(day)}

    assert worked == _days(year, ANNOUNCED[year][1])


@pytest.mark.parametrize(
    ("day", "holiday", "article"),
    [
        ("2012-04-30", Holiday.REUNIFICATION, "BLLĐ 1994, Điều 73"),
        ("2013-04-30", Holiday.REUNIFICATION, "BLLĐ 1994, Điều 73"),
        ("2013-05-01", Holiday.LABOUR, "BLLĐ 2012, Điều 115 khoản 1 điểm d"),
        ("2020-01-01", Holiday.NEW_YEAR, "BLLĐ 2012, Điều 115 khoản 1 điểm a"),
        ("2020-09-02", Holiday.NATIONAL_DAY, "BLLĐ 2012, Điều 115 khoản 1 điểm đ"),
        ("2021-01-01", Holiday.NEW_YEAR, "BLLĐ 2019, Điều 112 khoản 1 điểm a"),
        ("2022-02-01", Holiday.LUNAR_NEW_YEAR, "BLLĐ 2019, Điều 112 khoản 1 điểm b"),
        ("2024-04-30", Holiday.REUNIFICATION, "BLLĐ 2019, Điều 112 khoản 1 điểm c"),
        ("2024-05-01", Holiday.LABOUR, "BLLĐ 2019, Điều 112 khoản 1 điểm d"),
        ("2022-09-01", Holiday.NATIONAL_DAY, "BLLĐ 2019, Điều 112 khoản 1 điểm đ"),
        ("2024-04-18", Holiday.HUNG_KINGS, "BLLĐ 2019, Điều 112 khoản 1 điểm e"),
    ],
)
def test_a_holiday_is_given_by_the_law_in_force_that_day(
    day: str, holiday: Holiday, article: str, official: WorkingCalendar
) -> None:
    when = date.fromisoformat(day)

    assert official.day(when) == Day(when, DayKind.PUBLIC_HOLIDAY, article, holiday)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "NQ 80-NQ/TW ngày 07/01/2026; điều khoản của Bộ luật Lao động chưa kiểm chứng"),
        ("en", "NQ 80-NQ/TW ngày 07/01/2026; the article of the Labour Code is unverified"),
    ],
)
def test_the_culture_day_says_where_it_comes_from_and_what_is_unverified(
    language: str, words: str, official: WorkingCalendar
) -> None:
    with translation.override(language):
        assert reason(official.day(date(2026, 11, 24))).endswith(f"({words})")


TET_AS_ANNOUNCED = {
    2022: ("31/1 1/2 2/2 3/2 4/2", ""),
    2023: ("20/1 21/1 22/1 23/1 24/1", "25/1 26/1"),
    2024: ("8/2 9/2 10/2 11/2 12/2", "13/2 14/2"),
    2025: ("27/1 28/1 29/1 30/1 31/1", ""),
    2026: ("16/2 17/2 18/2 19/2 20/2", ""),
}


@pytest.mark.parametrize("year", TET_AS_ANNOUNCED)
def test_tet_is_five_days_as_announced_and_its_days_in_lieu_come_after(year: int, official: WorkingCalendar) -> None:
    """2024: five days of Tết and two in lieu, by the Ministry of Labour's notice; 2025: nine days, none in lieu."""
    tet = [day for day in map(official.day, _every_day(year)) if day.holiday is Holiday.LUNAR_NEW_YEAR]

    given = {day.date for day in tet if day.kind is DayKind.PUBLIC_HOLIDAY}
    in_lieu = {day.date for day in tet if day.kind is DayKind.COMPENSATORY_DAY_OFF}
    assert (given, in_lieu) == (_days(year, TET_AS_ANNOUNCED[year][0]), _days(year, TET_AS_ANNOUNCED[year][1]))


def test_a_year_that_is_not_announced_counts_by_the_article_and_says_so(official: WorkingCalendar) -> None:
    assert official.is_working_day(date(2027, 2, 4))
    in_lieu = [day for day in _every_day(2027) if official.day(day).kind is DayKind.COMPENSATORY_DAY_OFF]

    assert in_lieu == [date(2027, 2, 10), date(2027, 2, 11), date(2027, 5, 3)]
    said = {day for day in _every_day(2027) if "chưa công bố lịch nghỉ năm 2027" in reason(official.day(day))}
    assert said == {date(2027, 2, day) for day in range(5, 12)} | {date(2027, 9, 3)}
    with translation.override("en"):
        assert "the days off of 2027 are not announced yet" in reason(official.day(date(2027, 2, 5)))


@pytest.mark.parametrize("year", range(2000, 2100))
def test_by_the_article_each_weekend_day_of_a_holiday_has_exactly_one_day_in_lieu_after_it(year: int) -> None:
    days = public_holidays(year)
    on_weekends = [day for day in days.values() if day.date.weekday() >= 5 and day.kind is DayKind.PUBLIC_HOLIDAY]
    in_lieu = [day for day in days.values() if day.kind is DayKind.COMPENSATORY_DAY_OFF]

    assert sorted(str(day.holiday) for day in in_lieu) == sorted(str(day.holiday) for day in on_weekends)
    for holiday, lieu in zip(sorted(on_weekends, key=_date_of), sorted(in_lieu, key=_date_of), strict=True):
        assert holiday.date < lieu.date
        between = [holiday.date + timedelta(days=n) for n in range(1, (lieu.date - holiday.date).days)]
        assert all(day in days or day.weekday() >= 5 for day in between)
    assert all(day.date.weekday() < 5 for day in in_lieu)


def _date_of(day: Day) -> date:
    return day.date


@pytest.mark.parametrize("year", arranged_holidays())
def test_the_announced_days_in_lieu_are_those_of_the_article(year: int) -> None:
    """The table is typed from announcements: a slip of a day would show here."""
    days = public_holidays(year, arranged_holidays()[year])
    holidays_of_year = sorted(day.date for day in days.values() if day.kind is DayKind.PUBLIC_HOLIDAY)
    expected: set[date] = set()
    for weekend in (day for day in holidays_of_year if day.weekday() >= 5):
        lieu = weekend
        while lieu in expected or lieu in holidays_of_year or lieu.weekday() >= 5:
            lieu += timedelta(days=1)
        expected.add(lieu)

    assert {day.date for day in days.values() if day.kind is DayKind.COMPENSATORY_DAY_OFF} == expected


def test_every_announced_year_is_whole_and_says_how_it_is_known() -> None:
    rows = reference_rows(PUBLIC_HOLIDAYS, columns=["verified"])

    assert {row["verified"] for row in rows} <= {"yes", "press", "law", "no"}
    for year, days in arranged_holidays().items():
        tet = [day for day in days.values() if day.holiday is Holiday.LUNAR_NEW_YEAR]
        assert sum(day.kind is DayKind.PUBLIC_HOLIDAY for day in tet) == 5
        second = [day for day in days.values() if day.holiday is Holiday.NATIONAL_DAY]
        assert sum(day.kind is DayKind.PUBLIC_HOLIDAY for day in second) == (2 if year >= 2021 else 0)


@pytest.mark.parametrize(
    ("day", "article"),
    [
        ("2012-01-02", "BLLĐ 1994, Điều 73"),
        ("2019-04-15", "BLLĐ 2012, Điều 115 khoản 3"),
        ("2022-04-11", "BLLĐ 2019, Điều 111 khoản 3"),
        ("2023-05-03", "BLLĐ 2019, Điều 111 khoản 3"),
    ],
)
def test_a_day_in_lieu_is_given_by_the_law_in_force_that_day(day: str, article: str) -> None:
    when = date.fromisoformat(day)

    assert public_holidays(when.year)[when].kind is DayKind.COMPENSATORY_DAY_OFF
    assert public_holidays(when.year)[when].cites == article


def test_national_day_has_two_days_from_2021(official: WorkingCalendar) -> None:
    def days_off(year: int) -> int:
        return sum(day.holiday is Holiday.NATIONAL_DAY for day in public_holidays(year).values())

    assert days_off(2020) == 1
    assert days_off(2021) == 2


@pytest.mark.parametrize("year", range(2000, 2100))
def test_every_year_that_is_offered_can_be_read_and_names_each_holiday(year: int) -> None:
    named = {day.holiday for day in public_holidays(year).values()}

    expected = set(Holiday) - ({Holiday.CULTURE_DAY} if year < 2026 else set())
    assert named == expected - ({Holiday.HUNG_KINGS} if year < 2007 else set())


@pytest.mark.parametrize("year", [1999, 2100])
def test_other_years_are_refused(year: int) -> None:
    with pytest.raises(OutsideKnownYears):
        public_holidays(year)


def test_the_swapped_days_of_the_library_are_among_ours() -> None:
    """A new version of the library may know a swap that our table lacks."""
    theirs = {
        day
        for year in range(2010, 2100)
        for day, name in holiday_library.country_holidays("VN", years=year, language="en_US").items()
        if "substituted" in name
    }

    assert theirs <= {day for day, found in announced_days().items() if found.kind is DayKind.SWAPPED_DAY_OFF}


def test_every_swap_says_how_it_is_known() -> None:
    rows = reference_rows(SWAPPED_DAYS, columns=["verified"])

    assert {row["verified"] for row in rows} <= {"yes", "press", "no"}
    assert all(row["verified"] != "no" for row in rows if "2018-01-01" <= row["date"] < "2026-08-01")


def test_both_halves_of_a_swap_name_each_other() -> None:
    days = announced_days()

    for day, found in days.items():
        assert found.swapped_with is not None
        other = days[found.swapped_with]
        assert other.swapped_with == day
        assert {found.kind, other.kind} == {DayKind.SWAPPED_DAY_OFF, DayKind.SWAPPED_WORKING_DAY}


def test_a_day_made_up_would_have_been_off_and_a_day_swapped_away_worked() -> None:
    for day, found in announced_days().items():
        falls_on_weekend = day.weekday() >= 5
        assert falls_on_weekend == (found.kind is DayKind.SWAPPED_WORKING_DAY)
        assert day not in public_holidays(day.year)
