from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.audit_tools import unguarded_journal
from tests.processes import process_database as process_database


@pytest.fixture(autouse=True)
def _own_heads(settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_HEADS = tmp_path / "outside" / "heads.jsonl"
    settings.AUDIT_KEY = "the key of the journal's own tests, long enough"


@pytest.fixture
def attacker(db: None) -> Iterator[None]:
    """Someone who owns the database has dropped the triggers."""
    with unguarded_journal():
        yield
