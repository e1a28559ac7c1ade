"""Reads of what units are and how people name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caicach.kernel.identity.models import Unit
from caicach.kernel.identity.queries import in_force

from .models import UnitProfile


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit with every name a text may use for it."""

    id: int
    code: str
    name: str
    aliases: tuple[str, ...]


def named_units(*, on: date) -> list[NamedUnit]:
    """All units in force that day, in the tree's order. One query."""
    rows = Unit.objects.filter(in_force(on)).select_related("profile")
    return [NamedUnit(unit.pk, unit.code, unit.name, _aliases(unit)) for unit in rows]


def kind_of(*, unit: Unit) -> str:
    """Of `UnitKind`; "" where it was never said. One query."""
    return UnitProfile.objects.filter(unit=unit).values_list("kind", flat=True).first() or ""


def _aliases(unit: Unit) -> tuple[str, ...]:
    profile = getattr(unit, "profile", None)
    return tuple(profile.aliases) if profile else ()
