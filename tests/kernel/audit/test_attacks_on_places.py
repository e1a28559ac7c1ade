"""Entries that change places in the chain, or whose place is hashed anew."""

from __future__ import annotations

import pytest

from caicach.kernel.audit import hashing
from caicach.kernel.audit.stored import stored_entries
from tests.kernel.audit.writing import found, rows, run, sealed_journal, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attacker")]


def swap_rows(table: str, key: str, one: int, other: int) -> None:
    spare = 10**9
    for was, becomes in ((one, spare), (other, one), (spare, other)):
        run(f"UPDATE {table} SET {key} = %s WHERE {key} = %s", becomes, was)


@pytest.mark.parametrize("other", [6, 9], ids=["in one seal", "in two seals"])
def test_two_entries_with_swapped_contents(other: int) -> None:
    numbers = sealed_journal()

    swap_rows("audit_entry", "id", numbers[5], numbers[other])
    swap_rows("audit_entrychange", "entry_id", numbers[5], numbers[other])
    swap_rows("audit_personalvalue", "entry_id", numbers[5], numbers[other])

    first, second = verified().findings
    assert (first.kind, first.seal, first.entry) == ("swapped", 2, numbers[5])
    assert (second.kind, second.entry) == ("swapped", numbers[other])


def test_two_entries_whose_contents_were_swapped_without_their_marks() -> None:
    numbers = sealed_journal()
    marks = dict(rows("SELECT id, mac FROM audit_entry"))

    swap_rows("audit_entry", "id", numbers[5], numbers[6])
    swap_rows("audit_entrychange", "entry_id", numbers[5], numbers[6])
    for number in numbers[5:7]:
        run("UPDATE audit_entry SET mac = %s WHERE id = %s", marks[number], number)

    assert found()[0] == ("entry_swapped", 2, numbers[5])


def test_swapped_places_in_a_seal() -> None:
    numbers = sealed_journal()

    for number, position in ((numbers[5], 99), (numbers[6], 1), (numbers[5], 2)):
        run("UPDATE audit_sealedentry SET position = %s WHERE entry_id = %s", position, number)

    assert found() == [("entry_moved", 2, numbers[5]), ("entry_moved", 2, numbers[6])]


def test_swapped_places_in_two_seals() -> None:
    numbers = sealed_journal()

    for number, seal, position in ((numbers[5], 3, 99), (numbers[9], 2, 1), (numbers[5], 3, 1)):
        run("UPDATE audit_sealedentry SET seal_id = %s, position = %s WHERE entry_id = %s", seal, position, number)

    findings = verified().findings
    assert [finding.kind for finding in findings] == ["swapped", "swapped"]
    assert findings[0].seal == 2


def test_an_altered_leaf_is_not_blamed_on_the_entry() -> None:
    numbers = sealed_journal()

    run("UPDATE audit_sealedentry SET leaf = %s WHERE entry_id = %s", "0" * 64, numbers[5])

    assert found() == [("leaf_altered", 2, numbers[5])]


def test_an_altered_entry_whose_place_was_hashed_anew() -> None:
    numbers = sealed_journal()
    run("UPDATE audit_entry SET note = 'x' WHERE id = %s", numbers[5])
    content = stored_entries([numbers[5]])[numbers[5]].content

    leaf = hashing.leaf_hash(sequence=2, position=1, entry_id=numbers[5], content=content).hex()
    run("UPDATE audit_sealedentry SET leaf = %s WHERE entry_id = %s", leaf, numbers[5])

    assert found()[0] == ("entry_altered", 2, numbers[5])
