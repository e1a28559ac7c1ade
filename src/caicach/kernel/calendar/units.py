"""Whether a unit exists: said by the room that holds the units, once, at start. The calendar knows their codes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping

UnitNames = Callable[[set[str]], Mapping[str, str]]
"""Codes of units -> their names, unknown ones left out; one query."""

_names: list[UnitNames] = []


def declare_unit_names(names: UnitNames) -> None:
    _names[:] = [names]


def is_unit(code: str) -> bool:
    """Whether there is, or was, such a unit."""
    return bool(_names) and code in _names[0]({code})
