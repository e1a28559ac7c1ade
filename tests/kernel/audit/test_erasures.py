"""An erasure is journalled; what is empty without one was emptied by a hand."""

from __future__ import annotations

import json

import pytest

from caicach.kernel.audit import erasure, journal
from caicach.kernel.audit.models import EntryChange
from caicach.kernel.audit.queries import entries
from caicach.kernel.audit.wording import worded
from tests.kernel.audit.writing import (
    OFFICER,
    erase,
    found,
    phone_changed,
    run,
    seal_now,
    sealed_journal,
    verified,
    write,
)

pytestmark = pytest.mark.django_db

EMPTY_VALUES = "UPDATE audit_personalvalue SET before = NULL, after = NULL, salt = NULL"
EMPTY_AUTHORS = "UPDATE audit_authoridentity SET name = NULL, on_behalf_of = NULL, address = NULL"


def test_emptying_every_personal_value_by_hand_is_found() -> None:
    numbers = sealed_journal()

    run(EMPTY_VALUES)

    assert found()[0] == ("personal_erased_unrecorded", None, numbers[0])
    assert verified().total == len(numbers)
    assert verified().erased == 0


def test_emptying_every_author_by_hand_is_found() -> None:
    numbers = sealed_journal()

    run(EMPTY_AUTHORS)

    assert found() == [("author_erased_unrecorded", None, numbers[0])]
    assert verified().findings[0].as_json()["kind"] == "deleted"


def test_what_was_emptied_beyond_a_recorded_erasure_is_told_apart() -> None:
    sealed_journal()
    other = write([phone_changed(person="10")], author=journal.Author(8, "Trần Văn B", "staff", "VPB", ""))
    erase(subjects=[("identity.person", "9")], account_refs=[7])
    seal_now(99)
    assert verified().is_intact
    assert verified().erased == 13

    run(EMPTY_VALUES)

    assert found() == [("personal_erased_unrecorded", None, other)]
    assert verified().erased == 13


def test_before_its_seal_an_erasure_counts_too() -> None:
    write([phone_changed()])

    erase(subjects=[("identity.person", "9")], account_refs=[7])

    assert verified().is_intact
    assert verified().erased == 2


def test_an_erased_person_who_acts_again_stays_erased_and_accounted_for() -> None:
    write([phone_changed()])
    erase(account_refs=[7])

    write(author=OFFICER)

    assert verified().is_intact


@pytest.mark.usefixtures("attacker")
def test_an_erasure_put_in_by_hand_excuses_nothing() -> None:
    numbers = sealed_journal()
    run(EMPTY_AUTHORS)
    digest = journal.hashing.author_digest(journal.keys.author_key(), 7, "Nguyễn Thị Hòa", "", "10.0.0.7")
    run(
        "INSERT INTO audit_entry (nonce, at, use_case, outcome, author_digest, role, unit_code, via, request_id, note,"
        " mac) SELECT '0000000000000000', at, %s, outcome, author_digest, role, unit_code, via, request_id, note, mac"
        " FROM audit_entry WHERE id = %s",
        erasure.USE_CASE,
        numbers[0],
    )
    run(
        "INSERT INTO audit_entrychange (entry_id, position, subject_type, subject_id, before, after, personal)"
        " SELECT max(id), 1, %s, '1', '{}', %s, '[]' FROM audit_entry",
        erasure.SUBJECT,
        json.dumps({"authors": [digest]}),
    )

    assert ("author_erased_unrecorded", None, numbers[0]) in found()


@pytest.mark.usefixtures("attacker")
def test_a_value_left_in_place_without_its_salt_is_altered() -> None:
    numbers = sealed_journal()

    run("UPDATE audit_personalvalue SET salt = NULL WHERE entry_id = %s", numbers[3])

    assert found() == [("personal_altered", None, numbers[3])]


def test_a_large_erasure_leaves_several_entries_of_bounded_size() -> None:
    write([phone_changed()] * 1200)

    assert erase(subjects=[("identity.person", "9")]).values == 1200

    listed = [json.loads(change.after) for change in EntryChange.objects.filter(subject_type=erasure.SUBJECT)]
    assert [len(change["values"]) for change in listed] == [500, 500, 200]
    assert verified().is_intact
    assert verified().erased == 1200


def test_the_entry_of_an_erasure_names_nobody() -> None:
    number = write([phone_changed(after="0912 000 111")])

    erase(subjects=[("identity.person", "9")], account_refs=[7], note="Đơn số 12")

    line = entries(limit=1)[0]
    (told,) = worded([line])
    text = EntryChange.objects.exclude(entry=number).get().after
    assert not [word for word in ("Hòa", "0912", "10.0.0.7") if word in text]
    assert (told.title, told.note) == ("Xóa dữ liệu của một người khỏi sổ nhật ký", "Đơn số 12")
    assert told.fields[1].sentence == f"Giá trị đã xóa (mục, thay đổi, trường): {number}.1.phone"


def test_nothing_to_erase_leaves_no_entry() -> None:
    write()

    erase(names=["Không Có Ai"])

    assert len(entries(limit=5)) == 1
