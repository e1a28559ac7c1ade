"""One key sent 16 times at the same moment, as an impatient browser or a retrying program does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest

from caicach.kernel.identity.models import Unit
from tests.kernel.usecase.acts import SINCE

SENDERS = 16

HOW_OFTEN = """
import json, django
django.setup()
from caicach.kernel.audit.models import Entry
from caicach.kernel.usecase.models import IdempotentResult, OutboxEvent
print(json.dumps({
    "done": Entry.objects.filter(use_case="tests.open_unit", outcome="done").count(),
    "refused": Entry.objects.filter(use_case="tests.open_unit", outcome="refused").count(),
    "events": OutboxEvent.objects.filter(name="tests.unit_opened").count(),
    "kept": IdempotentResult.objects.filter(use_case="tests.open_unit").count(),
}))
"""


def ran(environment: dict[str, str], *command: str) -> object:
    done = subprocess.run(
        [sys.executable, *command],
        env={"DJANGO_SETTINGS_MODULE": "caicach.config.settings", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def committed_unit(transactional_db: None) -> Unit:
    return Unit.objects.create(code="VP", name="Văn phòng Bộ", valid_from=SINCE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["processes", "threads"])
def test_the_work_is_done_once_and_everyone_gets_its_result(
    how: str, committed_unit: Unit, process_database: dict[str, str]
) -> None:
    answers = ran(
        process_database, "-m", "tests.kernel.usecase.senders", how, str(SENDERS), str(committed_unit.pk), "mot-lan"
    )

    assert answers == ["opened VP"] * SENDERS
    assert ran(process_database, "-c", HOW_OFTEN) == {"done": 1, "refused": 0, "events": 1, "kept": 1}


@pytest.mark.django_db(transaction=True)
def test_without_a_key_whoever_comes_second_decides_on_what_the_first_left(
    committed_unit: Unit, process_database: dict[str, str]
) -> None:
    answers = ran(
        process_database, "-m", "tests.kernel.usecase.senders", "processes", str(SENDERS), str(committed_unit.pk)
    )

    assert Counter(answers) == {"opened VP": 1, "tests.already_open": SENDERS - 1}  # type: ignore[arg-type]
    assert ran(process_database, "-c", HOW_OFTEN) == {"done": 1, "refused": SENDERS - 1, "events": 1, "kept": 0}
