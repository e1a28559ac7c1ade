"""What a page of a long list costs: the first, one in the middle, the last; by its place among the rows and by OFFSET.

    python bench/lists.py [--rows 200000] [--repeat 5] [--postgres URL] [--only sqlite]

The rows are open tasks with a deadline each, sorted by it (an index has them in that order) and by their title (none
has). Both ways read the same 51 rows in the same run; the way by OFFSET is what most list components do. Prints one
JSON object with medians in milliseconds and how many times OFFSET takes as long; exits 1 when a stated limit is passed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

SIZE = 50
MOMENT = datetime(2022, 1, 1, tzinfo=UTC)
STATED = {"last_to_first": 5.0, "page_ms": 300.0}
"""With an index: the last page takes at most so many times the first, and no page longer than that."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--postgres", default="postgresql://postgres@127.0.0.1:5432/postgres")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        print(json.dumps(measured(rows=arguments.rows, repeat=arguments.repeat)))
        return 0
    engines = [name for name in ("sqlite", "postgresql") if arguments.only in (None, name)]
    found = {name: in_fresh_database(name, arguments) for name in engines}
    passed = [name for name, sorts in found.items() if is_over(sorts)]
    print(json.dumps({"rows": arguments.rows, "stated": STATED, **found, "over": passed}, indent=1))
    return 1 if passed else 0


def is_over(sorts: dict[str, dict[str, float]]) -> bool:
    by_index = sorts["deadline"]
    slowest = max(by_index[f"{page}_ms"] for page in ("first", "middle", "last"))
    return by_index["last_ms"] > STATED["last_to_first"] * by_index["first_ms"] or slowest > STATED["page_ms"]


def in_fresh_database(engine: str, arguments: argparse.Namespace) -> dict[str, dict[str, float]]:
    """A child process of its own: Django opens one database for life."""
    with tempfile.TemporaryDirectory() as folder, fresh_database(engine, Path(folder), arguments.postgres) as url:
        child = subprocess.run(
            [sys.executable, __file__, "--inside", f"--rows={arguments.rows}", f"--repeat={arguments.repeat}"],
            env={**os.environ, "DATABASE_URL": url, "CAICACH_DATA": folder},
            stdout=subprocess.PIPE,
            check=True,
        )
    return dict(json.loads(child.stdout))


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


def measured(*, rows: int, repeat: int) -> dict[str, dict[str, float]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caicach.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db.models import F

    call_command("migrate", verbosity=0)
    fill(rows)
    return {name: pages(F(name), rows=rows, repeat=repeat) for name in ("deadline", "title")}


def fill(rows: int) -> None:
    from django.db import connection

    from caicach.kernel.identity.services import create_unit
    from caicach.kernel.usecase.actor import SYSTEM
    from caicach.measurement.programme.models import Plan, PlanTask

    unit = create_unit(actor=SYSTEM, code="BNV", name="Bộ Nội vụ", parent=None, valid_from=date(2022, 1, 1), order=1)
    plan = Plan.objects.create(issuer=unit, title="Kế hoạch", year=2022, created_at=MOMENT)
    first = date(2000, 1, 1)
    # In an order of its own, so that neither sorting finds the rows lying as it wants them.
    for start in range(0, rows, 5_000):
        PlanTask.objects.bulk_create(
            PlanTask(
                plan=plan,
                position=number,
                title=f"Rà soát văn bản {number * 7919 % rows:06}",
                deadline=first + timedelta(days=number * 104_729 % rows % 9_000),
            )
            for number in range(start, min(start + 5_000, rows))
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pages(expression: Any, *, rows: int, repeat: int) -> dict[str, float]:
    from caicach.kernel.tables.paging import Cursor, Sorting, ordered, page_of
    from caicach.measurement.programme.models import PlanTask

    tasks = PlanTask.objects.filter(done_on=None, cancelled_on=None, is_dropped=False)
    sorting = Sorting(expression)
    in_order = ordered(tasks, sorting)
    found: dict[str, float] = {}
    for name, offset in (("first", 0), ("middle", rows // 2), ("last", rows - SIZE)):
        before = in_order[offset - 1] if offset else None
        after = Cursor(before._sort_value, before.pk).encode() if before else ""

        def by_place(after: str = after) -> list[int]:
            return [row.pk for row in page_of(tasks, sorting=sorting, size=SIZE, after=after).rows]

        def by_offset(offset: int = offset) -> list[int]:
            return [row.pk for row in in_order[offset : offset + SIZE + 1]][:SIZE]

        if by_place() != by_offset():
            raise SystemExit(f"the two ways show other rows on the {name} page")
        # In turn, so that what else the machine does meets both.
        times = [(ms(by_place), ms(by_offset)) for _time in range(repeat)]
        place, offset_ms = (statistics.median(column) for column in zip(*times, strict=True))
        found |= {f"{name}_ms": round(place, 2), f"{name}_offset_ms": round(offset_ms, 2)}
        found[f"{name}_ratio"] = round(statistics.median(late / early for early, late in times), 1)
    return found


def ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
