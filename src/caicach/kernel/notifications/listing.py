"""The records that a notice is about, as its letter lists them: number, title and deadline, never a person's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from .models import Notice

LISTED_AT_MOST: Final = 20
"""So many records a letter names; the rest are counted."""
NAME_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Record:
    """key : the same in every notice about it; name : its number and title, which are nobody's data."""

    key: str
    name: str
    deadline: date | None = None


def params_of(records: Sequence[Record]) -> dict[str, Any]:
    """What a notice keeps of its records among its `params`: all keys, and the names of those that a letter lists."""
    return {
        "records": [record.key for record in records],
        "listed": [
            [_shortened(record.name), record.deadline.isoformat() if record.deadline else ""]
            for record in records[:LISTED_AT_MOST]
        ],
    }


def _shortened(name: str) -> str:
    plain = " ".join(name.split())
    return plain if len(plain) <= NAME_LENGTH else f"{plain[: NAME_LENGTH - 1].rstrip()}…"


def listed(notice: Notice) -> list[tuple[str, date | None]]:
    """Name and deadline of each record that a letter names; empty for a notice that keeps none."""
    return [(name, date.fromisoformat(day) if day else None) for name, day in notice.params.get("listed", ())]


def records(notice: Notice) -> frozenset[str]:
    return frozenset(notice.params.get("records", ()))


def count_of(notice: Notice) -> int:
    """How many things it is about: 20 for the one notice that 20 tasks were given."""
    return int(notice.params.get("count", 1)) if notice.plural else 1
