"""What an officer types or pastes into the grid of a draft, read into values; every cell that cannot be read is named.

Pure: units are given as a lookup. Dates are dd/mm/yyyy; a wording of time ("Quý II", "hằng quý") is taken as well.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date
from functools import cache
from typing import Any

from caicach.kernel.calendar.wordings import WordedDeadline, WordingKind, deadline_in
from caicach.kernel.search.folding import fold

from .reading import ReformField, field_named

COLUMNS = ("number", "field", "title", "product", "lead", "cooperating", "time", "budget")
"""Columns of the grid, in the order in which a paste from Excel is taken."""

_SHORT_FIELDS = {
    "thu tuc": "thu_tuc_hanh_chinh",
    "tthc": "thu_tuc_hanh_chinh",
    "bo may": "to_chuc_bo_may",
    "cong vu": "che_do_cong_vu",
    "tai chinh": "tai_chinh_cong",
    "chi dao": "chi_dao_dieu_hanh",
    "dieu hanh": "chi_dao_dieu_hanh",
}
"""What officers type for a field beside its number, its code and the heads that a plan gives it."""
_FIELD_BY_NAME = {
    **_SHORT_FIELDS,
    **{name: each.value for place, each in enumerate(ReformField, 1) for name in (str(place), each.value)},
}


@dataclass(frozen=True, slots=True)
class UnitFound:
    id: int
    name: str


UnitLookup = Callable[[str], UnitFound | None]
Suggest = Callable[[str], str]
ReadTimes = Callable[[str], Sequence[WordedDeadline]]


@dataclass(frozen=True, slots=True)
class BadCell:
    """row : from 0; code : no_such_field, no_such_unit, not_a_time, no_such_day, too_long, empty.

    hint : a name near, or the last day of the month of which a day was written that it does not have.
    """

    row: int
    column: str
    value: str
    code: str
    hint: str = ""


@dataclass(slots=True)
class RowsRead:
    values: list[dict[str, Any]] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)


_LONGEST = {"title": 500, "number": 20, "budget": 200, "time": 200}
LONGEST_PRODUCT = 500


def products_in(text: str) -> list[str]:
    """The products that a cell names: one a line, or parted by semicolons."""
    return [name.strip() for name in text.replace("\n", ";").split(";") if name.strip()]


def read_rows(rows: Sequence[Mapping[str, str]], *, unit: UnitLookup, suggest: Suggest, plan_year: int) -> RowsRead:
    """Values by model field for each row, only for the columns given; bad cells in reading order."""
    read = RowsRead()
    # A sheet names the same few days in all its rows.
    times = cache(lambda text: deadline_in(text, plan_year=plan_year, document_date=None))
    for place, row in enumerate(rows):
        values: dict[str, Any] = {}
        for column, text in row.items():
            problem = _read_cell(values, column, text.strip(), unit=unit, times=times)
            if problem:
                read.bad.append(BadCell(place, column, text, problem, _hint(problem, text, suggest)))
        read.values.append(values)
    return read


def _hint(problem: str, text: str, suggest: Suggest) -> str:
    if problem == "no_such_unit":
        return suggest(text)
    return last_of_its_month(text) if problem == "no_such_day" else ""


def _read_cell(values: dict[str, Any], column: str, text: str, *, unit: UnitLookup, times: ReadTimes) -> str:
    """Fills `values`; the code of what is wrong, or ""."""
    if len(text) > _LONGEST.get(column, 10_000):
        return "too_long"
    if column in ("number", "budget"):
        values[column] = text
        return ""
    if column == "product":
        values["product"] = text
        return "too_long" if any(len(name) > LONGEST_PRODUCT for name in products_in(text)) else ""
    if column == "title":
        values["title"] = text
        return "" if text else "empty"
    if column == "field":
        return _read_field(values, text)
    if column == "lead":
        return _read_lead(values, text, unit)
    if column == "cooperating":
        return _read_cooperating(values, text, unit)
    if column == "time":
        return _read_time(values, text, times)
    raise KeyError(column)


def _read_field(values: dict[str, Any], text: str) -> str:
    values["field"] = field_code(text)
    return "" if values["field"] or not text else "no_such_field"


def field_code(text: str) -> str:
    """The field that a number, a name or both ("2. Cải cách thủ tục hành chính") mean; "" for none."""
    folded = fold(text).rstrip(".")
    head, _, rest = folded.partition(" ")
    name = rest if rest and head.rstrip(".").isdigit() else folded
    return _FIELD_BY_NAME.get(name) or (field_named(name) or "")


def _read_lead(values: dict[str, Any], text: str, unit: UnitLookup) -> str:
    found = unit(text) if text else None
    values["lead_id"] = found.id if found else None
    values["lead_text"] = found.name if found else text
    return "" if found or not text else "no_such_unit"


def _read_cooperating(values: dict[str, Any], text: str, unit: UnitLookup) -> str:
    found: list[int] = []
    for name in (part.strip() for part in text.replace("\n", ";").split(";")):
        if not name:
            continue
        whole = unit(name)
        # "Vụ Pháp chế, Văn phòng Bộ": a comma may part two units or stand inside one name.
        parts = [whole] if whole else [unit(part.strip()) for part in name.split(",") if part.strip()]
        if not all(parts):
            return "no_such_unit"
        found.extend(part.id for part in parts if part)
    values["cooperating"] = sorted(set(found))
    return ""


def _read_time(values: dict[str, Any], text: str, times: ReadTimes) -> str:
    values.update(deadline_text=text, deadline=None, starts_on=None, recurrence="")
    if not text:
        return ""
    worded = times(text) or times(_with_accents(text))
    if not worded:
        return "no_such_day" if _DAY_WITHIN.search(text) else "not_a_time"
    # "sau khi có ý kiến, trước 30/6": what fixes a day says more than what only names an event.
    first = next((wording for wording in worded if wording.last_day is not None), worded[0])
    values["deadline"], values["starts_on"] = first.last_day, first.first_day
    if first.kind is WordingKind.CONTINUOUS:
        values["recurrence"] = "continuous"
    elif first.recurrence is not None:
        values["recurrence"] = first.recurrence.value
    elif first.last_day is None and first.kind is not WordingKind.EVENT:
        return "not_a_time"
    return ""


_QUARTER = re.compile(r"quy (i{1,3}|iv|[1-4])(\s*/\s*\d{4})?")


def _with_accents(text: str) -> str:
    """ "quy iii/2022" -> "Quý III/2022": units are found without accents, so are quarters."""
    found = _QUARTER.fullmatch(fold(text))
    return f"Quý {found[1].upper()}{found[2] or ''}" if found else text


def shown_time(*, deadline: date | None, deadline_text: str) -> str:
    """What the time cell shows: the wording as typed, else the day."""
    return deadline_text or (deadline.strftime("%d/%m/%Y") if deadline else "")


def time_once(*, deadline: date | None, deadline_text: str) -> str:
    """The same, but words that only write that very day ("30/9/2022", "ngày 30-9-2022") give way to the day.

    Pages show the words and, where they say something else, the day beside them: the same day is not shown twice.
    """
    is_the_day = deadline is not None and _day_alone(deadline_text) == (deadline.day, deadline.month, deadline.year)
    return shown_time(deadline=deadline, deadline_text="" if is_the_day else deadline_text)


_DAY_WITHIN = re.compile(r"(?<![\d/.-])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")


def last_of_its_month(text: str) -> str:
    """ "28/02/2022" for "trước 31/02/2022"; "" where there is no such month either.

    >>> last_of_its_month("31/13/2022")
    ''
    """
    found = _DAY_WITHIN.search(text)
    if found is None:
        return ""
    month, year = int(found[2]), int(found[3])
    if not (1 <= month <= 12 and MINYEAR <= year <= MAXYEAR):
        return ""
    return f"{monthrange(year, month)[1]:02d}/{month:02d}/{year}"


_DAY_ALONE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\.?", re.IGNORECASE)


def _day_alone(words: str) -> tuple[int, int, int] | None:
    found = _DAY_ALONE.fullmatch(words.strip())
    return (int(found[1]), int(found[2]), int(found[3])) if found else None
