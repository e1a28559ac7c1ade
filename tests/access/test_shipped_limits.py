"""The limits that an installation has when its operator sets none, and the answer beyond each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from caicach.measurement.programme.models import Plan
from tests.measurement.programme.conftest import client_of, plan

__all__ = ["client_of", "plan"]

ClientOf = Callable[[str], Client]
SHIPPED = {"api": [600, 60], "search": [60, 60], "export": [10, 3600]}
KEYS = {
    "CAICACH_SECRET_KEY": "k9Qw2mZr7Lx4Tn8Vb3Yc6Hd1Js5Pf0Ga",
    "CAICACH_AUDIT_KEY": "Zt4Rb8Kw1Xn6Mq3Vj9Lc2Hf7Ds5Gp0Ya",
}


def settings_read(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """As a process of an installation reads them, without the fixture that lifts the limits for tests."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import json; from caicach.config import settings; print(json.dumps(settings.RATE_LIMITS))",
        ],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "CAICACH_DATA": str(folder)}
        | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("environment", [{}, {"CAICACH_MODE": "production", **KEYS}], ids=["local", "production"])
def test_an_installation_has_limits_unless_its_operator_lifts_them(tmp_path: Path, environment: dict[str, str]) -> None:
    assert json.loads(settings_read(tmp_path, **environment).stdout) == SHIPPED
    lifted = settings_read(tmp_path, **environment, CAICACH_LIMIT_EXPORT="0/60").stdout
    assert json.loads(lifted) == SHIPPED | {"export": [0, 60]}


@pytest.mark.parametrize("wrong", ["600", "sixty/60", "60/0", "-1/60", "60/60/60"])
def test_a_limit_that_is_none_stops_the_start_and_is_named(tmp_path: Path, wrong: str) -> None:
    started = settings_read(tmp_path, CAICACH_LIMIT_API=wrong)

    assert started.returncode != 0
    assert "CAICACH_LIMIT_API" in started.stderr


@pytest.fixture
def _as_shipped(settings: Any, at: Callable[[str], Any]) -> Iterator[None]:
    settings.RATE_LIMITS = {what: tuple(limit) for what, limit in SHIPPED.items()}
    cache.clear()
    with at("2022-06-20 09:00:20"):
        yield
    cache.clear()


def answers(client: Client, address: str, times: int) -> list[HttpResponse]:
    return [client.get(address) for _ in range(times)]


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_shipped")
def test_the_601st_call_of_the_api_in_a_minute_is_told_when_to_go_on(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")

    *allowed, last = answers(officer, f"/api/jobs/{uuid.uuid4()}", 601)

    assert {answer.status_code for answer in allowed} == {404}
    assert (last.status_code, last["Retry-After"], last["Content-Type"]) == (429, "40", "application/problem+json")
    problem = json.loads(last.content)
    assert (problem["code"], problem["status"]) == ("identity.too_many_calls", 429)
    assert problem["detail"] == "Bạn vừa yêu cầu việc này quá nhiều lần. Chờ 40 giây rồi tiếp tục."
    assert officer.post("/api/programme/accept-tasks", {}, content_type="application/json").status_code == 429


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_shipped")
def test_the_61st_search_in_a_minute_is_told_when_to_go_on(plan: Plan, client_of: ClientOf) -> None:
    *allowed, last = answers(client_of("officer"), reverse("search:find") + "?q=so", 61)

    assert {answer.status_code for answer in allowed} == {200}
    assert (last.status_code, last["Retry-After"]) == (429, "40")
    assert "Chờ 40 giây rồi tiếp tục." in last.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_shipped")
def test_the_11th_export_in_an_hour_is_told_when_to_go_on(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")
    *allowed, last = answers(officer, reverse("programme:tasks") + "?tai=csv", 11)

    assert {answer.status_code for answer in allowed} == {200}
    assert (last.status_code, last["Retry-After"]) == (429, "3580")
    assert "Chờ 60 phút rồi tiếp tục." in last.content.decode()
    paper = officer.get(reverse("programme:plan_word", args=[plan.pk, 1]))
    assert paper.status_code == 429  # lists and papers count together
