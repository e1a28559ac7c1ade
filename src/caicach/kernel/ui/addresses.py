"""What stands in an address or a hidden field was typed by anyone: read here before it reaches a query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

LARGEST_ID: Final = 2**63 - 1
"""What the database's own ids go up to; it refuses a greater number with an error instead of finding nothing."""


def whole_number(text: str | None, *, most: int = LARGEST_ID) -> int | None:
    """A whole number from 0 to `most` in the digits 0-9, None for anything else.

    `str.isdigit` alone lets through "²", of which `int` makes an error, and digits of other scripts.
    """
    if not text or not text.isascii() or not text.isdigit():
        return None
    digits = text.lstrip("0") or "0"
    # `int` refuses thousands of digits with an error of its own.
    if len(digits) > len(str(most)):
        return None
    number = int(digits)
    return number if number <= most else None


def whole_numbers(texts: Iterable[str]) -> set[int]:
    """Those of the texts that are whole numbers; the others are left out."""
    return {number for text in texts if (number := whole_number(text)) is not None}
