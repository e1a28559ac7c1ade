"""Rows, journal entry, event and kept result are written together, or none of them is."""

from __future__ import annotations

import pytest
from django.db import transaction

from caicach.kernel.audit.models import Entry
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.kernel.usecase.context import Surroundings, surrounded
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted
from caicach.kernel.usecase.models import IdempotentResult, OutboxEvent

from . import acts
from .leftovers import changes_of, left

NOTHING = {"units": [], "entries": [], "events": [], "keys": []}


@pytest.mark.django_db
def test_what_is_done_leaves_its_rows_its_entry_its_event_and_its_result() -> None:
    with surrounded(Surroundings("5f0c", "api", "10.0.0.7")):
        unit = acts.found_unit(actor=SYSTEM, code="VP", name="Văn phòng Bộ", idempotency_key="mot", note="QĐ 12")

    assert left() == {
        "units": ["VP"],
        "entries": [("tests.found_unit", "done")],
        "events": ["tests.unit_founded"],
        "keys": ["mot"],
    }
    entry, event, kept = Entry.objects.get(), OutboxEvent.objects.get(), IdempotentResult.objects.get()
    assert (entry.request_id, entry.via, entry.note) == ("5f0c", "api", "QĐ 12")
    assert (event.payload, event.request_id) == ({"unit": unit.pk, "remarks": []}, "5f0c")
    assert entry.at == event.at
    assert kept.result == {"record": "identity.unit", "pk": unit.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("depth", [0, 2], ids=["by itself", "deep in another"])
def test_what_breaks_at_its_end_leaves_nothing_at_all(depth: int) -> None:
    with pytest.raises(ZeroDivisionError):
        acts.found_unit(
            actor=SYSTEM, code="VP", name="Văn phòng Bộ", fails="broken", depth=depth, idempotency_key="mot"
        )

    assert left() == NOTHING


@pytest.mark.django_db(transaction=True)
def test_what_breaks_leaves_nothing_for_others_to_see() -> None:
    with pytest.raises(ZeroDivisionError):
        acts.found_unit(actor=SYSTEM, code="VP", name="Văn phòng Bộ", fails="broken", idempotency_key="mot")

    assert left() == NOTHING
    assert not transaction.get_connection().in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_a_refusal_late_in_the_work_leaves_its_entry_alone(unit: Unit) -> None:
    with pytest.raises(acts.TooLate), surrounded(Surroundings("5f0c", "page")):
        acts.found_unit(actor=SYSTEM, code="TTTT", name="Trung tâm", fails="refused", idempotency_key="mot")

    assert left() == {**NOTHING, "units": ["VP"], "entries": [("tests.found_unit", "refused")]}
    entry = Entry.objects.get()
    assert (entry.note, entry.request_id, entry.via) == ("tests.too_late", "5f0c", "page")
    assert changes_of(entry) == []


@pytest.mark.django_db(transaction=True)
def test_who_has_no_right_is_in_the_journal_with_the_record_and_no_value_of_it(unit: Unit) -> None:
    with pytest.raises(NotPermitted):
        acts.close_unit(actor=Actor(account_id=77, name="Người lạ"), unit=unit)

    assert left() == {**NOTHING, "units": ["VP"], "entries": [("tests.close_unit", "refused")]}
    entry = Entry.objects.get()
    assert (entry.account_ref, entry.note) == (77, "usecase.not_permitted")
    assert changes_of(entry) == [("identity.unit", str(unit.pk), {}, {})]


@pytest.mark.django_db
def test_input_that_needs_correcting_is_no_refusal_and_is_not_journalled(unit: Unit) -> None:
    with pytest.raises(InvalidInput):
        acts.note_on_unit(actor=SYSTEM, unit=unit, words="  ")

    assert left() == {**NOTHING, "units": ["VP"]}


@pytest.mark.django_db
def test_a_refused_key_is_free_again() -> None:
    asked = {"actor": SYSTEM, "code": "VP", "name": "Văn phòng Bộ", "idempotency_key": "mot"}
    with pytest.raises(acts.TooLate):
        acts.found_unit(**asked, fails="refused")

    assert acts.found_unit(**asked).code == "VP"
    assert left()["keys"] == ["mot"]


@pytest.mark.django_db
def test_a_use_case_called_by_another_shares_its_fate_and_has_its_own_entry() -> None:
    acts.found_unit(actor=SYSTEM, code="VP", name="Văn phòng Bộ", depth=1, idempotency_key="mot")

    assert left() == {
        "units": ["VP", "VP.1"],
        "entries": [("tests.found_unit", "done"), ("tests.found_unit", "done")],
        "events": ["tests.unit_founded"] * 2,
        "keys": ["mot"],
    }


@pytest.mark.django_db
def test_who_goes_on_after_the_refusal_of_a_part_keeps_nothing_of_that_part() -> None:
    acts.try_the_next(actor=SYSTEM, code="VP")

    assert left() == {
        "units": ["VP.1"],
        "entries": [("tests.found_unit", "done"), ("tests.try_the_next", "done")],
        "events": ["tests.unit_founded"],
        "keys": [],
    }
