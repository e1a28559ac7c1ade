"""Stretches of the chain shared out among processes: hashing ten million entries is work for every core.

The new processes import this module before Django is set up in them, so it imports nothing of the room's at the top.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .verification.entries import Tally


def shared_out(stretches: list[tuple[int, int]], processes: int) -> Iterator[Tally]:
    """The tally of each stretch, as they are finished. Every process opens the database that the settings name."""
    with multiprocessing.get_context("spawn").Pool(processes, initializer=_set_up) as pool:
        yield from pool.imap_unordered(_check, stretches)


def _set_up() -> None:
    import django

    django.setup()


def _check(stretch: tuple[int, int]) -> Tally:
    from .verification.entries import Tally, check_sealed

    total = Tally()
    for tally in check_sealed(first=stretch[0], last=stretch[1]):
        total.include(tally)
    return total
