from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from caicach.kernel.calendar.zone import VIETNAM
from caicach.kernel.files import queries as files

from .records import make_world
from .world import World

MORNING = datetime(2022, 6, 20, 9, tzinfo=VIETNAM)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The ministry at work on one morning; the clock stands still while the tests look around.

    Made once for all of them, in a transaction that ends undone: every door that is tried is undone by itself.
    """
    folder: Path = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_DIR=folder),
        time_machine.travel(MORNING, tick=False),
        transaction.atomic(),
    ):
        yield make_world()
        left = list(files.orphans())
        transaction.set_rollback(True)
    assert not left, "doors that were tried left files behind"
