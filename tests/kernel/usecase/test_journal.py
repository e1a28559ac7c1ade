"""What a use case did stands in the journal field by field, and it decides on the record as it is now."""

from __future__ import annotations

from copy import copy

import pytest

from caicach.kernel.audit.models import Entry, PersonalValue
from caicach.kernel.calendar import clock
from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.kernel.usecase.core import UseCase
from caicach.kernel.usecase.errors import NotFound
from tests.ministry import Ministry

from . import acts
from .leftovers import changes_of, left

pytestmark = pytest.mark.django_db

FIRST = Actor(account_id=1, name="Người đầu")


def test_a_change_names_its_record_and_only_the_fields_that_differ(unit: Unit) -> None:
    acts.rename_unit(actor=SYSTEM, unit=unit, name="Văn phòng")

    record = ("identity.unit", str(unit.pk))
    assert changes_of(Entry.objects.get()) == [(*record, {"name": "Văn phòng Bộ"}, {"name": "Văn phòng"})]


def test_a_change_to_the_same_value_is_no_change(unit: Unit) -> None:
    acts.rename_unit(actor=SYSTEM, unit=unit, name=unit.name)

    assert changes_of(Entry.objects.get()) == []


def test_a_record_made_has_no_before_and_one_deleted_no_after() -> None:
    unit = acts.found_unit(actor=SYSTEM, code="VP", name="Văn phòng Bộ")
    acts.close_unit(actor=FIRST, unit=unit)

    made, deleted = (changes_of(entry)[0] for entry in Entry.objects.order_by("id"))
    assert (made[2], made[3]["name"], made[3]["valid_from"]) == ({}, "Văn phòng Bộ", "2022-01-01")
    assert (deleted[2], deleted[3]) == (made[3], {})


def test_a_personal_value_stands_beside_the_journal_and_a_password_nowhere(ministry: Ministry) -> None:
    account = identity.create_account(
        actor=SYSTEM, username="binh", full_name="Trần Thị Bình", email="binh@bnv.example", password="rat-dai-va-rieng"
    )

    (_, _, before, after) = changes_of(Entry.objects.order_by("-id")[0])[0]
    assert before == {}
    assert after["full_name"].keys() == after["email"].keys() == {"sha256"}
    assert "password" not in after
    kept = PersonalValue.objects.filter(field="full_name").order_by("-entry_id")[0]
    assert kept.after == '"Trần Thị Bình"'
    assert account.check_password("rat-dai-va-rieng")


def test_holding_shows_the_record_as_it_is_now_and_not_as_the_page_had_it(unit: Unit) -> None:
    seen_before = copy(unit)
    acts.rename_unit(actor=SYSTEM, unit=unit, name="Văn phòng")

    acts.rename_unit(actor=SYSTEM, unit=seen_before, name="Văn phòng Bộ Nội vụ")

    (_, _, before, after) = changes_of(Entry.objects.order_by("-id")[0])[0]
    assert (before, after) == ({"name": "Văn phòng"}, {"name": "Văn phòng Bộ Nội vụ"})


def test_holding_leaves_alone_what_was_not_loaded(unit: Unit) -> None:
    partly = Unit.objects.only("id", "name").get(pk=unit.pk)
    Unit.objects.filter(pk=unit.pk).update(name="Văn phòng", code="VPB")

    UseCase(name="tests.hold", actor=SYSTEM, at=clock.now()).hold(partly)

    assert partly.name == "Văn phòng"
    assert "code" in partly.get_deferred_fields()


def test_what_is_gone_meanwhile_cannot_be_held_and_the_try_is_journalled(unit: Unit) -> None:
    seen_before = copy(unit)
    acts.close_unit(actor=FIRST, unit=unit)

    with pytest.raises(NotFound):
        acts.rename_unit(actor=SYSTEM, unit=seen_before, name="Văn phòng")
    assert left()["entries"][-1] == ("tests.rename_unit", "refused")


def test_a_run_may_leave_no_entry_where_it_notes_and_tells_nothing(unit: Unit) -> None:
    acts.keep_quietly(actor=SYSTEM, unit=unit)

    assert not Entry.objects.exists()


def test_what_changes_a_record_cannot_be_left_out(unit: Unit) -> None:
    with pytest.raises(RuntimeError, match="it leaves an entry"):
        acts.keep_quietly(actor=SYSTEM, unit=unit, name="Văn phòng")

    unit.refresh_from_db()
    assert unit.name == "Văn phòng Bộ"
