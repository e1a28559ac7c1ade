"""Copies of the migrated test database: for processes that open it too, and for tests that may leave it in ruins."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, connections


@pytest.fixture
def process_database(transactional_db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A copy of the test database, of the engine that the suite runs on, in an environment for subprocesses.

    For tests marked `django_db(transaction=True)`: what they wrote before they ask for it is in the copy.
    """
    with _copy(tmp_path) as name:
        yield {
            **os.environ,
            "DATABASE_URL": _url(name),
            "CAICACH_DATA": str(tmp_path),
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]),
        }


@pytest.fixture
def database_aside(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """This test's own thread works on a copy: tables taken back to an older shape harm no test after this one."""
    usual = connections["default"]
    with _copy(tmp_path) as name:
        connections["default"] = type(usual)({**usual.settings_dict, "NAME": name}, "default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = usual


@contextmanager
def _copy(folder: Path) -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield _sqlite_copy(folder / "copy.sqlite3")
        return
    name = f"caicach_copy_{uuid.uuid4().hex[:12]}"
    _postgresql_copy(name)
    try:
        yield name
    finally:
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _sqlite_copy(path: Path) -> str:
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    # The web and the worker of a product always find the file in this mode; switching is not part of any test.
    copy.execute("PRAGMA journal_mode=WAL")
    copy.close()
    return str(path)


def _postgresql_copy(name: str) -> None:
    settings = connection.settings_dict
    connection.close()  # a template must have no one in it
    # A server of a browser test keeps its session until the browser lets go of the line; it opens another when asked.
    _on_server(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s AND state = 'idle'",
        settings["NAME"],
    )
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{settings["NAME"]}"')


def _url(name: str) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    settings = connection.settings_dict
    user, password = quote(settings["USER"] or ""), quote(settings["PASSWORD"] or "")
    return f"postgresql://{user}:{password}@{settings['HOST']}:{settings['PORT'] or 5432}/{name}"


def _on_server(statement: str, *values: str) -> None:
    import psycopg

    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"] or 5432,
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        server.execute(statement, values or None)
