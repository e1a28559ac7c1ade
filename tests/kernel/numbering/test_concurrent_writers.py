from __future__ import annotations

import json
import subprocess
import sys

import pytest

PROCESSES, NUMBERS_EACH = 64, 5


@pytest.mark.django_db(transaction=True)
def test_64_writers_who_often_change_their_mind_leave_no_gap_and_no_double(process_database: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kernel.numbering.writers", str(PROCESSES), str(NUMBERS_EACH)],
        env=process_database,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["failures"] == []  # among them "database is locked"
    assert sorted(seen["given"]) == list(range(1, PROCESSES * NUMBERS_EACH + 1))
    assert seen["last"] == PROCESSES * NUMBERS_EACH
