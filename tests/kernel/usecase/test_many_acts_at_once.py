"""A use case that does the same act to many records: each act is journalled and told as if it had been done alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caicach.kernel.audit.models import Entry
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.kernel.usecase.errors import NotFound, NotPermitted
from caicach.kernel.usecase.models import OutboxEvent
from tests.kernel.audit.writing import verified

from . import acts
from .leftovers import changes_of, left

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_heads(settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"


@pytest.fixture
def make_units() -> Callable[[int], list[Unit]]:
    def make(count: int) -> list[Unit]:
        return [Unit.objects.create(code=f"V{n:04}", name=f"Vụ {n}", valid_from=acts.SINCE) for n in range(count)]

    return make


def test_each_act_has_its_entry_and_its_event_and_the_whole_has_its_own(
    make_units: Callable[[int], list[Unit]],
) -> None:
    units = make_units(2)
    ids = [unit.pk for unit in units]

    assert acts.close_units(actor=SYSTEM, units=units) == 2

    assert left()["units"] == []
    *parts, whole = Entry.objects.order_by("pk")
    assert [entry.use_case for entry in parts] == ["tests.close_unit"] * 2
    assert [changes_of(entry)[0][:2] for entry in parts] == [("identity.unit", str(pk)) for pk in ids]
    assert (whole.use_case, changes_of(whole)) == ("tests.close_units", [])
    assert [event.payload["unit"] for event in OutboxEvent.objects.order_by("pk")] == ids
    assert verified().is_intact


def test_more_acts_than_one_statement_takes_keep_their_order(make_units: Callable[[int], list[Unit]]) -> None:
    units = make_units(1201)
    ids = [unit.pk for unit in units]

    acts.close_units(actor=SYSTEM, units=units)

    entries = Entry.objects.filter(use_case="tests.close_unit").order_by("pk").prefetch_related("changes")
    assert [int(entry.changes.all()[0].subject_id) for entry in entries] == ids
    assert [event.payload["unit"] for event in OutboxEvent.objects.order_by("pk")] == ids


def test_who_may_do_the_whole_but_not_each_act_does_none(make_units: Callable[[int], list[Unit]]) -> None:
    with pytest.raises(NotPermitted):
        acts.close_units(actor=Actor(account_id=77, name="Người lạ"), units=make_units(2))

    assert left()["units"] == ["V0000", "V0001"]
    assert left()["entries"] == [("tests.close_units", "refused")]


def test_one_record_that_has_gone_meanwhile_stops_the_whole(make_units: Callable[[int], list[Unit]]) -> None:
    stays, gone = make_units(2)
    Unit.objects.filter(pk=gone.pk).delete()

    with pytest.raises(NotFound):
        acts.close_units(actor=SYSTEM, units=[stays, gone])

    assert left()["units"] == [stays.code]


def test_entries_and_events_take_as_many_statements_for_fifty_as_for_one(
    make_units: Callable[[int], list[Unit]],
) -> None:
    units = make_units(51)
    acts.close_units(actor=SYSTEM, units=units[:1])  # writes the author down

    for chosen in (units[1:2], units[2:]):
        with CaptureQueriesContext(connection) as asked:
            acts.close_units(actor=SYSTEM, units=chosen)
        written = [found[1] for query in asked if (found := re.search(r"INSERT INTO (\w+)", query["sql"]))]
        assert written == ["audit_entry", "audit_entrychange", "usecase_outboxevent"]
