"""What a large paste into the review of a plan costs: 500 rows of 12 columns pasted, pasted over, undone, done again.

    python bench/review_paste.py [--rows 500] [--repeat 5] [--postgres URL] [--only sqlite]

Each act is the whole use case: the text of the clipboard read, cells checked, rows written, the step and the journal's
entry kept, all committed. Medians, with the processor time (which other work on the machine does not lengthen as much)
and the SQL statements of one. Prints one JSON object; exits 1 when a stated limit is passed.
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
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

STATED = {"seconds": 2.0, "statements": 120}
"""Of each act, on an idle machine."""

HEADS = ("STT", "Lĩnh vực", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời hạn", "Kinh phí", "Ghi chú", "Căn cứ",
         "Người theo dõi", "Mã cũ")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--postgres", default="postgres://postgres@127.0.0.1:5432/postgres")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        print(json.dumps(measure(arguments)))
        return 0
    found = {
        name: in_fresh_database(name, arguments) for name in ("sqlite", "postgresql") if arguments.only in (None, name)
    }
    over = [
        f"{engine}.{act}.{figure}"
        for engine, acts in found.items()
        for act, figures in acts.items()
        for figure, limit in STATED.items()
        if figures[figure] > limit
    ]
    print(json.dumps({"stated": STATED, **found, "over": over}, indent=1))
    return 1 if over else 0


def in_fresh_database(engine: str, arguments: argparse.Namespace) -> dict[str, dict[str, float]]:
    """A child process of its own: Django opens one database for life."""
    with tempfile.TemporaryDirectory() as folder, fresh_database(engine, Path(folder), arguments.postgres) as url:
        child = subprocess.run(
            [sys.executable, __file__, "--inside", engine, f"--rows={arguments.rows}", f"--repeat={arguments.repeat}"],
            env={**os.environ, "DATABASE_URL": url, "CAICACH_DATA": folder, "CAICACH_AUDIT_HEADS": f"{folder}/heads"},
            stdout=subprocess.PIPE,
            check=True,
        )
    return json.loads(child.stdout)


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


def measure(arguments: argparse.Namespace) -> dict[str, dict[str, float]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caicach.config.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import django

    django.setup()
    from django.core.management import call_command
    from tests.measurement.programme.conftest import proposal
    from tests.ministry import make_ministry

    from caicach.measurement.programme import pasting, services

    call_command("migrate", verbosity=0)
    ministry = make_ministry()
    officer = ministry.actor("officer", on=date(2022, 6, 20))
    plan = services.import_plan(actor=officer, issuer=ministry.units["BNV"], proposal=proposal("Rà soát văn bản"))

    def paste(lead: str, replace: list[int] | None = None) -> None:
        rows = pasting.rows_of(clipboard(arguments.rows, lead=lead), are_new=replace is None).rows
        services.paste_rows(actor=officer, plan=plan, rows=rows, replace=replace or [])

    def pasted() -> list[int]:
        return list(plan.tasks.filter(title__startswith="Việc").values_list("pk", flat=True))

    taken: dict[str, list[tuple[float, float, int]]] = {}
    for _time in range(arguments.repeat):
        acts: dict[str, Callable[[], Any]] = {
            "paste": lambda: paste("Văn phòng Bộ"),
            "paste_over": lambda: paste("Vụ Pháp chế", pasted()),
            "set": lambda: services.set_cells(
                actor=officer, plan=plan, task_ids=pasted(), cells_typed={"lead": "Vụ Tổ chức cán bộ"}
            ),
            "undo_set": lambda: services.undo(actor=officer, plan=plan),
            "undo_paste_over": lambda: services.undo(actor=officer, plan=plan),
            "undo_paste": lambda: services.undo(actor=officer, plan=plan),
            "redo_paste": lambda: services.redo(actor=officer, plan=plan),
            "undo_again": lambda: services.undo(actor=officer, plan=plan),
        }
        for name, act in acts.items():
            taken.setdefault(name, []).append(cost(act))
    return {
        name: {
            "seconds": round(statistics.median(wall for wall, _cpu, _count in figures), 3),
            "processor_seconds": round(statistics.median(cpu for _wall, cpu, _count in figures), 3),
            "statements": figures[-1][2],
        }
        for name, figures in taken.items()
    }


def cost(act: Callable[[], Any]) -> tuple[float, float, int]:
    """Seconds by the clock, of the processor, and statements."""
    from django.db import connection

    count = 0

    def counted(execute: Any, *arguments: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*arguments)

    start, worked = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        act()
    return time.perf_counter() - start, time.process_time() - worked, count


def clipboard(rows: int, *, lead: str) -> str:
    """What Excel puts on the clipboard: a line of headings, tabs between cells."""
    lines = [HEADS] + [
        (
            str(number + 1),
            "2",
            f"Việc số {number + 1}: rà soát một cửa",
            f"Báo cáo số {number + 1}",
            lead,
            "Vụ Pháp chế; Trung tâm Thông tin",
            "30/06/2022",
            "1.234,5 triệu",
            "ghi chú",
            "NQ 76",
            "Nguyễn Văn A",
            "x",
        )
        for number in range(rows)
    ]
    return "\n".join("\t".join(line) for line in lines)


if __name__ == "__main__":
    sys.exit(main())
