"""A fresh running product for each test, on SQLite and, where PostgreSQL answers, on PostgreSQL too.

One ministry is founded an engine and session; every test works on a copy of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.faults.product import Product, nothing_left_running

SERVER = "postgresql://postgres@127.0.0.1:5432"
FOUND = "from caicach.config.prepare import prepare; prepare(with_sample=True)"

MakeProduct = Callable[..., Product]


@dataclass(frozen=True, slots=True)
class Founded:
    """A data folder with the sample ministry, and the name of its database ("" on SQLite)."""

    data: Path
    database: str


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def founded(engine: str, request: pytest.FixtureRequest) -> Founded:
    made: Founded = request.getfixturevalue(f"founded_on_{engine}")
    return made


@pytest.fixture(scope="session")
def founded_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    made = Founded(_shared_folder(tmp_path_factory, "sqlite") / "var", "")
    with _one_after_the_other(made.data.parent):
        _found(made)
    return made


@pytest.fixture(scope="session")
def founded_on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Founded]:
    if not _server_answers():
        pytest.skip("PostgreSQL does not answer on 127.0.0.1:5432")
    folder = _shared_folder(tmp_path_factory, "postgresql")
    made = Founded(folder / "var", f"caicach_faults_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}")
    users = folder / "users"
    users.mkdir(exist_ok=True)
    mine = users / secrets.token_hex(6)
    with _one_after_the_other(folder):
        mine.touch()
        if not made.data.exists():
            _drop_database(made.database)
            _create_database(made.database)
        _found(made)
    yield made
    with _one_after_the_other(folder):
        mine.unlink()
        if not any(users.iterdir()):
            _drop_database(made.database)
            shutil.rmtree(made.data)


@pytest.fixture
def make_product(founded: Founded, tmp_path: Path) -> Iterator[MakeProduct]:
    """`make_product(CAICACH_FILE_MAX_MB="1")`: a copy of the founded ministry; nothing runs yet."""
    with contextlib.ExitStack() as undo:

        def make(**settings: str) -> Product:
            data = tmp_path / "var"
            shutil.copytree(founded.data, data)
            url = f"{SERVER}/{undo.enter_context(_database(founded.database))}" if founded.database else ""
            return undo.enter_context(nothing_left_running(Product(data, url, **settings)))

        yield make


@pytest.fixture
def product(make_product: MakeProduct) -> Product:
    """Web and worker run."""
    return make_product().start()


def _shared_folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """The same for all processes of pytest-xdist, so that one founds for all."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / f"founded-on-{name}"
    folder.mkdir(exist_ok=True)
    return folder


@contextlib.contextmanager
def _one_after_the_other(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _found(made: Founded) -> None:
    if made.data.exists():
        return
    product = Product(made.data, f"{SERVER}/{made.database}" if made.database else "")
    done = subprocess.run(
        [sys.executable, "-c", FOUND], env=product.environment(), capture_output=True, text=True, timeout=600
    )
    if done.returncode != 0:
        shutil.rmtree(made.data, ignore_errors=True)
    assert done.returncode == 0, done.stderr


def _server_answers() -> bool:
    try:
        psycopg.connect(f"{SERVER}/postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def _database(template: str) -> Iterator[str]:
    """A copy of the template, dropped at the end."""
    name = f"caicach_faults_{secrets.token_hex(6)}"
    _create_database(name, template)
    try:
        yield name
    finally:
        _drop_database(name)


def _create_database(name: str, template: str = "template1") -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _drop_database(name: str) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
