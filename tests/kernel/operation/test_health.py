"""What a machine asks of the running system, and what an operator reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from caicach.kernel.jobs.instant import true_now
from caicach.kernel.jobs.models import Job, JobState, Worker
from caicach.kernel.operation.queries import health
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


def test_the_process_says_that_it_is_alive(client: Client) -> None:
    assert client.get(reverse("operation:alive")).json() == {"alive": True}


def test_it_is_not_ready_without_a_worker_and_says_which_part(client: Client) -> None:
    answer = client.get(reverse("operation:ready"))

    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"] is False
    assert answer.json()["parts"]["database"] is True


def test_it_is_ready_with_a_worker_that_beats(client: Client) -> None:
    Worker.objects.create(name="w", host="h", process_id=1, started_at=true_now(), beat_at=true_now())

    assert client.get(reverse("operation:ready")).json()["ready"] is True


def test_readiness_tells_no_secret(client: Client) -> None:
    assert set(client.get(reverse("operation:ready")).json()) == {"ready", "parts"}


ASK_WITHOUT_A_DATABASE = """
import json, sys, django
django.setup()
from django.conf import settings
from django.test import Client
client = Client(raise_request_exception=False)
if sys.argv[1]:
    client.cookies[settings.SESSION_COOKIE_NAME] = sys.argv[1]
answer = client.get("/readyz", headers={"host": "localhost"})
print(json.dumps([answer.status_code, answer["Content-Type"], answer.json()["code"], answer["Retry-After"]]))
"""


@pytest.mark.parametrize("session", ["", "a" * 32], ids=["asked by a machine", "with a session"])
def test_without_the_database_it_is_not_ready_and_says_so_as_a_problem(session: str, tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASK_WITHOUT_A_DATABASE, session],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "caicach.config.settings",
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/away",
            "CAICACH_DATA": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert json.loads(asked.stdout.splitlines()[-1]) == [503, "application/problem+json", "ui.unavailable", "60"], (
        asked.stderr
    )


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_not_there_is_no_database_that_is_away() -> None:
    """As after an upgrade whose migrations were forgotten."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_worker RENAME TO jobs_worker_away")
        try:
            database, *_rest = health.findings(at=true_now())
        finally:
            cursor.execute("ALTER TABLE jobs_worker_away RENAME TO jobs_worker")

    assert not database.is_well
    assert "caicach prepare" in database.to_do


def test_the_operator_reads_what_to_do(client: Client, ministry: Ministry) -> None:
    client.force_login(ministry.accounts["operator"])

    page = client.get(reverse("operation:status")).content.decode()

    assert "caicach worker" in page


@pytest.mark.parametrize("name", ["status", "jobs", "journal", "help"])
def test_the_pages_of_operation_open_for_the_operator(name: str, client: Client, ministry: Ministry) -> None:
    client.force_login(ministry.accounts["operator"])

    assert client.get(reverse(f"operation:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["status", "jobs", "journal"])
@pytest.mark.parametrize("who", ["officer", "leader", "focal", "staff"])
def test_and_for_nobody_else(name: str, who: str, client: Client, ministry: Ministry) -> None:
    client.force_login(ministry.accounts[who])

    assert client.get(reverse(f"operation:{name}")).status_code == 403


def test_the_journal_is_narrowed_by_act_and_person(client: Client, ministry: Ministry) -> None:
    client.force_login(ministry.accounts["auditor"])

    page = client.get(reverse("operation:journal"), {"use_case": "identity.create_unit"}).content.decode()

    assert page.count('id="entry-') == 6
    refused = client.get(reverse("operation:journal"), {"day_from": "khi nào"})
    assert refused.status_code == 200


def test_someone_away_names_a_stand_in_on_the_page(client: Client, ministry: Ministry) -> None:
    client.force_login(ministry.accounts["focal"])
    address = reverse("identity:absence")
    assert client.get(address).status_code == 200

    client.post(
        address,
        {"receiver": ministry.accounts["staff"].pk, "valid_from": "20/06/2030", "last_day": "24/06/2030"},
    )

    page = client.get(address).content.decode()
    assert "20/06/2030 - 24/06/2030" in page
    delegation = ministry.accounts["focal"].delegations_given.get()
    client.post(reverse("identity:end_absence", args=[delegation.pk]))
    assert not ministry.accounts["focal"].delegations_given.exists()


def look_at_files(damaged: int) -> None:
    """As the weekly job leaves it."""
    at = datetime(2026, 3, 8, 2, tzinfo=UTC)
    Job.objects.create(
        kind="jobs.check_files",
        language="vi",
        created_at=at,
        next_attempt_at=at,
        state=JobState.DONE,
        finished_at=at,
        result=damaged,
    )


def test_the_operator_reads_of_damaged_files_and_how_to_find_them(client: Client, ministry: Ministry) -> None:
    look_at_files(2)
    client.force_login(ministry.accounts["operator"])

    page = client.get(reverse("operation:status")).content.decode()

    assert "2 tệp đã lưu bị mất hoặc bị sửa vào ngày 08/03/2026" in page
    assert "caicach files check" in page


def test_a_damaged_file_keeps_nobody_from_being_served(client: Client) -> None:
    Worker.objects.create(name="w", host="h", process_id=1, started_at=true_now(), beat_at=true_now())
    look_at_files(1)

    answer = client.get(reverse("operation:ready"))

    assert (answer.status_code, answer.json()["parts"]["files"]) == (200, False)


def test_files_that_were_found_whole_need_nobody() -> None:
    look_at_files(0)

    files = health.findings(at=true_now())[-1]

    assert (files.part, files.is_well) == (health.Part.FILES, True)
    assert "08/03/2026" in files.words


def test_work_that_failed_needs_the_operator_and_keeps_nobody_out(client: Client, ministry: Ministry) -> None:
    Worker.objects.create(name="w", host="h", process_id=1, started_at=true_now(), beat_at=true_now())
    failed = {"kind": "tests.any", "arguments": {}, "language": "vi", "created_at": true_now(), "attempts": 3}
    ended = {"state": JobState.FAILED, "finished_at": true_now(), "next_attempt_at": true_now()}
    Job.objects.create(**failed, **ended, error_code="jobs.unexpected", error_message="Lỗi ngoài dự kiến.")
    client.force_login(ministry.accounts["operator"])

    told = client.get(reverse("operation:ready")).json()
    status = client.get(reverse("operation:status")).content.decode()
    work = client.get(reverse("operation:jobs")).content.decode()

    assert (told["ready"], told["parts"]["failures"]) == (True, False)
    assert "1 việc hỏng, 0 sự kiện không gửi được." in status
    assert "Cần bạn xem" in status or "1 phần cần bạn" in status
    assert "Lỗi ngoài dự kiến." in work
    assert "lần tới" in work
