"""A program: writes a journal, alters one entry, and verifies alone and with others; prints both answers as JSON.

usage: python -m tests.kernel.audit.long_journal
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.db import transaction

    from caicach.kernel.audit import journal
    from caicach.kernel.audit.sealing import seal
    from caicach.kernel.audit.verification import verify
    from tests.audit_tools import unguarded_journal
    from tests.kernel.audit.writing import run

    moment = datetime(2026, 3, 11, 2, tzinfo=UTC)
    author = journal.Author(1, "Nguyễn Thị Hòa", "staff", "VPB", "")
    numbers = []
    for _ in range(6):
        with transaction.atomic():
            for _ in range(10):
                numbers.append(
                    journal.record(
                        use_case="tests.write",
                        outcome=journal.Outcome.DONE,
                        author=author,
                        at=moment,
                        request_id="1",
                        via="cli",
                        address="",
                        changes=[journal.Change("tests.paper", "1", {"n": 1}, {"n": 2}, frozenset({"n"}))],
                    )
                )
        seal(at=moment)
    with unguarded_journal():
        run("UPDATE audit_entry SET note = 'x' WHERE id = %s", numbers[35])
    heads_file = Path(settings.AUDIT_HEADS)
    answers = {
        "one": verify(heads_file=heads_file, stretch=15).as_json(),
        "several": verify(heads_file=heads_file, stretch=15, processes=2).as_json(),
    }
    print(json.dumps(answers))  # noqa: T201


if __name__ == "__main__":
    main()
