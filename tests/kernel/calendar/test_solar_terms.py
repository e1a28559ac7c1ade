"""Terms in days, weeks, months and years by the Civil Code, Điều 147 and 148."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from caicach.kernel.calendar.rules import DayKind, Term, TermUnit, WorkingCalendar, add_days, months_later

EXAMPLES = [
    ("2022-03-01", 10, TermUnit.DAY, "2022-03-11", "ten days"),
    ("2022-03-01", 11, TermUnit.DAY, "2022-03-14", "would end on a Saturday"),
    ("2022-01-28", 3, TermUnit.DAY, "2022-02-07", "would end at the beginning of Tết"),
    ("2022-03-01", 2, TermUnit.WEEK, "2022-03-15", "the same weekday"),
    ("2022-03-01", 1, TermUnit.MONTH, "2022-04-01", "the same day of the month"),
    ("2022-01-31", 1, TermUnit.MONTH, "2022-02-28", "no such day in February"),
    ("2024-01-31", 1, TermUnit.MONTH, "2024-02-29", "no such day in a leap year's February"),
    ("2022-12-15", 2, TermUnit.MONTH, "2023-02-15", "over the end of a year"),
    ("2024-02-29", 1, TermUnit.YEAR, "2025-02-28", "29/02 a year later"),
    ("2024-02-29", 4, TermUnit.YEAR, "2028-02-29", "29/02 four years later"),
    ("2024-04-04", 1, TermUnit.MONTH, "2024-05-04", "a made-up Saturday is no day off"),
]


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"), [row[:4] for row in EXAMPLES], ids=[row[4] for row in EXAMPLES]
)
def test_a_solar_term_ends_on_its_day_and_never_on_a_day_off(
    start: str, amount: int, unit: TermUnit, due: str, official: WorkingCalendar
) -> None:
    found = add_days(start=date.fromisoformat(start), term=Term(amount, unit), calendar=official)

    assert found.due_date == date.fromisoformat(due)


def test_the_days_over_which_the_end_was_put_off_are_told_with_the_article(official: WorkingCalendar) -> None:
    found = add_days(start=date(2022, 1, 28), term=Term(3, TermUnit.DAY), calendar=official)

    assert found.skipped[0].kind is DayKind.PUBLIC_HOLIDAY
    assert [day.date.isoformat() for day in found.skipped] == [
        f"2022-{day}" for day in ("01-31", "02-01", "02-02", "02-03", "02-04", "02-05", "02-06")
    ]
    assert "BLDS 2015, Điều 148 khoản 5" in found.cites


@pytest.mark.parametrize(
    ("unit", "clause"), [(TermUnit.DAY, 1), (TermUnit.WEEK, 2), (TermUnit.MONTH, 3), (TermUnit.YEAR, 4)]
)
def test_each_length_ends_by_its_own_clause(unit: TermUnit, clause: int, official: WorkingCalendar) -> None:
    found = add_days(start=date(2022, 3, 1), term=Term(1, unit), calendar=official)

    assert found.cites[1] == f"BLDS 2015, Điều 148 khoản {clause}"


@pytest.mark.parametrize(
    ("start", "cites"),
    [
        ("2017-01-01", ("BLDS 2015, Điều 147 khoản 2, khoản 3", "BLDS 2015, Điều 148 khoản 2")),
        ("2016-12-31", ("BLDS 2005, Điều 152 khoản 2, khoản 3", "BLDS 2005, Điều 153 khoản 2")),
        ("2006-01-01", ("BLDS 2005, Điều 152 khoản 2, khoản 3", "BLDS 2005, Điều 153 khoản 2")),
        ("2005-12-31", ("BLDS 1995", "BLDS 1995")),
    ],
)
def test_the_civil_code_in_force_at_the_start_is_cited(
    start: str, cites: tuple[str, ...], official: WorkingCalendar
) -> None:
    found = add_days(start=date.fromisoformat(start), term=Term(1, TermUnit.WEEK), calendar=official)

    assert found.cites[:2] == cites


def test_an_end_that_is_not_put_off_does_not_cite_the_article(official: WorkingCalendar) -> None:
    found = add_days(start=date(2022, 3, 1), term=Term(10, TermUnit.DAY), calendar=official)

    assert found.skipped == ()
    assert "BLDS 2015, Điều 148 khoản 5" not in found.cites


def test_a_working_hour_is_no_solar_length(official: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="solar"):
        add_days(start=date(2022, 3, 1), term=Term(8, TermUnit.WORKING_HOUR), calendar=official)


@pytest.mark.parametrize(("amount", "unit"), [(0, TermUnit.DAY), (-1, TermUnit.MONTH), (Fraction(1, 2), TermUnit.DAY)])
def test_a_term_that_is_no_length_is_refused(amount: int | Fraction, unit: TermUnit) -> None:
    with pytest.raises(ValueError):
        Term(amount, unit)


def test_months_may_be_counted_backwards() -> None:
    assert months_later(date(2022, 3, 31), -1) == date(2022, 2, 28)
    assert months_later(date(2022, 1, 31), -1) == date(2021, 12, 31)
