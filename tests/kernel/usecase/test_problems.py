"""A refusal says the same, with the same code, on a page, over the API and on the command line, in both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from caicach.config.api import api
from caicach.kernel.usecase.http import Problem
from caicach.measurement.programme.models import PlanTask, ProgressNote
from tests.measurement.programme.conftest import client_of, plan, task_named
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

__all__ = ["client_of", "plan", "task_named"]

ClientOf = Callable[[str], Client]
Named = Callable[[str], PlanTask]

EMPTY = {"vi": "không có nội dung", "en": "is empty"}


@pytest.fixture(autouse=True)
def _in_june_2022(at: Callable[[str], Any], settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES_DIR = tmp_path / "files"
    with at("2022-06-20 09:00"):
        yield


def progress(
    client: Client, task: PlanTask, share: int, *, revision: int | None = None, headers: dict[str, str] | None = None
) -> Any:
    return client.post(
        f"/api/programme/tasks/{task.pk}/progress",
        json.dumps({"progress": share, "revision": revision}),
        content_type="application/json",
        headers=headers or {},
    )


def no_database(folder: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3", "CAICACH_DATA": str(folder)}


def told_by_command(*arguments: str, language: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "caicach.config.cli", *arguments],
        env={**environment, "CAICACH_LANGUAGE": language},
        input="mot-chuoi-rat-dai-cho-thu\n",
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_file_is_refused_alike_at_every_door(language: str, client_of: ClientOf, tmp_path: Path) -> None:
    path = tmp_path / "rong.txt"
    path.write_bytes(b"")
    by_page, by_api = client_of("officer"), client_of("officer")
    by_page.cookies["language"] = language

    page = by_page.post("/tep/", {"file": SimpleUploadedFile("rong.txt", b"")})
    answer = by_api.post(
        "/api/files", {"file": SimpleUploadedFile("rong.txt", b"")}, headers={"Accept-Language": language}
    )
    command = told_by_command("plan", "import", str(path), language=language, environment=no_database(tmp_path))

    body = answer.json()
    assert (page.status_code, answer.status_code, command.returncode) == (422, 422, 2)
    assert EMPTY[language] in body["detail"]
    assert body["detail"] in unescape(page.content.decode())
    assert (command.stdout, command.stderr) == ("", f"caicach: {body['detail']} [{body['code']}]\n")


@pytest.mark.django_db(transaction=True)
def test_the_command_line_names_the_wrong_input_and_shows_no_traceback(
    ministry: Ministry, process_database: dict[str, str]
) -> None:
    command = told_by_command("account", "create", "officer", language="vi", environment=process_database)

    first, second = command.stderr.splitlines()
    assert command.returncode == 2
    assert first == "caicach: Có chỗ cần sửa. Dữ liệu không thay đổi. [identity.name_taken]"
    assert second.startswith("  username: ")


def test_problem_details_have_the_members_of_rfc_9457(client_of: ClientOf, task_named: Named) -> None:
    answer = progress(client_of("focal"), task_named("Số hóa"), 101)

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:caicach:problem:usecase.invalid_input",
        "title": "Cần sửa vài chỗ",
        "status": 422,
        "detail": "Có chỗ cần sửa. Dữ liệu không thay đổi.",
        "code": "usecase.invalid_input",
        "request_id": answer.headers["X-Request-Id"],
        "errors": {"progress": ["Giá trị lớn nhất là 100."]},
    }


def test_a_program_is_answered_in_the_language_it_asks_for(client_of: ClientOf, task_named: Named) -> None:
    answer = progress(client_of("focal"), task_named("Số hóa"), 101, headers={"Accept-Language": "en"})

    assert answer.json()["title"] == "Some inputs need correcting"
    assert answer.json()["errors"] == {"progress": ["This may be 100 at most."]}


@pytest.mark.parametrize(
    ("who", "task", "status", "code"),
    [
        ("", "Số hóa", 401, "usecase.not_signed_in"),
        ("staff", "Số hóa", 403, "usecase.not_permitted"),
        ("neighbour", "Số hóa", 404, "usecase.not_found"),
    ],
)
def test_who_may_not_is_told_so_and_nothing_of_the_record(
    who: str, task: str, status: int, code: str, client_of: ClientOf, task_named: Named
) -> None:
    answer = progress(client_of(who) if who else Client(), task_named(task), 30)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json().keys() == {"type", "title", "status", "detail", "code", "request_id", "errors"}
    assert task not in answer.content.decode()


def test_a_key_sent_with_other_content_is_a_conflict(client_of: ClientOf, task_named: Named) -> None:
    focal, task = client_of("focal"), task_named("Số hóa")
    progress(focal, task, 30, headers={"Idempotency-Key": "mot"})

    answer = progress(focal, task, 40, headers={"Idempotency-Key": "mot"})
    assert (answer.status_code, answer.json()["code"]) == (409, "usecase.key_reused")
    assert "Idempotency-Key" in answer.json()["detail"]
    assert ProgressNote.objects.get().progress == 30


@pytest.mark.parametrize("language", ["vi", "en"])
def test_who_comes_second_sees_what_changed_and_by_whom_on_the_page_and_over_the_api(
    language: str, client_of: ClientOf, task_named: Named, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    progress(client_of("focal"), task, 30, revision=task.revision)
    head = client_of("head")
    head.cookies["language"] = language

    page = head.post(f"/ke-hoach/nhiem-vu/{task.pk}/tien-do/", {"progress": 40, "revision": task.revision})
    body = progress(head, task, 40, revision=task.revision, headers={"Accept-Language": language}).json()

    label = {"vi": "Tiến độ", "en": "Progress"}[language]
    assert (body["status"], body["code"]) == (409, "usecase.edit_conflict")
    assert body["changed_by"] == ministry.accounts["focal"].full_name
    ((field, (was, now)),) = ((*change,) for change in body["changes"].items() if change[0].startswith(label))
    assert (was, now) == ("0", "30")
    text = unescape(page.content.decode())
    assert all(words in text for words in (body["changed_by"], field, now))


def test_a_conflict_tells_no_more_of_who_changed_it_than_the_page(
    client_of: ClientOf, task_named: Named, ministry: Ministry
) -> None:
    task = task_named("Số hóa")
    progress(client_of("focal"), task, 30, revision=task.revision)

    answer = progress(client_of("head"), task, 40, revision=task.revision)
    focal = ministry.accounts["focal"]
    assert answer.json().keys() - {"changed_by", "changes"} == set(Problem.model_fields) - {
        "quote",
        "changed_by",
        "changes",
    }
    assert answer.json()["changes"].keys() == {"Tiến độ, phần trăm", "Trả lời của đơn vị"}
    assert focal.email not in answer.content.decode()


def test_what_the_api_says_of_refusals_is_in_its_document() -> None:
    described = api.get_openapi_schema()["components"]["schemas"]["Problem"]["properties"]

    assert described.keys() == Problem.model_fields.keys()
