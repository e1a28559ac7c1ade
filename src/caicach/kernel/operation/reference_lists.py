"""What rooms hold as reference data, each value with where it comes from: for who answers for the installation.

Sources say here, and nowhere else, what has not yet been compared with the original text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from caicach.kernel.calendar.parameters import all_parameters
from caicach.kernel.ui.wording import day


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """name : what it is; value : as pages use it; period : from when it holds, in words; source : in full."""

    name: str
    value: str
    source: str
    period: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """`lines` is called for the page; title : lazy."""

    key: str
    title: Any
    lines: Callable[[], Sequence[ReferenceLine]]
    order: int = 100


_LISTS: dict[str, ReferenceList] = {}


def register(reference: ReferenceList) -> None:
    _LISTS[reference.key] = reference


def lists() -> list[ReferenceList]:
    return sorted(_LISTS.values(), key=lambda reference: (reference.order, reference.key))


def _parameters() -> list[ReferenceLine]:
    return [
        ReferenceLine(
            name=found.key,
            value=f"{found.value} {found.unit}".strip(),
            source=found.source,
            period=f"{day(found.valid_from)} - {day(found.valid_to)}" if found.valid_to else day(found.valid_from),
            source_url=found.source_url,
        )
        for _key, periods in sorted(all_parameters().items())
        for found in periods
    ]


PARAMETERS = ReferenceList(key="parameters", title=_("Parameters"), lines=_parameters, order=10)
