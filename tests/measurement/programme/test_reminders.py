"""What the calendar says by itself: before a deadline, on Mondays about what is late, and higher up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from caicach.kernel.calendar import clock
from caicach.kernel.identity import services as identity
from caicach.kernel.jobs import leases, schedules
from caicach.kernel.jobs.discovery import discover
from caicach.kernel.jobs.instant import true_now
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.jobs.services import enqueue
from caicach.kernel.jobs.worker import JobRunner, deliver_due
from caicach.kernel.notifications.models import Notice
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import reminders, services
from caicach.measurement.programme.models import Plan, PlanTask, Urging, UrgingStep
from tests.ministry import Ministry

from .conftest import approved_by_leader

pytestmark = pytest.mark.django_db

TaskNamed = Callable[[str], PlanTask]
Morning = Callable[[str], None]


@pytest.fixture
def morning(at: Any, settings: Any, tmp_path: Path) -> Morning:
    """`morning("2022-06-20")`: all that a worker does by itself at 8:00 of that day."""
    settings.DATA_DIR = tmp_path
    discover()

    def work(day: str) -> None:
        with at(f"{day} 08:00"), leases.at_work(at=true_now()) as presence:
            runner = JobRunner(presence)
            reminders_job(run_at=day)
            while deliver_due() or runner.drain():
                pass
        assert not Job.objects.filter(state=JobState.FAILED).exists()

    return work


def reminders_job(*, run_at: str) -> None:
    """As the schedule starts it."""
    with transaction.atomic():
        enqueue(reminders.remind_daily, actor=SYSTEM, subject="programme.remind", key=f"{run_at}:{Job.objects.count()}")


def told(ministry: Ministry, who: str, kind: str) -> list[Notice]:
    return list(Notice.objects.filter(account=ministry.accounts[who], kind=kind).order_by("created_at"))


def steps_of(task: PlanTask) -> list[str]:
    return list(Urging.objects.filter(task=task).order_by("pk").values_list("step", flat=True))


def test_the_schedule_runs_at_seven_in_the_morning_of_viet_nam() -> None:
    declared = schedules.schedules()["programme.remind"]

    upcoming = schedules.next_time(cron=declared.cron, after=clock.now())
    assert (clock.local(upcoming).hour, clock.local(upcoming).minute) == (7, 0)
    assert declared.kind is reminders.remind_daily


def test_a_unit_is_reminded_five_working_days_before_a_deadline_and_once(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, morning: Morning
) -> None:
    task = task_named("Số hóa")  # due on Friday 10/06/2022

    morning("2022-06-02")
    assert steps_of(task) == []
    for day in ("2022-06-03", "2022-06-06", "2022-06-10"):
        morning(day)

    assert steps_of(task) == [UrgingStep.BEFORE]
    (notice,) = told(ministry, "focal", "programme.due_soon")
    assert notice.deadline == date(2022, 6, 10)
    assert [len(told(ministry, who, "programme.due_soon")) for who in ("head", "staff", "neighbour")] == [1, 0, 1]


def test_nobody_is_reminded_on_days_off_and_nothing_is_forgotten_for_them(
    task_named: TaskNamed, morning: Morning
) -> None:
    task = task_named("Số hóa")

    morning("2022-06-04")  # Saturday
    assert steps_of(task) == []
    morning("2022-06-06")
    assert steps_of(task) == [UrgingStep.BEFORE]


def test_a_morning_without_a_worker_is_made_up_for(task_named: TaskNamed, morning: Morning) -> None:
    task = task_named("IPv6")  # due on Wednesday 15/06/2022, the reminder was for the 8th

    morning("2022-06-13")

    assert steps_of(task) == [UrgingStep.BEFORE]


def test_after_an_extension_the_reminder_comes_again(
    task_named: TaskNamed, ministry: Ministry, morning: Morning, at: Any
) -> None:
    task = task_named("Số hóa")
    morning("2022-06-06")
    with at("2022-06-07 09:00"):
        request = services.ask_extension(actor=ministry.focal, task=task, new_deadline=date(2022, 7, 15), reason="Chờ")
        services.decide_extension(actor=ministry.officer, request=request, is_granted=True)

    morning("2022-06-08")
    assert steps_of(task) == [UrgingStep.BEFORE]
    morning("2022-07-08")
    assert steps_of(task) == [UrgingStep.BEFORE, UrgingStep.BEFORE]


def test_on_monday_each_late_owner_has_one_letter_with_all_late_tasks_and_nobody_has_two(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, morning: Morning, at: Any
) -> None:
    with at("2022-06-18 09:00"):
        services.assign_owner(actor=ministry.head, task=task_named("Số hóa"), owner=ministry.accounts["staff"])
        for late in ("Báo cáo tháng", "Báo cáo tuần"):
            asked = services.ask_to_add_task(
                actor=ministry.officer,
                plan=plan,
                cells_typed={"field": "2", "title": late, "lead": "VP", "time": "17/06/2022"},
                reason="Kết luận giao ban",
            )
            approved_by_leader(ministry, asked)
            services.accept_task(actor=ministry.focal, task=task_named(late))
            services.assign_owner(actor=ministry.head, task=task_named(late), owner=ministry.accounts["staff"])
    mail.outbox.clear()

    morning("2022-06-20")
    morning("2022-06-20")

    (letter,) = told(ministry, "staff", "programme.late_weekly")
    assert letter.params["count"] == 3
    assert letter.about.startswith(task_named("Số hóa").number)
    assert [one.params["count"] for one in told(ministry, "neighbour", "programme.late_weekly")] == [1]
    assert told(ministry, "focal", "programme.late_weekly") == []
    to = [address for message in mail.outbox for address in message.to]
    assert sorted(to) == sorted(set(to))
    assert "staff@bnv.example" in to
    assert "neighbour@bnv.example" in to


def test_who_answers_for_a_task_that_nobody_owns_is_the_focal_point(
    plan: Plan, ministry: Ministry, morning: Morning
) -> None:
    morning("2022-06-20")

    assert [one.params["count"] for one in told(ministry, "focal", "programme.late_weekly")] == [1]
    assert told(ministry, "head", "programme.late_weekly") == []


def test_the_weekly_letter_comes_once_a_week_also_to_who_is_late_only_later_in_it(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, morning: Morning
) -> None:
    morning("2022-06-06")  # nothing is late
    morning("2022-06-13")  # the office's task is
    morning("2022-06-16")  # now the neighbour's is too
    assert [len(told(ministry, who, "programme.late_weekly")) for who in ("focal", "neighbour")] == [1, 0]
    assert steps_of(task_named("IPv6")).count(UrgingStep.WEEKLY) == 0

    for day in ("2022-06-20", "2022-06-21", "2022-06-24"):
        morning(day)
    assert [len(told(ministry, who, "programme.late_weekly")) for who in ("focal", "neighbour")] == [2, 1]


def test_a_monday_without_a_worker_is_made_up_for_on_the_first_later_day_once(
    plan: Plan, ministry: Ministry, morning: Morning
) -> None:
    morning("2022-06-22")  # nobody worked on Monday and Tuesday
    morning("2022-06-23")

    assert [len(told(ministry, who, "programme.late_weekly")) for who in ("focal", "neighbour")] == [1, 1]


def test_the_weekly_letter_waits_while_its_monday_is_a_holiday(
    plan: Plan, ministry: Ministry, morning: Morning
) -> None:
    # Monday 02/05/2022 and Tuesday 03/05/2022 are days off in lieu of 30/4 and 1/5.
    late = PlanTask.objects.get(plan=plan, title__contains="Số hóa")
    PlanTask.objects.filter(pk=late.pk).update(deadline=date(2022, 4, 20))
    for day in ("2022-05-02", "2022-05-03"):
        morning(day)
        assert Notice.objects.filter(kind="programme.late_weekly").count() == 0
    morning("2022-05-04")
    assert [one.params["count"] for one in told(ministry, "focal", "programme.late_weekly")] == [1]


def test_a_late_task_reaches_the_head_then_the_officer_each_once(
    task_named: TaskNamed, ministry: Ministry, morning: Morning
) -> None:
    task = task_named("IPv6")  # due on Wednesday 15/06/2022; its unit has no head
    office = task_named("Số hóa")  # due on Friday 10/06/2022

    morning("2022-06-10")
    assert told(ministry, "head", "programme.late_in_unit") == []
    morning("2022-06-14")
    assert len(told(ministry, "head", "programme.late_in_unit")) == 1
    assert told(ministry, "officer", "programme.late_in_unit") == []
    for day in ("2022-06-16", "2022-06-17", "2022-06-21", "2022-06-22", "2022-06-23"):
        morning(day)

    assert len(told(ministry, "head", "programme.late_in_unit")) == 1
    assert len(told(ministry, "officer", "programme.late_in_unit")) == 2
    assert [steps_of(one).count(UrgingStep.OFFICER) for one in (office, task)] == [1, 1]


def told_of_lateness_or_end(who: tuple[str, ...] = ("focal", "head", "officer", "staff")) -> list[tuple[str, str]]:
    kinds = ("programme.due_soon", "programme.late_weekly", "programme.late_in_unit")
    found = Notice.objects.filter(account__username__in=who, kind__in=kinds).order_by("pk")
    return sorted(found.values_list("account__username", "kind"))


@pytest.mark.parametrize(
    ("moment", "act"),
    [
        pytest.param("2022-06-01 09:00", "hand_in", id="handed in before the deadline"),
        pytest.param("2022-06-11 09:00", "hand_in", id="handed in after it"),
        pytest.param("2022-06-01 09:00", "return", id="returned"),
        pytest.param("2022-06-11 09:00", "return", id="returned after it"),
    ],
)
def test_nobody_hears_of_what_waits_for_the_officer(
    moment: str, act: str, plan: Plan, task_named: TaskNamed, ministry: Ministry, morning: Morning, at: Any
) -> None:
    task = task_named("Số hóa")  # due on Friday 10/06/2022
    PlanTask.objects.filter(plan=plan).exclude(pk=task.pk).update(deadline=None)
    with at(moment):
        if act == "hand_in":
            services.hand_in_product(actor=ministry.focal, product=task.products.get(), paper="12/BC-VP")
        else:
            services.return_task(actor=ministry.focal, task=task, reason="Thuộc đơn vị khác")

    first = "2022-06-03" if moment < "2022-06-03" else "2022-06-13"
    for day in (first, "2022-06-13", "2022-06-14", "2022-06-15", "2022-06-20", "2022-06-21"):
        morning(day)

    assert (told_of_lateness_or_end(), steps_of(task)) == ([], [])


def test_once_the_product_is_refused_the_reminders_go_on(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, morning: Morning, at: Any
) -> None:
    task = task_named("Số hóa")
    with at("2022-06-08 09:00"):
        product = services.hand_in_product(actor=ministry.focal, product=task.products.get(), paper="12/BC-VP")
    morning("2022-06-14")
    assert steps_of(task) == []
    with at("2022-06-14 15:00"):
        services.refuse_product(actor=ministry.officer, product=product, remark="Thiếu chữ ký")

    morning("2022-06-15")

    assert len(told(ministry, "head", "programme.late_in_unit")) == 1


def test_a_head_named_later_is_told_then_and_nothing_says_that_one_was_before(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, morning: Morning, client_of: Any, at: Any
) -> None:
    task = task_named("IPv6")  # due on Wednesday 15/06/2022; its unit has no head
    morning("2022-06-17")
    with at("2022-06-17 10:00"):
        html = client_of("officer").get(reverse("programme:task", args=[task.pk]) + "?moc=tat-ca").content.decode()
        ministry.accounts["new_head"] = account = identity.create_account(
            actor=SYSTEM, username="new_head", full_name="Người mới", email="new_head@bnv.example"
        )
        identity.grant_role(
            actor=SYSTEM, account=account, role="unit_head", unit=ministry.units["TTTT"], valid_from=date(2022, 6, 17)
        )
    assert str(UrgingStep.HEAD.label) not in html
    assert UrgingStep.HEAD not in steps_of(task)

    morning("2022-06-20")
    morning("2022-06-21")

    assert len(told(ministry, "new_head", "programme.late_in_unit")) == 1
    assert steps_of(task).count(UrgingStep.HEAD) == 1


def test_a_unit_without_anyone_is_not_said_to_have_been_reminded(task_named: TaskNamed, morning: Morning) -> None:
    task = task_named("Góp ý")  # due on Friday 24/06/2022, nobody works in its unit yet

    for day in ("2022-06-22", "2022-06-27", "2022-06-28"):
        morning(day)

    assert steps_of(task) == []


def test_what_is_finished_or_stopped_reminds_nobody(
    task_named: TaskNamed, ministry: Ministry, morning: Morning, at: Any
) -> None:
    task = task_named("Số hóa")
    with at("2022-06-01 09:00"):
        asked = services.ask_to_cancel_task(actor=ministry.officer, task=task, decision="512/QĐ-BNV")
        approved_by_leader(ministry, asked)

    for day in ("2022-06-06", "2022-06-13", "2022-06-20"):
        morning(day)

    assert steps_of(task) == []
