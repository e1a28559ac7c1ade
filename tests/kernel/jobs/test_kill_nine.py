from __future__ import annotations

import json
import subprocess
import sys

import pytest

JOBS, KILLS = 500, 12


@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_random_lose_nothing_and_do_nothing_twice(process_database: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kernel.jobs.labour", str(JOBS), str(KILLS), "7"],
        env=process_database,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["states"] == {"DONE": JOBS}
    assert (seen["pieces_done"], seen["pieces_done_twice"]) == (JOBS, 0)
    assert (seen["numbers"], seen["heard"]) == (JOBS, JOBS)
    assert set(seen["deliveries"]) == {"DONE"}
    assert seen["workers_open"] == 0
    assert seen["attempts"] >= JOBS
