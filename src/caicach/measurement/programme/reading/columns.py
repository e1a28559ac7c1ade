"""What the columns of a table hold: by its row of headings, or, where that is safe, by what the cells look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from caicach.kernel.calendar.wordings import deadline_in

from .labels import Role, headings, plain_heading
from .source import Cell
from .subjects import unit_types
from .units import UnitMatcher
from .words import lowered, squeezed, words_of

Columns = dict[int, Role]
Row = Sequence[Cell]

_SEARCHED_ROWS: Final = 8
_LONGEST_HEADING: Final = 80
_BY_WORDS: Final = (
    ("chủ trì", Role.LEAD),
    ("phối hợp", Role.COOPERATING),
    ("chịu trách nhiệm", Role.LEAD),
    ("phụ trách", Role.LEAD),
    ("đầu mối", Role.LEAD),
    ("đơn vị thực hiện", Role.LEAD),
    ("cơ quan thực hiện", Role.LEAD),
    ("người thực hiện", Role.LEAD),
    ("bộ phận tham mưu", Role.LEAD),
    ("đơn vị tham mưu", Role.LEAD),
    ("cơ quan tham mưu", Role.LEAD),
    ("sản phẩm", Role.PRODUCT),
    ("kết quả", Role.PRODUCT),
    ("thời hạn", Role.DEADLINE),
    ("thời gian", Role.DEADLINE),
    ("hoàn thành", Role.DEADLINE),
    ("tiến độ", Role.DEADLINE),
    ("kinh phí", Role.BUDGET),
    ("ghi chú", Role.NOTE),
    ("hoạt động", Role.ACTIVITY),
    ("nhiệm vụ", Role.TASK),
    ("công việc", Role.TASK),
    ("nội dung", Role.TASK),
)
_TELLS_WORK: Final = frozenset({Role.LEAD, Role.COOPERATING, Role.DEADLINE, Role.PRODUCT})
_NUMBER: Final = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]+)[.)]?\s*")
_FEWEST_PAIRS: Final = 2
_NAMES_WORK: Final = frozenset({Role.TASK, Role.ACTIVITY})


def role_of(heading: str) -> Role | None:
    """The role of a column by its heading; None for a heading that is not known."""
    if len(heading) > 2 * _LONGEST_HEADING:
        return None
    plain = plain_heading(re.sub(r"\([^()]*\)", " ", heading))
    if not plain or len(plain) > _LONGEST_HEADING:
        return None
    if role := headings().get(plain):
        return role
    return next((role for words, role in _BY_WORDS if words in plain), None) if len(plain.split()) <= 10 else None


def roles_in(text: str, row: Row) -> list[Role | None]:
    return [role_of(text[cell.start : cell.end]) for cell in row]


def is_heading_row(text: str, row: Row) -> bool:
    """Two headings at least, in cells of their own, and most cells known."""
    known = {(cell.start, cell.end) for cell, role in zip(row, roles_in(text, row), strict=True) if role}
    filled = {(cell.start, cell.end) for cell in row if cell.end > cell.start}
    return len(known) >= 2 and len(known) * 2 >= len(filled)


def columns_of(text: str, rows: Sequence[Row]) -> tuple[Columns, int] | None:
    """Role by column and the first row after the headings; None for a table whose headings are no plan's."""
    for place, row in enumerate(rows[:_SEARCHED_ROWS]):
        if not is_heading_row(text, row):
            continue
        below = rows[place + 1] if place + 1 < len(rows) else ()
        is_double = bool(below) and _goes_on(text, row, below)
        columns = _columns(text, row, below if is_double else ())
        return (columns, place + 1 + is_double) if _is_plan(text, row, columns) else None
    return None


def _goes_on(text: str, row: Row, below: Row) -> bool:
    """The second of two heading rows: each cell is empty, merged with the one above, or a heading itself."""
    above = {(cell.start, cell.end) for cell in row}
    new = [cell for cell in below if cell.end > cell.start and (cell.start, cell.end) not in above]
    return bool(new) and all(role_of(text[cell.start : cell.end]) for cell in new)


def unread_headings(text: str, row: Row, below: Row, columns: Columns, rows: Sequence[Row]) -> list[str]:
    """Headings that no role is known for, though cells stand under them: what they say would be lost in silence.

    row, below : the one or two rows of headings; rows : those under them
    """
    unread: dict[str, None] = {}
    for place, cell in enumerate(row):
        known = place in columns or (cell.start, cell.end) in {
            (other.start, other.end) for n, other in enumerate(row) if n in columns
        }
        heading = squeezed(text[cell.start : cell.end]) or (
            squeezed(text[below[place].start : below[place].end]) if place < len(below) else ""
        )
        is_filled = any(place < len(one) and text[one[place].start : one[place].end].strip() for one in rows)
        if heading and not known and is_filled:
            unread.setdefault(heading)
    return list(unread)


def _columns(text: str, row: Row, below: Row) -> Columns:
    columns: Columns = {}
    above = {(cell.start, cell.end) for cell in row}
    for place in range(max(len(row), len(below))):
        role: Role | None = None
        if place < len(below) and (below[place].start, below[place].end) not in above:
            role = role_of(text[below[place].start : below[place].end])
        if role is None and place < len(row):
            role = role_of(text[row[place].start : row[place].end])
        if role is not None:
            columns[place] = role
    return _with_one_task(columns)


