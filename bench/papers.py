"""What papers cost: the first page of a process, a warm page, long lists, Word, and 100,000 rows to Excel and CSV.

    python bench/papers.py [--rows 100000] [--repeat 30]

Each figure is taken in a process of its own, so that a first page is a first page and memory is its own. Prints one
JSON object; exits 1 when a stated limit is passed (QUALITY: 100,000 rows to Excel in 30 s and 300 MB).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STATED = {"warm_page_ms": 20.0, "excel_s": 30.0, "excel_mb": 300.0, "typeset_mb": 500.0}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=30)
    parser.add_argument("--inside", choices=["typeset", "excel", "csv"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        inside: dict[str, Callable[..., dict[str, float]]] = {"typeset": typeset, "excel": excel, "csv": as_csv}
        print(json.dumps(inside[arguments.inside](rows=arguments.rows, repeat=arguments.repeat)))
        return 0
    found: dict[str, Any] = {}
    for part in ("typeset", "excel", "csv"):
        command = [sys.executable, __file__, "--inside", part, "--rows", str(arguments.rows)]
        command += ["--repeat", str(arguments.repeat)]
        found |= json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    passed = {name: limit for name, limit in STATED.items() if found[name] > limit}
    print(json.dumps(found | {"stated": STATED, "over": list(passed)}, indent=1))
    return 1 if passed else 0


def typeset(*, rows: int, repeat: int) -> dict[str, float]:
    """Milliseconds of the first letter, and medians of what follows once the compiler is warm."""
    _start()
    from tests.kernel.papers import examples

    from caicach.kernel.papers.official import official_pdf
    from caicach.kernel.papers.printed_list import list_pdf
    from caicach.kernel.papers.word import official_word

    moment = examples.MADE_AT
    first = _ms(lambda: official_pdf(examples.letter(), made_at=moment))
    numbers = iter(range(1, 1_000_000))

    def median(make: Callable[[int], bytes], times: int) -> float:
        return round(statistics.median(_ms(lambda: make(next(numbers))) for _time in range(times)), 1)

    return {
        "first_page_ms": round(first, 1),
        "warm_page_ms": median(lambda n: official_pdf(examples.letter(number=n), made_at=moment), repeat),
        "decision_of_9_pages_ms": median(lambda n: official_pdf(examples.decision(number=n), made_at=moment), repeat),
        "list_of_500_rows_ms": median(lambda n: list_pdf(examples.overdue_list(500, note=str(n))), 5),
        "list_of_2000_rows_ms": median(lambda n: list_pdf(examples.overdue_list(2_000, note=str(n))), 5),
        "word_of_9_pages_ms": median(lambda n: official_word(examples.decision(number=n), made_at=moment), 5),
        "typeset_mb": _peak_mb(),
    }


def excel(*, rows: int, repeat: int) -> dict[str, float]:
    """Seconds and peak megabytes of one sheet of `rows` rows and 12 columns."""
    _start()
    from caicach.kernel.papers.excel import Kind, Sheet, SheetColumn, save_workbook

    kinds = [Kind.INTEGER, Kind.TEXT, Kind.TEXT, Kind.DATE, Kind.PERCENT, Kind.DECIMAL] * 2
    columns = tuple(SheetColumn(f"Cột {index}", kind) for index, kind in enumerate(kinds))
    with tempfile.TemporaryFile() as target:
        spent = _ms(lambda: save_workbook([Sheet("Nhiệm vụ", columns, _rows(rows))], target)) / 1000
    return {"excel_s": round(spent, 1), "excel_mb": _peak_mb()}


def as_csv(*, rows: int, repeat: int) -> dict[str, float]:
    """The same rows as CSV."""
    _start()
    from caicach.kernel.papers.csv_text import csv_stream

    titles = [f"Cột {index}" for index in range(12)]
    spent = _ms(lambda: sum(map(len, csv_stream(titles, _rows(rows))))) / 1000
    return {"csv_s": round(spent, 1), "csv_mb": _peak_mb()}


def _rows(count: int) -> Iterator[tuple[Any, ...]]:
    for number in range(count):
        half = (number, f"Rà soát văn bản {number}", "=1+1", date(2022, 6, 30), 0.947, Decimal("1234.5"))
        yield half * 2


def _start() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caicach.config.settings")
    import django

    django.setup()


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
