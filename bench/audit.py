"""What the journal costs: entries a second written, sealed and verified, on SQLite and on PostgreSQL.

    python bench/audit.py [--writes 2000] [--entries 100000] [--processes 2] [--postgres URL] [--only sqlite]

Writes are single use cases: one transaction each, with one change of two fields, beside the same transaction without
its entry. Seal and verify run over `--entries` of them, put in by the thousand. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

STATED = {"seal": 2_000, "verify": 100_000, "share_of_a_write": 0.15}
"""Entries a second, and the share of a write that the journal may cost."""

MOMENT = datetime(2026, 3, 11, 2, tzinfo=UTC)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--writes", type=int, default=2_000)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432/postgres")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        print(json.dumps(measure(arguments)))
        return 0
    results = {
        name: in_fresh_database(name, arguments) for name in ("sqlite", "postgresql") if arguments.only in (None, name)
    }
    print(json.dumps({"stated": STATED, **results}, indent=2))
    return 0


def in_fresh_database(engine: str, arguments: argparse.Namespace) -> dict[str, float]:
    """A child process of its own: Django opens one database for life."""
    with tempfile.TemporaryDirectory() as folder, fresh_database(engine, Path(folder), arguments.postgres) as url:
        child = subprocess.run(
            [sys.executable, __file__, "--inside", engine, *passed_on(arguments)],
            env={**os.environ, "DATABASE_URL": url, "CAICACH_DATA": folder, "CAICACH_AUDIT_HEADS": f"{folder}/heads"},
            stdout=subprocess.PIPE,
            check=True,
        )
    return json.loads(child.stdout)


def passed_on(arguments: argparse.Namespace) -> Iterator[str]:
    for name in ("writes", "entries", "processes"):
        yield f"--{name}={getattr(arguments, name)}"


@contextmanager
def fresh_database(engine: str, folder: Path, postgres: str) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    import psycopg

    name = f"caicach_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(postgres)._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def measure(arguments: argparse.Namespace) -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caicach.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from caicach.kernel.audit.sealing import seal
    from caicach.kernel.audit.verification import verify

    call_command("migrate", "audit", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_work (id integer PRIMARY KEY, text text)")
    writes = arguments.writes
    bare = rate(writes, lambda: write_alone(writes))
    journalled = rate(writes, lambda: write_with_entry(writes))
    fill(arguments.entries)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    total = arguments.entries + writes
    sealed = rate(total, lambda: seal(at=MOMENT))
    heads = Path(settings.AUDIT_HEADS)
    verified_alone = rate(total, lambda: intact(verify(heads_file=heads)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    connection.close()
    verified = rate(total, lambda: intact(verify(heads_file=heads, processes=arguments.processes)))
    return {
        "entries": total,
        "record_ms": round(1000 / journalled - 1000 / bare, 3),
        "record": round(journalled),
        "write_without_entry": round(bare),
        "seal": round(sealed),
        "verify": round(verified),
        "verify_one_process": round(verified_alone),
        "memory_mb": round(before / 1024),
    }


def intact(verification: object) -> None:
    if not verification.is_intact:  # type: ignore[attr-defined]
        raise SystemExit(f"the journal of the bench is broken: {verification}")


def rate(count: int, work: Callable[[], object]) -> float:
    """Times a second."""
    start = time.perf_counter()
    work()
    return count / (time.perf_counter() - start)


def write_alone(count: int) -> None:
    from django.db import connection, transaction

    for number in range(count):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_work (id, text) VALUES (%s, 'work')", [number])


def write_with_entry(count: int) -> None:
    from django.db import connection, transaction

    from caicach.kernel.audit import journal

    for number in range(count):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_work (id, text) VALUES (%s, 'work')", [count + number])
            journal.record(**an_entry(number))


def an_entry(number: int) -> dict[str, object]:
    from caicach.kernel.audit import journal

    return {
        "use_case": "programme.report_progress",
        "outcome": journal.Outcome.DONE,
        "author": journal.Author(number % 40, f"Cán bộ {number % 40}", "programme.officer", "VP", ""),
        "at": MOMENT + timedelta(milliseconds=number),
        "request_id": f"{number:016x}",
        "via": "page",
        "address": "10.0.0.7",
        "changes": [
            journal.Change(
                "programme.plantask",
                str(number % 5000),
                {"state": "in_progress", "note": "Đang soạn thảo báo cáo quý II, chờ ý kiến các đơn vị"},
                {"state": "done", "note": "Đã trình Bộ trưởng ký ban hành; gửi các đơn vị thực hiện"},
            )
        ],
    }


def fill(count: int) -> None:
    """Entries by the thousand, as `record` would write them one by one."""
    from django.db import transaction

    from caicach.kernel.audit import journal

    for start in range(0, count, 1000):
        with transaction.atomic():
            [journal.record(**an_entry(n)) for n in range(start, min(start + 1000, count))]


if __name__ == "__main__":
    raise SystemExit(main())
