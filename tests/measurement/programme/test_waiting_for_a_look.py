"""What the unit handed in waits for a look: no slow acceptance makes a unit late, on any page or in any figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.measurement.programme import queries, rules, services, work
from caicach.measurement.programme.models import Plan, PlanTask, TaskProduct
from caicach.measurement.programme.queries.figures import pressing
from caicach.measurement.programme.queries.urging import still_to_urge
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

TaskNamed = Callable[[str], PlanTask]
ClientOf = Callable[[str], Client]

TODAY = date(2022, 6, 20)
IN_TIME, LATE = "2022-06-10 16:30", "2022-06-14 09:00"  # the task is due on 10/06/2022


def the_product(task: PlanTask) -> TaskProduct:
    return task.products.select_related("task__plan").get()


@pytest.fixture
def hand_in(ministry: Ministry, at: Any) -> Callable[[PlanTask, str], PlanTask]:
    def handed_in(task: PlanTask, moment: str) -> PlanTask:
        with at(moment):
            services.hand_in_product(actor=ministry.focal, product=the_product(task), paper="15/BC-VP")
        return PlanTask.objects.select_related("plan").get(pk=task.pk)

    return handed_in


HandIn = Callable[[PlanTask, str], PlanTask]


def state_of(task: PlanTask, today: date = TODAY) -> str:
    return queries.with_state(PlanTask.objects.filter(pk=task.pk), today=today).get().state


@pytest.mark.parametrize(
    ("moment", "waiting", "done"),
    [
        pytest.param("2022-06-08 09:00", "on_time", "done_on_time", id="two days before"),
        pytest.param(IN_TIME, "on_time", "done_on_time", id="on the last day"),
        pytest.param("2022-06-11 08:00", "overdue", "done_late", id="the day after"),
    ],
)
def test_the_day_of_handing_in_decides_and_not_the_day_of_the_look(
    moment: str, waiting: str, done: str, task_named: TaskNamed, ministry: Ministry, hand_in: HandIn, at: Any
) -> None:
    task = hand_in(task_named("Số hóa"), moment)

    assert state_of(task) == waiting
    with at("2022-07-04 08:00"):
        services.accept_product(actor=ministry.officer, product=the_product(task))
    assert state_of(task, date(2022, 7, 4)) == done


def test_all_of_it_has_to_be_handed_in(task_named: TaskNamed, ministry: Ministry, hand_in: HandIn, at: Any) -> None:
    task = task_named("Số hóa")
    with at("2022-06-01 09:00"):
        second = services.add_product(actor=ministry.focal, task=task, name="Báo cáo thứ hai")
        services.hand_in_product(actor=ministry.focal, product=second, paper="14/BC-VP")
    assert state_of(task) == "overdue"

    with at(IN_TIME):
        services.hand_in_product(actor=ministry.focal, product=task.products.exclude(pk=second.pk).get(), paper="15/BC")

    assert state_of(task) == "on_time"


@pytest.mark.parametrize("act", ["refuse", "withdraw", "another"])
def test_what_is_missing_again_makes_it_late(
    act: str, task_named: TaskNamed, ministry: Ministry, hand_in: HandIn, at: Any
) -> None:
    task = hand_in(task_named("Số hóa"), IN_TIME)

    with at("2022-06-13 09:00"):
        if act == "refuse":
            services.refuse_product(actor=ministry.officer, product=the_product(task), remark="Thiếu chữ ký")
        elif act == "withdraw":
            services.withdraw_product(actor=ministry.focal, product=the_product(task))
        else:
            services.add_product(actor=ministry.focal, task=task, name="Báo cáo thứ hai")

    assert state_of(task) == "overdue"


def test_sql_and_the_rule_say_the_same_of_what_waits(
    plan: Plan, task_named: TaskNamed, hand_in: HandIn, ministry: Ministry, at: Any
) -> None:
    hand_in(task_named("Số hóa"), IN_TIME)
    with at(LATE):
        services.hand_in_product(actor=ministry.focal, product=the_product(task_named("Công khai")), paper="16/BC-VP")
    with at("2022-06-16 09:00"):
        services.hand_in_product(actor=ministry.neighbour, product=the_product(task_named("IPv6")), paper="3/BC-TTTT")

    for today in (date(2022, 6, 9), date(2022, 6, 10), date(2022, 6, 15), date(2022, 6, 16), TODAY):
        rows = list(queries.with_state(plan.tasks.all(), today=today))
        dates = {
            row.pk: rules.TaskDates(
                row.deadline, row.soon_from, row.progress, row.done_on, row.cancelled_on, row.handed_in_on
            )
            for row in rows
        }
        assert {row.pk: row.state for row in rows} == {
            pk: rules.task_state(one, today=today).value for pk, one in dates.items()
        }
        assert queries.standing(plan.tasks.all(), today=today).progress == rules.progress(dates.values(), today=today)


def test_no_figure_counts_it_as_late(
    plan: Plan, task_named: TaskNamed, hand_in: HandIn, client_of: ClientOf, at: Any
) -> None:
    hand_in(task_named("Số hóa"), IN_TIME)

    progress = queries.standing(plan.tasks.all(), today=TODAY).progress
    heat = queries.heat_map(plan.tasks.all(), today=TODAY)
    urgent = pressing(plan.tasks.all(), today=TODAY, until=date(2022, 6, 27))
    assert (progress.overdue, heat.total.overdue, urgent.late) == (1, 1, 1)  # the neighbour's
    assert (urgent.oldest, urgent.late_most) == (date(2022, 6, 15), ("Trung tâm Thông tin", 1))
    assert progress.fallen_due == 1

    with at("2022-06-20 09:00"):
        overdue = client_of("officer").get(f"{reverse('programme:tasks')}?state=overdue").content.decode()
        of_unit = client_of("head").get(f"{reverse('programme:dashboard')}?nam=2022").content.decode()
    assert "Số hóa" not in overdue
    assert "Hoàn thành 0 trên 2 nhiệm vụ, không có quá hạn" in of_unit
    assert "Chờ nghiệm thu" in of_unit


@pytest.mark.parametrize("who", ["officer", "head", "leader"])
def test_its_page_and_its_row_say_that_it_waits(
    who: str, task_named: TaskNamed, hand_in: HandIn, client_of: ClientOf, at: Any
) -> None:
    task = hand_in(task_named("Số hóa"), IN_TIME)

    with at("2022-06-20 09:00"):
        page = client_of(who).get(reverse("programme:task", args=[task.pk])).content.decode()
        row = client_of(who).get(f"{reverse('programme:tasks')}?these={task.pk}").content.decode()
        why = client_of(who).get(reverse("programme:why_deadline", args=[task.pk])).content.decode()

    for html in (page, row):
        assert "cc-deadline-handed_in" in html
        assert "Chờ nghiệm thu" in html
        assert "cc-deadline-late" not in html
    assert "Đã nộp đủ sản phẩm ngày 10/06/2022, đang chờ nghiệm thu" in why
    assert "nghiệm thu lâu đến đâu nhiệm vụ cũng không bị tính quá hạn" in why
    assert "cc-why-left" not in why, "neither days left nor days late"


def test_what_was_handed_in_late_is_no_later_for_waiting(
    task_named: TaskNamed, hand_in: HandIn, client_of: ClientOf, at: Any
) -> None:
    task = hand_in(task_named("Số hóa"), LATE)  # two working days after the deadline

    with at("2022-06-30 09:00"):
        why = client_of("head").get(reverse("programme:why_deadline", args=[task.pk])).content.decode()

    assert "nhiệm vụ còn quá hạn đến khi được nghiệm thu" in why
    assert "Quá hạn 2 ngày làm việc." in why


def test_it_waits_in_the_officers_work_without_being_late_there(
    task_named: TaskNamed, ministry: Ministry, hand_in: HandIn, client_of: ClientOf, at: Any
) -> None:
    task = hand_in(task_named("Số hóa"), IN_TIME)

    with at("2022-06-20 09:00"):
        html = client_of("officer").get("/viec-cua-toi/").content.decode()
    (item,) = [one for one in work.items(ministry.officer, TODAY) if one.key == f"task:{task.pk}"]

    assert item.title.startswith("Nghiệm thu:")
    assert (item.deadline, item.falls_due_on) == (date(2022, 6, 10), None)
    row = re.sub(r"\s+", " ", html).split(item.title)[1].split("</tr>")[0]
    assert "10/06/2022" in row  # since when it waits
    assert "cc-deadline-late" not in row


@pytest.mark.parametrize("moment", [IN_TIME, LATE])
def test_nobody_is_urged_about_it(
    moment: str, plan: Plan, task_named: TaskNamed, hand_in: HandIn, ministry: Ministry, client_of: ClientOf, at: Any
) -> None:
    task = hand_in(task_named("Số hóa"), moment)

    with at("2022-06-20 09:00"):
        html = client_of("officer").get(reverse("programme:urge"), {"chon": [task.pk, task_named("IPv6").pk]})
        assert services.urge(actor=ministry.officer, plan=plan, task_ids=[task.pk, task_named("IPv6").pk]) == 1
        with pytest.raises(services.NothingToUrge):
            services.urge(actor=ministry.officer, plan=plan, task_ids=[task.pk])

    assert "Không gửi về 1 nhiệm vụ đã chọn" in html.content.decode()
    assert not task.urgings.exists()


def test_nobody_is_urged_about_what_was_returned(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, client_of: ClientOf, at: Any
) -> None:
    task = task_named("Số hóa")
    with at("2022-06-20 09:00"):
        services.return_task(actor=ministry.focal, task=task, reason="Thuộc đơn vị khác")

        html = client_of("officer").get(reverse("programme:urge"), {"chon": task.pk}).content.decode()
        rows = client_of("officer").get(f"{reverse('programme:tasks')}?these={task.pk}").content.decode()
        with pytest.raises(services.NothingToUrge, match="đã trả lại"):
            services.urge(actor=ministry.officer, plan=plan, task_ids=[task.pk])

    assert "đã trả lại" in html
    assert f'name="chon" value="{task.pk}"' not in rows
    assert not still_to_urge(plan.tasks.filter(pk=task.pk), today=TODAY).exists()
