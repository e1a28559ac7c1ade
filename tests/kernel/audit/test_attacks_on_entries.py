"""What the journal says, altered, deleted or added to by whoever owns the database: `verify` says what and where."""

from __future__ import annotations

import pytest

from tests.kernel.audit.writing import found, rows, run, seal_now, sealed_journal, verified, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attacker")]

ENTRY_COLUMNS = "nonce, at, use_case, outcome, account_ref, author_digest, role, unit_code, via, request_id, note, mac"
OTHER_VALUE = {"at": "'2020-01-01 00:00:00+00'", "account_ref": "99", "outcome": "'failed'"}


@pytest.mark.parametrize("column", ENTRY_COLUMNS.split(", "))
def test_an_altered_field_of_an_entry(column: str) -> None:
    numbers = sealed_journal()

    run(f"UPDATE audit_entry SET {column} = {OTHER_VALUE.get(column, repr('x'))} WHERE id = %s", numbers[5])

    expected = "entry_inserted" if column == "mac" else "entry_altered"
    assert found() == [(expected, 2, numbers[5])]


@pytest.mark.parametrize("column", ["subject_type", "subject_id", "before", "after", "personal", "position"])
def test_an_altered_change(column: str) -> None:
    numbers = sealed_journal()
    value = {"position": "9"}.get(column, """'{"deadline":"2026-12-31"}'""")

    run(f"UPDATE audit_entrychange SET {column} = {value} WHERE entry_id = %s AND position = 1", numbers[5])

    assert found()[0] == ("entry_altered", 2, numbers[5])


def test_a_change_hung_on_another_entry() -> None:
    numbers = sealed_journal()

    run(
        "UPDATE audit_entrychange SET entry_id = %s, position = 3 WHERE entry_id = %s AND position = 2",
        numbers[7],
        numbers[5],
    )

    assert {("entry_altered", 2, numbers[5]), ("entry_altered", 2, numbers[7])} <= set(found())
    assert found()[0] == ("entry_altered", 2, numbers[5])


def test_a_deleted_entry() -> None:
    numbers = sealed_journal()

    run("DELETE FROM audit_entry WHERE id = %s", numbers[5])

    assert found()[0] == ("entry_deleted", 2, numbers[5])


def test_a_deleted_entry_with_all_that_belongs_to_it() -> None:
    numbers = sealed_journal()

    for table in ("audit_entrychange", "audit_personalvalue"):
        run(f"DELETE FROM {table} WHERE entry_id = %s", numbers[5])
    run("DELETE FROM audit_entry WHERE id = %s", numbers[5])

    assert found() == [("entry_deleted", 2, numbers[5])]


@pytest.mark.parametrize("place", [0, 1, 3], ids=["first", "middle", "last"])
def test_a_deleted_entry_with_its_place_in_the_seal(place: int) -> None:
    numbers = sealed_journal()
    gone = numbers[4 + place]

    run("DELETE FROM audit_entry WHERE id = %s", gone)
    run("DELETE FROM audit_sealedentry WHERE entry_id = %s", gone)

    first = verified().findings[0]
    assert (first.kind, first.seal) == ("deleted", 2)
    assert str(gone if place == 1 else numbers[5] if place == 0 else numbers[6]) in first.message


def test_all_entries_of_a_seal_deleted_with_their_places() -> None:
    numbers = sealed_journal()

    for number in numbers[4:8]:
        for table, column in (
            ("audit_entry", "id"),
            ("audit_entrychange", "entry_id"),
            ("audit_sealedentry", "entry_id"),
        ):
            run(f"DELETE FROM {table} WHERE {column} = %s", number)

    assert found()[0] == ("entries_deleted_all", 2, None)


def test_a_deleted_entry_whose_place_was_closed_up() -> None:
    numbers = sealed_journal()

    run("DELETE FROM audit_entry WHERE id = %s", numbers[5])
    run("DELETE FROM audit_sealedentry WHERE entry_id = %s", numbers[5])
    run("UPDATE audit_sealedentry SET position = 1 WHERE entry_id = %s", numbers[6])
    run("UPDATE audit_sealedentry SET position = 2 WHERE entry_id = %s", numbers[7])

    assert found()[0] == ("entry_moved", 2, numbers[6])


def test_a_deleted_change() -> None:
    numbers = sealed_journal()

    run("DELETE FROM audit_entrychange WHERE entry_id = %s AND position = 1", numbers[5])

    assert found() == [("entry_altered", 2, numbers[5])]


def copy_of(number: int, **other: str) -> int:
    values = ", ".join(other.get(column, column) for column in ENTRY_COLUMNS.split(", "))
    run(f"INSERT INTO audit_entry ({ENTRY_COLUMNS}) SELECT {values} FROM audit_entry WHERE id = %s", number)
    (new,) = rows("SELECT max(id) FROM audit_entry")[0]
    run(
        "INSERT INTO audit_entrychange (entry_id, position, subject_type, subject_id, before, after, personal) "
        "SELECT %s, position, subject_type, subject_id, before, after, '[]' FROM audit_entrychange "
        "WHERE entry_id = %s",
        new,
        number,
    )
    return int(new)


def test_an_inserted_entry() -> None:
    numbers = sealed_journal()

    new = copy_of(numbers[5], nonce="'0123456789abcdef'", note="'put in'")

    assert found()[0] == ("entry_inserted", None, new)


def test_an_inserted_entry_that_the_sealer_took_for_ours() -> None:
    numbers = sealed_journal()
    new = copy_of(numbers[5], note="'put in'")

    outcome = seal_now(90)

    assert outcome.foreign == (new,)
    assert found()[0] == ("entry_inserted", 4, new)


def test_an_entry_that_was_done_once_and_stands_there_twice() -> None:
    number = write([])
    seal_now()

    new = copy_of(number)
    seal_now(61)

    assert found() == [("entry_copied", 2, new)]
    assert verified().findings[0].more == {"original": number}


def test_an_inserted_change() -> None:
    numbers = sealed_journal()

    run(
        "INSERT INTO audit_entrychange (entry_id, position, subject_type, subject_id, before, after, personal) "
        "VALUES (%s, 3, 'a.b', '1', '{}', '{}', '[]')",
        numbers[5],
    )

    assert found() == [("entry_altered", 2, numbers[5])]


def test_an_inserted_change_of_an_entry_that_never_was() -> None:
    sealed_journal()

    run(
        "INSERT INTO audit_entrychange (entry_id, position, subject_type, subject_id, before, after, personal) "
        "VALUES (999999, 1, 'a.b', '1', '{}', '{}', '[]')"
    )

    assert found() == [("change_without_entry", None, 999999)]
