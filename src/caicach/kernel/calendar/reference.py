"""The loader of the official lists under each room's `reference/` folder. Pure: files in, rows of text out.

A list is a CSV file in UTF-8 with a heading; each row names its `source`. It is read from the package at every start,
so a new version of the list is in force as soon as it is installed, and reading it twice changes nothing.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import caicach

PACKAGE = Path(caicach.__file__).parent


class MalformedReference(ValueError):
    """A file under `reference/` breaks its form; the message names the file and the line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path.name}, line {line}: {reason}")


def reference_files(pattern: str) -> list[Path]:
    """Files of every room's `reference/` folder whose name fits, such as `parameters*.csv`; sorted."""
    return sorted(PACKAGE.glob(f"*/*/reference/{pattern}"))


def reference_rows(path: Path, *, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of one list as text, in the file's order: NFC, trimmed, empty cells as ''.

    `columns` must all be there, further ones may be; a column `source` is always required and never empty.
    Raises MalformedReference, FileNotFoundError.
    """
    return list(_rows(path, {*columns, "source"}))


def _rows(path: Path, required: set[str]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle, strict=True)
        if missing := required - set(reader.fieldnames or ()):
            raise MalformedReference(path, 1, f"no column {', '.join(sorted(missing))}")
        for row in reader:
            if None in row or None in row.values():
                raise MalformedReference(path, reader.line_num, "not as many cells as the heading")
            clean = {name: unicodedata.normalize("NFC", cell).strip() for name, cell in row.items()}
            if not clean["source"]:
                raise MalformedReference(path, reader.line_num, "no source")
            yield clean
