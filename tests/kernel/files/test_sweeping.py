from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from caicach.kernel.calendar import clock
from caicach.kernel.files import access, queries, services, storage, sweeping
from caicach.kernel.files.models import Attachment, StoredFile
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import NotFound
from tests.ministry import Ministry

from .conftest import stored_files

pytestmark = pytest.mark.django_db

Send = Callable[..., Attachment]
TOMORROW = timedelta(hours=25)


def sweep_all() -> None:
    with time_machine.travel(clock.now() + TOMORROW):
        while sweeping.sweep_records(actor=SYSTEM):
            pass
        sweeping.sweep_disk(at=clock.now())


def test_an_upload_that_nobody_attached_is_gone_after_a_day(send: Send, files_dir: Path) -> None:
    send()
    sweeping.sweep_records(actor=SYSTEM)
    assert Attachment.objects.count() == 1

    sweep_all()

    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert stored_files(files_dir) == []


def test_what_is_attached_stays_and_so_does_what_was_detached(send: Send, ministry: Ministry, rules: Any) -> None:
    access.register_access("tests.record", may_see=lambda *_: True, may_change=lambda *_: True)
    kept, taken_off = send(name="a.txt"), send(b"another content", name="b.txt")
    for upload in (kept, taken_off):
        services.attach(
            actor=ministry.focal, attachment=upload, subject_type="tests.record", subject_id="1", purpose="evidence"
        )
    services.detach(actor=ministry.focal, attachment=taken_off)

    sweep_all()

    assert Attachment.objects.count() == 2
    assert list(queries.damaged_files()) == []


def test_what_was_swept_since_it_was_chosen_is_not_there_any_more(send: Send, ministry: Ministry) -> None:
    access.register_access("tests.record", may_see=lambda *_: True, may_change=lambda *_: True)
    chosen = send()
    sweep_all()

    with pytest.raises(NotFound):
        services.attach(
            actor=ministry.focal, attachment=chosen, subject_type="tests.record", subject_id="1", purpose="evidence"
        )
    with pytest.raises(NotFound):
        services.detach(actor=SYSTEM, attachment=chosen)


def test_a_content_that_another_still_holds_stays(send: Send, ministry: Ministry) -> None:
    access.register_access("tests.record", may_see=lambda *_: True, may_change=lambda *_: True)
    send(actor=ministry.officer)
    held = services.attach(
        actor=ministry.focal, attachment=send(), subject_type="tests.record", subject_id="1", purpose="evidence"
    )

    sweep_all()

    assert list(Attachment.objects.all()) == [held]
    assert storage.is_whole(sha256=held.file.sha256)


def test_halves_left_behind_by_a_crash_are_gone_after_a_day(files_dir: Path) -> None:
    storage.Incoming(most_bytes=10).write(b"half")
    assert len(stored_files(files_dir)) == 1
    sweeping.sweep_disk(at=clock.now())
    assert len(stored_files(files_dir)) == 1

    sweep_all()

    assert stored_files(files_dir) == []


def test_an_old_content_that_was_sent_again_just_now_is_not_swept(send: Send) -> None:
    digest = send().file.sha256
    Attachment.objects.all().delete()
    StoredFile.objects.all().delete()
    two_days_ago = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(storage.place_of(digest), (two_days_ago, two_days_ago))

    send()
    sweeping.sweep_disk(at=clock.now())

    assert storage.is_whole(sha256=digest)
