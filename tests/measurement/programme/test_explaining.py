"""Why a deadline is that day: the plan's words, the rule, the calendar, later extensions."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from caicach.kernel.calendar.announced import official_calendar
from caicach.measurement.programme import explaining
from caicach.measurement.programme.explaining import WhyDeadline
from caicach.measurement.programme.models import ExtensionRequest, Plan, PlanTask

TODAY = date(2022, 6, 20)


@pytest.fixture(autouse=True)
def in_english() -> object:
    with override("en"):
        yield


def task(words: str, deadline: date | None, *, done_on: date | None = None, starts_on: date | None = None) -> PlanTask:
    plan = Plan(year=2022, decision_date=date(2021, 12, 31), approved_at=datetime(2022, 1, 3, 1, tzinfo=UTC))
    return PlanTask(
        plan=plan,
        deadline_text=words,
        deadline=deadline,
        first_deadline=deadline,
        soon_from=deadline,
        done_on=done_on,
        starts_on=starts_on,
        given_at=plan.approved_at,
    )


def why(one: PlanTask, *, today: date = TODAY, granted: tuple[ExtensionRequest, ...] = ()) -> WhyDeadline:
    return explaining.why_deadline(one, granted=granted, today=today, calendar=official_calendar())


@pytest.mark.parametrize(
    ("words", "deadline", "rule"),
    [
        ("Quý II/2022", date(2022, 6, 30), "The last day of the quarter is Thursday, 30/06/2022"),
        ("trước ngày 20/11/2022", date(2022, 11, 19), "so the last day on time is Saturday, 19/11/2022"),
        ("30/09/2022", date(2022, 9, 30), "The day named is still on time: Friday, 30/09/2022"),
        ("từ ngày 01/7/2022", date(2022, 7, 1), "to be so from a day is late on the next: Friday, 01/07/2022"),
        ("tháng 8/2022", date(2022, 8, 31), "The last day of the month is Wednesday, 31/08/2022"),
    ],
)
def test_the_rule_is_the_one_that_the_words_follow(words: str, deadline: date, rule: str) -> None:
    steps = why(task(words, deadline)).steps

    assert steps[0].name == f"The plan says “{words}”"
    assert steps[0].quotes
    assert rule in steps[1].name


def test_a_day_that_the_words_do_not_give_was_set_by_a_person() -> None:
    steps = why(task("Quý II/2022", date(2022, 7, 15))).steps

    assert steps[1].name == "The day was set when the plan was checked: Friday, 15/07/2022"


def test_a_day_off_is_said_with_its_reason_and_not_put_off() -> None:
    last = why(task("trước ngày 20/11/2022", date(2022, 11, 19))).steps[-1]

    assert last.name == "It is a day off, and a day set by a plan is not put off"
    assert "Weekend" in last.detail


def test_an_extension_is_a_step_of_its_own_and_the_first_day_stays() -> None:
    one = task("Quý II/2022", date(2022, 6, 30))
    one.deadline = date(2022, 7, 15)
    granted = ExtensionRequest(
        old_deadline=date(2022, 6, 30),
        new_deadline=date(2022, 7, 15),
        decided_at=datetime(2022, 6, 20, 2, tzinfo=UTC),
    )

    steps = [step.name for step in why(one, granted=(granted,)).steps]

    assert "The last day of the quarter is Thursday, 30/06/2022" in steps
    assert "Extended from 30/06/2022 to Friday, 15/07/2022" in steps


def test_the_days_left_are_working_days_of_the_whole_term() -> None:
    found = why(task("Quý II/2022", date(2022, 6, 30)))

    assert (found.days_left, found.days_late) == (8, None)
    assert found.term_days is not None
    assert found.share_left is not None
    assert found.share_left < 1


def test_of_a_term_that_has_not_begun_no_share_is_told() -> None:
    found = why(task("Quý III/2022", date(2022, 9, 30), starts_on=date(2022, 7, 1)))

    assert (found.days_left, found.term_days, found.share_left) == (72, None, None)


def test_a_late_task_says_by_how_many_working_days() -> None:
    found = why(task("10/06/2022", date(2022, 6, 10)))

    assert (found.days_left, found.days_late) == (None, 6)


def test_a_finished_task_counts_no_days_any_more() -> None:
    found = why(task("10/06/2022", date(2022, 6, 10), done_on=date(2022, 6, 9)))

    assert (found.days_left, found.days_late) == (None, None)


def test_the_month_shows_today_what_is_counted_and_what_is_off() -> None:
    (june,) = why(task("Quý II/2022", date(2022, 6, 30))).months
    kinds = {day.number: day.kinds for week in june.weeks for day in week if day}

    assert kinds[20] == ("today",)
    assert kinds[21] == ("counted",)
    assert kinds[25] == ("off",)
    assert kinds[30] == ("counted", "due")
    assert kinds[17] == ()


def test_neighbouring_months_stand_side_by_side() -> None:
    months = why(task("15/07/2022", date(2022, 7, 15))).months

    assert [(month.year, month.number) for month in months] == [(2022, 6), (2022, 7)]


def test_work_without_end_says_so() -> None:
    found = why(task("Thường xuyên", None))

    assert found.title == "Why there is no deadline"
    assert found.steps[0].name == "The plan says “Thường xuyên”"


@pytest.mark.parametrize(
    ("words", "says"), [("Quý II/2022", True), ("quý  I", False), ("10/06/2022", False), ("", False)]
)
def test_a_sentence_says_a_time_only_in_whole_words(words: str, says: bool) -> None:
    one = task(words, None)
    one.text = "Rà soát văn bản xong trong Quý II/2022; báo cáo ngày 110/06/2022"

    assert explaining.says_its_time(one) is says
