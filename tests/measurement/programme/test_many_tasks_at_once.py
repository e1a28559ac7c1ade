"""More tasks than one request takes: done in the background, each by itself, and what was not done is told."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from caicach.kernel.audit.models import Entry
from caicach.kernel.identity.models import RoleAssignment
from caicach.kernel.jobs import leases
from caicach.kernel.jobs.instant import true_now
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.jobs.services import cancel
from caicach.kernel.jobs.worker import JobRunner
from caicach.kernel.tables import bulk
from caicach.kernel.tables.bulk_acts import BulkGoesOn, go_on_with_bulk
from caicach.kernel.tables.bulk_steps import step_of_bulk
from caicach.kernel.tables.models import BulkRow, BulkRun, BulkState
from caicach.kernel.usecase.errors import InvalidInput, NotFound, NotPermitted
from caicach.kernel.usecase.models import OutboxEvent
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask, TaskResponse, Urging
from tests.ministry import Ministry
from tests.processes import process_database as process_database

from .task_pages import ClientOf, TaskNamed
from .test_accepting_many import many_tasks

pytestmark = pytest.mark.django_db
MANY = services.MOST_AT_ONCE + 250


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def runner(db: None, settings: Any, tmp_path: Path) -> Iterator[JobRunner]:
    settings.DATA_DIR = tmp_path
    with leases.at_work(at=true_now()) as presence:
        yield JobRunner(presence)


@pytest.fixture
def waiting(plan: Plan, task_named: TaskNamed) -> list[PlanTask]:
    return many_tasks(plan, task_named("Số hóa"), 250)


def start(ministry: Ministry, tasks: list[PlanTask], **keywords: Any) -> BulkRun:
    run: BulkRun = services.start_accepting(actor=ministry.focal, tasks=[task.pk for task in tasks], **keywords)
    return run


def now(run: BulkRun) -> tuple[int, int, int]:
    """Done, refused, left."""
    run.refresh_from_db()
    return run.done, run.refused, run.left


def accepted() -> int:
    return PlanTask.objects.filter(number__startswith="X", response=TaskResponse.ACCEPTED).count()


def test_all_of_a_filter_are_taken_on_in_the_background(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf, runner: JobRunner
) -> None:
    many_tasks(plan, task_named("Số hóa"), MANY)
    client, page = client_of("focal"), reverse("programme:tasks") + "?response=waiting"
    form = {"ca": urlencode({"response": "waiting"}), "key": "một lần"}

    answer, again = client.post(page, form), client.post(page, form)

    run = BulkRun.objects.get()
    assert answer["Location"] == again["Location"] == reverse("jobs:progress", args=[run.job_id])
    assert "Nhận 1.252 nhiệm vụ" in client.get(answer["Location"]).content.decode()
    runner.drain()
    assert now(run) == (MANY + 2, 0, 0)
    assert accepted() == MANY
    job = Job.objects.get(pk=run.job_id)
    assert (job.state, job.words) == (JobState.DONE, "Xong 1.252 trên 1.252, không làm được 0.")
    shown = client.get(job.result_url).content.decode()
    assert "Xong 1.252 trên 1.252" in shown
    assert page in shown, "the way back to the list"


def test_what_cannot_be_taken_on_is_named_with_its_reason_and_leaves_as_a_file(
    waiting: list[PlanTask], ministry: Ministry, client_of: ClientOf, runner: JobRunner
) -> None:
    run = start(ministry, waiting)
    services.accept_task(actor=ministry.head, task=waiting[3])
    PlanTask.objects.filter(pk=waiting[120].pk).update(lead=ministry.units["PC"])

    runner.drain()

    assert now(run) == (248, 2, 0)
    address, client = reverse("tables:bulk", args=[run.pk]), client_of("focal")
    html = client.get(address).content.decode()
    assert "Không làm được: 2" in html
    for task, why in ((waiting[3], "Nhiệm vụ này không chờ đơn vị trả lời."), (waiting[120], "không còn hiển thị")):
        assert f"{task.number} {task.title}" in html
        assert why in html
    way_out = re.search(r'href="(\?[^"]*csv[^"]*)"', html)
    assert way_out is not None
    assert client.get(address + way_out[1].replace("&amp;", "&")).content.decode("utf-8-sig").count("\r\n") == 3


def test_each_task_has_its_own_entry_and_its_own_event(
    waiting: list[PlanTask], ministry: Ministry, runner: JobRunner
) -> None:
    start(ministry, waiting)
    OutboxEvent.objects.all().delete()

    runner.drain()

    assert Entry.objects.filter(use_case="programme.accept_task").count() == 250
    assert OutboxEvent.objects.filter(name="programme.task_accepted").count() == 250


def test_who_goes_on_after_a_crash_begins_where_it_ended(
    waiting: list[PlanTask], ministry: Ministry, runner: JobRunner
) -> None:
    run = start(ministry, waiting)
    with transaction.atomic():
        step_of_bulk(actor=ministry.focal, run=run)
        transaction.set_rollback(True)  # killed before the first part was committed
    assert now(run) == (0, 0, 250)
    assert accepted() == 0
    step_of_bulk(actor=ministry.focal, run=run)
    assert now(run) == (100, 0, 150)
    assert accepted() == 100

    runner.drain()

    assert now(run) == (250, 0, 0)
    assert Entry.objects.filter(use_case="programme.accept_task").count() == 250, "none twice"
    assert step_of_bulk(actor=ministry.focal, run=run) == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_midst_of_it_loses_nothing_and_nothing_is_done_twice(
    plan: Plan, task_named: TaskNamed, ministry: Ministry, request: pytest.FixtureRequest
) -> None:
    run = start(ministry, many_tasks(plan, task_named("Số hóa"), 250))
    environment = request.getfixturevalue("process_database")  # a copy, with what was asked for in it

    done = subprocess.run(
        [sys.executable, "-m", "tests.measurement.programme.killed_while_accepting", str(run.pk)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert (seen["killed"], seen["after_the_kill"]) == (-signal.SIGKILL, [100, 0, 150])
    assert (seen["state"], seen["attempts"], seen["at_the_end"]) == ("DONE", 2, [250, 0, 0])
    assert seen["entries"] == 250


def test_who_loses_the_right_meanwhile_takes_nothing_more_on(
    waiting: list[PlanTask], ministry: Ministry, runner: JobRunner
) -> None:
    run = start(ministry, waiting)
    RoleAssignment.objects.filter(account=ministry.accounts["focal"]).delete()

    runner.drain()

    assert now(run) == (0, 250, 0)
    assert accepted() == 0


def test_what_was_stopped_goes_on_with_the_rest_alone(
    waiting: list[PlanTask], ministry: Ministry, client_of: ClientOf, runner: JobRunner
) -> None:
    run = start(ministry, waiting)
    step_of_bulk(actor=ministry.focal, run=run)
    with pytest.raises(BulkGoesOn):
        go_on_with_bulk(actor=ministry.focal, run=run)
    assert run.job is not None
    cancel(actor=ministry.focal, job=run.job)
    client, address = client_of("focal"), reverse("tables:bulk", args=[run.pk])
    assert "Chưa làm: 150" in client.get(address).content.decode()

    answer = client.post(address)
    runner.drain()

    assert answer["Location"] != reverse("jobs:progress", args=[run.job_id])
    assert now(run) == (250, 0, 0)
    with pytest.raises(BulkGoesOn):
        go_on_with_bulk(actor=ministry.focal, run=run)


def test_it_is_of_who_started_it_alone(waiting: list[PlanTask], ministry: Ministry, client_of: ClientOf) -> None:
    run = start(ministry, waiting)
    address = reverse("tables:bulk", args=[run.pk])

    assert client_of("head").get(address).status_code == 404
    assert client_of("head").post(address).status_code == 404
    for act in (step_of_bulk, go_on_with_bulk):
        with pytest.raises(NotPermitted):
            act(actor=ministry.head, run=run)


def test_more_than_the_bound_is_refused_with_what_to_do(
    waiting: list[PlanTask], ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_ROWS", 249)

    with pytest.raises(InvalidInput) as refused:
        start(ministry, waiting)

    assert str(refused.value.message) == "Mỗi lần xử lý tối đa 249 nhiệm vụ. Hãy thu hẹp bộ lọc."
    assert not BulkRun.objects.exists()


def test_what_one_may_not_see_is_not_there(task_named: TaskNamed, plan: Plan, ministry: Ministry) -> None:
    with pytest.raises(NotFound):
        start(ministry, [task_named("IPv6")])


def test_the_api_answers_with_the_job(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf, runner: JobRunner
) -> None:
    tasks = [task.pk for task in many_tasks(plan, task_named("Số hóa"), services.MOST_AT_ONCE + 1)]
    client = client_of("focal")

    answer = client.post("/api/programme/accept-tasks", {"tasks": tasks}, content_type="application/json")

    assert answer.status_code == 202
    runner.drain()
    told = client.get(f"/api/jobs/{answer.json()['job']}").json()
    assert told["state"] == "DONE"
    assert accepted() == len(tasks)


def test_the_api_takes_no_more_than_the_bound(client_of: ClientOf, plan: Plan) -> None:
    tasks = list(range(1, bulk.MOST_ROWS + 2))

    answer = client_of("focal").post("/api/programme/accept-tasks", {"tasks": tasks}, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["errors"] == {"tasks": ["Mỗi lần gửi tối đa 20.000."]}


@pytest.fixture
def one_a_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_AT_ONCE", 1)


@pytest.mark.usefixtures("one_a_sending")
def test_all_late_tasks_are_urged_about_with_one_letter_a_unit(
    plan: Plan, task_named: TaskNamed, client_of: ClientOf, runner: JobRunner
) -> None:
    client, address = client_of("officer"), reverse("programme:urge")
    late = [task_named("Số hóa"), task_named("IPv6")]
    preview = client.get(address, {"qua-han": "1"}).content.decode()
    assert "Đôn đốc tất cả 2 nhiệm vụ" in preview
    assert '<input type="hidden" name="qua-han" value="1">' in preview
    OutboxEvent.objects.all().delete()

    answer = client.post(address, {"tat-ca": "1", "qua-han": "1", "key": "một lần", "ve": "/viec-cua-toi/"})
    run = BulkRun.objects.get()
    runner.drain()

    assert answer["Location"] == reverse("jobs:progress", args=[run.job_id])
    assert now(run) == (2, 0, 0)
    assert set(Urging.objects.values_list("task", flat=True)) == {task.pk for task in late}
    assert OutboxEvent.objects.filter(name="programme.unit_urged").count() == 2


def test_who_was_urged_about_meanwhile_is_named(
    task_named: TaskNamed, ministry: Ministry, plan: Plan, runner: JobRunner
) -> None:
    late = [task_named("Số hóa"), task_named("Công khai")]
    run: BulkRun = services.start_urging(actor=ministry.officer, tasks=[task.pk for task in late])
    services.urge(actor=ministry.officer, plan=plan, task_ids=[late[0].pk])

    runner.drain()

    assert now(run) == (1, 1, 0)
    row = BulkRow.objects.get(run=run, state=BulkState.REFUSED)
    assert row.record_id == late[0].pk
    assert "hôm nay đã đôn đốc" in row.why
