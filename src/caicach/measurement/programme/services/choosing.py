"""Tasks chosen from a list for one act on all of them."""

from __future__ import annotations

from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from caicach.kernel.usecase.errors import InvalidInput

MOST_AT_ONCE: Final = 1000
"""How many tasks one act takes, on pages and over the API alike."""


def refuse_too_many(count: int, *, field: str) -> None:
    """Raises InvalidInput at the field when more tasks were chosen than one act takes."""
    if count > MOST_AT_ONCE:
        limit = number_format(MOST_AT_ONCE, force_grouping=True)
        raise InvalidInput(fields={field: [_("Choose at most %(limit)s tasks at once.") % {"limit": limit}]})
