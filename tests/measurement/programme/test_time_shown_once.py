"""The time of a proposed task: the plan's words, and the day beside them only where it says something else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from caicach.measurement.programme import services
from caicach.measurement.programme.cells import time_once
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

DAY = date(2022, 9, 30)


@pytest.mark.parametrize(
    "words", ["30/9/2022", "30/09/2022", "30-9-2022", "30.9.2022", "30 / 9 / 2022", "ngày 30/9/2022", "Ngày 30/9/2022."]
)
def test_the_same_day_written_otherwise_is_the_day(words: str) -> None:
    assert time_once(deadline=DAY, deadline_text=words) == "30/09/2022"


@pytest.mark.parametrize(
    "words", ["Trước 30/9/2022", "Quý III/2022", "30/9", "29/9/2022", "30/9/2022 hằng năm", "Tháng 9/2022"]
)
def test_what_says_more_or_another_day_stays_as_written(words: str) -> None:
    assert time_once(deadline=DAY, deadline_text=words) == words


def test_without_words_it_is_the_day_and_without_a_day_the_words() -> None:
    assert time_once(deadline=DAY, deadline_text="") == "30/09/2022"
    assert time_once(deadline=None, deadline_text="30/9/2022") == "30/9/2022"
    assert time_once(deadline=None, deadline_text="") == ""


@pytest.mark.django_db
def test_a_row_of_the_review_shows_the_day_once(draft: Plan, ministry: Ministry, client: Client) -> None:
    ids = list(draft.tasks.order_by("position").values_list("pk", flat=True))
    times = ("30/9/2022", "Quý III/2022", "")
    for task_id, time in zip(ids[:2], times, strict=False):
        services.edit_task(actor=ministry.officer, plan=draft, task_id=task_id, cells_typed={"time": time})
    client.force_login(ministry.accounts["officer"])

    html = client.get(reverse("programme:review", args=[draft.pk])).content.decode()

    cells = re.findall(r'<td role="gridcell" data-cell="time".*?>(.*?)</td>', html)
    assert cells[0] == "30/9/2022"
    assert cells[1] == 'Quý III/2022<span class="cc-detail">30/09/2022</span>'
