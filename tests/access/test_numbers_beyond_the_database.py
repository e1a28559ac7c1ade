"""A number in an address that no id can have is refused with its name, at every operation that the API describes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from caicach.config.api import api
from caicach.kernel.ui.addresses import LARGEST_ID
from tests.measurement.programme.conftest import client_of, plan
from tests.ministry import Ministry

__all__ = ["client_of", "plan"]

pytestmark = pytest.mark.django_db

BEYOND = str(10**30)
METHODS = ("get", "post", "put", "patch", "delete")


def numbers() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """(method, path, name, schema) of every whole number that a path or a query takes."""
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            if method not in METHODS:
                continue
            for each in operation.get("parameters", ()):
                for schema in each["schema"].get("anyOf", [each["schema"]]):
                    if schema.get("type") == "integer" and each["in"] in ("path", "query"):
                        yield method, path, each["name"], schema


EVERY = list(numbers())
WORDS = [f"{method} {path} {name}" for method, path, name, _schema in EVERY]


def test_the_walk_finds_what_we_know_is_there() -> None:
    assert {
        "get /api/programme/tasks plan",
        "get /api/programme/tasks after",
        "post /api/programme/tasks/{task_id}/comments task_id",
        "post /api/programme/plans/{plan_id}/draft/undo step",
        "get /api/reporting/reports/{report_id}/paper.{ending} report_id",
    } <= set(WORDS)


@pytest.mark.parametrize(("method", "path", "name", "schema"), EVERY, ids=WORDS)
def test_it_is_described_and_refused(
    method: str, path: str, name: str, schema: dict[str, Any], ministry: Ministry, client_of: Callable[[str], Client]
) -> None:
    assert schema["maximum"] <= LARGEST_ID
    address = path.replace(f"{{{name}}}", BEYOND)
    if address == path:
        address += f"?{name}={BEYOND}"
    address = address.replace("{ending}", "pdf").replace("{code}", "NQ76")
    for number in ("plan_id", "task_id", "report_id"):
        address = address.replace(f"{{{number}}}", "1")

    answer = client_of("officer").generic(method.upper(), address, json.dumps({}), content_type="application/json")

    assert answer.status_code == 422, answer.content
    assert name in answer.json()["errors"]


def test_the_greatest_id_is_none_of_ours_and_found_nowhere(
    ministry: Ministry, client_of: Callable[[str], Client]
) -> None:
    officer = client_of("officer")
    words = json.dumps({"text": "Đề nghị làm rõ"})

    found = officer.get(f"/api/programme/tasks?plan={LARGEST_ID}&after={LARGEST_ID}")
    said = officer.post(f"/api/programme/tasks/{LARGEST_ID}/comments", words, content_type="application/json")

    assert (found.status_code, found.json()["tasks"], said.status_code) == (200, [], 404)
