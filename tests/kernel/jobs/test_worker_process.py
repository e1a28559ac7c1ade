from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from . import kinds

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_works_seals_leaves_in_order_and_survives_a_job_that_kills(process_database: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kernel.jobs.shift"],
        env=process_database,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "job done": True,
        "event told": True,
        "journal sealed": True,
        "left with": 0,
        "given back": ["WAITING", 0],
        "worker rows open": 0,
        "stuck left with": 70,
        "deaths": [-9, -9],
        "poison": ["FAILED", "jobs.worker_died"],
        "other": "DONE",
    }


def test_the_command_does_what_is_due_and_leaves(request: pytest.FixtureRequest) -> None:
    kinds.asked(kinds.mark)  # a kind that the command, which knows no tests, takes for one of a newer release
    environment: dict[str, Any] = request.getfixturevalue("process_database")

    done = subprocess.run(
        [sys.executable, "-m", "caicach.config.cli", "worker", "--once"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    assert '"kind": "tests.mark"' in done.stderr
    assert "jobs.unknown_kind, again later" in done.stderr
