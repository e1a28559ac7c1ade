"""How fast citations are found, on ordinary prose and on input made to be slow. Prints JSON.

Limit: 20 MB of UTF-8 text a minute on one core (0.33 MB/s). Run: `.venv/bin/python bench/citations.py [MEGABYTES]`.
The prose is our own annotated sentences, repeated; the hostile inputs are one phrase repeated to a megabyte, then to
two, so that more than linear growth shows as a ratio above 2.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from caicach.registry.legislation.citations import find_citations

LIMIT_MB_PER_SECOND = 20 / 60
SENTENCES = Path(__file__).resolve().parent.parent / "tests/registry/legislation/citations_own.jsonl"
HOSTILE = [
    "khoản 1 ",
    "Điều 1, ",
    "điểm a, b, c",
    "số ",
    "7",
    "Luật A B C ",
    "(",
    "1/2018/NĐ-",
    "Luật sửa đổi, bổ sung một số điều của Luật ",
    "(sau đây gọi tắt là Nghị định A) ",
]


def seconds(text: str) -> float:
    start = time.process_time()
    find_citations(text)
    return time.process_time() - start


def prose(size_bytes: int) -> str:
    lines = [json.loads(line)["text"] for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    page = "\n".join(lines) + "\n"
    return page * max(1, size_bytes // len(page.encode()))


def hostile(phrase: str) -> dict[str, float]:
    once = seconds(phrase * (1_000_000 // len(phrase)))
    twice = seconds(phrase * (2_000_000 // len(phrase)))
    return {
        "seconds_1m_characters": round(once, 2),
        "seconds_2m_characters": round(twice, 2),
        "ratio": round(twice / once, 2),
    }


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    find_citations("Luật Lưu trữ")
    text = prose(int(megabytes * 1_000_000))
    size = len(text.encode()) / 1_000_000
    took = seconds(text)
    result = {
        "megabytes": round(size, 2),
        "seconds": round(took, 2),
        "megabytes_per_second": round(size / took, 2),
        "limit_megabytes_per_second": round(LIMIT_MB_PER_SECOND, 2),
        "hostile": {phrase.strip() or phrase: hostile(phrase) for phrase in HOSTILE},
    }
    print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
