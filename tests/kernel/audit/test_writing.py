"""An entry is written with the work it records, and keeps personal values where they can be erased."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from django.db import transaction

from caicach.kernel.audit import journal
from caicach.kernel.audit.models import AuthorIdentity, Entry, EntryChange, PersonalValue
from tests.kernel.audit.writing import DEADLINE_MOVED, MORNING, OFFICER, phone_changed, verified, write

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_in_what_role_did_what_when_and_by_which_door() -> None:
    number = write(note="Chờ ý kiến Bộ Tài chính")

    entry = Entry.objects.get()
    assert entry.pk == number
    assert (entry.use_case, entry.outcome, entry.at) == ("programme.move_deadline", "done", MORNING)
    assert (entry.account_ref, entry.role, entry.unit_code) == (7, "unit_head", "VPB")
    assert (entry.via, entry.request_id, entry.note) == ("page", "5f0c", "Chờ ý kiến Bộ Tài chính")


def test_an_entry_disappears_with_the_work_that_was_rolled_back() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not Entry.objects.exists()
    assert not EntryChange.objects.exists()


def test_a_moment_given_in_another_zone_is_kept_in_utc() -> None:
    write(at=datetime(2026, 3, 11, 9, 0, tzinfo=timezone(timedelta(hours=7))))

    assert Entry.objects.get().at.isoformat() == "2026-03-11T02:00:00+00:00"
    assert verified().is_intact


def test_changes_keep_their_order_and_only_the_fields_given() -> None:
    write([DEADLINE_MOVED, phone_changed()])

    first, second = EntryChange.objects.order_by("position")
    assert (first.position, second.position) == (1, 2)
    assert json.loads(first.before) == {"deadline": "2026-06-30"}
    assert json.loads(second.after)["city"] == "Vinh"


def test_no_personal_value_and_no_name_stands_in_what_cannot_be_erased() -> None:
    write([phone_changed(after="0912 345 678")], address="203.113.131.9")

    text = json.dumps([list(Entry.objects.values()), list(EntryChange.objects.values())], default=str)
    assert "0912 345 678" not in text
    assert OFFICER.name not in text
    assert "203.113.131.9" not in text
    assert PersonalValue.objects.get().after == '"0912 345 678"'
    assert AuthorIdentity.objects.get().name == OFFICER.name


def test_an_author_is_written_down_once_for_each_place() -> None:
    for address in ("10.0.0.7", "10.0.0.7", "10.0.0.8"):
        write(address=address)

    assert AuthorIdentity.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "statements"),
    [([], 1), ([DEADLINE_MOVED], 2), ([DEADLINE_MOVED] * 50, 2), ([phone_changed()] * 50, 3)],
    ids=["nothing changed", "one record", "fifty records", "fifty records with personal values"],
)
def test_a_known_author_s_entry_takes_few_statements_however_much_changed(
    changes: list[journal.Change], statements: int, django_assert_num_queries: object
) -> None:
    write()
    # 1. the entry  2. its changes  3. the personal values; and the savepoint's two
    with django_assert_num_queries(statements + 2):  # type: ignore[operator]
        write(changes)


def test_every_json_value_comes_back_as_it_was_hashed() -> None:
    values = {
        "text": "Đề án “một cửa” \\ \x00 \u2028",
        "whole": 10**30,
        "share": 0.1 + 0.2,
        "list": [None, True, {"b": 1, "a": [1.0, -0.0]}],
        "nothing": None,
    }
    write(
        [journal.Change("a.b", "1", values, {}, frozenset()), journal.Change("a.b", "1", {}, values, frozenset(values))]
    )

    assert verified().is_intact
    assert json.loads(EntryChange.objects.order_by("position")[0].before) == values


def test_a_nul_in_a_reason_does_not_lose_the_entry() -> None:
    write(note="vì\x00 lý do")

    assert Entry.objects.get().note == "vì lý do"


def test_an_over_long_name_is_cut_and_still_verifies() -> None:
    write(author=journal.Author(None, "x" * 500, "", "", "y" * 500), address="z" * 100)

    assert verified().is_intact
