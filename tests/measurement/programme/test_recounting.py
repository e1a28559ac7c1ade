"""A day of the calendar changes: tasks show as due soon on another day, their deadlines stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caicach.kernel.calendar.models import DayException
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import services
from caicach.measurement.programme.models import PlanTask

pytestmark = pytest.mark.django_db


def test_new_days_off_move_the_warning_and_not_the_deadline(task_named: Callable[[str], PlanTask], at) -> None:
    task = task_named("Hệ thống hóa")
    before = task.soon_from
    for day in (7, 8, 9):
        DayException.objects.create(date=date(2022, 12, day), unit_code="", kind="day_off", name="Nghỉ", source="Thử")

    with at("2022-11-01 08:00"):
        moved = services.recount_soon(actor=SYSTEM, changed_from=date(2022, 12, 7))

    task.refresh_from_db()
    assert moved == 1
    assert task.deadline == date(2022, 12, 15)
    assert task.soon_from < before
    with at("2022-11-01 08:00"):
        assert services.recount_soon(actor=SYSTEM, changed_from=date(2022, 12, 7)) == 0


def test_a_day_off_of_one_unit_moves_its_own_tasks_alone(task_named: Callable[[str], PlanTask], at) -> None:
    task = task_named("Hệ thống hóa")
    others = list(PlanTask.objects.exclude(lead=task.lead).order_by("pk").values_list("pk", "soon_from"))
    before, lead = task.soon_from, task.lead
    assert lead is not None
    assert before is not None
    for day in (7, 8, 9):
        DayException.objects.create(
            date=date(2022, 12, day), unit_code=lead.code, kind="day_off", name="Bão", source="Thử"
        )

    with at("2022-11-01 08:00"):
        services.recount_soon(actor=SYSTEM, changed_from=date(2022, 1, 1))

    task.refresh_from_db()
    assert task.soon_from is not None
    assert task.soon_from < before
    assert list(PlanTask.objects.exclude(lead=lead).order_by("pk").values_list("pk", "soon_from")) == others
