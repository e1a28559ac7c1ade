"""By which names a unit is known, and that no name is known of two."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import Unit
from caicach.kernel.search.folding import fold
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme.reading import NamedUnit, UnitNames
from caicach.registry.organisation import queries

pytestmark = pytest.mark.django_db

Units = dict[str, Unit]
DAY = date(2022, 6, 20)


@pytest.fixture
def names(units: Units) -> UnitNames:
    """As the reader of plans knows them."""
    return UnitNames([NamedUnit(unit.code, unit.name, unit.aliases) for unit in queries.named_units(on=DAY)])


def test_a_unit_comes_with_its_other_names(units: Units) -> None:
    known = {unit.code: unit for unit in queries.named_units(on=DAY)}

    assert known["VTLTNN"].name == "Cục Văn thư và Lưu trữ nhà nước"
    assert "Cục VTLTNN" in known["VTLTNN"].aliases
    assert known["TL"].aliases == ()


def test_a_unit_without_a_profile_is_known_by_its_name(units: Units) -> None:
    identity.create_unit(actor=SYSTEM, code="MOI", name="Vụ mới lập", parent=units["BNV"], valid_from=DAY)

    assert [unit.aliases for unit in queries.named_units(on=DAY) if unit.code == "MOI"] == [()]


def test_no_name_is_known_of_two_even_without_marks(units: Units) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for unit in queries.named_units(on=DAY):
        for name in (unit.code, unit.name, *unit.aliases):
            owners[fold(name)].add(unit.code)

    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_each_name_leads_to_its_unit(units: Units, names: UnitNames) -> None:
    """But for the bare word "Bộ", which in a text may be any ministry."""
    known = queries.named_units(on=DAY)
    written = [(name, unit.code) for unit in known for name in (unit.name, *unit.aliases) if name != "Bộ"]

    astray = [(name, code) for name, code in written if (found := names.match(name)) is None or found.code != code]

    assert astray == []


@pytest.mark.parametrize("how", ["upper case", "with blanks of a broken line"])
def test_and_so_does_each_full_name_however_it_is_written(units: Units, names: UnitNames, how: str) -> None:
    write = {
        "upper case": str.upper,
        "with blanks of a broken line": lambda name: name.replace(" ", "\n  ", 1),
    }[how]

    found = {unit.code: names.match(write(unit.name)) for unit in queries.named_units(on=DAY)}

    assert [code for code, match in found.items() if match is None or match.code != code] == []


def test_an_ended_unit_is_known_to_its_last_day(units: Units) -> None:
    identity.end_unit(actor=SYSTEM, unit=units["TH"], valid_to=date(2022, 10, 1))

    def is_known(day: date) -> bool:
        return any(unit.code == "TH" for unit in queries.named_units(on=day))

    assert [is_known(date(2022, 9, 30)), is_known(date(2022, 10, 1))] == [True, False]


def test_one_query_finds_them_all(units: Units, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        queries.named_units(on=DAY)
