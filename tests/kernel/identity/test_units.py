"""The bare tree of units: what may stand beneath what, and until when. Its pages: tests/kernel/operation."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from caicach.kernel.identity import queries, services
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted
from tests.ministry import SINCE, Ministry

pytestmark = pytest.mark.django_db

END = date(2022, 7, 1)


def add(code: str, *, beneath: Unit | None, **more: date) -> Unit:
    unit: Unit = services.create_unit(
        actor=SYSTEM, code=code, name=f"Phòng {code}", parent=beneath, **{"valid_from": SINCE, **more}
    )
    return unit


def fresh(unit: Unit) -> Unit:
    return Unit.objects.get(pk=unit.pk)


@pytest.mark.parametrize(
    ("day", "is_there"),
    [(date(2022, 6, 29), True), (date(2022, 6, 30), True), (END, False)],
    ids=["before", "the last day", "the day after"],
)
def test_a_unit_is_there_to_its_last_day(ministry: Ministry, day: date, is_there: bool) -> None:
    services.end_unit(actor=SYSTEM, unit=ministry.units["PC"], valid_to=END)

    assert (ministry.units["PC"] in queries.units(on=day)) == is_there


def test_a_unit_is_there_from_its_first_day(ministry: Ministry) -> None:
    unit = add("MOI", beneath=ministry.units["BNV"], valid_from=END)

    assert unit not in queries.units(on=date(2022, 6, 30))
    assert unit in queries.units(on=END)


def test_nothing_is_placed_beneath_a_unit_that_ends_earlier(ministry: Ministry) -> None:
    services.end_unit(actor=SYSTEM, unit=ministry.units["PC"], valid_to=END)

    with pytest.raises(InvalidInput):
        add("PC1", beneath=ministry.units["PC"])
    with pytest.raises(InvalidInput):
        services.move_unit(actor=SYSTEM, unit=ministry.units["VP"], parent=ministry.units["PC"])

    assert add("PC2", beneath=ministry.units["PC"], valid_to=END).parent == ministry.units["PC"]


def test_two_who_move_units_at_one_moment_do_not_close_a_ring(ministry: Ministry) -> None:
    """Each has the tree on the screen as it was before the other clicked."""
    office, centre = ministry.units["VP"], ministry.units["TTTT"]
    office_as_seen, centre_as_seen = fresh(office), fresh(centre)
    services.move_unit(actor=SYSTEM, unit=fresh(office), parent=fresh(centre))

    with pytest.raises(InvalidInput):
        services.move_unit(actor=SYSTEM, unit=centre_as_seen, parent=office_as_seen)

    assert fresh(centre).parent == ministry.units["BNV"]
    assert fresh(office).path.startswith(fresh(centre).path)


def test_a_unit_added_while_the_one_above_was_moved_stands_where_that_now_is(ministry: Ministry) -> None:
    office_as_seen = fresh(ministry.units["VP"])
    services.move_unit(actor=SYSTEM, unit=fresh(office_as_seen), parent=ministry.units["TTTT"])

    room = add("VP-HC", beneath=office_as_seen)

    assert room.path.startswith(fresh(ministry.units["TTTT"]).path)


def test_a_unit_is_not_placed_beneath_itself(ministry: Ministry) -> None:
    with pytest.raises(InvalidInput):
        services.move_unit(actor=SYSTEM, unit=ministry.units["VP"], parent=ministry.units["VP"])


def test_a_unit_lasts_a_day_at_least(ministry: Ministry) -> None:
    with pytest.raises(InvalidInput):
        services.end_unit(actor=SYSTEM, unit=ministry.units["PC"], valid_to=SINCE)
    with pytest.raises(InvalidInput):
        add("X", beneath=None, valid_to=SINCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(code="X", name="X", path="/0/", valid_from=SINCE, valid_to=SINCE)


def test_a_code_is_given_once_even_after_the_unit_has_ended(ministry: Ministry) -> None:
    """Old papers name the unit by it."""
    services.end_unit(actor=SYSTEM, unit=ministry.units["PC"], valid_to=END)

    with pytest.raises(services.NameTaken):
        add("PC", beneath=ministry.units["BNV"], valid_from=END)


@pytest.mark.parametrize("name", ["leader", "officer", "head", "auditor"])
def test_only_operators_keep_the_tree(ministry: Ministry, name: str) -> None:
    unit = ministry.units["PC"]

    with pytest.raises(NotPermitted):
        services.create_unit(actor=ministry.actor(name), code="X", name="X", parent=unit, valid_from=SINCE)
    with pytest.raises(NotPermitted):
        services.move_unit(actor=ministry.actor(name), unit=unit, parent=ministry.units["VP"])
    with pytest.raises(NotPermitted):
        services.end_unit(actor=ministry.actor(name), unit=unit, valid_to=END)
