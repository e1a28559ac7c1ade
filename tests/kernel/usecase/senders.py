"""A program: many processes, or many threads of one, send the same at the same moment; their answers are JSON.

usage: python -m tests.kernel.usecase.senders processes|threads COUNT UNIT [KEY]
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from caicach.kernel.identity.models import Unit  # noqa: E402
from caicach.kernel.usecase.actor import SYSTEM  # noqa: E402
from caicach.kernel.usecase.errors import UseCaseError  # noqa: E402
from tests.kernel.usecase import acts  # noqa: E402


def send(start: Any, unit_id: int, key: str | None) -> str:
    """The result, the code of a refusal, or what broke."""
    try:
        unit = Unit.objects.get(pk=unit_id)
        start.wait()
        return str(acts.open_unit(actor=SYSTEM, unit=unit, idempotency_key=key))
    except UseCaseError as error:
        return error.code
    except Exception as error:  # noqa: BLE001 - printed for the test to see
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()


def _send_and_tell(start: Any, unit_id: int, key: str | None, answers: Any) -> None:
    answers.put(send(start, unit_id, key))


def by_processes(count: int, unit_id: int, key: str | None) -> list[str]:
    context = multiprocessing.get_context("fork")
    start, answers = context.Barrier(count), context.Queue()
    senders = [context.Process(target=_send_and_tell, args=(start, unit_id, key, answers)) for _ in range(count)]
    for sender in senders:
        sender.start()
    told = [answers.get(timeout=60) for _ in senders]
    for sender in senders:
        sender.join()
    return told


def by_threads(count: int, unit_id: int, key: str | None) -> list[str]:
    start = threading.Barrier(count)
    with ThreadPoolExecutor(count) as pool:
        sent = [pool.submit(send, start, unit_id, key) for _ in range(count)]
        return [each.result() for each in sent]


if __name__ == "__main__":
    how, count, unit_id, *key = sys.argv[1:]
    answer = {"processes": by_processes, "threads": by_threads}[how](int(count), int(unit_id), key[0] if key else None)
    print(json.dumps(answer))  # noqa: T201
