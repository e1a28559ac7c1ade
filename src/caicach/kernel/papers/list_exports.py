"""Every list's way out: Excel, print (PDF) and CSV, registered with `kernel/tables`, which knows no file format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caicach.kernel.tables import exports
from caicach.kernel.tables.columns import Kind
from caicach.kernel.tables.exports import Exported, Writer
from caicach.kernel.ui import wording
from caicach.kernel.ui.deadlines import DeadlineChip

from . import csv_text, excel, printed_list
from .model import Align, Column
from .printed_list import Mark, Marked, PrintedList


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind of column looks: share of a printed line, side, kind and width of an Excel column."""

    share: float
    align: Align
    kind: excel.Kind
    letters: float | None = None


_FORMS: Final[dict[Kind, _Form]] = {
    Kind.TEXT: _Form(3.2, "left", excel.Kind.TEXT, 48),
    Kind.CODE: _Form(1.3, "left", excel.Kind.TEXT, 16),
    Kind.UNIT: _Form(1.8, "left", excel.Kind.TEXT, 28),
    Kind.NUMBER: _Form(1.0, "right", excel.Kind.INTEGER),
    Kind.PER_CENT: _Form(1.0, "right", excel.Kind.PERCENT),
    Kind.DATE: _Form(1.2, "right", excel.Kind.DATE),
    Kind.MOMENT: _Form(1.6, "right", excel.Kind.MOMENT),
    Kind.DEADLINE: _Form(1.7, "left", excel.Kind.TEXT, 20),
    Kind.STATUS: _Form(1.6, "left", excel.Kind.TEXT, 20),
}


_LEAST_SHARE: Final = 0.5
_SHARE_OF_A_LETTER: Final = 0.13


def register() -> None:
    """Once at start."""
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    exports.register(Writer("xlsx", gettext_lazy("Excel"), "file-type-xls", sheet, "xlsx", as_excel, order=10))
    exports.register(Writer("pdf", gettext_lazy("Print"), "printer", "application/pdf", "pdf", as_pdf, order=20))
    exports.register(
        Writer("csv", gettext_lazy("CSV"), "file-type-csv", "text/csv; charset=utf-8", "csv", as_csv, order=30)
    )


def as_excel(exported: Exported) -> bytes:
    """One sheet: what it is, how it was filtered, who took it and when, then the rows. Raises TooManyRows."""
    columns = tuple(
        excel.SheetColumn(title, _FORMS[kind].kind, _FORMS[kind].letters) for title, kind in exported.columns
    )
    heading = [exported.title]
    if exported.filters:
        heading.append(printed_list.filters_in_words(exported.filters))
    heading.append(_("Taken by %(name)s on %(moment)s") % {"name": exported.by, "moment": wording.moment(exported.at)})
    sheet = excel.Sheet(exported.title, columns, _rows(exported, _spreadsheet_value), tuple(heading))
    return excel.workbook([sheet], title=exported.title, author=exported.by, most_rows=exports.MOST_ROWS)


def as_csv(exported: Exported) -> bytes:
    """The rows alone, for programs. Raises TooManyRows."""
    rows = excel.at_most(_rows(exported, _plain_value), exports.MOST_ROWS)
    titles = [f"{title} (%)" if kind is Kind.PER_CENT else title for title, kind in exported.columns]
    return csv_text.csv_bytes(titles, rows)


def as_pdf(exported: Exported) -> bytes:
    """The printed list. Raises TooLongToPrint."""
    rows = list(islice(_rows(exported, _printed_cell), printed_list.MOST_ROWS + 1))
    columns = (
        Column(title, _share(kind, title, [row[at] for row in rows]), _FORMS[kind].align)
        for at, (title, kind) in enumerate(exported.columns)
    )
    return printed_list.list_pdf(
        PrintedList(
            title=exported.title,
            columns=tuple(columns),
            rows=rows,
            filters=tuple(exported.filters),
            printed_by=exported.by,
            printed_at=exported.at,
            issuer=exported.issuer.upper(),
            address=exported.address,
        )
    )


def _share(kind: Kind, title: str, cells: Sequence[printed_list.Cell]) -> float:
    """Of codes no more than the longest needs: "1.12" leaves its room to the names."""
    if kind is not Kind.CODE:
        return _FORMS[kind].share
    longest = max([len(title), *(len(cell) for cell in cells if isinstance(cell, str))])
    return min(_FORMS[kind].share, max(_LEAST_SHARE, longest * _SHARE_OF_A_LETTER))


def _rows(exported: Exported, shown: Callable[[Kind, Any], Any]) -> Iterator[tuple[Any, ...]]:
    kinds: Sequence[Kind] = [kind for _title, kind in exported.columns]
    for row in exported.rows:
        yield tuple(shown(kind, value) for kind, value in zip(kinds, row, strict=True))


def _plain_value(kind: Kind, value: Any) -> excel.Value:
    """As in a spreadsheet, but a share of 80 per cent as 80, the number that pages show: no format can say "%"."""
    if kind is Kind.PER_CENT and isinstance(value, int | float | Decimal):
        return Decimal(str(value))
    return _spreadsheet_value(kind, value)


def _spreadsheet_value(kind: Kind, value: Any) -> excel.Value:
    """Numbers, days and moments as themselves, a share of 94.7 per cent as 0.947, all else in the page's words."""
    if value is None or isinstance(value, str | date):
        return value
    if isinstance(value, DeadlineChip):
        return _deadline(value).text
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(str(value)) / 100 if kind is Kind.PER_CENT else value
    return str(value)


def _printed_cell(kind: Kind, value: Any) -> printed_list.Cell:
    if value is None:
        return ""
    if isinstance(value, DeadlineChip):
        return _deadline(value)
    if isinstance(value, datetime):
        return wording.moment(value) if kind is Kind.MOMENT else wording.day(value)
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return wording.number(value) + (f"{wording.NARROW_SPACE}%" if kind is Kind.PER_CENT else "")
    return str(value)


def _deadline(chip: DeadlineChip) -> Marked:
    words = wording.deadline_words(state=chip.state, days=chip.days, due_date=chip.due_date, done_date=chip.done_date)
    return Marked(Mark(words.shape.removeprefix("shape-")), words.words)
