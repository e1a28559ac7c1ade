"""What a chart shows: the same rows feed the drawing and its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _

Kind = Literal["bar", "line", "dot"]


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    values: Sequence[float | None]
    """One for each label; None where there is nothing to show."""


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    values: list[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars, lines (at most 4) or dots over categories.

    category : heading of the labels' column; unit : behind each value ("%", "điểm"); missing : words for None;
    threshold : a value drawn as a line, with its words.
    """

    kind: Kind
    category: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    decimals: int = 0
    missing: str = field(default_factory=lambda: _("None yet"))
    threshold: tuple[float, str] | None = None

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(f"{series.name!r} has {len(series.values)} values for {len(self.labels)} labels")

    @property
    def rows(self) -> list[Row]:
        return [Row(label, [series.values[at] for series in self.series]) for at, label in enumerate(self.labels)]

    @property
    def as_json(self) -> dict[str, Any]:
        """What the page's script draws."""
        return {
            "kind": self.kind,
            "labels": list(self.labels),
            "series": [{"name": series.name, "values": list(series.values)} for series in self.series],
            "unit": self.unit,
            "decimals": self.decimals,
            "threshold": list(self.threshold) if self.threshold else None,
        }
