"""Whoever owns the database can change anything in it, and `verify` says what was changed and where."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection

from caicach.kernel.audit import hashing, heads
from caicach.kernel.audit.models import Entry, Seal, SealedEntry
from caicach.kernel.audit.sealing import recomputed_chain_hash
from caicach.kernel.audit.stored import stored_entries
from tests.kernel.audit.writing import (
    found,
    heads_file,
    phone_changed,
    rows,
    run,
    seal_now,
    sealed_journal,
    verified,
    write,
)

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


def test_a_missing_file_of_heads() -> None:
    sealed_journal()

    heads_file().unlink()

    assert found() == [("heads_missing", None, None)]


def test_a_file_of_heads_made_anew_proves_nothing_and_is_named() -> None:
    sealed_journal()
    heads_file().unlink()

    write()
    outcome = seal_now(99)

    assert outcome.heads_differ
    assert found() == [("heads_short", 1, None)]
    assert verified().findings[0].more == {"last": 3}


def test_a_shortened_file_of_heads() -> None:
    sealed_journal()

    heads_file().write_text(heads_file().read_text().splitlines(keepends=True)[0])

    assert found() == [("heads_short", 2, None)]


@pytest.mark.parametrize("field", ["sequence", "chain_hash", "count", "at", "signature"])
def test_an_altered_line_of_the_file_of_heads(field: str) -> None:
    sealed_journal()
    lines = heads_file().read_text().splitlines()
    fields = json.loads(lines[1])
    fields[field] = fields[field] + 9 if isinstance(fields[field], int) else "0" * 64
    lines[1] = json.dumps(fields)

    heads_file().write_text("\n".join(lines) + "\n")

    first = verified().findings[0]
    assert first.kind == "heads"


@pytest.mark.parametrize("text", ["not a head", "[]", "{}", '{"sequence": "1"}', "\xff\xfe", "x" * 100_000])
def test_a_line_that_is_no_head(text: str) -> None:
    sealed_journal()
    lines = heads_file().read_text().splitlines()

    heads_file().write_text("\n".join([lines[0], text, *lines[1:]]) + "\n")

    assert {finding.kind for finding in verified().findings} == {"heads"}


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


def test_the_first_of_several_is_named_first() -> None:
    numbers = sealed_journal()

    run("UPDATE audit_entry SET note = 'x' WHERE id = %s", numbers[10])
    run("UPDATE audit_entry SET note = 'x' WHERE id = %s", numbers[2])
    run("DELETE FROM audit_entry WHERE id = %s", numbers[6])

    assert [finding.entry for finding in verified().findings][:1] == [numbers[2]]


def test_very_many_findings_are_counted_and_a_hundred_listed() -> None:
    numbers = sealed_journal(seals=1, entries=150)

    run("UPDATE audit_entry SET note = 'x'")

    verification = verified()
    assert verification.total == 150
    assert [finding.entry for finding in verification.findings] == numbers[:100]


def test_what_no_one_touched_is_intact() -> None:
    sealed_journal()
    write([phone_changed()])

    verification = verified()
    assert verification.is_intact
    assert (verification.entries, verification.seals, verification.unsealed) == (12, 3, 1)


def test_a_moment_moved_to_before_christ() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL knows such years")
    numbers = sealed_journal()

    run(
        "UPDATE audit_entry SET at = "
        "(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00 BC')::timestamptz WHERE id = %s",
        numbers[5],
    )

    assert found() == [("entry_altered", 2, numbers[5])]


@pytest.mark.parametrize("moment", ["infinity", "-infinity"])
def test_a_moment_that_never_comes(moment: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL knows such moments")
    numbers = sealed_journal()
    run("UPDATE audit_entry SET at = %s WHERE id = %s", moment, numbers[5])
    run("UPDATE audit_entry SET at = %s WHERE id = %s", moment, last := write())

    assert seal_now(99).foreign == (last,)
    assert found() == [("entry_altered", 2, numbers[5]), ("entry_inserted", 4, last)]


OTHER_TYPES = [
    ("audit_entry", "note", "x'00ff'"),
    ("audit_entry", "at", "at || '+05'"),
    ("audit_entry", "account_ref", "'x'"),
    ("audit_entry", "mac", "x'00'"),
    ("audit_entry", "role", "CAST(x'ff' AS TEXT)"),
    ("audit_entrychange", "before", "x'ff'"),
    ("audit_entrychange", "personal", "x'ff'"),
    ("audit_entrychange", "position", "'x'"),
    ("audit_sealedentry", "position", "'x'"),
    ("audit_sealedentry", "leaf", "x'00'"),
    ("audit_sealedentry", "leaf", "CAST(x'ff' AS TEXT)"),
    ("audit_seal", "count", "'x'"),
    ("audit_seal", "sequence", "'x'"),
    ("audit_seal", "merkle_root", "x'00'"),
    ("audit_seal", "at", "x'00'"),
    ("audit_personalvalue", "after", "x'00'"),
    ("audit_authoridentity", "name", "x'00'"),
]


@pytest.mark.parametrize(("table", "column", "value"), OTHER_TYPES)
def test_a_value_of_another_type_is_found_and_stops_nothing(table: str, column: str, value: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite's columns take any type")
    sealed_journal()
    key = {"audit_seal": "sequence", "audit_sealedentry": "entry_id"}.get(table, "id")

    assert run(f"UPDATE {table} SET {column} = {value} WHERE {key} = (SELECT max({key}) FROM {table})") == 1

    assert not verified().is_intact


def test_a_text_that_is_none_in_an_entry_not_yet_sealed() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes no such text")
    sealed_journal()
    write()

    run("UPDATE audit_entry SET note = CAST(x'ff' AS TEXT) WHERE id = %s", number := write())

    assert found() == [("entry_unreadable", None, number)]
