"""The official list of units that comes with the product: the Ministry of Home Affairs of 2022."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest

from caicach.kernel.audit.models import Entry, EntryChange
from caicach.kernel.identity import queries as identity
from caicach.kernel.identity import services as identity_services
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted
from caicach.registry.organisation import services
from caicach.registry.organisation.models import UnitKind, UnitProfile
from tests.ministry import Ministry
from tests.shared import needs_shared, shared_text

pytestmark = pytest.mark.django_db

Rows = list[dict[str, str]]
Units = dict[str, Unit]
A_DECREE = re.compile(r"(NĐ|QĐ) \d+(/\d{4})?/(NĐ-CP|QĐ-TTg) \d{1,2}/\d{1,2}/\d{4}")


def row(code: str, **changed: str) -> dict[str, str]:
    given = {
        "code": code,
        "name": f"Vụ {code}",
        "kind": "department",
        "parent": "",
        "aliases": "",
        "valid_from": "2022-01-01",
        "valid_to": "",
        "source": "NĐ 63/2022/NĐ-CP 12/9/2022",
    }
    return {**given, **changed}


def load(*rows: dict[str, str]) -> int:
    added: int = services.load_units(actor=SYSTEM, rows=list(rows))
    return added


# --- what it holds ---------------------------------------------------------------------------------------------------


def test_the_ministry_has_23_units_right_beneath_it(units: Units) -> None:
    roots = [unit.code for unit in units.values() if unit.parent_id is None]

    assert roots == ["BNV"]
    assert sum(unit.parent_id == units["BNV"].pk for unit in units.values()) == 23


def test_twenty_of_them_are_those_of_decree_63_of_2022(units: Units) -> None:
    """Điều 3: 11 vụ, Thanh tra, Văn phòng, 1 cục, 2 ban, 4 đơn vị sự nghiệp."""
    named = [
        unit for unit in units.values() if "63/2022" in unit.profile.source and "not in" not in unit.profile.source
    ]
    kinds = [unit.profile.kind for unit in named if unit.parent_id]

    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        UnitKind.DEPARTMENT: 11,
        UnitKind.INSPECTORATE: 1,
        UnitKind.OFFICE: 1,
        UnitKind.AUTHORITY: 1,
        UnitKind.GENERAL_BOARD: 2,
        UnitKind.PUBLIC_SERVICE_UNIT: 4,
    }


def test_every_unit_names_the_text_it_rests_on(units: Units) -> None:
    assert [unit.code for unit in units.values() if not A_DECREE.search(unit.profile.source)] == []


def test_all_were_there_while_the_plan_of_2022_was_carried_out(units: Units) -> None:
    for day in (date(2022, 1, 1), date(2022, 6, 20), date(2022, 12, 31)):
        assert set(identity.units(on=day)) == set(units.values())


def test_none_was_there_before_the_decree_of_2017(units: Units) -> None:
    assert not identity.units(on=date(2017, 5, 9)).exists()


@needs_shared
def test_it_agrees_with_the_facts_that_were_collected(units: Units) -> None:
    collected = shared_text("org_moha_2022.csv").removeprefix("\ufeff").splitlines()
    facts = {(fact["code"], fact["name_vi"]) for fact in csv.DictReader(collected)}

    assert {(unit.code, unit.name) for unit in units.values()} == facts


# --- loading it ------------------------------------------------------------------------------------------------------


def test_loading_it_again_adds_nothing_and_undoes_nothing(units: Units, official_list: Rows) -> None:
    """The ministry may have moved or ended units since."""
    identity_services.move_unit(actor=SYSTEM, unit=units["TTTT"], parent=units["VP"])
    identity_services.end_unit(actor=SYSTEM, unit=units["DHNV"], valid_to=date(2023, 1, 1))

    added = load(*official_list)

    assert added == 0
    assert Unit.objects.get(code="TTTT").parent == units["VP"]
    assert Unit.objects.get(code="DHNV").valid_to == date(2023, 1, 1)
    assert Unit.objects.count() == 24


def test_what_is_missing_is_added_beneath_what_is_there(units: Units, official_list: Rows) -> None:
    added = load(*official_list, row("VP-HC", parent="VP"))

    assert added == 1
    assert Unit.objects.get(code="VP-HC").path.startswith(units["VP"].path)


def test_the_journal_tells_of_every_unit(units: Units) -> None:
    entry = Entry.objects.get(use_case="organisation.load_units")

    assert EntryChange.objects.filter(entry_id=entry.pk, subject_type="organisation.unitprofile").count() == 24
    assert Entry.objects.filter(use_case="identity.create_unit").count() == 24


def test_a_period_in_the_list_is_the_unit_s(db: None) -> None:
    load(row("A", valid_from="2017-05-10", valid_to="2022-10-01"))

    unit = Unit.objects.get(code="A")
    assert (unit.valid_from, unit.last_day) == (date(2017, 5, 10), date(2022, 9, 30))


@pytest.mark.parametrize(
    "wrong",
    [
        {"parent": "KHONG-CO"},
        {"kind": "kingdom"},
        {"valid_from": "10/5/2017"},
        {"valid_to": "2021-01-01"},
        {"valid_from": ""},
    ],
    ids=lambda wrong: " ".join(wrong.values()) or "no first day",
)
def test_a_wrong_row_is_named_and_nothing_is_loaded(db: None, wrong: dict[str, str]) -> None:
    """A unit whose parent is mistyped would otherwise stand beside the ministry."""
    with pytest.raises(InvalidInput) as refused:
        load(row("A"), row("B", **wrong))

    assert "B" in refused.value.message
    assert not Unit.objects.exists()
    assert not UnitProfile.objects.exists()


@pytest.mark.parametrize("name", ["leader", "officer", "head", "auditor"])
def test_only_operators_load_it(ministry: Ministry, name: str) -> None:
    with pytest.raises(NotPermitted):
        services.load_units(actor=ministry.actor(name), rows=[row("A")])
