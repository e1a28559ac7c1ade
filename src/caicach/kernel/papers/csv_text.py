"""Tables as CSV for other programs: UTF-8 with a mark at the start, ISO days, a point in decimals (RFC 4180).

Moments are in Vietnamese time with their offset, as the page that the file was taken from shows them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from typing import Final

from caicach.kernel.calendar.clock import local

from . import rules
from .excel import Value
from .text import printable

_MARK: Final = b"\xef\xbb\xbf"
"""Without it Excel reads Vietnamese letters as Latin-1."""
_ROWS_A_PIECE: Final = 500


def csv_bytes(titles: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The whole file."""
    return b"".join(csv_stream(titles, rows))


def csv_stream(titles: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The file piece by piece, for a StreamingHttpResponse: as many rows as there are, in the memory of 500."""
    yield _MARK + _piece([titles])
    waiting: list[Sequence[Value]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == _ROWS_A_PIECE:
            yield _piece(waiting)
            waiting = []
    if waiting:
        yield _piece(waiting)


def _piece(rows: Iterable[Sequence[Value]]) -> bytes:
    written = StringIO(newline="")
    csv.writer(written).writerows([_written(value) for value in row] for row in rows)
    return written.getvalue().encode("utf-8")


def _written(value: Value) -> str:
    """A text that a spreadsheet might run gets an apostrophe before it; a number is a number, also a negative one."""
    match value:
        case None:
            return ""
        case str():
            shown = printable(value)
            return f"'{shown}" if rules.is_formula_like(value) or rules.is_formula_like(shown) else shown
        case datetime():
            return local(value).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