def _with_one_task(columns: Columns) -> Columns:
    """Of two columns of tasks the second holds what is done for the first; with none, activities are the tasks."""
    tasks = [place for place, role in columns.items() if role is Role.TASK]
    if not tasks:
        activity = next((place for place, role in columns.items() if role is Role.ACTIVITY), None)
        return columns | ({activity: Role.TASK} if activity is not None else {})
    has_activity = Role.ACTIVITY in columns.values()
    return columns | dict.fromkeys(tasks[1:], Role.NOTE if has_activity else Role.ACTIVITY)


def _is_plan(text: str, row: Row, columns: Columns) -> bool:
    roles = set(columns.values())
    if not roles & _NAMES_WORK:
        return False
    if roles & _TELLS_WORK:
        return True
    said = plain_heading(" ".join(text[cell.start : cell.end] for cell in row))
    return "nhiệm vụ" in said or "công việc" in said


def inferred_columns(text: str, rows: Sequence[Row], units: UnitMatcher | None) -> Columns | None:
    """Columns told by their cells: tasks are long, leads units, deadlines times. None when that is not plain."""
    width = max((len(row) for row in rows), default=0)
    if len(rows) < 3 or width < 3:
        return None
    cells = [[text[row[place].start : row[place].end] for row in rows if place < len(row)] for place in range(width)]
    filled = [[value for value in column if value.strip()] for column in cells]
    lengths = [sum(map(len, column)) / len(column) if column else 0.0 for column in filled]
    longest = max(range(width), key=lambda place: lengths[place])
    others = [place for place in range(width) if place != longest]
    if lengths[longest] < 25 or any(lengths[place] * 1.5 > lengths[longest] for place in others):
        return None
    columns: Columns = {longest: Role.TASK}
    numbers = next((place for place in others if _role_by_cells(filled[place], None) is Role.NUMBER), None)
    for place in others:
        role = _role_by_cells(_whole_cells(text, rows, place, numbers), units)
        if role is Role.LEAD and role in columns.values():
            role = Role.COOPERATING  # units twice: who leads stands before who joins in
        if role is not None and role not in columns.values():
            columns[place] = role
    return columns if Role.LEAD in columns.values() or Role.DEADLINE in columns.values() else None


def _whole_cells(text: str, rows: Sequence[Row], place: int, numbers: int | None) -> list[str]:
    """What a column says, row by row, without empty cells; a row without a number goes on with the one above it."""
    whole: list[str] = []
    for row in rows:
        value = text[row[place].start : row[place].end].strip() if place < len(row) else ""
        is_numbered = numbers is None or numbers >= len(row) or row[numbers].end > row[numbers].start
        if is_numbered or not whole:
            whole.append(value)
        elif value:
            whole[-1] = f"{whole[-1]} {value}"
    return [value for value in whole if value.strip()]


def in_pairs_of_rows(text: str, rows: Sequence[Row]) -> list[Row] | None:
    """The rows of a table that gives each task two of them, each pair made one; None for any other table.

    The first of a pair holds the number and, merged over the rest, the work; the second who does it and by when.
    """
    joined: list[Row] = []
    pairs = 0
    place = 0
    while place < len(rows):
        following = rows[place + 1] if place + 1 < len(rows) else ()
        if _is_upper_half(text, rows[place]) and _is_lower_half(text, following):
            work = next(cell for cell in rows[place][1:] if cell.end > cell.start)
            joined.append((rows[place][0], work, *following[1:]))
            pairs += 1
            place += 2
            continue
        joined.append(rows[place])
        place += 1
    return joined if pairs >= _FEWEST_PAIRS and pairs * 2 * 10 >= len(rows) * 7 else None


def _is_upper_half(text: str, row: Row) -> bool:
    filled = {(cell.start, cell.end) for cell in row[1:] if cell.end > cell.start}
    return len(filled) == 1 and _NUMBER.fullmatch(text, row[0].start, row[0].end) is not None


def _is_lower_half(text: str, row: Row) -> bool:
    filled = {(cell.start, cell.end) for cell in row[1:] if cell.end > cell.start}
    return len(filled) >= 2 and not text[row[0].start : row[0].end].strip()


def _role_by_cells(values: Sequence[str], units: UnitMatcher | None) -> Role | None:
    if not values:
        return None
    if _mostly([_NUMBER.fullmatch(value) is not None for value in values]):
        return Role.NUMBER
    if units is not None and _mostly([bool(units.find(value)) for value in values]):
        return Role.LEAD
    if _mostly([_begins_as_a_unit(value) for value in values]):
        return Role.LEAD
    return Role.DEADLINE if _mostly([_is_time(value) for value in values]) else None


def _begins_as_a_unit(value: str) -> bool:
    """ "Phòng Nội vụ", "UBND các xã": a short cell that begins as the names of units do."""
    written = value.strip()
    words = words_of(lowered(written), 0, min(len(written), _LONGEST_HEADING))
    return len(written) < _LONGEST_HEADING and written[:1].isupper() and unit_types().at(words, 0) is not None


def _is_time(value: str) -> bool:
    """The cell holds a wording of time and hardly anything else."""
    found = deadline_in(value, plan_year=2000) if len(value) < 60 else []
    return bool(found) and sum(len(wording.surface) for wording in found) * 2 >= len(value.strip())


def _mostly(answers: Sequence[bool]) -> bool:
    return sum(answers) * 10 >= len(answers) * 7
