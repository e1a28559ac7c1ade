"""Whom a task concerns: the person in charge only as long as the person belongs to the lead unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import RoleAssignment
from caicach.kernel.jobs.worker import deliver_due
from caicach.kernel.notifications.models import Notice
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import access, recipients, services
from caicach.measurement.programme.models import PlanTask
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

MONDAY = date(2022, 6, 20)


@pytest.fixture
def task(task_named: Callable[[str], PlanTask], ministry: Ministry, at: Any) -> PlanTask:
    """Of the office, with one of its staff in charge."""
    with at("2022-06-18 09:00"):
        services.assign_owner(actor=ministry.head, task=task_named("Số hóa"), owner=ministry.accounts["staff"])
    return PlanTask.objects.select_related("lead").get(title__contains="Số hóa")


def test_the_person_in_charge_and_the_focal_point_work_on_a_task(task: PlanTask, ministry: Ministry) -> None:
    people = {ministry.accounts[name].pk for name in ("staff", "focal")}

    assert recipients.workers_on(task, on=MONDAY) == people


def test_who_has_left_the_unit_works_on_its_tasks_no_more(task: PlanTask, ministry: Ministry) -> None:
    RoleAssignment.objects.filter(account=ministry.accounts["staff"]).update(valid_to=MONDAY)

    assert recipients.workers_on(task, on=MONDAY) == {ministry.accounts["focal"].pk}


def test_the_database_is_asked_about_these_people_and_about_no_one_else(task: PlanTask, ministry: Ministry) -> None:
    assert task.lead is not None
    mine, theirs = ministry.accounts["staff"].pk, ministry.accounts["neighbour"].pk

    with CaptureQueriesContext(connection) as asked:
        assert recipients.still_in(task.lead, {mine, theirs}, on=MONDAY) == {mine}
        assert recipients.still_in(task.lead, (), on=MONDAY) == set()

    assert len(asked) == 1
    assert "full_name" not in asked[0]["sql"].partition("ORDER BY")[0]


def test_who_may_still_see_a_task_is_who_takes_part_in_it(task: PlanTask, ministry: Ministry) -> None:
    """Of each task and each person, as `access.takes_part` says."""
    identity.delegate(
        actor=SYSTEM,
        giver=ministry.accounts["staff"],
        receiver=ministry.accounts["neighbour"],
        valid_from=MONDAY,
        valid_to=date(2022, 6, 21),
    )
    everyone = [account.pk for account in ministry.accounts.values()]
    for each in PlanTask.objects.select_related("lead", "plan__issuer"):
        taking_part = {
            account.pk
            for name, account in ministry.accounts.items()
            if access.takes_part(ministry.actor(name, on=MONDAY), task=each)
        }
        assert recipients.still_on(each, everyone, on=MONDAY) == taking_part


def test_nobody_hears_the_words_on_a_task_after_leaving_it(task: PlanTask, ministry: Ministry, at: Any) -> None:
    with at("2022-06-20 09:00"):
        services.comment(actor=ministry.focal, task=task, text="Chưa có số liệu quý I")
        services.comment(actor=ministry.staff, task=task, text="Đã có rồi")
    ended = RoleAssignment.objects.filter(account=ministry.accounts["focal"])
    ended.update(valid_to=date(2022, 6, 21))
    with at("2022-06-22 09:00"):
        services.comment(actor=ministry.officer, task=task, text="Lời trao đổi nội bộ")
        while deliver_due():
            pass

    told = Notice.objects.filter(kind="programme.commented", params__words="Lời trao đổi nội bộ")
    assert set(told.values_list("account__username", flat=True)) == {"staff"}


def test_who_handed_in_or_asked_and_left_is_not_told_of_the_decision(
    task: PlanTask, ministry: Ministry, at: Any
) -> None:
    with at("2022-06-20 09:00"):
        found = PlanTask.objects.select_related("plan").get(pk=task.pk)
        request = services.ask_extension(
            actor=ministry.focal, task=found, new_deadline=date(2022, 7, 15), reason="Chờ góp ý"
        )
        product = services.hand_in_product(actor=ministry.focal, product=found.products.get(), paper="12/BC-VP")
    RoleAssignment.objects.filter(account=ministry.accounts["focal"]).update(valid_to=date(2022, 6, 21))
    with at("2022-06-22 09:00"):
        services.decide_extension(actor=ministry.officer, request=request, is_granted=True)
        services.refuse_product(actor=ministry.officer, product=product, remark="Thiếu phụ lục")
        while deliver_due():
            pass

    told = Notice.objects.filter(kind__in=["programme.product_decided", "programme.extension_decided"])
    assert sorted(told.values_list("account__username", flat=True)) == ["staff", "staff"]


@pytest.mark.parametrize("people", [1, 5])
def test_it_takes_four_queries(people: int, task: PlanTask, ministry: Ministry, django_assert_num_queries: Any) -> None:
    found = PlanTask.objects.select_related("lead", "plan__issuer").get(pk=task.pk)
    asked = [account.pk for account in ministry.accounts.values()][:people]

    with django_assert_num_queries(4):
        recipients.still_on(found, asked, on=MONDAY)
