"""Periods and figures of the PAR report, by the table of NĐ 09/2019/NĐ-CP and by worked examples."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.measurement.reporting import rules, wording
from caicach.measurement.reporting.rules import Period, TaskFacts


@pytest.mark.parametrize(
    ("period", "data_from", "data_to", "due_on"),
    [
        (Period.QUARTER_1, date(2021, 12, 15), date(2022, 3, 14), date(2022, 3, 20)),
        (Period.HALF_YEAR, date(2021, 12, 15), date(2022, 6, 14), date(2022, 6, 20)),
        (Period.QUARTER_3, date(2022, 6, 15), date(2022, 9, 14), date(2022, 9, 20)),
        (Period.YEAR, date(2021, 12, 15), date(2022, 12, 14), date(2022, 12, 20)),
    ],
)
def test_a_period_has_the_bounds_of_the_decree(period: Period, data_from: date, data_to: date, due_on: date) -> None:
    found = rules.bounds(period=period, year=2022)

    assert (found.data_from, found.data_to, found.due_on) == (data_from, data_to, due_on)
    assert "NĐ 09/2019/NĐ-CP" in found.cites


def test_a_due_day_on_a_sunday_is_warned_of_on_friday() -> None:
    sunday = date(2022, 3, 20)

    assert rules.warn_on(due_on=sunday, is_working_day=lambda day: day.weekday() < 5) == date(2022, 3, 18)


@pytest.mark.parametrize(
    ("today", "period", "year"),
    [
        (date(2022, 2, 14), Period.QUARTER_1, 2022),
        (date(2022, 6, 20), Period.HALF_YEAR, 2022),
        (date(2022, 9, 15), Period.QUARTER_3, 2022),
        (date(2022, 12, 31), Period.YEAR, 2022),
        (date(2023, 1, 10), Period.YEAR, 2022),
    ],
)
def test_the_period_proposed_is_the_one_just_cut_off_or_about_to_be(today: date, period: Period, year: int) -> None:
    assert rules.period_to_report(today=today) == (period, year)


def task(number: int, **facts: object) -> TaskFacts:
    given = {"deadline": date(2022, 6, 10), "done_on": None, "cancelled_on": None, "given_on": date(2021, 12, 31)}
    return TaskFacts(
        id=number,
        number=str(number),
        title=f"Việc {number}",
        field="the_che",
        unit_id=1,
        unit_name="Vụ Pháp chế",
        **{**given, **facts},  # type: ignore[arg-type]
    )


def counts(tasks: list[TaskFacts]) -> dict[str, int]:
    found = rules.figures(tasks, data_from=date(2021, 12, 15), data_to=date(2022, 6, 14))
    return {figure.code: figure.count for figure in found if figure.scope == ""}


def test_figures_are_those_of_the_cut_off() -> None:
    tasks = [
        task(1, done_on=date(2022, 6, 10)),
        task(2, done_on=date(2022, 6, 14)),
        task(3, done_on=date(2022, 6, 15)),
        task(4),
        task(5, deadline=date(2022, 6, 14)),
        task(6, deadline=None),
        task(7, cancelled_on=date(2022, 6, 1)),
        task(8, cancelled_on=date(2022, 7, 1)),
        task(9, given_on=date(2022, 6, 20)),
    ]

    assert counts(tasks) == {
        "assigned": 7,
        "done": 2,
        "done_in_period": 2,
        "done_on_time": 1,
        "done_late": 1,
        "overdue": 3,
        "fallen_due": 6,
        "extended": 0,
        "not_started": 2,
    }


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        pytest.param({"handed_in_on": date(2022, 6, 8), "has_handed_in": True}, set(), id="in time"),
        pytest.param({"handed_in_on": date(2022, 6, 13)}, {"overdue", "fallen_due"}, id="late"),
        pytest.param({"handed_in_on": date(2022, 6, 15)}, {"overdue", "fallen_due"}, id="after the cut-off"),
        pytest.param(
            {"handed_in_on": date(2022, 6, 8), "done_on": date(2022, 6, 8)},
            {"done", "done_in_period", "done_on_time", "fallen_due"},
            id="accepted since",
        ),
    ],
)
def test_what_waits_for_a_look_is_late_only_when_it_was_handed_in_late(
    facts: dict[str, Any], counted: set[str]
) -> None:
    figures = counts([task(1, **facts)])

    assert {code for code, count in figures.items() if count} == counted | {"assigned"}


def test_only_what_somebody_began_is_under_way_however_near_its_deadline() -> None:
    soon = date(2022, 6, 1)
    tasks = [
        task(1, deadline=date(2022, 9, 30)),
        task(2, deadline=date(2022, 9, 30), progress=10),
        task(3, deadline=date(2022, 6, 20), soon_from=soon),
        task(4, deadline=date(2022, 6, 20), soon_from=soon, progress=10),
        task(5, deadline=date(2022, 6, 20), soon_from=soon, has_handed_in=True),
        task(6, deadline=date(2022, 6, 1)),
    ]

    found = rules.figures(tasks, data_from=date(2021, 12, 15), data_to=date(2022, 6, 14))

    assert next(figure.task_ids for figure in found if figure.code == "not_started") == (1, 3)


def test_54_of_57_is_written_as_officers_write_it() -> None:
    assert wording.per_cent(54, 57) == "94,7%"
    assert wording.per_cent(0, 0) == "chưa có"


days = st.dates(date(2021, 12, 1), date(2022, 12, 31))


@given(st.lists(st.tuples(st.none() | days, st.none() | days, days), max_size=12), days)
def test_the_figures_of_fields_and_units_add_up_to_the_whole(rows: list[tuple], cut: date) -> None:
    tasks = [
        TaskFacts(n, str(n), "x", ("the_che", "chinh_phu_so")[n % 2], n % 3, "u", deadline, done, None, given_on)
        for n, (deadline, done, given_on) in enumerate(rows)
    ]
    found = rules.figures(tasks, data_from=cut - timedelta(days=90), data_to=cut)

    for code in rules.COUNTED:
        whole = sum(f.count for f in found if f.code == code and not f.scope)
        assert sum(f.count for f in found if f.code == code and f.scope and not f.scope.startswith("unit:")) == whole
        assert sum(f.count for f in found if f.code == code and f.scope.startswith("unit:")) == whole
