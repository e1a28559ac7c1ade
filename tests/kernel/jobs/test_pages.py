from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from caicach.kernel.jobs.instant import true_now
from caicach.kernel.jobs.models import Job, JobState, Worker
from caicach.kernel.jobs.worker import JobRunner
from tests.ministry import Ministry

from . import kinds

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def client_of(ministry: Ministry) -> Callable[[str], Client]:
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(ministry.accounts[name], backend="caicach.kernel.identity.backends.AccountBackend")
        return client

    return signed_in


@pytest.fixture
def officer_client(client_of: Callable[[str], Client]) -> Client:
    return client_of("officer")


def running(job: Job, **now: Any) -> None:
    at = true_now()
    worker = Worker.objects.create(name="w", host="h", process_id=1, started_at=at, beat_at=at)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, worker=worker, attempts=1, **now)


def page_of(client: Client, job: Job, **headers: str) -> str:
    answer = client.get(f"/tien-do/{job.pk}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_work_under_way_shows_how_far_it_is_and_asks_again_by_itself(
    officer_client: Client, ministry: Ministry
) -> None:
    job = kinds.asked(kinds.count, actor=ministry.officer, subject="ke-hoach-2022.docx", up_to=3)
    running(job, done=12, total=57, words="Đang đọc trang 12")

    page = page_of(officer_client, job)

    assert "ke-hoach-2022.docx" in page
    assert "Đang đọc trang 12" in page
    assert 'value="12"' in page
    assert "12/57" in page
    assert f'hx-get="/tien-do/{job.pk}/"' in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_notice_is_promised_only_for_long_work(officer_client: Client, ministry: Ministry) -> None:
    job = kinds.asked(kinds.count, actor=ministry.officer, up_to=3)
    running(job, done=1, total=3)

    html = page_of(officer_client, job)

    assert "Bạn có thể rời trang, việc vẫn chạy tiếp. Nếu việc kéo dài, khi xong sẽ có thông báo." in html


def test_the_part_that_changes_comes_alone(officer_client: Client, ministry: Ministry) -> None:
    job = kinds.asked(kinds.count, actor=ministry.officer, up_to=3)
    running(job, done=1, total=3, words="Đang đếm")

    part = page_of(officer_client, job, **HTMX)

    assert "Đang đếm" in part
    assert "<html" not in part


def test_finished_work_shows_what_came_out_and_asks_no_more(
    officer_client: Client, ministry: Ministry, runner: JobRunner
) -> None:
    job = kinds.asked(kinds.mark, actor=ministry.officer)
    runner.drain()

    part = page_of(officer_client, job, **HTMX)

    assert "mark 1" in part
    assert 'href="/marks/"' in part
    assert "hx-get" not in part
    assert 'id="cc-live" hx-swap-oob' in part
    assert "<noscript>" not in page_of(officer_client, job)


def test_who_waits_is_led_on_to_what_came_out(
    officer_client: Client, client_of: Callable[[str], Client], ministry: Ministry, runner: JobRunner
) -> None:
    job = kinds.asked(kinds.mark, actor=ministry.officer)
    address = f"/tien-do/{job.pk}/"
    assert "HX-Redirect" not in officer_client.get(address, headers=HTMX).headers
    runner.drain()

    led = officer_client.get(address, headers=HTMX)

    assert led.headers["HX-Redirect"] == "/marks/"
    assert [str(said) for said in get_messages(led.wsgi_request)] == ["mark 1"]
    # Opened later it is a page with a link, and another who may look at it stays where the work is.
    assert "HX-Redirect" not in officer_client.get(address).headers
    assert "HX-Redirect" not in client_of("operator").get(address, headers=HTMX).headers


def test_work_that_failed_leads_nowhere(officer_client: Client, ministry: Ministry, runner: JobRunner) -> None:
    job = kinds.asked(kinds.refuse, actor=ministry.officer)
    runner.drain()

    assert "HX-Redirect" not in officer_client.get(f"/tien-do/{job.pk}/", headers=HTMX).headers


def test_failed_work_says_why_and_gives_a_code(officer_client: Client, ministry: Ministry, runner: JobRunner) -> None:
    job = kinds.asked(kinds.refuse, actor=ministry.officer)
    runner.drain()

    page = page_of(officer_client, job)

    assert "The plan has no tasks." in page
    assert "tests.plan_is_empty" in page


def test_work_that_is_tried_again_says_when(officer_client: Client, ministry: Ministry, runner: JobRunner) -> None:
    job = kinds.asked(kinds.mark_then_fail, actor=ministry.officer)
    kinds.FAILURES[str(job.pk)] = [ConnectionError()]
    runner.drain()

    assert "Sẽ chạy lại lúc" in page_of(officer_client, job)


def test_words_of_a_file_name_cannot_become_markup(officer_client: Client, ministry: Ministry) -> None:
    job = kinds.asked(kinds.mark, actor=ministry.officer, subject="<script>alert(1)</script>.docx")

    for page in (page_of(officer_client, job), officer_client.get("/tien-do/").content.decode()):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_work_is_stopped_by_its_button(officer_client: Client, ministry: Ministry) -> None:
    job = kinds.asked(kinds.mark, actor=ministry.officer)

    assert officer_client.get(f"/tien-do/{job.pk}/dung/").status_code == 405
    assert officer_client.post(f"/tien-do/{job.pk}/dung/").status_code == 302

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert "Đã dừng" in page_of(officer_client, job)


@pytest.mark.parametrize(("name", "status"), [("neighbour", 404), ("leader", 404), ("operator", 200)])
def test_the_work_of_another_is_there_only_for_operators(
    name: str, status: int, client_of: Callable[[str], Client], ministry: Ministry
) -> None:
    job = kinds.asked(kinds.mark, actor=ministry.officer)

    assert client_of(name).get(f"/tien-do/{job.pk}/").status_code == status
    assert client_of(name).post(f"/tien-do/{job.pk}/dung/").status_code == (302 if status == 200 else 404)


def test_ones_own_work_is_listed_newest_first_and_nobody_elses(officer_client: Client, ministry: Ministry) -> None:
    kinds.asked(kinds.mark, actor=ministry.officer, subject="cũ")
    kinds.asked(kinds.mark, actor=ministry.officer, subject="mới")
    kinds.asked(kinds.mark, actor=ministry.head, subject="của người khác")

    page = officer_client.get("/tien-do/").content.decode()

    assert page.index("mới") < page.index("cũ")
    assert "của người khác" not in page


@pytest.mark.parametrize("jobs", [1, 40])
def test_the_list_takes_the_same_statements_however_long(
    jobs: int, officer_client: Client, ministry: Ministry, django_assert_max_num_queries: Any
) -> None:
    for _ in range(jobs):
        kinds.asked(kinds.mark, actor=ministry.officer)
    officer_client.get("/tien-do/")

    # session, account, roles held and received, units reached, the list; the rest is the shell's
    with django_assert_max_num_queries(12):
        officer_client.get("/tien-do/")


def test_an_empty_list_says_what_it_is_for(officer_client: Client) -> None:
    assert "Chưa có gì ở đây" in officer_client.get("/tien-do/").content.decode()


def test_a_stranger_is_sent_to_sign_in(ministry: Ministry) -> None:
    job = kinds.asked(kinds.mark, actor=ministry.officer)

    assert Client().get(f"/tien-do/{job.pk}/").status_code == 302
    assert Client().get("/tien-do/").status_code == 302
