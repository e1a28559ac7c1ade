"""Whatever a program sends to any operation that the API describes, the answer is one of the family: never a failure.

Inputs are made from the schema of each operation: values as described, and others of wrong kind, size and letters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caicach.config.api import api
from caicach.kernel.usecase.http import PROBLEM_TYPE, Problem
from caicach.measurement.programme.models import Plan
from tests.measurement.programme.conftest import client_of, plan
from tests.ministry import Ministry

__all__ = ["client_of", "plan"]

pytestmark = pytest.mark.django_db

METHODS = ("get", "post", "put", "patch", "delete")
EXAMPLES = 15
Schema = dict[str, Any]

DESCRIBED: Schema = api.get_openapi_schema()

LETTERS = st.text(max_size=30) | st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "a\x00b",
        "\ud800",
        "\u202e",
        "%00",
        "'",
        "../..",
        "x" * 5000,
        "31/02/2022",
        "9999-12-31",
    ]
)
NUMBERS = st.sampled_from([0, -1, 1, 2, 3, 4, 5, 100, 101, 2**31, 2**63, -(2**63) - 1, 10**30])
SCALARS = st.none() | st.booleans() | NUMBERS | st.floats() | LETTERS
ODD = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3))


def resolved(schema: Schema) -> Schema:
    while "$ref" in schema:
        schema = DESCRIBED["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def values_of(schema: Schema) -> st.SearchStrategy[Any]:
    """Mostly of the described kind, so that they come through to the use cases."""
    schema = resolved(schema)
    if "anyOf" in schema:
        return st.one_of([values_of(one) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"]) | SCALARS
    match schema.get("type"):
        case "object" if "properties" in schema:
            parts = {name: values_of(one) for name, one in schema["properties"].items()}
            needed = {name: parts[name] for name in schema.get("required", ())}
            others = {name: part for name, part in parts.items() if name not in needed}
            return st.fixed_dictionaries(needed, optional=others) | ODD
        case "object":
            return st.dictionaries(LETTERS, LETTERS, max_size=4) | ODD
        case "array":
            return st.lists(values_of(schema.get("items", {})), max_size=4) | ODD
        case "integer":
            return NUMBERS
        case "boolean":
            return st.booleans()
        case "string":
            return LETTERS
    return SCALARS


def written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def percent(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@st.composite
def calls(draw: st.DrawFn, path: str, operation: Schema) -> tuple[str, bytes]:
    """(address, body)"""
    asked: dict[str, bytes] = {}
    for each in operation.get("parameters", ()):
        value = written(draw(values_of(each["schema"])))
        if each["in"] == "path":
            path = path.replace(f"{{{each['name']}}}", percent(value) or "0")
        elif each["in"] == "query" and draw(st.booleans()):
            asked[each["name"]] = value.encode("utf-8", "surrogatepass")
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    sent = draw(values_of(body["schema"]) | ODD) if body else None
    return f"{path}?{urlencode(asked)}", json.dumps(sent).encode() if body else b""


def operations() -> Iterator[tuple[str, str, Schema]]:
    for path, known in DESCRIBED["paths"].items():
        for method, operation in known.items():
            if method in METHODS:
                yield method, path, operation


EVERY = list(operations())


@pytest.fixture(autouse=True)
def _as_often_as_it_takes(settings: Any, tmp_path: Any, at: Any) -> Iterator[None]:
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, (0, 60))
    settings.FILES_DIR = tmp_path / "files"
    with at("2022-06-20 09:00"):
        yield


@pytest.mark.parametrize(("method", "path", "operation"), EVERY, ids=[f"{m} {p}" for m, p, _o in EVERY])
def test_every_answer_is_one_of_the_family(
    method: str, path: str, operation: Schema, plan: Plan, ministry: Ministry, client_of: Callable[[str], Client]
) -> None:
    officer = client_of("officer")
    officer.raise_request_exception = False

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(calls(path, operation))
    def answered(call: tuple[str, bytes]) -> None:
        address, body = call
        answer = officer.generic(method.upper(), address, body, content_type="application/json")
        assert answer.status_code < 500, (address, body, answer.content)
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == PROBLEM_TYPE, (address, body, answer.content)
            assert Problem.model_validate_json(answer.content).status == answer.status_code

    answered()
