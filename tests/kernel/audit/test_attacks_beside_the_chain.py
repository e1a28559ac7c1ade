"""What stands beside the chain: personal values, names of authors, entries that wait for the sealer."""

from __future__ import annotations

import pytest

from tests.kernel.audit.writing import found, run, seal_now, sealed_journal, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attacker")]


def test_an_altered_personal_value() -> None:
    numbers = sealed_journal()

    run("UPDATE audit_personalvalue SET after = '\"0999\"' WHERE entry_id = %s", numbers[5])

    assert found() == [("personal_altered", None, numbers[5])]


def test_a_deleted_personal_value() -> None:
    numbers = sealed_journal()

    run("DELETE FROM audit_personalvalue WHERE entry_id = %s", numbers[5])

    assert found() == [("personal_deleted", None, numbers[5])]


def test_an_inserted_personal_value() -> None:
    numbers = sealed_journal()

    run("INSERT INTO audit_personalvalue (entry_id, position, field) VALUES (%s, 1, 'deadline')", numbers[5])

    assert found() == [("personal_inserted", None, numbers[5])]


def test_the_name_of_an_author_put_in_place_of_another() -> None:
    numbers = sealed_journal()

    run("UPDATE audit_authoridentity SET name = 'Trần Văn B'")

    assert found() == [("author_altered", None, numbers[0])]


def test_the_name_of_an_author_deleted() -> None:
    numbers = sealed_journal()

    run("DELETE FROM audit_authoridentity")

    assert found()[0] == ("author_deleted", None, numbers[0])


def test_an_entry_kept_from_the_sealer() -> None:
    sealed_journal()
    number = write()

    run("DELETE FROM audit_unsealedentry WHERE entry_id = %s", number)
    seal_now(99)

    assert found() == [("entry_withheld", None, number)]


def test_an_entry_altered_before_it_was_sealed() -> None:
    sealed_journal()
    number = write()

    run("UPDATE audit_entry SET note = 'x' WHERE id = %s", number)

    assert found() == [("entry_inserted", None, number)]


def test_an_entry_deleted_before_it_was_sealed() -> None:
    sealed_journal()
    number = write([])

    run("DELETE FROM audit_entry WHERE id = %s", number)
    seal_now(99)

    assert found() == [("entry_deleted_unsealed", None, number)]
