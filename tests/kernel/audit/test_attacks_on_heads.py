"""The heads kept outside the database: without them, or with others, nothing proves the chain whole."""

from __future__ import annotations

import json

import pytest

from tests.kernel.audit.writing import found, heads_file, seal_now, sealed_journal, verified, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attacker")]


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
