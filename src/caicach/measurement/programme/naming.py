"""Names of units as people write them, found in the tree of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from caicach.registry.organisation.queries import NamedUnit, named_units

from . import reading
from .cells import UnitFound

_NEAR_ENOUGH = 70
"""Of 100, of the words that are a unit's own ("phap che" of "Vụ Pháp chế"): with the word for its kind every Vụ is like
every other one, and below this a suggestion would surprise rather than help.
"""


@dataclass(frozen=True, slots=True)
class UnitNames:
    """Every name of the units in force at the start or the end of a plan's year. `matcher` is the plan reader's."""

    by_code: dict[str, NamedUnit]
    matcher: reading.UnitNames

    @classmethod
    def of_year(cls, year: int) -> UnitNames:
        """Two queries."""
        seen = {unit.code: unit for day in (date(year, 1, 1), date(year, 12, 31)) for unit in named_units(on=day)}
        known = [reading.NamedUnit(unit.code, unit.name, unit.aliases) for unit in seen.values()]
        return cls(seen, reading.UnitNames(known))

    def find(self, text: str) -> UnitFound | None:
        """The unit that the whole text names, by code, name or usual short form; never a guess between two."""
        unit = self.by_code.get(text.strip().upper())
        if unit is None and (match := self.matcher.match(text)) is not None:
            unit = self.by_code[match.code]
        return UnitFound(unit.id, unit.name) if unit else None

    def nearest(self, text: str) -> str:
        """The name most like the text, "" when none is near."""
        typed = reading.own_words(text)
        likeness = {unit.name: _likeness(typed, reading.own_words(unit.name)) for unit in self.by_code.values()}
        best = max(likeness, key=lambda name: likeness[name], default="")
        return best if best and likeness[best] >= _NEAR_ENOUGH else ""


def _likeness(typed: str, name: str) -> float:
    """0 to 100. Whoever breaks a long name off has named it: "Vụ Đào tạo" is "Vụ Đào tạo, bồi dưỡng cán bộ"."""
    if len(typed.split()) > 1 and name.startswith(f"{typed} "):
        return 100
    return fuzz.ratio(typed, name)
