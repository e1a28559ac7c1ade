"""What a filter was set to, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from caicach.kernel.ui.wording import day as written_day


def in_words(form_field: Any, value: Any) -> str:
    """A field whose values say nothing to a reader (ids) has an `in_words` of its own."""
    if own := getattr(form_field, "in_words", None):
        return str(own(value))
    if isinstance(value, slice):
        return _range_in_words(value)
    choices = dict(getattr(form_field, "choices", None) or ())
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(choices.get(one, _one_in_words(one))) for one in values)


def _one_in_words(value: Any) -> str:
    return written_day(value) if isinstance(value, datetime | date) else str(value)


def _range_in_words(value: slice) -> str:
    first, last = (written_day(edge) if edge else "" for edge in (value.start, value.stop))
    if first and last:
        return f"{first} - {last}"
    return _("from %(day)s") % {"day": first} if first else _("to %(day)s") % {"day": last}
