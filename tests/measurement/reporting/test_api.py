"""The periodic report over HTTP, from the draft to the locked paper and its next version."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from caicach.measurement.programme.models import Plan
from caicach.measurement.reporting.models import Report

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
REPORTS = "/api/reporting/reports"


@pytest.fixture(autouse=True)
def _in_june_2022(at: Callable[[str], Any], plan: Plan) -> Any:
    Plan.objects.filter(pk=plan.pk).update(decision_date="2021-12-31")
    with at("2022-06-15 08:00"):
        yield


def send(client: Client, path: str, body: dict[str, Any] | None = None, *, key: str = "", method: str = "POST") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.generic(method, path, json.dumps(body or {}), content_type="application/json", headers=headers)


def draft(client: Client, *, key: str = "") -> Any:
    return send(client, REPORTS, {"issuer": "BNV", "year": 2022, "period": "half_year"}, key=key)


def test_a_report_goes_its_whole_way(client_of: ClientOf) -> None:
    officer, leader = client_of("officer"), client_of("leader")
    made = draft(officer)
    assert made.status_code == 201
    report = made.json()
    address = f"{REPORTS}/{report['id']}"
    assert (report["state"], report["data_to"]) == ("draft", "2022-06-14")
    assigned = next(each for each in report["figures"] if each["code"] == "assigned" and each["scope"] == "")
    assert len(assigned["tasks"]) == 5

    words = {"texts": {"proposals": "Bổ sung kinh phí."}, "revision": report["revision"]}
    assert send(officer, f"{address}/words", words, method="PATCH").status_code == 200
    assert send(officer, f"{address}/submit").json()["state"] == "submitted"
    assert send(leader, f"{address}/return", {"reason": "Thiếu số liệu"}).json()["state"] == "draft"
    assert send(officer, f"{address}/refresh", {"with_words": False}).status_code == 200
    assert send(officer, f"{address}/submit").status_code == 200
    locked = send(leader, f"{address}/approve").json()
    assert (locked["state"], locked["number"]) == ("approved", "01/BC-BNV")
    fresh = send(officer, f"{address}/versions", {"reason": "Bổ sung nhiệm vụ"})
    assert (fresh.status_code, fresh.json()["version"], fresh.json()["previous_id"]) == (201, 2, report["id"])

    listed = officer.get(REPORTS).json()
    assert [line["version"] for line in listed] == [2, 1]


@pytest.mark.parametrize(("ending", "starts"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_the_paper_is_taken_out(client_of: ClientOf, ending: str, starts: bytes) -> None:
    officer = client_of("officer")
    report = draft(officer).json()

    answer = officer.get(f"{REPORTS}/{report['id']}/paper.{ending}")

    assert answer.status_code == 200
    assert answer.content.startswith(starts)


def test_an_unknown_kind_of_paper_is_a_problem_with_a_code(client_of: ClientOf) -> None:
    officer = client_of("officer")
    report = draft(officer).json()

    answer = officer.get(f"{REPORTS}/{report['id']}/paper.exe")

    assert (answer.status_code, answer.json()["code"]) == (404, "usecase.not_found")
    assert answer["Content-Type"] == "application/problem+json"


def test_the_same_key_drafts_once(client_of: ClientOf) -> None:
    officer = client_of("officer")

    first, second = draft(officer, key="bao-cao-6-thang"), draft(officer, key="bao-cao-6-thang")

    assert first.json()["id"] == second.json()["id"]
    assert Report.objects.count() == 1


def test_a_second_report_of_the_period_is_refused_with_a_code(client_of: ClientOf) -> None:
    officer = client_of("officer")
    draft(officer)

    assert draft(officer).json()["code"] == "reporting.report_exists"


def test_a_stale_edit_says_what_stands_there_now(client_of: ClientOf) -> None:
    officer = client_of("officer")
    address = f"{REPORTS}/{draft(officer).json()['id']}/words"
    send(officer, address, {"texts": {"proposals": "Một"}, "revision": 0}, method="PATCH")

    late = send(officer, address, {"texts": {"proposals": "Hai"}, "revision": 0}, method="PATCH")

    assert late.status_code == 409


@pytest.mark.parametrize("person", ["focal", "staff", "neighbour", "operator"])
def test_others_find_no_report(client_of: ClientOf, person: str) -> None:
    report = draft(client_of("officer")).json()
    other = client_of(person)

    assert other.get(REPORTS).json() == []
    assert other.get(f"{REPORTS}/{report['id']}").status_code == 404
    assert send(other, f"{REPORTS}/{report['id']}/approve").status_code == 404
