"""Two acts in two transactions of PostgreSQL: the second begins before the first is committed.

SQLite lets one writer in at a time, so there is nothing to see there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from caicach.kernel.usecase.errors import UseCaseError

from .faults.waiting import until


def answers(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[str, str]:
    """For a test marked `django_db(transaction=True)`: "done" or the code of the refusal, of each.

    The first is done and stays uncommitted until the second waits for it, or has ended without waiting.
    """
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time")
    is_done, may_commit = threading.Event(), threading.Event()
    second_is_at: list[int] = []

    def run_first() -> str:
        try:
            with transaction.atomic():
                answer = _told(first)
                is_done.set()
                may_commit.wait()
            return answer
        finally:
            is_done.set()
            connection.close()

    def run_second() -> str:
        try:
            second_is_at.append(_own_backend())
            return _told(second)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(run_first)
        try:
            is_done.wait()
            quick = threads.submit(run_second)
            until(lambda: quick.done() or _waits(second_is_at), what="the second act")
        finally:
            may_commit.set()
        return _result(slow), _result(quick)


def _told(act: Callable[[], Any]) -> str:
    try:
        act()
    except UseCaseError as error:
        return error.code
    return "done"


def _result(answer: Future[str]) -> str:
    return answer.result(timeout=60)


def _own_backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _waits(backends: list[int]) -> bool:
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"] or 5432,
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        asked = "SELECT 1 FROM pg_stat_activity WHERE pid = ANY(%s) AND wait_event_type = 'Lock'"
        return server.execute(asked, (backends,)).fetchone() is not None
