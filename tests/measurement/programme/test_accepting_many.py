"""A unit takes many tasks on at once: all of them, or none with each refusal named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caicach.kernel.audit.queries import history_of
from caicach.kernel.identity import services as identity
from caicach.kernel.identity.roles import Role
from caicach.kernel.jobs.models import Job
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.models import OutboxEvent
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask
from tests.ministry import SINCE, Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TaskNamed = Callable[[str], PlanTask]


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


def responses(plan: Plan) -> dict[str, str]:
    return dict(plan.tasks.filter(lead__code="VP").values_list("title", "response"))


def boxes(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'name="chon" value="(\d+)"', html)]


def test_a_focal_point_takes_all_waiting_tasks_on(plan: Plan, client_of: ClientOf) -> None:
    client = client_of("focal")
    page = reverse("programme:tasks") + "?response=waiting"
    waiting = boxes(client.get(page).content.decode())
    assert len(waiting) == 2

    answer = client.post(page, {"chon": waiting}, follow=True)

    assert set(responses(plan).values()) == {"accepted"}
    html = answer.content.decode()
    assert "<h2>Đã nhận 2 nhiệm vụ.</h2>" in html
    assert boxes(html) == []
    way = re.search(r'href="([^"]+)"[^>]*><span>Xem các nhiệm vụ đã nhận', html)
    assert way is not None
    there = client.get(reverse("programme:tasks") + unescape(way[1])).content.decode()
    assert all(title in there for title in responses(plan))
    assert "<h2>Đã nhận 2 nhiệm vụ.</h2>" not in there, "it is said once"


def test_where_the_filter_still_shows_them_a_toast_is_enough(plan: Plan, client_of: ClientOf) -> None:
    client = client_of("focal")
    waiting = boxes(client.get(reverse("programme:tasks")).content.decode())

    html = client.post(reverse("programme:tasks"), {"chon": waiting}, follow=True).content.decode()

    assert json.dumps("Đã nhận 2 nhiệm vụ.") in html
    assert "Xem các nhiệm vụ đã nhận" not in html


def test_one_that_cannot_be_taken_on_stops_all_and_is_named(
    task_named: TaskNamed, plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    done, other = task_named("Số hóa"), task_named("Công khai")
    services.accept_task(actor=ministry.head, task=done)

    html = client_of("focal").post(reverse("programme:tasks"), {"chon": [done.pk, other.pk]}).content.decode()

    assert responses(plan)[other.title] == "waiting"
    assert "Chưa nhận nhiệm vụ nào: 1 trong 2 nhiệm vụ đã chọn không nhận được." in html
    assert f"{done.number} {done.title}: Nhiệm vụ này không chờ đơn vị trả lời." in html
    assert f'value="{other.pk}" form="bulk-nhiem-vu" checked' in html


def many_tasks(plan: Plan, task: PlanTask, count: int) -> list[PlanTask]:
    """More tasks that wait for the unit of `task`, as the page hands them over."""
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, title=f"Việc {n}", number=f"X{n}", lead=task.lead, field=task.field, given_at=task.given_at)
        for n in range(count)
    )
    return list(PlanTask.objects.filter(number__startswith="X").select_related("plan__issuer", "lead"))


def test_each_task_has_its_entry_in_the_journal_and_is_told_by_itself(
    plan: Plan, task_named: TaskNamed, ministry: Ministry
) -> None:
    tasks = [task_named("Số hóa"), task_named("Công khai")]

    services.accept_tasks(actor=ministry.focal, tasks=tasks)

    for task in tasks:
        (line, *_before) = history_of("programme.plantask", str(task.pk), limit=5)
        assert line.use_case == "programme.accept_task"
        assert {field.name: field.after for change in line.changes for field in change.fields}["response"] == "accepted"
        assert line.author.role == "focal_point"
    told = OutboxEvent.objects.filter(name="programme.task_accepted").order_by("pk")
    assert [event.payload["task"] for event in told] == [task.pk for task in tasks]
    task = PlanTask.objects.get(pk=tasks[0].pk)
    assert (task.revision, task.answered_at) == (tasks[0].revision, tasks[0].answered_at)


def test_who_stands_in_takes_each_task_on_in_the_own_name_where_that_suffices(
    plan: Plan, task_named: TaskNamed, ministry: Ministry
) -> None:
    absent = ministry.accounts["neighbour"]
    identity.delegate(
        actor=SYSTEM,
        giver=absent,
        receiver=ministry.accounts["focal"],
        valid_from=date(2022, 6, 20),
        valid_to=date(2022, 6, 25),
    )
    own, received = task_named("Số hóa"), task_named("IPv6")

    services.accept_tasks(actor=ministry.focal, tasks=[own, received])

    authors = [history_of("programme.plantask", str(task.pk), limit=1)[0].author for task in (own, received)]
    assert [(author.unit_code, author.on_behalf_of) for author in authors] == [("VP", ""), ("TTTT", absent.full_name)]


def test_taking_on_a_hundred_takes_as_many_statements_as_taking_on_two(
    plan: Plan, task_named: TaskNamed, ministry: Ministry
) -> None:
    waiting = many_tasks(plan, task_named("Số hóa"), 104)
    services.accept_tasks(actor=ministry.focal, tasks=waiting[:2])  # writes the author down
    counts = []

    for chosen in (waiting[2:4], waiting[4:]):
        with CaptureQueriesContext(connection) as asked:
            assert services.accept_tasks(actor=ministry.focal, tasks=chosen) == len(chosen)
        counts.append(len(asked))

    # 1.-2. the transaction  3. the tasks, held  4. the roles as they are now  5. the tasks, saved  6. the entries
    # 7. their changes  8. the events; and the two of a savepoint around 5
    assert counts[0] == counts[1] <= 10
    assert not PlanTask.objects.filter(number__startswith="X").exclude(response="accepted").exists()


def test_as_many_are_taken_on_over_the_api_as_on_the_page(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf
) -> None:
    tasks = many_tasks(plan, task_named("Số hóa"), services.MOST_AT_ONCE)

    answer = client_of("focal").post(
        "/api/programme/accept-tasks", {"tasks": [task.pk for task in tasks]}, content_type="application/json"
    )

    assert answer.json() == {"count": services.MOST_AT_ONCE}


def test_one_more_goes_to_the_background_on_the_page_too(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf
) -> None:
    tasks = many_tasks(plan, task_named("Số hóa"), services.MOST_AT_ONCE + 1)

    answer = client_of("focal").post(reverse("programme:tasks"), {"chon": [task.pk for task in tasks]})

    assert answer["Location"] == reverse("jobs:progress", args=[Job.objects.get().pk])
    assert "accepted" not in responses(plan).values()


def test_nothing_chosen_is_said(plan: Plan, client_of: ClientOf) -> None:
    html = client_of("focal").post(reverse("programme:tasks")).content.decode()

    assert "Hãy chọn ít nhất một nhiệm vụ." in html


def test_boxes_stand_only_at_tasks_that_wait_for_ones_own_unit(
    task_named: TaskNamed, plan: Plan, client_of: ClientOf
) -> None:
    page = reverse("programme:plan", args=[plan.pk])

    assert boxes(client_of("neighbour").get(page).content.decode()) == [task_named("IPv6").pk]
    assert boxes(client_of("staff").get(page).content.decode()) == []
    assert len(boxes(client_of("officer").get(page).content.decode())) == 5


@pytest.fixture
def officer_of_the_office(ministry: Ministry) -> None:
    """The reform officer is the Office's focal point too, as in a small ministry."""
    identity.grant_role(
        actor=SYSTEM,
        account=ministry.accounts["officer"],
        role=Role.FOCAL_POINT.value,
        unit=ministry.units["VP"],
        valid_from=SINCE,
    )


