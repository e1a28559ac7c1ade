"""Tables as Excel workbooks: typed cells, one pass over the rows, memory that does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any, BinaryIO, Final, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from caicach.kernel.ui.wording import number
from caicach.kernel.usecase.errors import UseCaseError

from . import rules
from .text import printable

_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_FONT: Final = "Times New Roman"
_A4: Final = 9
MOST_ROWS: Final = 1_000_000
"""A sheet of Excel ends at line 1,048,576, headings included."""
_MOST_LETTERS: Final = 32_767
_EXACT: Final = 10**15
"""From here on Excel rounds whole numbers (it keeps 15 figures): longer ones, such as identity numbers, are texts."""
_FIRST_DAY: Final = date(1900, 3, 1)
"""Excel believes in a 29th of February 1900; earlier days are texts."""
_TITLE_BANNED: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))

T = TypeVar("T")
Value: TypeAlias = str | int | float | Decimal | date | datetime | None
"""A datetime must be aware; it is written in Vietnamese time."""

Page: TypeAlias = Any
"""openpyxl's write-only worksheet: its type stubs know few of its attributes."""


class TooManyRows(UseCaseError):
    """More rows than may leave in one file."""

    code = "papers.too_many_rows"
    status = 422

    def __init__(self, most: int) -> None:
        message = _("More than %(most)s rows cannot leave in one file. Narrow the filter and take them in parts.")
        super().__init__(message % {"most": number(most)}, most=most)


class Kind(StrEnum):
    """How the numbers of a column look. The type of each value decides what it is: a text stays a text anywhere."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    MOMENT = "moment"


_FORMATS: Final = {
    Kind.TEXT: "General",
    Kind.INTEGER: "#,##0",
    Kind.DECIMAL: "#,##0.00",
    Kind.PERCENT: "0.0%",
    Kind.DATE: "dd/mm/yyyy",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
}
_WIDTHS: Final = {
    Kind.TEXT: 32.0,
    Kind.INTEGER: 10.0,
    Kind.DECIMAL: 14.0,
    Kind.PERCENT: 10.0,
    Kind.DATE: 12.0,
    Kind.MOMENT: 17.0,
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`width` in letters; None takes the usual one of its kind. PERCENT values are shares (0.947 shows as 94,7%)."""

    title: str
    kind: Kind = Kind.TEXT
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`heading`: lines above the table: its title in bold, then filters in words, who wrote the file and when.

    `rows` is read once and may be a generator over a query.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Sequence[Value]]
    heading: tuple[str, ...] = ()


def workbook(sheets: Sequence[Sheet], *, title: str = "", author: str = "", most_rows: int = MOST_ROWS) -> bytes:
    """The .xlsx file. Raises TooManyRows when a sheet has more rows than `most_rows`."""
    written = BytesIO()
    save_workbook(sheets, written, title=title, author=author, most_rows=most_rows)
    return written.getvalue()


def save_workbook(
    sheets: Sequence[Sheet], to: BinaryIO, *, title: str = "", author: str = "", most_rows: int = MOST_ROWS
) -> None:
    """The same into an open file, for a job that hands it to `files`. Raises TooManyRows; `to` is then untouched."""
    book = Workbook(write_only=True)
    book.properties.title = printable(title) or None
    book.properties.creator = printable(author) or "caicach"
    taken: set[str] = set()
    try:
        for sheet in sheets:
            _write(book, sheet, name=_sheet_name(sheet.title, taken), most_rows=most_rows)
    except BaseException:
        _abandon(book)
        raise
    book.save(to)


def at_most(rows: Iterable[T], most: int) -> Iterator[T]:
    """The rows one by one. Raises TooManyRows in place of the row that is too many."""
    for index, row in enumerate(rows, start=1):
        if index > most:
            raise TooManyRows(most)
        yield row


def _abandon(book: Workbook) -> None:
    """Removes the temporary files in which openpyxl gathers the rows; only its own `save` does so otherwise."""
    pages: list[Page] = book.worksheets
    for page in pages:
        if page._writer is not None:
            page.close()
            page._writer.cleanup()


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 letters, none that Excel bans, unlike any other sheet's name; adds it to `taken`."""
    base = " ".join(printable(title).translate(_TITLE_BANNED).split()).strip("'") or _("Sheet")
    name, copies = base[:31], 1
    while name.casefold() in taken:
        copies += 1
        tail = f" ({copies})"
        name = base[: 31 - len(tail)] + tail
    taken.add(name.casefold())
    return name


