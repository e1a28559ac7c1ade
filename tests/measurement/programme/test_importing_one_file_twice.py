"""Two officers send the same file before it is read: it becomes one draft, and the second is told of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from caicach.kernel.jobs import leases
from caicach.kernel.jobs.discovery import discover
from caicach.kernel.jobs.instant import true_now
from caicach.kernel.jobs.models import Job
from caicach.kernel.jobs.worker import JobRunner, deliver_due
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry
from tests.processes import process_database as process_database
from tests.rivals import RIVALS, told

ClientOf = Callable[[str], Client]

TEXT = (
    "KẾ HOẠCH\nCải cách hành chính năm 2022\nI. NHIỆM VỤ\n1. Vụ Pháp chế xây dựng Thông tư về lưu trữ trong quý III.\n"
)


def sent(client: Client, **more: object) -> Job:
    file = client.post("/api/files", {"file": SimpleUploadedFile("k.txt", TEXT.encode())}).json()["id"]
    asked = json.dumps({"issuer": "BNV", "file": file, **more})
    answer = client.post("/api/programme/imports", asked, content_type="application/json")
    assert answer.status_code == 202, answer.content
    return Job.objects.get(pk=answer.json()["job"])


def read_all() -> None:
    with leases.at_work(at=true_now()) as program:
        runner = JobRunner(program)
        while deliver_due() or runner.drain():
            pass


@pytest.fixture
def officers(client_of: ClientOf, other_officer: Actor, settings: Any, tmp_path: Path) -> list[Client]:
    settings.DATA_DIR = tmp_path
    discover()
    return [client_of("officer"), client_of("other_officer")]


@pytest.mark.django_db
def test_the_second_job_is_refused_by_the_draft_of_the_first(officers: list[Client]) -> None:
    first, second = (sent(client) for client in officers)

    read_all()

    for job in (first, second):
        job.refresh_from_db()
    assert (Plan.objects.count(), first.state, second.state) == (1, "DONE", "FAILED")
    assert (second.error_code, Plan.objects.get().title in second.error_message) == ("programme.imported_before", True)


@pytest.mark.django_db
def test_who_asks_for_another_draft_gets_one(officers: list[Client]) -> None:
    sent(officers[0])
    sent(officers[1], copy_number=1)

    read_all()

    assert Plan.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_at_one_moment_one_makes_the_draft(ministry: Ministry, process_database: dict[str, str]) -> None:
    answers = told(process_database, "tests.measurement.programme.rivals:the_same_file")

    assert answers == {"done": 1, "programme.imported_before": RIVALS - 1}
