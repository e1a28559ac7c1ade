"""Tasks in tables: the rows of an appendix, under the headings of their columns and of their field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from .columns import Columns, Row, columns_of, in_pairs_of_rows, inferred_columns, is_heading_row, unread_headings
from .fields import ReformField, head_at
from .labels import Role
from .layout import is_shouted, marker_of
from .lexicon import verb_phrase_at
from .source import Cell, SourceTable, SourceText, SourceWarning
from .units import UnitMatcher
from .words import squeezed, words_of


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of a table: its own cell is text[start:end]; `cells` gives the others by role, empty ones left out.

    group : the heading or the wider task that the row stands under, "" for none
    more : cells of co-operating units in rows that go on with this one
    tails : for each role the cells of the rows below that go on with its words, broken over two rows
    headings : the words over the columns of the lead and of the time, none where columns were told without headings
    """

    start: int
    end: int
    cells: dict[Role, tuple[int, int]] = field(default_factory=dict)
    reform_field: ReformField | None = None
    group: str = ""
    more: tuple[tuple[int, int], ...] = ()
    tails: dict[Role, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    headings: dict[Role, str] = field(default_factory=dict)


_COLUMN_NUMBER: Final = re.compile(r"[\[(]?\s*\d{1,2}\s*[\])]?\Z")
_AS_ABOVE: Final = re.compile(r"[-–.\s]*(?:nt|như trên|[\"″〃”])[-–.\s]*")
"""The usual marks for "as in the row above"."""
_OWN_OF_A_ROW: Final = frozenset({Role.NUMBER, Role.TASK, Role.ACTIVITY})
_TOTAL: Final = re.compile(r"\s*(?:tổng (?:cộng|số|kinh phí)|cộng)\b", re.IGNORECASE)
_OWN_TIME: Final = frozenset({Role.LEAD, Role.DEADLINE})
"""A row that fills these anew is a task of its own."""
_JOINS_IN: Final = re.compile(r"(?:đơn vị )?phối hợp\b")
_ENDS_WORDS: Final = ".;:!?"
_LONGEST_AFTER_FIELD: Final = 10
"""Words that a row that only names a field may say after it."""
_HIGH_NUMBER: Final = re.compile(r"\s*(?:[IVX]{1,5}|[A-H])\s*[.)/]?\s*\Z")


def rows_of(source: SourceText, low: str, units: UnitMatcher | None) -> tuple[list[TaskRow], list[SourceWarning]]:
    """The tasks of all tables, and a warning for each that could not be read."""
    found: list[TaskRow] = []
    warnings: list[SourceWarning] = []
    before: tuple[_TableReader, int] | None = None
    for place, table in enumerate(source.tables, start=1):
        width = max((len(row) for row in table.rows), default=0)
        headed = columns_of(source.text, table.rows)
        reader: _TableReader | None = None
        rows: Sequence[Row] = ()
        last: TaskRow | None = None
        if headed is not None:
            above = _headings_over(source.text, table.rows[: headed[1]], headed[0])
            reader = _TableReader(source.text, low, headed[0], headings=above)
            rows = table.rows[headed[1] :]
            warnings.extend(_unread_columns(source.text, table, place, headed))
        elif before is not None and width == before[1] and not _has_headings(source.text, table):
            # The next page of the same table, which Word and PDF split without repeating the headings.
            reader, rows = before[0].on_next_page(), table.rows
            last = found.pop() if found else None  # its cells may go on on this page
        elif _looks_like_tasks(source.text, table):
            rows = in_pairs_of_rows(source.text, table.rows) or table.rows
            columns = None if _has_headings(source.text, table) else inferred_columns(source.text, rows, units)
            warnings.append(_warning(source.text, table, place, is_read=columns is not None))
            if columns is not None:
                reader = _TableReader(source.text, low, columns)
        if reader is None:
            before = None
            continue
        found.extend(reader.read(rows, last))
        before = reader, width
    return found, warnings


def _has_headings(text: str, table: SourceTable) -> bool:
    return any(is_heading_row(text, row) for row in table.rows[:3])


def _looks_like_tasks(text: str, table: SourceTable) -> bool:
    """Three rows and columns at least and some words: neither a letterhead nor a block of signatures."""
    if len(table.rows) < 3 or max((len(row) for row in table.rows), default=0) < 3:
        return False
    longest = max((cell.end - cell.start for row in table.rows for cell in row), default=0)
    return longest >= 25 and not _has_headings(text, table)


def _warning(text: str, table: SourceTable, place: int, *, is_read: bool) -> SourceWarning:
    cells = [cell for row in table.rows for cell in row if cell.end > cell.start]
    code = "columns_inferred" if is_read else "table_without_headings"
    name = table.name or str(place)
    return SourceWarning(code, (("table", name),), min(cell.start for cell in cells), max(cell.end for cell in cells))


def _unread_columns(text: str, table: SourceTable, place: int, headed: tuple[Columns, int]) -> list[SourceWarning]:
    columns, first = headed
    is_double = first >= 2 and not is_heading_row(text, table.rows[first - 1])
    is_double = is_double or (first >= 2 and is_heading_row(text, table.rows[first - 2]))
    row, below = (table.rows[first - 2], table.rows[first - 1]) if is_double else (table.rows[first - 1], ())
    unread = unread_headings(text, row, below, columns, table.rows[first:])
    if not unread:
        return []
    named = ", ".join(f"“{heading}”" for heading in unread)
    cells = [cell for cell in row if cell.end > cell.start]
    start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
    return [SourceWarning("columns_unread", (("table", table.name or str(place)), ("columns", named)), start, end)]


def _headings_over(text: str, headings: Sequence[Row], columns: Columns) -> dict[Role, str]:
    """The lowest heading over the first column of leads and of times."""
    found: dict[Role, str] = {}
    for place, role in columns.items():
        if role not in _OWN_TIME or role in found:
            continue
        written = [text[row[place].start : row[place].end] for row in headings if place < len(row)]
        found[role] = next((words for words in reversed(written) if words.strip()), "")
    return found


class _TableReader:
    """Reads the rows under one set of columns; remembers the field and the group that rows stand under."""

    def __init__(
        self,
        text: str,
        low: str,
        columns: Columns,
        reform_field: ReformField | None = None,
        *,
        headings: dict[Role, str] | None = None,
    ) -> None:
        self._text, self._low = text, low
        self._columns = columns
        self._reform_field = reform_field
        self._headings = headings or {}
        self._group = self._group_number = ""
        self._above: dict[Role, tuple[int, int]] = {}

    def on_next_page(self) -> _TableReader:
        """A reader of the rows that the next page goes on with."""
        return _TableReader(self._text, self._low, self._columns, self._reform_field, headings=self._headings)

    def read(self, rows: Sequence[Row], last: TaskRow | None = None) -> Iterator[TaskRow]:
        """last : the last task of the page before, given back first, with the halves of its cells on this page"""
        for place, row in enumerate(rows):
            cells = self._cells(row)
            if self._is_no_row(row, cells):
                continue
            if last is not None and self._is_second_half(last, cells):
                last = self._with_second_half(last, cells)
                continue
            if self._enter_heading(row, cells, rows[place + 1] if place + 1 < len(rows) else ()):
                continue
            task = self._task(cells)
            if task is None:
                last = self._filled(last, cells)
                continue
            if last is not None and (task.start, task.end) == (last.start, last.end):
                last = self._filled(last, cells)
                continue
            if last is not None:
                yield last
            last, self._above = task, cells
        if last is not None:
            yield last

    def _cells(self, row: Row) -> dict[Role, tuple[int, int]]:
        """The stretch of each role; of two columns with one role the first that is filled."""
        cells: dict[Role, tuple[int, int]] = {}
        for place, role in self._columns.items():
            if place < len(row) and (span := self._span(row[place])):
                cells.setdefault(role, span)
        for role, (start, end) in list(cells.items()):
            if _AS_ABOVE.fullmatch(self._low, start, end):
                cells.pop(role)
                if role in self._above and role not in _OWN_OF_A_ROW:
                    cells[role] = self._above[role]
        return cells

    def _span(self, cell: Cell) -> tuple[int, int] | None:
        words = self._text[cell.start : cell.end]
        start = cell.start + len(words) - len(words.lstrip())
        end = cell.start + len(words.rstrip())
        return (start, end) if start < end else None

    def _is_no_row(self, row: Row, cells: dict[Role, tuple[int, int]]) -> bool:
        """Empty, the headings again at the head of a page, numbers of columns, or a sum."""
        filled = [self._text[cell.start : cell.end].strip() for cell in row if cell.end > cell.start]
        if not any(filled) or is_heading_row(self._text, row):
            return True
        if len(filled) > 2 and all(_COLUMN_NUMBER.match(words) for words in filled if words):
            return True
        name = cells.get(Role.TASK) or cells.get(Role.ACTIVITY)
        return name is not None and _TOTAL.match(self._text, name[0], name[1]) is not None

    def _enter_heading(self, row: Row, cells: dict[Role, tuple[int, int]], following: Row) -> bool:
        """A row that only names the field or the group of the rows below it."""
        distinct = {span for cell in row if (span := self._span(cell))}
        number = cells.get(Role.NUMBER)
        own = {cells.get(role) for role in (Role.TASK, Role.ACTIVITY, Role.NUMBER, Role.FIELD)}
        names = sorted(distinct - ({number} if number else set()))
        if len(names) == 1 and names[0] not in own and not self._names_field(names[0]):
            return False
        if len(names) != 1:
            if number and not names and len(distinct) == 1:
                names = sorted(distinct)
            else:
                return False
        start, end = names[0]
        start = marker_of(self._text, start, end)[2]
        written = self._text[number[0] : number[1]] if number and number in distinct and number != names[0] else ""
        words = words_of(self._low, start, end)
        found = head_at(words, 0)
        is_merged = sum(self._span(cell) == names[0] for cell in row) > 1
        is_high = _HIGH_NUMBER.match(written) is not None or is_shouted(self._text[start:end])
        if (
            found is not None
            and len(words) <= 30
            and (is_high or is_merged or len(words) - found[0] <= _LONGEST_AFTER_FIELD)
        ):
            self._reform_field, self._group, self._group_number = found[1], "", ""
            return True
        is_group = is_high or is_merged or self._has_children(written, following)
        if is_group or (verb_phrase_at(words, 0) is None and not written):
            self._group, self._group_number = squeezed(self._text[start:end]), written.strip(" .)/")
            return True
        return False

    def _names_field(self, span: tuple[int, int]) -> bool:
        """Whether a cell names a field of reform and hardly anything else, in whatever column it stands."""
        words = words_of(self._low, *span)
        found = head_at(words, 0)
        return found is not None and len(words) - found[0] <= _LONGEST_AFTER_FIELD

    def _has_children(self, written: str, following: Row) -> bool:
        """The next row's number goes on from this one: "1" then "1.1", or "1" then "a" or a dash."""
        below = self._cells(following).get(Role.NUMBER) if following else None
        if below is None or not written.strip():
            return False
        number, child = written.strip().rstrip(".)"), self._text[below[0] : below[1]].strip()
        return child.startswith(f"{number}.") or (number.isdigit() and child[:1] in "a-–+•")

    def _task(self, cells: dict[Role, tuple[int, int]]) -> TaskRow | None:
        own = cells.get(Role.ACTIVITY) or cells.get(Role.TASK)
        if own is None:
            return None
        start, end = marker_of(self._text, *own)[2], own[1]
        if not any(letter.isalpha() for letter in self._text[start:end]):
            return None
        if self._ends_group(cells):
            self._group = self._group_number = ""
        group = self._group
        if Role.ACTIVITY in cells and Role.TASK in cells and cells[Role.TASK] != own:
            group = squeezed(self._text[cells[Role.TASK][0] : cells[Role.TASK][1]])
        return TaskRow(start, end, cells, self._field(cells), group, headings=self._headings)

    def _ends_group(self, cells: dict[Role, tuple[int, int]]) -> bool:
        """A row numbered as the group's own heading is stands beside the group, not in it: "1", "1.1", "2"."""
        span = cells.get(Role.NUMBER)
        if span is None or not self._group_number.isdigit():
            return False
        number = self._text[span[0] : span[1]].strip(" .)/")
        return number.isdigit() and int(number) == int(self._group_number) + 1

    def _field(self, cells: dict[Role, tuple[int, int]]) -> ReformField | None:
        span = cells.get(Role.FIELD)
        found = head_at(words_of(self._low, *span), 0) if span else None
        return found[1] if found else self._reform_field

    def _is_second_half(self, last: TaskRow, cells: dict[Role, tuple[int, int]]) -> bool:
        """Whether a row holds the second halves of cells: no number of its own, and what it says of the work goes on
        in small letters where the row above left off."""
        if Role.NUMBER not in self._columns.values() or Role.NUMBER not in last.cells or not cells:
            return False
        if cells.get(Role.NUMBER, last.cells[Role.NUMBER]) != last.cells[Role.NUMBER]:
            return False
        if any(role in last.cells and not self._goes_on(last, role, cells[role]) for role in _OWN_TIME & cells.keys()):
            return False
        own = cells.get(Role.ACTIVITY) or cells.get(Role.TASK)
        if own is None or own[1] <= last.end:
            return own is None and any(self._goes_on(last, role, span) for role, span in cells.items())
        is_marked = marker_of(self._text, *own)[0] != ""
        return self._text[own[0]].islower() and not is_marked and self._text[last.end - 1] not in _ENDS_WORDS

    def _goes_on(self, last: TaskRow, role: Role, span: tuple[int, int]) -> bool:
        """A cell in small letters under one that is filled goes on with its words ("Vụ Tổ chức" / "cán bộ"); so does
        a figure under words of time without one ("Trước" / "01/12")."""
        if role not in last.cells or last.cells[role] == span:
            return False
        start, end = last.cells[role]
        is_figure = role is Role.DEADLINE and not any(letter.isdigit() for letter in self._text[start:end])
        return self._text[span[0]].islower() or (is_figure and self._text[span[0]].isdigit())

    def _with_second_half(self, last: TaskRow, cells: dict[Role, tuple[int, int]]) -> TaskRow:
        own = {Role.ACTIVITY, Role.TASK} & cells.keys()
        halves = {role for role, span in cells.items() if role in own or self._goes_on(last, role, span)}
        tails = last.tails | {
            role: (*last.tails.get(role, ()), cells[role]) for role in halves if cells[role] != last.cells.get(role)
        }
        others = {role: span for role, span in cells.items() if role not in halves}
        filled = self._filled(last, others) or last
        return replace(filled, tails=tails)

    def _filled(self, last: TaskRow | None, cells: dict[Role, tuple[int, int]]) -> TaskRow | None:
        """A row that goes on with the task above it: what that one lacks is taken from here."""
        if last is None:
            return None
        further = cells.get(Role.COOPERATING)
        if further is None and (other := cells.get(Role.LEAD)) and _JOINS_IN.match(self._low, *other):
            further, cells = other, {role: span for role, span in cells.items() if role is not Role.LEAD}
            last = replace(last, cells={Role.COOPERATING: further} | last.cells)
        is_new = further is not None and further != last.cells.get(Role.COOPERATING)
        more = (*last.more, further) if further is not None and is_new and Role.COOPERATING in last.cells else last.more
        return replace(last, cells=cells | last.cells, more=more)
