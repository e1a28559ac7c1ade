"""The numbers of a draft's tasks. Pure: no ORM."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Final

_NUMBER: Final = re.compile(r"((?:[0-9]+\.)*)([0-9]+)\.?")

MOST_NAMED: Final = 20
LARGEST_GAP: Final = 50
"""Further apart they belong to another way of counting."""


def skipped_numbers(numbers: Iterable[str]) -> list[str]:
    """Those that stand between the first and the last number of a group and are no task's: 1.1, 1.2, 1.4 skips 1.3.

    What is no such number ("2a", "I.3") is left out of it.
    """
    groups: dict[str, set[int]] = defaultdict(set)
    for number in numbers:
        if found := _NUMBER.fullmatch(number.strip()):
            groups[found[1]].add(int(found[2]))
    skipped = (f"{head}{last}" for head in sorted(groups, key=_parts) for last in _between(groups[head]))
    return list(islice(skipped, MOST_NAMED))


def _parts(head: str) -> list[int]:
    return [int(part) for part in head.split(".") if part]


def _between(given: set[int]) -> Iterator[int]:
    for before, after in pairwise(sorted(given)):
        if after - before <= LARGEST_GAP:
            yield from range(before + 1, after)
