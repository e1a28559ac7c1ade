"""What rooms hold as reference data, each value with where it comes from: for who answers for the installation.

Sources are Vietnamese, as the papers that they name. What follows the last of their semicolons may be a mark: that
nobody has compared the value with the original text, or that no law gives it. Marks are told here, and nowhere else,
in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from caicach.kernel.calendar.parameters import Parameter, all_parameters
from caicach.kernel.ui.wording import day, number


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """name : what it is; value : as pages use it; period : from when it holds, in words; source : in full;
    code : how the files of the installation name it.
    """

    name: str
    value: str
    source: str
    period: str = ""
    source_url: str = ""
    code: str = ""

    @property
    def cites(self) -> str:
        """The source without its marks."""
        return "; ".join(part for part in self._parts if part not in _MARKS)

    @property
    def marks(self) -> list[str]:
        return [str(_MARKS[part]) for part in self._parts if part in _MARKS]

    @property
    def _parts(self) -> list[str]:
        return self.source.split("; ")


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """`lines` is called for the page; title : lazy."""

    key: str
    title: Any
    lines: Callable[[], Sequence[ReferenceLine]]
    order: int = 100


_MARKS: dict[str, Any] = {
    "chưa đối chiếu với văn bản gốc": _("Not yet compared with the original text"),
    "quy ước của caicach, pháp luật không quy định, bộ được ấn định khác": _(
        "A rule of caicach's own: no law sets it, the ministry may set another"
    ),
}
"""By the words that stand in the files."""


_LISTS: dict[str, ReferenceList] = {}


def register(reference: ReferenceList) -> None:
    _LISTS[reference.key] = reference


def lists() -> list[ReferenceList]:
    return sorted(_LISTS.values(), key=lambda reference: (reference.order, reference.key))


_NAMES: dict[str, Any] = {
    "calendar.morning_from": _("Working hours: the morning begins"),
    "calendar.morning_to": _("Working hours: the morning ends"),
    "calendar.afternoon_from": _("Working hours: the afternoon begins"),
    "calendar.afternoon_to": _("Working hours: the afternoon ends"),
    "calendar.receipt_outside_hours": _("What comes in outside working hours"),
    "operation.next_days": _("What comes next in My work: how far it looks ahead"),
}
_UNITS: dict[str, Any] = {"working days": _("working days"), "time of day": "", "rule": ""}
_VALUES: dict[str, Any] = {"as_received": _("counts on the day on which it came")}


def name_parameters(names: Mapping[str, Any], *, units: Mapping[str, Any]) -> None:
    """What a room's parameters and their units are called on the page; lazy translations."""
    _NAMES.update(names)
    _UNITS.update(units)


def _value(found: Parameter) -> str:
    try:
        return number(found.number)
    except ValueError:
        return str(_VALUES.get(found.value, found.value))


def _parameters() -> list[ReferenceLine]:
    return [
        ReferenceLine(
            name=str(_NAMES.get(found.key, found.key)),
            code=found.key,
            value=f"{_value(found)} {_UNITS.get(found.unit, found.unit)}".strip(),
            source=found.source,
            period=f"{day(found.valid_from)} - {day(found.valid_to)}" if found.valid_to else day(found.valid_from),
            source_url=found.source_url,
        )
        for _key, periods in sorted(all_parameters().items())
        for found in periods
    ]


PARAMETERS = ReferenceList(key="parameters", title=_("Parameters"), lines=_parameters, order=10)
