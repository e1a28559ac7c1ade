"""A term in working days, by worked examples. The day of the event is never counted."""

from __future__ import annotations

from datetime import date

import pytest

from caicach.kernel.calendar.rules import DayKind, OutsideKnownYears, WorkingCalendar, add_working_days

# received, working days, due, why it is worth a line. The first two and their counts are the acceptance story of a
# dossier from phone to letter box; the others are counted by hand on the calendars announced for each year.
EXAMPLES = [
    ("2023-04-27", 10, "2023-05-16", "Giỗ Tổ, 30/4 and 1/5 of 2023 with two days in lieu"),
    ("2023-05-12", 10, "2023-05-26", "a term started anew after a supplement"),
    ("2022-09-09", 5, "2022-09-16", "a petition forwarded within 5 working days (NĐ 20/2008/NĐ-CP, Điều 9)"),
    ("2022-08-31", 5, "2022-09-09", "a petition received the day before Quốc khánh"),
    ("2022-01-28", 5, "2022-02-11", "over Tết 2022"),
    ("2022-01-28", 1, "2022-02-07", "the last day before Tết 2022"),
    ("2023-01-19", 1, "2023-01-27", "over Tết 2023, 20/1 to 26/1"),
    ("2024-02-07", 1, "2024-02-15", "over Tết 2024, 8/2 to 14/2"),
    ("2025-01-24", 1, "2025-02-03", "over Tết 2025, 25/1 to 2/2"),
    ("2026-02-13", 1, "2026-02-23", "over Tết 2026, 14/2 to 22/2"),
    ("2022-04-29", 1, "2022-05-04", "30/4 and 1/5 of 2022 on a weekend"),
    ("2022-08-31", 1, "2022-09-05", "two days of Quốc khánh, the one before"),
    ("2024-08-30", 1, "2024-09-04", "two days of Quốc khánh, the one after"),
    ("2020-09-01", 1, "2020-09-03", "one day of Quốc khánh before 2021"),
    ("2024-04-26", 2, "2024-05-03", "Monday 29/4/2024 swapped away"),
    ("2024-05-03", 1, "2024-05-04", "made up on Saturday 4/5/2024"),
    ("2025-04-25", 1, "2025-04-26", "made up on Saturday 26/4/2025"),
    ("2025-04-29", 1, "2025-05-05", "Friday 2/5/2025 swapped away"),
    ("2026-01-09", 1, "2026-01-10", "made up on Saturday 10/1/2026"),
    ("2025-12-31", 1, "2026-01-05", "year end, Friday 2/1/2026 swapped away"),
    ("2026-08-21", 1, "2026-08-22", "made up on Saturday 22/8/2026"),
    ("2018-12-28", 3, "2019-01-04", "year end, Monday 31/12/2018 swapped away"),
    ("2021-12-31", 1, "2022-01-04", "New Year 2022 on a Saturday"),
    ("2024-02-28", 2, "2024-03-01", "29/02 counts"),
    ("2022-01-29", 1, "2022-02-07", "received on a Saturday"),
    ("2022-02-05", 1, "2022-02-07", "received on the last Saturday of a holiday"),
    ("2022-03-01", 20, "2022-03-29", "four whole weeks"),
]


@pytest.mark.parametrize(
    ("received", "days", "due"), [row[:3] for row in EXAMPLES], ids=[f"{row[0]}+{row[1]} {row[3]}" for row in EXAMPLES]
)
def test_a_term_in_working_days_ends_on_the_day_counted_by_hand(
    received: str, days: int, due: str, official: WorkingCalendar
) -> None:
    found = add_working_days(start=date.fromisoformat(received), days=days, calendar=official)

    assert found.due_date == date.fromisoformat(due)
    assert len(found.counted) == days


def test_it_ends_when_the_office_closes_in_viet_nam(official: WorkingCalendar) -> None:
    found = add_working_days(start=date(2022, 1, 28), days=5, calendar=official)

    assert found.due.isoformat() == "2022-02-11T17:00:00+07:00"


def test_every_day_passed_over_has_its_reason_and_article(official: WorkingCalendar) -> None:
    found = add_working_days(start=date(2022, 1, 28), days=5, calendar=official)

    assert [(day.date.isoformat(), day.kind) for day in found.skipped] == [
        ("2022-01-29", DayKind.WEEKEND),
        ("2022-01-30", DayKind.WEEKEND),
        ("2022-01-31", DayKind.PUBLIC_HOLIDAY),
        ("2022-02-01", DayKind.PUBLIC_HOLIDAY),
        ("2022-02-02", DayKind.PUBLIC_HOLIDAY),
        ("2022-02-03", DayKind.PUBLIC_HOLIDAY),
        ("2022-02-04", DayKind.PUBLIC_HOLIDAY),
        ("2022-02-05", DayKind.WEEKEND),
        ("2022-02-06", DayKind.WEEKEND),
    ]
    assert all(day.cites for day in found.skipped)
    assert found.cites == ("BLDS 2015, Điều 147 khoản 2, khoản 3",)


def test_a_swapped_day_off_names_the_saturday_that_makes_it_up(official: WorkingCalendar) -> None:
    found = add_working_days(start=date(2024, 4, 26), days=1, calendar=official)

    monday = next(day for day in found.skipped if day.date == date(2024, 4, 29))
    assert monday.kind is DayKind.SWAPPED_DAY_OFF
    assert monday.swapped_with == date(2024, 5, 4)
    assert "2450/VPCP-KGVX" in monday.cites


def test_the_made_up_saturday_is_counted_and_says_so(official: WorkingCalendar) -> None:
    found = add_working_days(start=date(2024, 5, 3), days=1, calendar=official)

    assert [day.kind for day in found.counted] == [DayKind.SWAPPED_WORKING_DAY]


@pytest.mark.parametrize("days", [0, -1])
def test_a_term_of_no_day_is_refused(days: int, official: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        add_working_days(start=date(2022, 1, 28), days=days, calendar=official)


@pytest.mark.parametrize("start", [date(1999, 12, 1), date(2099, 12, 30), date.max])
def test_years_whose_holidays_nobody_knows_are_refused(start: date, official: WorkingCalendar) -> None:
    with pytest.raises(OutsideKnownYears):
        add_working_days(start=start, days=10, calendar=official)


@pytest.mark.parametrize(
    ("day", "onwards", "following"),
    [
        ("2022-03-20", "2022-03-21", "2022-03-21"),
        ("2022-03-21", "2022-03-21", "2022-03-22"),
        ("2022-02-02", "2022-02-07", "2022-02-07"),
        ("2024-05-04", "2024-05-04", "2024-05-06"),
    ],
    ids=["a Sunday", "a Monday", "Tết", "a made-up Saturday"],
)
def test_the_working_day_nearest_to_a_day_may_be_asked_for(
    day: str, onwards: str, following: str, official: WorkingCalendar
) -> None:
    asked = date.fromisoformat(day)

    assert official.working_day_from(asked).isoformat() == onwards
    assert official.next_working_day(asked).isoformat() == following
