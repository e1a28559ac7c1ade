"""Whom a task concerns: the person in charge only as long as the person belongs to the lead unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caicach.kernel.identity.models import RoleAssignment
from caicach.measurement.programme import recipients, services
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
