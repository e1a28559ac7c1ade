"""What nobody holds goes: uploads not attached within a day, contents that no record knows, halves left behind."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError

from caicach.kernel.usecase.core import UseCase, use_case

from . import access, queries, storage
from .models import Attachment, StoredFile
from .storage import LEAVE_ALONE_FOR

ROWS_AT_ONCE: Final = 500


@use_case("files.sweep_records", permission=access.by_the_system)
def sweep_records(uc: UseCase) -> int:
    """Delete records of some uploads that nobody attached within a day, and of files nobody holds; how many.

    To be called until that is 0. What a room's record refers to all the same stays.
    """
    old = uc.at - LEAVE_ALONE_FOR
    uploads = Attachment.objects.filter(subject_type="", uploaded_at__lt=old).order_by("pk")
    swept = sum(_deleted(upload) for upload in uploads[:ROWS_AT_ONCE])
    unheld = StoredFile.objects.filter(
        ~Exists(Attachment.objects.filter(file=OuterRef("pk"))), first_stored_at__lt=old
    ).order_by("pk")
    swept += sum(_deleted(file) for file in unheld[:ROWS_AT_ONCE])
    uc.note = f"{swept} records"
    return swept


def _deleted(record: Attachment | StoredFile) -> int:
    try:
        with transaction.atomic():
            record.delete()
    except ProtectedError:
        return 0
    return 1


def sweep_disk(*, at: datetime) -> int:
    """Remove contents older than a day that no record knows, and halves left behind; how many.

    at : true time, as the disk has it.
    """
    oldest = (at - LEAVE_ALONE_FOR).timestamp()
    swept = 0
    for path, status in storage.left_behind():
        if status.st_mtime < oldest:
            storage.discard(path)
            swept += 1
    for sha256 in queries.orphans():
        if storage.place_of(sha256).stat().st_mtime < oldest:
            swept += _removed(sha256)
    return swept


def _removed(sha256: str) -> int:
    """Set it aside, look once more, then remove it: someone may have kept the same content in between."""
    place = storage.place_of(sha256)
    aside = Path(settings.FILES_DIR / storage.INCOMING / f"swept-{secrets.token_hex(8)}")
    aside.parent.mkdir(parents=True, exist_ok=True)
    place.replace(aside)
    if queries.recorded([sha256]):
        aside.replace(place)
        return 0
    aside.unlink()
    return 1
