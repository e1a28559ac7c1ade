"""What was written is closed into a chain within a second, once, in whatever order transactions commit."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection, transaction

from caicach.kernel.audit import heads, keys
from caicach.kernel.audit.models import Seal, SealedEntry, UnsealedEntry
from caicach.kernel.audit.sealing import BATCH, SealOutcome, requeue_forgotten
from tests.audit_tools import unguarded_journal
from tests.kernel.audit.writing import found, heads_file, run, seal_now, sealed_journal, verified, write, write_several

pytestmark = pytest.mark.django_db


def test_all_that_waits_is_sealed_by_rising_number() -> None:
    numbers = write_several(5)

    outcome = seal_now()

    assert outcome == SealOutcome(seals=1, entries=5)
    assert list(SealedEntry.objects.order_by("position").values_list("pk", flat=True)) == numbers
    assert not UnsealedEntry.objects.exists()


def test_nothing_new_makes_no_seal() -> None:
    write()
    seal_now()

    assert seal_now(61) == SealOutcome()
    assert Seal.objects.count() == 1


def test_a_seal_follows_the_one_before_it() -> None:
    sealed_journal(seals=2)

    first, second = Seal.objects.order_by("sequence")
    assert (first.sequence, first.previous) == (1, "0" * 64)
    assert (second.sequence, second.previous) == (2, first.chain_hash)


def test_a_seal_says_from_when_to_when_its_entries_are() -> None:
    write(minute=30)
    write(minute=10)
    write(minute=20)
    seal_now()

    seal = Seal.objects.get()
    assert (seal.count, seal.first_at.minute, seal.last_at.minute) == (3, 10, 30)


def test_a_head_can_be_checked_with_the_public_key_alone() -> None:
    sealed_journal(seals=2)

    line = json.loads(heads_file().read_text().splitlines()[1])
    message = json.dumps(
        ["caicach.head.1", line["sequence"], line["chain_hash"], line["count"], line["at"]], separators=(",", ":")
    )
    public = Ed25519PublicKey.from_public_bytes(keys.public_key().public_bytes_raw())
    public.verify(bytes.fromhex(line["signature"]), message.encode())  # raises when it does not fit
    assert line["chain_hash"] == Seal.objects.get(sequence=2).chain_hash


def test_more_than_a_batch_becomes_several_seals() -> None:
    for _ in range(BATCH + 5):
        write([])

    outcome = seal_now()

    assert (outcome.seals, outcome.entries) == (2, BATCH + 5)
    assert verified().is_intact


def test_an_entry_is_never_passed_over_because_a_later_one_was_committed_first(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    written, may_commit = threading.Event(), threading.Event()
    slow: list[int] = []

    def write_slowly() -> None:
        with transaction.atomic():
            slow.append(write())
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=write_slowly)
    thread.start()
    written.wait(10)
    quick = write()
    first = seal_now(60)
    may_commit.set()
    thread.join()
    second = seal_now(61)

    assert slow[0] < quick
    assert (first.entries, second.entries) == (1, 1)
    assert list(SealedEntry.objects.order_by("seal_id").values_list("pk", flat=True)) == [quick, slow[0]]
    assert verified().is_intact


def test_a_second_sealer_leaves_the_work_to_the_first() -> None:
    write()

    with heads.held(heads_file()):
        assert seal_now().is_busy

    assert not Seal.objects.exists()
    assert seal_now().entries == 1


def lines() -> list[str]:
    return heads_file().read_text().splitlines(keepends=True)


@pytest.mark.parametrize("seals", [1, 3])
@pytest.mark.parametrize("written", [0, 1, 100], ids=["nothing", "one letter", "half the line"])
def test_a_head_lost_in_a_crash_is_written_at_the_next_run(seals: int, written: int) -> None:
    sealed_journal(seals=seals)
    whole = "".join(lines())
    heads_file().write_text("".join(lines()[:-1]) + lines()[-1][:written])

    assert verified().is_intact
    assert verified().head_unwritten

    outcome = seal_now(90)
    assert not outcome.heads_differ
    assert verified().is_intact
    assert not verified().head_unwritten
    assert heads_file().read_text().endswith(whole.splitlines(keepends=True)[-1])


def test_a_full_disk_stops_the_sealing_after_one_seal_and_nothing_is_lost(settings: Any) -> None:
    mended, settings.AUDIT_HEADS = settings.AUDIT_HEADS, "/dev/full"
    write()

    with pytest.raises(OSError, match="No space left"):
        seal_now()
    write()
    with pytest.raises(OSError, match="No space left"):
        seal_now(61)
    assert Seal.objects.count() == 1

    settings.AUDIT_HEADS = mended
    assert seal_now(62).entries == 1
    assert len(lines()) == 2
    assert verified().is_intact


def test_entries_kept_from_the_sealer_are_lined_up_again_by_the_operator_s_command() -> None:
    sealed_journal()
    number = write()
    run("DELETE FROM audit_unsealedentry WHERE entry_id = %s", number)

    assert requeue_forgotten() == 1
    assert seal_now(99).entries == 1
    assert verified().is_intact


def test_a_list_of_waiting_entries_spoilt_by_hand_does_not_stop_the_sealer() -> None:
    numbers = sealed_journal()
    run("INSERT INTO audit_unsealedentry (entry_id) VALUES (%s)", numbers[0])
    run("INSERT INTO audit_unsealedentry (entry_id) VALUES (999999)")
    write()

    assert seal_now(99).entries == 1
    assert found() == [("entry_deleted_unsealed", None, 999999)]


def test_entries_that_this_program_did_not_write_are_told_at_once() -> None:
    number = write()
    with unguarded_journal():
        run("UPDATE audit_entry SET role = 'leader' WHERE id = %s", number)

    assert seal_now().foreign == (number,)
