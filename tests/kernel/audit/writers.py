"""A program: processes write entries while two sealers seal; what came of it is printed as JSON.

Transactions hold several entries and end in any order, and some are rolled back.

usage: python -m tests.kernel.audit.writers WRITERS TRANSACTIONS_EACH
"""

from __future__ import annotations

import json
import multiprocessing
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from caicach.kernel.audit import journal  # noqa: E402
from caicach.kernel.audit.models import Entry, SealedEntry  # noqa: E402
from caicach.kernel.audit.sealing import seal  # noqa: E402
from caicach.kernel.audit.verification import verify  # noqa: E402

MOMENT = datetime(2026, 3, 11, 2, tzinfo=UTC)


def write(seed: int, transactions: int, start: Any, told: Any) -> None:
    dice = random.Random(seed)  # noqa: S311
    start.wait()
    try:
        told.put({"committed": sum(_one_transaction(seed, dice) for _ in range(transactions))})
    except BaseException as error:  # told to the parent, which prints it
        told.put({"failure": f"{type(error).__name__}: {error}"})
        raise


def _one_transaction(seed: int, dice: random.Random) -> int:
    """Count of the entries that it committed."""
    size, is_kept = dice.randint(1, 5), dice.random() < 0.8
    with transaction.atomic():
        for number in range(size):
            journal.record(
                use_case="tests.write",
                outcome=journal.Outcome.DONE,
                author=journal.Author(seed, f"Người viết {seed}", "staff", "VPB", ""),
                at=MOMENT,
                request_id=f"{seed}",
                via="job",
                address="",
                changes=[journal.Change("tests.paper", f"{number}", {"n": 1}, {"n": 2}, frozenset({"n"}))],
            )
        transaction.set_rollback(not is_kept)
    return size if is_kept else 0


def keep_sealing(start: Any, is_over: Any, told: Any) -> None:
    start.wait()
    try:
        while not is_over.is_set():
            seal(at=MOMENT)
        told.put({})
    except BaseException as error:
        told.put({"failure": f"{type(error).__name__}: {error}"})
        raise


def main(writers: int, transactions: int) -> None:
    context = multiprocessing.get_context("fork")
    start, is_over, told = context.Barrier(writers + 2), context.Event(), context.Queue()
    writing = [context.Process(target=write, args=(seed, transactions, start, told)) for seed in range(writers)]
    sealing = [context.Process(target=keep_sealing, args=(start, is_over, told)) for _ in range(2)]
    for process in (*writing, *sealing):
        process.start()
    for process in writing:
        process.join()
    is_over.set()
    for process in sealing:
        process.join()
    seal(at=MOMENT)
    answers = [told.get() for _ in range(writers + 2)]
    verification = verify(heads_file=Path(settings.AUDIT_HEADS))
    print(  # noqa: T201
        json.dumps(
            {
                "failures": [answer["failure"] for answer in answers if "failure" in answer],
                "committed": sum(answer.get("committed", 0) for answer in answers),
                "entries": Entry.objects.count(),
                "sealed": SealedEntry.objects.count(),
                "verification": verification.as_json(),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
