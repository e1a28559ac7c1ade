"""Filters of a list whose rows Python holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms


class GatheredFilters(forms.Form):
    """A field `words` goes with a method `takes_words(row, value)`, which is asked where the field has a value."""

    def __init__(self, data: Any = None, *, rows: Sequence[Any] = ()) -> None:
        """rows : all there are, for fields that offer what stands in them."""
        super().__init__(data)
        self.rows = rows
        for field in self.fields.values():
            field.required = False

    def narrowed(self, *, but: Collection[str] = ()) -> list[Any]:
        """The rows that all filters take, without asking those of these names; none where one cannot be read."""
        if not self.is_valid():
            return []
        asked = [
            (getattr(self, f"takes_{name}"), value)
            for name, value in self.cleaned_data.items()
            if value and name not in but
        ]
        return [row for row in self.rows if all(takes(row, value) for takes, value in asked)]
