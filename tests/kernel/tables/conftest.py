"""The lists of the product itself: tasks of an approved plan, plans, accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.measurement.programme.models import Plan, PlanTask
from tests.measurement.programme.conftest import _files_of_the_test, client_of, plan
from tests.ministry import Ministry

__all__ = ["_files_of_the_test", "client_of", "plan"]

MakeTasks = Callable[..., None]


@pytest.fixture(autouse=True)
def _monday(request: pytest.FixtureRequest, at: Any) -> Iterator[None]:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def officer(client_of: Callable[[str], Client]) -> Client:
    """Sees every task and every plan."""
    return client_of("officer")


@pytest.fixture
def make_tasks(plan: Plan, ministry: Ministry) -> MakeTasks:
    """`make_tasks(120)`: tasks "Việc 000" … of the approved plan, each with a deadline of its own."""

    def make(count: int, *, title: str = "Việc {:03}", **given: Any) -> None:
        PlanTask.objects.bulk_create(
            PlanTask(
                plan=plan,
                number=f"9.{number}",
                title=title.format(number),
                search_text=title.format(number).lower().replace("việc", "viec"),
                lead=ministry.units["VP"],
                field="the_che",
                position=100 + number,
                **{"deadline": date(2023, 1, 1) + timedelta(days=number), **given},
            )
            for number in range(count)
        )

    return make


@pytest.fixture
def tasks_url() -> str:
    return reverse("programme:tasks")
