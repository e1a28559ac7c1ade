"""Filters that lists share."""

from __future__ import annotations

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from django_filters.widgets import DateRangeWidget


class DayRangeWidget(DateRangeWidget):
    """Two inputs under one legend, each with a name of its own for who cannot see which stands first."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for widget, label in zip(self.widgets, (_("From day"), _("To day")), strict=True):
            widget.attrs |= {"aria-label": label}


class TickWidget(CheckboxSelectMultiple):
    """Several of a few values: each with a box of its own, where a native list would hide how to take a second one."""


class DayRangeFilter(DateFromToRangeFilter):
    """From one day to another, both included; either may be left open."""

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, **{"widget": DayRangeWidget, **keywords})
