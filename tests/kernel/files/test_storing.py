"""Contents on disk, their records, and what happens when the disk does not play along."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caicach.kernel.files import queries, services, storage
from caicach.kernel.files.messages import UnableToReadFile
from caicach.kernel.files.models import Attachment, StoredFile
from caicach.kernel.files.uploading import TooLarge
from tests.ministry import Ministry

from .conftest import PLAN, stored_files

pytestmark = pytest.mark.django_db

Send = Callable[..., Attachment]


def test_a_content_lies_under_its_hash_and_is_whole(send: Send, files_dir: Path) -> None:
    attachment = send(PLAN, name="Kế hoạch.txt")

    digest = hashlib.sha256(PLAN).hexdigest()
    assert stored_files(files_dir) == [files_dir / digest[:2] / digest[2:4] / digest]
    assert (attachment.name, attachment.file.sha256) == ("Kế hoạch.txt", digest)
    assert (attachment.file.kind, attachment.file.size_bytes) == ("txt", len(PLAN))
    assert storage.is_whole(sha256=digest)


def test_the_same_content_is_kept_once_and_held_under_each_name(
    send: Send, ministry: Ministry, files_dir: Path
) -> None:
    first = send(name="a.txt")
    second = send(name="b.txt", actor=ministry.officer)

    assert first.file == second.file
    assert first.pk != second.pk
    assert len(stored_files(files_dir)) == 1
    assert first.file.first_stored_by == ministry.accounts["focal"]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\An\\ke hoach.txt", "ke hoach.txt"),
        ("bao\u202ecao.txt", "baocao.txt"),
        ("ke\x00hoach\n.txt", "kehoach .txt"),
        ("Kế hoạch.txt", "Kế hoạch.txt"),
    ],
    ids=["a path", "a path of Windows", "a change of direction", "control characters", "decomposed letters"],
)
def test_a_name_is_only_shown_and_cleaned(sent: str, shown: str, send: Send) -> None:
    assert send(name=sent).name == shown


def test_a_refused_file_leaves_nothing_behind(send: Send, files_dir: Path) -> None:
    with pytest.raises(UnableToReadFile) as refused:
        send(b"MZ\x90\x00 not a plan", name="virus.exe")

    assert refused.value.code == "files.unknown_kind"
    assert stored_files(files_dir) == []
    assert not StoredFile.objects.exists()


def test_a_file_over_the_bound_is_cut_off_while_it_comes(send: Send, files_dir: Path, settings: Any) -> None:
    settings.FILE_MAX_BYTES = 1000

    with pytest.raises(TooLarge) as refused:
        send(b"a" * 1001)

    assert (refused.value.code, refused.value.status) == ("files.too_large", 413)
    assert stored_files(files_dir) == []


def test_a_use_case_that_is_undone_leaves_a_content_that_nobody_holds(send: Send) -> None:
    with transaction.atomic():
        digest = send().file.sha256
        transaction.set_rollback(True)

    assert not StoredFile.objects.exists()
    assert list(queries.orphans()) == [digest]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_full_disk_is_said_clearly_and_nothing_is_half_saved(
    step: str, send: Send, files_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "write":
        # /dev/full is a disk that is always full.
        opened = os.open
        monkeypatch.setattr(
            storage.os,
            "open",
            lambda path, *rest: opened("/dev/full" if "incoming" in str(path) else path, os.O_WRONLY),
        )
    else:
        monkeypatch.setattr(storage.os, step, full)

    with pytest.raises(storage.DiskFull) as refused:
        send()

    monkeypatch.undo()
    assert (refused.value.code, refused.value.status) == ("files.disk_full", 507)
    assert not StoredFile.objects.exists()
    assert [path for path in files_dir.rglob("*") if path.is_file() and path.parent.name != "incoming"] == []


def test_a_disk_that_may_not_be_written_is_said_clearly(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(storage.os, "fsync", read_only)

    with pytest.raises(storage.UnableToStore) as refused:
        send()
    assert refused.value.code == "files.store_unavailable"


def test_a_content_cut_short_on_disk_is_replaced_when_it_is_sent_again(send: Send) -> None:
    digest = send().file.sha256
    storage.place_of(digest).write_bytes(PLAN[:5])
    assert [damaged.damage for damaged in queries.damaged_files()] == ["altered"]

    send()

    assert storage.is_whole(sha256=digest)
    assert list(queries.damaged_files()) == []


def test_a_content_that_is_gone_is_found_missing(send: Send) -> None:
    digest = send().file.sha256
    storage.place_of(digest).unlink()

    assert list(queries.damaged_files()) == [queries.DamagedFile(digest, queries.Damage.MISSING)]
    with pytest.raises(storage.ContentMissing):
        storage.opened(sha256=digest)


@pytest.mark.parametrize("text", ["", "..", "A" * 64, "/" * 64, "g" * 64])
def test_only_a_hash_leads_to_a_place(text: str) -> None:
    with pytest.raises(ValueError):
        storage.place_of(text)


@given(st.lists(st.binary(max_size=300), max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_whatever_comes_in_pieces_is_counted_and_hashed_as_one(files_dir: Path, pieces: list[bytes]) -> None:
    incoming = storage.Incoming(most_bytes=10_000)
    for piece in pieces:
        incoming.write(piece)
    content = incoming.finish()

    whole = b"".join(pieces)
    assert (content.size_bytes, content.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())
    assert content.path.read_bytes() == whole
    storage.discard(content.path)


def test_a_file_of_the_command_line_is_received_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAN)

    with path.open("rb") as stream, services.receiving(stream, name=path.name) as received:
        assert received.sha256 == hashlib.sha256(PLAN).hexdigest()
        assert received.path.read_bytes() == PLAN
    assert not received.path.exists()