def _write(book: Workbook, sheet: Sheet, *, name: str, most_rows: int) -> None:
    page: Page = book.create_sheet(name)
    header = len(sheet.heading) + (2 if sheet.heading else 1)
    last_column = get_column_letter(max(1, len(sheet.columns)))
    page.freeze_panes = f"A{header + 1}"
    page.print_title_rows = f"{header}:{header}"
    page.page_setup.orientation = "landscape" if len(sheet.columns) > 5 else "portrait"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for index, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = column.width or _WIDTHS[column.kind]

    for line in _heading(page, sheet.heading):
        page.append(line)
    page.append([_header_cell(page, column.title) for column in sheet.columns])
    written = header
    for row in at_most(_cells(page, sheet), most_rows):
        written += 1
        page.append(row)
    page.auto_filter.ref = f"A{header}:{last_column}{written}"


def _heading(page: Page, lines: Sequence[str]) -> Iterator[list[Cell]]:
    for index, line in enumerate(lines):
        cell = _text_cell(page, line)
        cell.font = Font(name=_FONT, size=14 if index == 0 else 11, bold=index == 0)
        yield [cell]
    if lines:
        yield []


def _header_cell(page: Page, title: str) -> Cell:
    cell = _text_cell(page, title)
    cell.font = Font(name=_FONT, size=11, bold=True)
    cell.fill = PatternFill("solid", fgColor="E8E8E8")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _border()
    return cell


def _cells(page: Page, sheet: Sheet) -> Iterator[list[Cell]]:
    looks = {kind: _look(page, kind) for kind in Kind}
    kinds = [column.kind for column in sheet.columns]
    for row in sheet.rows:
        if len(row) != len(kinds):
            raise ValueError(f"a row of {len(row)} values in a sheet of {len(kinds)} columns")
        yield [_cell(page, _known(value), kind, looks) for value, kind in zip(row, kinds, strict=True)]


def _cell(page: Page, value: Value, kind: Kind, looks: Mapping[Kind, Any]) -> Cell:
    if isinstance(value, str):
        cell, kind = _text_cell(page, value), Kind.TEXT
    else:
        cell = WriteOnlyCell(page, value)  # type: ignore[arg-type]  # takes Decimal, its stubs do not know
        if kind is Kind.INTEGER and isinstance(value, float | Decimal) and value % 1:
            kind = Kind.DECIMAL
    is_formula_like = cell.quotePrefix
    # Setting font, border and the like on each cell anew takes several times as long as sharing one style.
    cell._style = copy(looks[kind])  # type: ignore[attr-defined]
    cell.quotePrefix = is_formula_like
    return cell


def _look(page: Page, kind: Kind) -> Any:
    cell: Any = WriteOnlyCell(page)
    cell.font = Font(name=_FONT, size=11)
    cell.border = _border()
    cell.number_format = _FORMATS[kind]
    cell.alignment = Alignment(vertical="top", wrap_text=kind is Kind.TEXT)
    return cell._style


def _border() -> Border:
    thin = Side(style="thin", color="999999")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def _known(value: Value) -> Value:
    """The value as Excel can hold it without changing it; where it cannot, as text."""
    if isinstance(value, datetime):
        local = value.astimezone(_VIETNAM).replace(tzinfo=None)
        return local if local.date() >= _FIRST_DAY else f"{local:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return value if value >= _FIRST_DAY else f"{value:%d/%m/%Y}"
    if isinstance(value, int) and abs(value) >= _EXACT:
        return str(value)
    return value


def _text_cell(page: Page, text: str) -> Cell:
    """A cell that is text whatever it looks like: "=1+1", "#N/A" and "1E5" stay what was typed.

    quotePrefix is what Excel itself keeps for a leading apostrophe: editing the cell does not wake a formula either.
    """
    shown = printable(text)
    if len(shown) > _MOST_LETTERS:  # Excel calls the file damaged otherwise
        shown = shown[: _MOST_LETTERS - 1] + "…"
    cell: Any = WriteOnlyCell(page)
    cell._value = shown
    cell.data_type = "s"
    cell.quotePrefix = rules.is_formula_like(text) or rules.is_formula_like(shown)
    return cell
