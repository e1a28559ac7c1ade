"""From a file or a paste to a source text: the text of a plan with its tables, headings, pages and warnings.

The same plan gives the same text whether it is kept as Word, Excel, PDF or plain text. Pure: no Django, no database.
Files are opened by kernel/files/reading, which refuses what is harmful or cannot be read, each with its reason.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from caicach.kernel.files.reading import (
    DEFAULT_LIMITS,
    FileKind,
    Limits,
    OfficePackage,
    OpenedFile,
    Reason,
    UnreadableFile,
    about,
    accept_text,
    decode_text,
    open_file,
    read_pdf,
    sheets_of,
)
from caicach.measurement.programme.reading.source import SourceText

from .building import Table, build
from .layout import paragraphs
from .plain import read_csv, read_plain
from .word import read_word

TAKEN: Final = frozenset({FileKind.WORD, FileKind.EXCEL, FileKind.PDF, FileKind.TEXT, FileKind.CSV})
"""The kinds of file a plan is read from."""


def read_source(source: Path | bytes, *, name: str, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """The text of a plan in a file; `name` is the name its owner gave it, ending included.

    Raises UnreadableFile with a code, the name and what to do; OSError when the disk fails.
    """
    opened = open_file(source, name=name, taken=TAKEN, limits=limits)
    with about(opened.name):
        return _read(opened, limits)


def read_paste(text: str, *, name: str = "", limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """Text that someone typed or pasted, from Excel too: lines parted by tabs become tables.

    Raises UnreadableFile when there is nothing in it or too much.
    """
    with about(name):
        size = len(text.encode("utf-8", "replace"))
        if size > limits.text_bytes:
            raise UnreadableFile(Reason.TEXT_TOO_LARGE, size_bytes=size, limit_bytes=limits.text_bytes)
        return read_plain(accept_text(text), name=name, limits=limits)


def _read(opened: OpenedFile, limits: Limits) -> SourceText:
    match opened.kind:
        case FileKind.WORD if opened.package:
            return read_word(opened.package, name=opened.name, limits=limits)
        case FileKind.EXCEL if opened.package:
            return _read_excel(opened.package, opened.name, limits)
        case FileKind.PDF:
            return _read_pdf(opened, limits)
        case FileKind.CSV:
            return read_csv(decode_text(opened.content, limits=limits), name=opened.name, limits=limits)
        case _:
            return read_plain(decode_text(opened.content, limits=limits), name=opened.name, limits=limits)


def _read_excel(package: OfficePackage, name: str, limits: Limits) -> SourceText:
    book = sheets_of(package, limits=limits)
    tables = [Table([list(row) for row in sheet.rows], sheet.merged, sheet.name) for sheet in book.sheets]
    return build(tables, name=name, notices=book.notices, limits=limits)


def _read_pdf(opened: OpenedFile, limits: Limits) -> SourceText:
    read = read_pdf(opened.content, limits=limits)
    return build(paragraphs(read.pages), name=opened.name, notices=read.notices, limits=limits)


__all__ = ["TAKEN", "read_paste", "read_source"]
