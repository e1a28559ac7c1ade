"""What PostgreSQL cannot keep as text (NUL, half a surrogate pair) is refused at the edge, in the one family of errors.

SQLite would take most of it, so the status is what tells.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.measurement.programme.conftest import client_of, plan, task_named
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

__all__ = ["client_of", "plan", "task_named"]

ClientOf = Callable[[str], Client]


def problem_of(answer: Any) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code
    return body


@pytest.mark.parametrize("asked", ["field=%00", "unit=%00", "words=a%00b", "state=late&state=%00"])
def test_a_parameter_of_the_api_is_named(asked: str, client_of: ClientOf, ministry: Ministry) -> None:
    answer = client_of("officer").get(f"/api/programme/tasks?{asked}", headers={"Accept-Language": "en"})

    problem = problem_of(answer)
    name = asked.split("=")[0]
    assert (problem["status"], problem["code"]) == (422, "usecase.invalid_input")
    assert problem["errors"] == {name: ["This holds a character that no text can have. Type it anew."]}


def test_an_address_of_that_kind_is_none_of_ours(client_of: ClientOf, plan: Any) -> None:
    officer = client_of("officer")
    task = plan.tasks.first()

    answer = officer.post(f"/api/programme/plans/{plan.pk}/draft/tasks/{task.pk}/targets/%00")

    assert (problem_of(answer)["status"], answer.json()["code"]) == (404, "ui.not_found")


@pytest.mark.parametrize(
    "body",
    [
        rb'{"issuer": "\u0000"}',
        rb'{"issuer": "\ud800"}',
        rb'{"issuer": {"\udfff": [1]}}',
        b'{"issuer": "\xed\xa0\x80"}',
    ],
)
def test_a_text_in_a_body_is_named(body: bytes, client_of: ClientOf, ministry: Ministry) -> None:
    answer = client_of("officer").post("/api/programme/imports", body, content_type="application/json")

    problem = problem_of(answer)
    assert (problem["status"], problem["code"]) == (422, "usecase.invalid_input")
    assert problem["errors"] == {"issuer": ["Mục này có ký tự không dùng được trong văn bản. Hãy gõ lại."]}


def test_whole_pairs_are_texts_like_others(client_of: ClientOf, task_named: Any, at: Any) -> None:
    with at("2022-06-20 09:00"):
        task = task_named("IPv6")
        body = json.dumps({"text": "Đã xem 👍"})
        answer = client_of("officer").post(
            f"/api/programme/tasks/{task.pk}/comments", body, content_type="application/json"
        )

    assert answer.status_code == 201, answer.content


@pytest.mark.parametrize("address", ["/tim/?q=s%E1%BB%91%00", "/bao-cao/?year=%00", "/viec-cua-toi/?a%00b=1"])
def test_a_page_reads_the_question_without_it(address: str, client_of: ClientOf, ministry: Ministry) -> None:
    answer = client_of("officer").get(address)

    assert answer.status_code == 200
    assert "\x00" not in answer.wsgi_request.GET.urlencode() + answer.content.decode()


def test_a_cookie_of_that_kind_is_none_of_ours(client_of: ClientOf, ministry: Ministry) -> None:
    officer = client_of("officer")
    officer.cookies["sessionid"] = "\x00" * 20

    assert officer.get("/").status_code == 400


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000])
@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("vi", "Không đọc được nội dung đã gửi: hãy gửi JSON mã UTF-8. Dữ liệu không thay đổi."),
        ("en", "What was sent could not be read: send JSON in UTF-8. Nothing was changed."),
    ],
)
def test_what_is_no_json_is_a_problem_with_a_code(
    body: bytes, language: str, detail: str, client_of: ClientOf, ministry: Ministry
) -> None:
    answer = client_of("officer").post(
        "/api/programme/imports", body, content_type="application/json", headers={"Accept-Language": language}
    )

    problem = problem_of(answer)
    assert (problem["status"], problem["code"], problem["detail"]) == (400, "usecase.unreadable_body", detail)


def test_a_method_that_an_address_does_not_know_is_a_problem_with_a_code(
    client_of: ClientOf, ministry: Ministry
) -> None:
    officer = client_of("officer")

    of_api = officer.put("/api/programme/plans")
    of_page = officer.get("/danh-sach/xem/luu/")

    assert (problem_of(of_api)["code"], of_api.headers["Allow"]) == ("ui.not_done_here", "GET")
    assert (of_page.status_code, of_page.headers["Allow"]) == (405, "POST")
    assert "Địa chỉ này không làm được việc đó" in of_page.content.decode()
