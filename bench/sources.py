"""How fast files become text, and what the bounds cost when a file leans on them. Prints JSON.

Limits: a Word plan of 300 pages (900 KB of text) in 5 s; a PDF of a few pages in 1 s, child process included.
Run: `.venv/bin/python bench/sources.py`. The plans are our own sentences, repeated with running numbers.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.bad_files import BAD_FILES, Stage
from tests.measurement.programme.sources.saving import HEADINGS, LINES, ROWS, Plan

from caicach.kernel.files.reading import UnreadableFile, examine
from caicach.measurement.programme.sources import read_paste, read_source

PAGES = 300
LINES_OF_A_PAGE = len(LINES)


def lines(pages: int) -> list[str]:
    return [f"{number}. {text}" for number in range(1, pages + 1) for text in LINES * 2]


def word_with_numbers_and_tables(pages: int) -> bytes:
    """Automatic lists and a table of 20 rows on each tenth page, as plans have them."""
    document = docx.Document()
    for number in range(pages):
        document.add_heading(f"Phần {number + 1}", 1)
        for text in LINES * 2:
            document.add_paragraph(text, style="List Number")
        if number % 10 == 0:
            table = document.add_table(20, len(HEADINGS))
            cells = table._cells
            for place, cell in enumerate(cells):
                cell.text = ROWS[place % len(ROWS)][place % len(HEADINGS)]
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def sheet(rows: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Phụ lục")
    page.append(HEADINGS)
    for number in range(rows):
        page.append(ROWS[number % len(ROWS)])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def measured(read: Callable[[], object]) -> dict[str, float]:
    start, processor = time.perf_counter(), time.process_time()
    result = read()
    took = {"seconds": round(time.perf_counter() - start, 3), "cpu_seconds": round(time.process_time() - processor, 3)}
    text = getattr(result, "text", None)
    return took | ({"text_kb": round(len(text.encode()) / 1000)} if text is not None else {})


def refuse_all() -> None:
    for bad in BAD_FILES:
        if bad.stage is not Stage.KEEPING:
            content = bad.content()
            try:
                read_source(content, name=bad.name)
            except UnreadableFile:
                continue


def main() -> None:
    small, large = Plan(LINES), Plan(lines(PAGES))
    files = {
        "word_300_pages": ("a.docx", large.as_word()),
        "word_300_pages_lists_and_tables": ("a.docx", word_with_numbers_and_tables(PAGES)),
        "excel_10000_rows": ("a.xlsx", sheet(10_000)),
        "pdf_one_page": ("a.pdf", small.as_pdf()),
        "pdf_300_pages": ("a.pdf", large.as_pdf()),
        "text_300_pages": ("a.txt", large.as_text()),
        "text_20_mb": ("a.txt", (large.as_text() + b"\n") * (20_000_000 // (len(large.as_text()) + 1))),
    }
    read_source(small.as_text(), name="a.txt")
    report = {what: measured(partial(read_source, content, name=name)) for what, (name, content) in files.items()}
    report["paste_10000_rows"] = measured(lambda: read_paste("\n".join("\t".join(row) for row in ROWS * 3_333)))
    report["examine_word_300_pages"] = measured(lambda: examine(files["word_300_pages"][1], name="a.docx"))
    report["refuse_every_bad_file"] = measured(refuse_all) | {
        "files": sum(bad.stage is not Stage.KEEPING for bad in BAD_FILES)
    }
    report["peak_memory_mb"] = {"all": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
