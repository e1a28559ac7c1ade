"""States and rates of tasks, by tables a reform officer can read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caicach.measurement.programme import rules
from caicach.measurement.programme.rules import ProductFacts, Rate, TaskDates, TaskState, products_owed

TODAY = date(2022, 6, 20)


@pytest.mark.parametrize(
    ("task", "state"),
    [
        pytest.param(TaskDates(deadline=date(2022, 12, 15)), TaskState.NOT_STARTED, id="nothing reported, far away"),
        pytest.param(TaskDates(deadline=date(2022, 12, 15), progress=10), TaskState.ON_TIME, id="under way"),
        pytest.param(
            TaskDates(deadline=date(2022, 6, 24), soon_from=date(2022, 6, 17)),
            TaskState.DUE_SOON,
            id="within the warning",
        ),
        pytest.param(
            TaskDates(deadline=TODAY, soon_from=TODAY), TaskState.DUE_SOON, id="the deadline itself is still on time"
        ),
        pytest.param(TaskDates(deadline=date(2022, 6, 19)), TaskState.OVERDUE, id="one day after"),
        pytest.param(
            TaskDates(deadline=date(2022, 6, 10), progress=100),
            TaskState.OVERDUE,
            id="100 per cent said, nothing accepted",
        ),
        pytest.param(
            TaskDates(deadline=date(2022, 6, 10), done_on=date(2022, 6, 10)),
            TaskState.DONE_ON_TIME,
            id="on the last day",
        ),
        pytest.param(
            TaskDates(deadline=date(2022, 6, 10), done_on=date(2022, 6, 11)), TaskState.DONE_LATE, id="a day late"
        ),
        pytest.param(TaskDates(deadline=None, progress=30), TaskState.ON_TIME, id="continuous work is never late"),
        pytest.param(TaskDates(deadline=None, done_on=TODAY), TaskState.DONE_ON_TIME, id="continuous work that ended"),
        pytest.param(
            TaskDates(deadline=date(2022, 6, 10), progress=40, handed_in_on=date(2022, 6, 8)),
            TaskState.ON_TIME,
            id="all handed in before the deadline, nobody has looked",
        ),
        pytest.param(
            TaskDates(deadline=date(2022, 6, 10), handed_in_on=date(2022, 6, 10)),
            TaskState.ON_TIME,
            id="all handed in on the deadline itself",
        ),
        pytest.param(
            TaskDates(deadline=date(2022, 6, 10), handed_in_on=date(2022, 6, 11)),
            TaskState.OVERDUE,
            id="all handed in a day late, nobody has looked",
        ),
        pytest.param(
            TaskDates(deadline=TODAY, soon_from=TODAY, handed_in_on=date(2022, 6, 17)),
            TaskState.ON_TIME,
            id="due soon, but nothing is left to hand in",
        ),
        pytest.param(
            TaskDates(deadline=None, handed_in_on=TODAY), TaskState.ON_TIME, id="continuous work that was handed in"
        ),
        pytest.param(
            TaskDates(deadline=date(2022, 6, 1), cancelled_on=date(2022, 6, 5)), TaskState.CANCELLED, id="by decision"
        ),
    ],
)
def test_the_state_follows_from_dates_and_accepted_products(task: TaskDates, state: TaskState) -> None:
    assert rules.task_state(task, today=TODAY) is state


@pytest.mark.parametrize(
    ("done", "of", "per_cent"),
    [
        (54, 57, "94.7"),
        (21, 24, "87.5"),
        (21, 57, "36.8"),
        (0, 3, "0.0"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 8, "12.5"),
    ],
)
def test_a_rate_has_one_decimal_half_up(done: int, of: int, per_cent: str) -> None:
    assert Rate(done, of).per_cent == Decimal(per_cent)


def test_nothing_divided_by_nothing_is_no_figure_and_not_zero() -> None:
    assert Rate(0, 0).per_cent is None


def test_the_government_way_of_counting_keeps_fallen_due_apart_from_assigned() -> None:
    tasks = [TaskDates(deadline=date(2022, 5, 31), done_on=date(2022, 5, 30))] * 21
    tasks += [TaskDates(deadline=date(2022, 6, 15))] * 3
    tasks += [TaskDates(deadline=date(2022, 6, 24), soon_from=date(2022, 6, 17))] * 5
    tasks += [TaskDates(deadline=date(2022, 12, 15), progress=20)] * 26
    tasks += [TaskDates(deadline=None, progress=20)] * 2
    tasks += [TaskDates(deadline=date(2022, 5, 1), cancelled_on=date(2022, 4, 1))]
    waiting = [TaskDates(deadline=date(2022, 6, 10), handed_in_on=date(2022, 6, 8))]
    assert rules.progress(waiting, today=TODAY).fallen_due == 0, "neither done nor late: not counted until it is one"

    progress = rules.progress(tasks, today=TODAY)

    assert (progress.done, progress.assigned, progress.overdue, progress.due_soon) == (21, 57, 3, 5)
    assert progress.continuous == 2
    assert progress.done_of_assigned.per_cent == Decimal("36.8")
    assert progress.done_of_fallen_due.per_cent == Decimal("87.5")


@pytest.mark.parametrize(
    ("named", "owed"),
    [
        ("Quyết định; Báo cáo", ["Quyết định", "Báo cáo"]),
        ("Quyết định\nBáo cáo ;", ["Quyết định", "Báo cáo"]),
        (" ; \n", ["Báo cáo kết quả thực hiện"]),
        ("", ["Báo cáo kết quả thực hiện"]),
    ],
)
def test_a_task_owes_each_product_it_names_or_a_report(named: str, owed: list[str]) -> None:
    assert products_owed(named) == owed


def test_a_task_is_done_on_the_day_its_last_accepted_product_was_handed_in() -> None:
    handed_in = [ProductFacts(date(2022, 6, 1), True), ProductFacts(date(2022, 6, 9), True)]

    assert rules.done_on(handed_in) == date(2022, 6, 9)
    assert rules.done_on([*handed_in, ProductFacts(date(2022, 6, 10), False)]) is None
    assert rules.done_on([]) is None


@pytest.mark.parametrize(
    ("products", "day"),
    [
        pytest.param([], None, id="no product"),
        pytest.param([ProductFacts(None, False)], None, id="one that is missing"),
        pytest.param([ProductFacts(date(2022, 6, 8), False)], date(2022, 6, 8), id="one that waits"),
        pytest.param([ProductFacts(date(2022, 6, 8), False), ProductFacts(None, False)], None, id="one of two"),
        pytest.param(
            [ProductFacts(date(2022, 6, 9), True), ProductFacts(date(2022, 6, 8), False)],
            date(2022, 6, 9),
            id="the later day counts",
        ),
    ],
)
def test_a_task_is_handed_in_with_its_last_product(products: list[ProductFacts], day: date | None) -> None:
    assert rules.handed_in_on(products) == day


def every_weekday(day: date) -> bool:
    return day.weekday() < 5


def test_a_years_task_does_not_warn_for_months() -> None:
    first = rules.soon_from(
        starts_on=date(2022, 1, 3),
        deadline=date(2022, 12, 30),
        share=Decimal("0.3"),
        days_at_most=10,
        is_working_day=every_weekday,
    )

    assert first == date(2022, 12, 16)


days = st.dates(min_value=date(2021, 1, 1), max_value=date(2026, 12, 31))


@given(start=days, length=st.integers(0, 400), share=st.decimals("0.1", "0.9", places=1), most=st.integers(1, 60))
def test_the_warning_begins_between_start_and_deadline(start: date, length: int, share: Decimal, most: int) -> None:
    deadline = start + timedelta(days=length)

    first = rules.soon_from(
        starts_on=start, deadline=deadline, share=share, days_at_most=most, is_working_day=every_weekday
    )

    assert start <= first <= deadline


@given(
    deadline=st.none() | days,
    soon=st.none() | days,
    progress=st.integers(0, 100),
    done=st.none() | days,
    handed_in=st.none() | days,
    today=days,
)
def test_only_time_can_make_a_task_late(
    deadline: date | None, soon: date | None, progress: int, done: date | None, handed_in: date | None, today: date
) -> None:
    task = TaskDates(deadline=deadline, soon_from=soon, progress=progress, done_on=done, handed_in_on=handed_in)

    before = rules.task_state(task, today=today)
    after = rules.task_state(task, today=today + timedelta(days=1))

    if before in rules.DONE or before is TaskState.OVERDUE:
        assert after is before


@given(deadline=st.none() | days, handed_in=days, waits=st.integers(0, 400))
def test_a_slow_acceptance_never_makes_a_unit_late(deadline: date | None, handed_in: date, waits: int) -> None:
    """Accepted sooner or later, the task was late while it waited just when it is done late."""
    today = handed_in + timedelta(days=waits)
    waiting = rules.task_state(TaskDates(deadline=deadline, handed_in_on=handed_in), today=today)
    accepted = rules.task_state(TaskDates(deadline=deadline, done_on=handed_in, handed_in_on=handed_in), today=today)

    assert (waiting is TaskState.OVERDUE) == (accepted is TaskState.DONE_LATE)


@pytest.mark.parametrize("before", rules.PLAN_MOVES)
@pytest.mark.parametrize("after", rules.PLAN_MOVES)
def test_a_plan_moves_only_as_the_procedure_says(before: str, after: str) -> None:
    allowed = {("draft", "submitted"), ("submitted", "draft"), ("submitted", "approved")}

    assert rules.may_move(before=before, after=after) == ((before, after) in allowed)


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        pytest.param(date(2022, 6, 10), date(2022, 7, 15), Rate(21, 23), id="a late task has not fallen due any more"),
        pytest.param(TODAY, date(2022, 7, 15), Rate(21, 23), id="nor has one that is due today"),
        pytest.param(date(2022, 6, 30), date(2022, 7, 15), Rate(21, 24), id="one that is due later changes nothing"),
        pytest.param(date(2022, 6, 1), date(2022, 6, 10), Rate(21, 24), id="still late by the new day too"),
    ],
)
def test_an_extension_takes_a_task_out_of_those_fallen_due(old: date, new: date, after: Rate) -> None:
    assert rules.rate_after_extension(Rate(21, 24), old=old, new=new, today=TODAY) == after