@pytest.mark.usefixtures("officer_of_the_office")
def test_who_is_officer_and_focal_point_is_offered_both_acts(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")

    for page in (reverse("programme:tasks"), reverse("programme:plan", args=[plan.pk])):
        html = officer.get(page).content.decode()
        assert "Nhận việc đã chọn" in html
        assert f'formaction="{reverse("programme:urge")}"' in html
        assert len(boxes(html)) == 5
    mine = list(plan.tasks.filter(lead__code="VP").values_list("pk", flat=True))
    officer.post(reverse("programme:tasks"), {"chon": mine})
    assert set(responses(plan).values()) == {"accepted"}
    html = officer.get(reverse("programme:tasks")).content.decode()
    assert "Nhận việc đã chọn" not in html  # none waits any more
    assert reverse("programme:urge") in html


@pytest.mark.usefixtures("officer_of_the_office")
def test_a_refused_choice_can_be_sent_again_without_what_was_refused(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf
) -> None:
    mine, theirs = task_named("Công khai"), task_named("IPv6")

    html = client_of("officer").post(reverse("programme:tasks"), {"chon": [mine.pk, theirs.pk]}).content.decode()

    assert f"{theirs.number} {theirs.title}: " in html
    assert "Nhận việc đã chọn" in html
    assert reverse("programme:urge") in html
    assert f'value="{mine.pk}" form="bulk-nhiem-vu" checked' in html
    assert f'value="{theirs.pk}" form="bulk-nhiem-vu" checked' not in html
    assert f'value="{theirs.pk}" form="bulk-nhiem-vu"' in html
    assert responses(plan)[mine.title] == "waiting"


def test_tasks_of_another_unit_are_not_taken_on(task_named: TaskNamed, plan: Plan, client_of: ClientOf) -> None:
    theirs = task_named("IPv6")

    assert client_of("focal").post(reverse("programme:tasks"), {"chon": theirs.pk}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.response == "waiting"


def test_a_task_that_went_to_another_unit_meanwhile_is_told_and_the_other_ticks_stay(
    task_named: TaskNamed, plan: Plan, client_of: ClientOf
) -> None:
    gone, mine = task_named("IPv6"), task_named("Công khai")

    html = client_of("focal").post(reverse("programme:tasks"), {"chon": [gone.pk, mine.pk]}).content.decode()

    assert "không còn hiện ở đây" in html
    assert gone.title not in html
    assert responses(plan)[mine.title] == "waiting"
    assert f'value="{mine.pk}" form="bulk-nhiem-vu" checked' in html


def test_my_work_leads_there(plan: Plan, client_of: ClientOf) -> None:
    html = client_of("focal").get("/viec-cua-toi/").content.decode()

    assert "2 nhiệm vụ chờ đơn vị bạn nhận hoặc trả lại." in html
    assert reverse("programme:tasks") + "?response=waiting" in html


def test_all_of_a_filter_are_taken_on_and_no_others(plan: Plan, client_of: ClientOf, ministry: Ministry) -> None:
    PlanTask.objects.bulk_create(
        PlanTask(
            plan=plan, title=f"Việc {number}", number=f"9.{number}", lead=ministry.units["VP"], search_text="viec moi"
        )
        for number in range(60)
    )
    client, page = client_of("focal"), reverse("programme:tasks") + "?words=viec+moi"
    html = client.get(page).content.decode()
    assert 'name="ca" value="words=viec+moi"' in html
    assert "Chọn cả 60 kết quả" in html

    client.post(page, {"ca": "words=viec+moi", "chon": boxes(html)})

    taken = plan.tasks.filter(response="accepted")
    assert set(taken.values_list("search_text", flat=True)) == {"viec moi"}
    assert taken.count() == 60


def test_a_filter_reaches_no_task_of_another_unit(plan: Plan, client_of: ClientOf) -> None:
    client_of("focal").post(reverse("programme:tasks"), {"ca": ""})

    assert set(plan.tasks.filter(response="accepted").values_list("lead__code", flat=True)) == {"VP"}
