"""The technical log: one JSON object a line, no contents, the request's id."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.test import Client
from django.urls import reverse

from caicach.kernel.usecase.context import Surroundings, surrounded
from tests.ministry import Ministry

PRIVATE = "nguyen.thi.hoa@moha.gov.vn"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that the product's own set-up writes."""
    out = io.StringIO()
    configuration = deepcopy(settings.LOGGING)
    configuration["handlers"]["stderr"]["stream"] = out
    configuration["root"]["level"] = "DEBUG"
    before = {name: logging.getLogger(name).handlers[:] for name in ("", "django", "django.security", "caicach.jobs")}
    logging.config.dictConfig(configuration)
    yield out
    logging.config.dictConfig(settings.LOGGING)
    for name, handlers in before.items():
        logging.getLogger(name).handlers[:] = handlers


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def failing() -> None:
    raise ValueError(f"Key (email)=({PRIVATE}) already exists")


def test_of_an_exception_only_its_kind_and_its_lines_are_written(written: io.StringIO) -> None:
    try:
        failing()
    except ValueError:
        logging.getLogger("caicach.room").exception("could not be done")
        structlog.get_logger("caicach.jobs").exception("job", job=7)

    told = lines(written)
    assert len(told) == 2
    assert PRIVATE not in written.getvalue()
    for line in told:
        assert "builtins.ValueError" in line["where"]
        assert "test_logs.py" in line["where"]
    assert told[1]["job"] == 7


def test_an_event_is_one_line_whatever_it_holds(written: io.StringIO) -> None:
    logging.getLogger("caicach.room").warning("first\nsecond \x1b[31mred %s", "third\r\nfourth")

    (line,) = written.getvalue().splitlines()
    assert "\x1b" not in line
    assert json.loads(line)["event"] == "first\nsecond \x1b[31mred third\r\nfourth"


def test_the_request_s_id_leads_from_the_log_to_the_journal(written: io.StringIO) -> None:
    with surrounded(Surroundings("abcd1234abcd1234", "page")):
        logging.getLogger("caicach.room").warning("slow")

    assert lines(written)[0]["request_id"] == "abcd1234abcd1234"


@pytest.mark.django_db
def test_what_people_type_and_are_called_is_not_in_it(written: io.StringIO, client: Client, ministry: Ministry) -> None:
    client.post(reverse("account_login"), {"login": PRIVATE, "password": "mat-khau-bi-mat-99"})
    client.force_login(ministry.accounts["officer"])
    client.get(reverse("search:find"), {"q": PRIVATE})
    client.get("/ke-hoach/999999/", headers={"Referer": f"https://x.test/?q={PRIVATE}"})

    text = written.getvalue()
    assert PRIVATE not in text
    assert "mat-khau-bi-mat-99" not in text
    assert ministry.accounts["officer"].full_name not in text
