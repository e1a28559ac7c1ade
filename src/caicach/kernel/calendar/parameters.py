"""Amounts and thresholds of the law by day, from every room's `reference/parameters*.csv`. Pure: no database.

Columns: key, valid_from, valid_to, value, unit, source, source_url; `valid_to` is exclusive and may be empty. A key
begins with its room's name (`calendar.morning_from`). Where nobody could read the text, the source ends with
"; chưa đối chiếu với văn bản gốc".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from .reference import MalformedReference, reference_files, reference_rows

COLUMNS = ("key", "valid_from", "valid_to", "value", "unit", "source", "source_url")


class UnknownParameter(LookupError):
    """No reference file gives this parameter a value on this day: the key is misspelt or a period is missing."""

    def __init__(self, key: str, on: date) -> None:
        self.key, self.on = key, on
        super().__init__(f"no parameter {key!r} on {on.isoformat()}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value with its period and its source, so that a page can show where a number comes from."""

    key: str
    valid_from: date
    valid_to: date | None
    value: str
    unit: str
    source: str
    source_url: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def number(self) -> Decimal:
        """The value as an exact number. Raises ValueError when it is none."""
        try:
            return Decimal(self.value)
        except InvalidOperation:
            raise ValueError(f"{self.key} is {self.value!r}, not a number") from None

    @property
    def whole(self) -> int:
        """The value as a whole number. Raises ValueError when it is none."""
        number = self.number
        if number != number.to_integral_value():
            raise ValueError(f"{self.key} is {self.value!r}, not a whole number")
        return int(number)

    @property
    def time_of_day(self) -> time:
        """The value as a time of day, 'hh:mm'. Raises ValueError when it is none."""
        return time.fromisoformat(self.value)


def parameter(key: str, *, on: date) -> Parameter:
    """The parameter as it holds on a day. Raises UnknownParameter."""
    for row in all_parameters().get(key, ()):
        if row.holds_on(on):
            return row
    raise UnknownParameter(key, on)


def parameter_periods(key: str) -> Sequence[Parameter]:
    """Every period of a parameter, oldest first; empty for an unknown key."""
    return all_parameters().get(key, ())


@lru_cache(maxsize=1)
def all_parameters() -> Mapping[str, Sequence[Parameter]]:
    """Every parameter of every room by key, periods oldest first. Raises MalformedReference."""
    return read_parameters(reference_files("parameters*.csv"))


def read_parameters(paths: Sequence[Path]) -> dict[str, list[Parameter]]:
    """The parameters of these files. Raises MalformedReference, also when two periods of a key overlap."""
    found: dict[str, list[Parameter]] = {}
    for path in paths:
        for line, row in enumerate(reference_rows(path, columns=COLUMNS), start=2):
            found.setdefault(row["key"], []).append(_parameter(path, line, row))
    for key, periods in found.items():
        periods.sort(key=lambda period: period.valid_from)
        for earlier, later in pairwise(periods):
            if earlier.valid_to is None or later.valid_from < earlier.valid_to:
                raise MalformedReference(paths[0], 1, f"two values of {key} on {later.valid_from.isoformat()}")
    return found


def _parameter(path: Path, line: int, row: Mapping[str, str]) -> Parameter:
    if not row["key"] or not row["value"]:
        raise MalformedReference(path, line, "no key or no value")
    try:
        valid_from = date.fromisoformat(row["valid_from"])
        valid_to = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    except ValueError as error:
        raise MalformedReference(path, line, str(error)) from error
    if valid_to is not None and valid_to <= valid_from:
        raise MalformedReference(path, line, "the period ends before it begins")
    return Parameter(row["key"], valid_from, valid_to, row["value"], row["unit"], row["source"], row["source_url"])
