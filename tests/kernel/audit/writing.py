"""Small journals for the tests, and looking at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from caicach.kernel.audit import journal
from caicach.kernel.audit.erasure import Erased, erase_person
from caicach.kernel.audit.sealing import SealOutcome, seal
from caicach.kernel.audit.verification import Verification, verify
from tests.audit_tools import guards_put_back

MORNING = datetime(2026, 3, 11, 2, 0, 0, 123456, tzinfo=UTC)
OFFICER = journal.Author(7, "Nguyễn Thị Hòa", "unit_head", "VPB", "")
DEADLINE_MOVED = journal.Change(
    "programme.plantask", "42", {"deadline": "2026-06-30"}, {"deadline": "2026-07-15"}, frozenset()
)


def phone_changed(person: str = "9", after: str = "0912 000 111") -> journal.Change:
    return journal.Change(
        "identity.person",
        person,
        {"phone": None, "city": "Huế"},
        {"phone": after, "city": "Vinh"},
        frozenset({"phone"}),
    )


def write(changes: Sequence[journal.Change] = (DEADLINE_MOVED,), *, minute: int = 0, **given: Any) -> int:
    """One entry; every part can be given."""
    parts = {
        "use_case": "programme.move_deadline",
        "outcome": journal.Outcome.DONE,
        "author": OFFICER,
        "at": MORNING + timedelta(minutes=minute),
        "request_id": "5f0c",
        "via": "page",
        "address": "10.0.0.7",
        "note": "",
    } | given
    with transaction.atomic():
        return journal.record(changes=changes, **parts)


def write_several(count: int, **given: Any) -> list[int]:
    return [write(minute=minute, **given) for minute in range(count)]


def erase(**who: Any) -> Erased:
    """As `erase_person`, by someone at the command line."""
    author = journal.Author(None, "system", "", "", "")
    return erase_person(author=author, at=MORNING, request_id="e1", via="cli", address="", **who)


def seal_now(minute: int = 60) -> SealOutcome:
    return seal(at=MORNING + timedelta(minutes=minute))


def sealed_journal(seals: int = 3, entries: int = 4) -> list[int]:
    """Numbers of the entries, in the order of the chain; each entry has one change and one personal value."""
    numbers: list[int] = []
    for number in range(seals):
        numbers += write_several(entries, changes=[DEADLINE_MOVED, phone_changed()])
        seal_now(60 + number)
    return numbers


def verified() -> Verification:
    """As `caicach audit verify` finds it, once an attacker has put the guards back."""
    with guards_put_back():
        return verify(heads_file=heads_file())


def found() -> list[tuple[str, int | None, int | None]]:
    """(code, seal, entry) of every finding, the first first."""
    return [(finding.code, finding.seal, finding.entry) for finding in verified().findings]


def heads_file() -> Path:
    return Path(settings.AUDIT_HEADS)


def run(statement: str, *parameters: Any) -> int:
    """Count of rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
