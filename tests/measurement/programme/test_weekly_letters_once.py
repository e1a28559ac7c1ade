"""The weekly letters reach each person once: with several workers at one moment, and when one dies in the middle."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest

from caicach.measurement.programme.models import Plan
from tests.processes import process_database as process_database
from tests.rivals import RIVALS, told

pytestmark = pytest.mark.django_db(transaction=True)

WHAT_IS_THERE = """
import json, django
django.setup()
from caicach.kernel.jobs.models import Job, Once
from caicach.kernel.notifications.models import Notice
from caicach.measurement.programme.models import Urging, UrgingStep
letters = Notice.objects.filter(kind="programme.late_weekly")
print(json.dumps({
    "told": sorted(letters.values_list("account__username", flat=True)),
    "mails": Job.objects.filter(kind="notifications.send_notice", key__in=[str(n.pk) for n in letters]).count(),
    "tasks": Urging.objects.filter(step=UrgingStep.WEEKLY).count(),
    "closed": Once.objects.filter(scope="programme.weekly_letters").count(),
}))
"""

ALL_TOLD_ONCE = {"told": ["focal", "neighbour"], "mails": 2, "tasks": 2, "closed": 1}


def ran(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        env={"DJANGO_SETTINGS_MODULE": "caicach.config.settings", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def there(environment: dict[str, str]) -> dict[str, object]:
    found = ran(environment, "-c", WHAT_IS_THERE)
    assert found.returncode == 0, found.stderr
    answer: dict[str, object] = json.loads(found.stdout)
    return answer


def test_workers_at_one_moment_write_each_letter_once(plan: Plan, process_database: dict[str, str]) -> None:
    answers = told(process_database, "tests.measurement.programme.reminding:weekly_letters")

    assert answers == {"done": RIVALS}
    assert there(process_database) == ALL_TOLD_ONCE


@pytest.mark.parametrize("table", ["jobs_once", "notifications_notice", "jobs_job"])
def test_after_a_cut_in_the_second_letter_the_next_run_writes_what_is_left(
    table: str, plan: Plan, process_database: dict[str, str]
) -> None:
    """Cut at its claim, after its claim, and after its notice."""
    cut = ran(process_database, "-m", "tests.measurement.programme.reminding", table)
    assert cut.returncode == -signal.SIGKILL, cut.stderr
    assert there(process_database) == {"told": ["focal"], "mails": 1, "tasks": 0, "closed": 0}

    for _run in range(2):
        again = ran(process_database, "-m", "tests.measurement.programme.reminding", "no_table")
        assert again.returncode == 0, again.stderr

    assert there(process_database) == ALL_TOLD_ONCE
