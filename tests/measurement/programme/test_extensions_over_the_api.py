"""Who decides over the API finds the requests that wait, and the id that the decision takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme import services
from caicach.measurement.programme.api import following
from caicach.measurement.programme.models import ExtensionRequest, Plan, PlanTask
from tests.ministry import Ministry

from .test_deciding_on_what_was_seen import ClientOf, send

pytestmark = pytest.mark.django_db

Named = Callable[[str], PlanTask]
EXTENSIONS = "/api/programme/extensions"


@pytest.fixture(autouse=True)
def _in_june_2022(at: Callable[[str], Any]) -> Iterator[None]:
    with at("2022-06-01 09:00"):
        yield


def ask(actor: Actor, task: PlanTask, *, until: date = date(2022, 7, 15)) -> ExtensionRequest:
    asked: ExtensionRequest = services.ask_extension(actor=actor, task=task, new_deadline=until, reason="Chờ góp ý")
    return asked


def ids(client: Client, **asked: Any) -> list[int]:
    answer = client.get(EXTENSIONS, asked)
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in answer.json()["extensions"]]


def test_the_officer_finds_what_waits_and_decides_on_it(
    task_named: Named, ministry: Ministry, client_of: ClientOf
) -> None:
    asked = ask(ministry.focal, task_named("Số hóa"))
    officer = client_of("officer")

    (found,) = officer.get(EXTENSIONS, {"state": "asked"}).json()["extensions"]

    assert (found["id"], found["task_id"], found["new_deadline"]) == (asked.pk, asked.task_id, "2022-07-15")
    of_task = officer.get(f"/api/programme/tasks/{asked.task_id}").json()["open_extension"]
    assert of_task == found
    decided = send(officer, f"/tasks/{asked.task_id}/extensions/decide", {"request": found["id"], "is_granted": True})
    assert (decided.status_code, decided.json()["state"]) == (200, "granted")
    assert decided.json()["decided_at"] is not None
    assert officer.get(f"/api/programme/tasks/{asked.task_id}").json()["open_extension"] is None


def test_by_state_task_and_plan(task_named: Named, plan: Plan, ministry: Ministry, client_of: ClientOf) -> None:
    first = ask(ministry.focal, task_named("Số hóa"))
    services.decide_extension(actor=ministry.officer, request=first, is_granted=False, remark="Không")
    second = ask(ministry.focal, task_named("Số hóa"))
    third = ask(ministry.neighbour, task_named("IPv6"))
    officer = client_of("officer")

    assert ids(officer) == [first.pk, second.pk, third.pk]
    assert ids(officer, state="asked") == [second.pk, third.pk]
    assert ids(officer, state=["asked", "refused"], task=first.task_id) == [first.pk, second.pk]
    assert ids(officer, plan=plan.pk, state="asked") == [second.pk, third.pk]
    assert ids(officer, plan=plan.pk + 1) == []
    assert officer.get(EXTENSIONS, {"state": "never"}).status_code == 422


def test_each_sees_those_of_the_tasks_whose_pages_they_may_open(
    task_named: Named, ministry: Ministry, client_of: ClientOf
) -> None:
    ours, theirs = ask(ministry.focal, task_named("Số hóa")), ask(ministry.neighbour, task_named("IPv6"))

    assert ids(client_of("focal")) == [ours.pk]
    assert ids(client_of("neighbour")) == [theirs.pk]
    assert ids(client_of("auditor")) == [ours.pk, theirs.pk]
    assert ids(client_of("operator")) == []


def test_page_by_page_in_one_number_of_queries(
    task_named: Named, ministry: Ministry, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    task = task_named("Số hóa")
    more = following.PAGE_SIZE + 1
    ExtensionRequest.objects.bulk_create(
        ExtensionRequest(
            task=task,
            old_deadline=date(2022, 6, 10),
            new_deadline=date(2022, 7, 1),
            reason="Chờ góp ý",
            state="refused",
            asked_at=task.given_at,
        )
        for _n in range(more)
    )
    officer = client_of("officer")
    officer.get(EXTENSIONS)

    with django_assert_max_num_queries(7):
        first = officer.get(EXTENSIONS).json()

    assert (len(first["extensions"]), first["next"]) == (following.PAGE_SIZE, first["extensions"][-1]["id"])
    rest = officer.get(EXTENSIONS, {"after": first["next"]}).json()
    assert (len(rest["extensions"]), rest["next"]) == (1, None)
