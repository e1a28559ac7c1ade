"""What `verify` tells of several findings, of very many and of none."""

from __future__ import annotations

import pytest

from tests.kernel.audit.writing import phone_changed, run, sealed_journal, verified, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attacker")]


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
