"""For tests with real processes: a migrated database that others can open too, and the environment to hand them."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection


@pytest.fixture
def process_database(transactional_db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A copy of the test database, of the engine that the suite runs on, in an environment for subprocesses.

    For tests marked `django_db(transaction=True)`: what they wrote before they ask for it is in the copy.
    """
    if connection.vendor == "sqlite":
        yield _environment(_sqlite_copy(tmp_path / "copy.sqlite3"), tmp_path)
        return
    name = f"caicach_copy_{uuid.uuid4().hex[:12]}"
    url = _postgresql_copy(name)
    try:
        yield _environment(url, tmp_path)
    finally:
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _environment(url: str, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "CAICACH_DATA": str(folder),
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH", "")]),
    }


def _sqlite_copy(path: Path) -> str:
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    # The web and the worker of a product always find the file in this mode; switching is not part of any test.
    copy.execute("PRAGMA journal_mode=WAL")
    copy.close()
    return f"sqlite:///{path}"


def _postgresql_copy(name: str) -> str:
    settings = connection.settings_dict
    connection.close()  # a template must have no one in it
    # A server of a browser test keeps its session until the browser lets go of the line; it opens another when asked.
    _on_server(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s AND state = 'idle'",
        settings["NAME"],
    )
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{settings["NAME"]}"')
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
