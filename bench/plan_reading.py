"""How long reading a plan takes: our own plans, the same repeated to 300 pages, and input made to be slow. Prints JSON.

Limits: a plan of ten pages in 0.3 s; 300 pages (900 KB of UTF-8) in 10 s. `.venv/bin/python bench/plan_reading.py
[FILE.txt ...]` times further texts too. The hostile inputs are one phrase repeated to 100,000 code points, then to
twice as many, so that more than linear growth shows as a ratio well above 2.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from caicach.measurement.programme.reading import NamedUnit, SourceText, UnitNames, read_plan

PLANS = Path(__file__).resolve().parent.parent / "tests/measurement/programme/reading/plans"
LIMIT_TEN_PAGES, LIMIT_300_PAGES = 0.3, 10.0
TEN_PAGES, BYTES_OF_300_PAGES = 20_000, 900_000
UNITS = UnitNames(
    [NamedUnit("PC", "Vụ Pháp chế"), NamedUnit("VP", "Văn phòng Bộ"), NamedUnit("TCCB", "Vụ Tổ chức cán bộ")]
)
HOSTILE = [
    "Rà soát, xây dựng, ",
    "nhằm ",
    "(",
    "giảm 10% a và ",
    "Đơn vị chủ trì: Vụ A; ",
    "Vụ Pháp chế phối hợp với ",
    "Cải cách thể chế\n",
    "I. X\n1. Y\n1.1. Z\n",
    "Nghị định số 61/2018/NĐ-CP, ",
    "trước ngày 01/01/2022 ",
]


def seconds(text: str) -> tuple[float, int]:
    """Processor seconds of one reading, and the tasks found."""
    started = time.process_time()
    found = read_plan(SourceText(text), units=UNITS, plan_year=2022)
    return time.process_time() - started, len(found.tasks)


def repeated(phrase: str, length: int) -> str:
    return (phrase * (length // len(phrase) + 1))[:length]


def main() -> int:
    own = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PLANS.glob("*.txt")))
    seconds(own)  # reference lists are read once
    ten_pages, tasks = min(seconds(repeated(own, TEN_PAGES)) for _ in range(3))
    whole = repeated(own, BYTES_OF_300_PAGES * len(own) // len(own.encode()))
    long_, long_tasks = seconds(whole)
    ratios = {}
    for phrase in HOSTILE:
        once, twice = (min(seconds(repeated(phrase, length))[0] for _ in range(2)) for length in (100_000, 200_000))
        ratios[phrase.strip()] = {"seconds": round(once, 2), "ratio_when_doubled": round(twice / once, 2)}
    files = {name: seconds(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:]}
    answer = {
        "ten_pages": {"seconds": round(ten_pages, 3), "tasks": tasks, "limit": LIMIT_TEN_PAGES},
        "300_pages": {"seconds": round(long_, 2), "tasks": long_tasks, "limit": LIMIT_300_PAGES},
        "hostile": ratios,
        "files": {name: {"seconds": round(took, 3), "tasks": found} for name, (took, found) in files.items()},
    }
    print(json.dumps(answer, ensure_ascii=False, indent=1))
    return int(ten_pages > LIMIT_TEN_PAGES or long_ > LIMIT_300_PAGES)


if __name__ == "__main__":
    raise SystemExit(main())
