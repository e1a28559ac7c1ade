"""Seals altered, deleted, cut off from the end, and a chain computed wholly anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caicach.kernel.audit import hashing, heads
from caicach.kernel.audit.models import Entry, Seal, SealedEntry
from caicach.kernel.audit.sealing import recomputed_chain_hash
from caicach.kernel.audit.stored import stored_entries
from tests.kernel.audit.writing import found, heads_file, run, seal_now, sealed_journal, verified, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attacker")]


@pytest.mark.parametrize(
    "change",
    [
        "first_at = '2020-01-01 00:00:00+00'",
        "at = '2020-01-01 00:00:00+00'",
        "merkle_root = repeat_0",
        "previous = repeat_0",
        "chain_hash = repeat_0",
        "signature = repeat_0",
    ],
)
def test_an_altered_seal(change: str) -> None:
    sealed_journal()

    run(f"UPDATE audit_seal SET {change} WHERE sequence = 2".replace("repeat_0", f"'{'0' * 64}'"))

    assert {finding.seal for finding in verified().findings} <= {2, 3}
    assert verified().findings[0].seal == 2
    assert verified().findings[0].kind in ("altered", "rebuilt")


def test_an_altered_count_of_a_seal() -> None:
    sealed_journal()

    run("UPDATE audit_seal SET count = 3 WHERE sequence = 2")

    assert {seal for _code, seal, _entry in found()} == {2}


def test_a_seal_deleted_from_the_middle() -> None:
    numbers = sealed_journal()

    run("DELETE FROM audit_seal WHERE sequence = 2")

    assert found()[0] == ("place_without_seal", 2, numbers[4])
    assert ("seal_deleted", 2, None) in found()


def cut_tail(numbers: list[int]) -> None:
    """The last seal with all that it sealed."""
    run("DELETE FROM audit_seal WHERE sequence = 3")
    run("DELETE FROM audit_sealedentry WHERE seal_id = 3")
    for number in numbers[8:]:
        run("DELETE FROM audit_entry WHERE id = %s", number)
        run("DELETE FROM audit_entrychange WHERE entry_id = %s", number)
        run("DELETE FROM audit_personalvalue WHERE entry_id = %s", number)


def test_a_cut_off_tail_shows_against_the_head_kept_outside() -> None:
    cut_tail(sealed_journal())

    assert found() == [("tail_cut", 2, None)]
    assert verified().findings[0].more == {"last": 3}


def test_a_tail_that_was_cut_off_and_grown_anew() -> None:
    cut_tail(sealed_journal())

    write()
    outcome = seal_now(99)
    seal_now(100)

    assert outcome.heads_differ
    assert found() == [("chain_rebuilt", 3, None)]


def test_the_last_seal_deleted_but_not_its_entries() -> None:
    numbers = sealed_journal()

    run("DELETE FROM audit_seal WHERE sequence = 3")
    run("DELETE FROM audit_sealedentry WHERE seal_id = 3")

    assert found()[0] == ("tail_cut", 2, None)
    assert {("entry_withheld", None, number) for number in numbers[8:]} <= set(found())


def rebuild_chain() -> None:
    """All hashes computed anew over what stands there now, as anyone can who has the database and this program."""
    previous = hashing.NO_PREVIOUS
    for seal in Seal.objects.order_by("sequence"):
        numbers = list(SealedEntry.objects.filter(seal=seal).order_by("pk").values_list("pk", flat=True))
        numbers = [number for number in numbers if Entry.objects.filter(pk=number).exists()]
        SealedEntry.objects.filter(seal=seal).exclude(pk__in=numbers).delete()
        contents = stored_entries(numbers)
        leaves = [
            hashing.leaf_hash(sequence=seal.sequence, position=place, entry_id=number, content=contents[number].content)
            for place, number in enumerate(numbers)
        ]
        for place, number in enumerate(numbers):
            SealedEntry.objects.filter(pk=number).update(position=place, leaf=leaves[place].hex())
        seal.count = len(leaves)
        seal.merkle_root = hashing.merkle_root(leaves)
        seal.previous = previous
        seal.chain_hash = previous = recomputed_chain_hash(seal)
        seal.save()


def test_a_wholly_rebuilt_chain_shows_against_the_heads_kept_outside() -> None:
    numbers = sealed_journal()

    run("DELETE FROM audit_entry WHERE id = %s", numbers[5])
    run("DELETE FROM audit_entrychange WHERE entry_id = %s", numbers[5])
    run("DELETE FROM audit_personalvalue WHERE entry_id = %s", numbers[5])
    rebuild_chain()

    assert ("chain_rebuilt", 2, None) in found()
    assert found()[0][1] == 2


def test_a_rebuilt_chain_with_rebuilt_heads_lacks_the_key() -> None:
    numbers = sealed_journal()
    run("DELETE FROM audit_entry WHERE id = %s", numbers[5])
    run("DELETE FROM audit_entrychange WHERE entry_id = %s", numbers[5])
    run("DELETE FROM audit_personalvalue WHERE entry_id = %s", numbers[5])
    rebuild_chain()

    write_heads(lambda head, seal: heads.Head(seal.sequence, seal.chain_hash, seal.count, head.at, head.signature))

    assert found()[0] in [("seal_forged", 2, None), ("chain_rebuilt", 2, None)]


def write_heads(change: Callable[[heads.Head, Seal], heads.Head]) -> None:
    lines = [line.head for line in heads.read(heads_file())]
    seals = Seal.objects.in_bulk()
    heads_file().write_text("".join(change(head, seals[head.sequence]).line() for head in lines if head))


def test_an_altered_entry_in_a_rebuilt_chain_lacks_our_mark() -> None:
    numbers = sealed_journal()

    run("UPDATE audit_entry SET note = 'x' WHERE id = %s", numbers[5])
    rebuild_chain()

    assert found()[0] == ("entry_inserted", 2, numbers[5])
