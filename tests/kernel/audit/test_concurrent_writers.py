from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.mark.django_db(transaction=True)
def test_nothing_that_8_writers_committed_is_missed_by_the_sealers_that_run_meanwhile(
    process_database: dict[str, str],
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kernel.audit.writers", "8", "40"],
        env=process_database,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["failures"] == []  # among them "database is locked"
    assert seen["committed"] == seen["entries"] == seen["sealed"]
    assert seen["verification"]["intact"], seen["verification"]["findings"]
    assert seen["verification"]["unsealed"] == 0
