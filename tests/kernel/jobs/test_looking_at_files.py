"""The weekly look at every stored file, as the operator's page tells of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from caicach.kernel.files import services, storage
from caicach.kernel.jobs import background, queries
from caicach.kernel.jobs.worker import JobRunner
from tests.ministry import Ministry

from . import kinds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


def stored(ministry: Ministry, content: bytes) -> str:
    with services.receiving(io.BytesIO(content), name="ke-hoach.txt") as received:
        return services.store_upload(actor=ministry.focal, file=received).file.sha256


def looked(runner: JobRunner) -> queries.FilesLookedAt | None:
    kinds.asked(background.check_files)
    runner.drain()
    return queries.files_looked_at()


def test_before_the_first_look_nothing_is_told() -> None:
    assert queries.files_looked_at() is None


def test_what_the_disk_lost_is_counted_and_what_came_back_is_not(runner: JobRunner, ministry: Ministry) -> None:
    stored(ministry, b"whole")
    gone = storage.place_of(stored(ministry, b"gone"))
    content = gone.read_bytes()
    gone.unlink()

    found = looked(runner)
    assert found is not None
    assert found.damaged == 1

    gone.write_bytes(content)
    found = looked(runner)
    assert found is not None
    assert found.damaged == 0
