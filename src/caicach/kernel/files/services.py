"""Taking files in, holding them at records, and clearing away what nobody holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import UseCaseError

from . import access, storage
from .messages import UnableToReadFile
from .models import Attachment, StoredFile
from .reading import TAKEN, ExaminedFile, FileKind, Limits, Reason, UnreadableFile, examine, shown_name
from .uploading import StreamedFile, TooLarge


class UnableToAttach(UseCaseError):
    code = "files.already_attached"

    def default_message(self) -> str:
        return _("This file is attached already. Send it again to attach it elsewhere.")


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that came in whole and may be kept. `sha256` is also its idempotency key in imports."""

    content: storage.Content
    examined: ExaminedFile

    @property
    def sha256(self) -> str:
        return self.content.sha256

    @property
    def path(self) -> Path:
        """Where it can be read until the end of the request or block that received it."""
        return self.content.path


def limits() -> Limits:
    """The bounds of `reading`, with the size of a file as the ministry set it."""
    return Limits(file_bytes=settings.FILE_MAX_BYTES)


def most_megabytes() -> int:
    """The largest file that is taken, as pages tell it."""
    return settings.FILE_MAX_BYTES // (1024 * 1024)


def received(file: StreamedFile, *, taken: frozenset[FileKind] = TAKEN) -> ReceivedFile:
    """Look into a file of a form, before any transaction: this may take seconds. Raises UnableToReadFile."""
    return ReceivedFile(file.content, _examined(file.content.path, name=file.name or "", taken=taken))


@contextmanager
def receiving(stream: BinaryIO, *, name: str, taken: frozenset[FileKind] = TAKEN) -> Iterator[ReceivedFile]:
    """The same for a file from elsewhere (the command line, a job); what is not kept in the block is gone after it.

    Raises UnableToReadFile, TooLarge, DiskFull, UnableToStore.
    """
    incoming = storage.Incoming(most_bytes=settings.FILE_MAX_BYTES)
    try:
        while block := stream.read(storage.BLOCK):
            incoming.write(block)
        content = incoming.finish()
        yield ReceivedFile(content, _examined(content.path, name=name, taken=taken))
    except storage.Overrun:
        size = _size_of(stream) or incoming.size_bytes
        raise TooLarge(
            UnreadableFile(
                Reason.TOO_LARGE, name=shown_name(name), size_bytes=size, limit_bytes=settings.FILE_MAX_BYTES
            )
        ) from None
    finally:
        incoming.discard()


def _size_of(stream: BinaryIO) -> int:
    try:
        return os.fstat(stream.fileno()).st_size
    except OSError:
        return 0


def _examined(path: Path, *, name: str, taken: frozenset[FileKind]) -> ExaminedFile:
    try:
        return examine(path, name=name, taken=taken, limits=limits())
    except UnreadableFile as refusal:
        raise UnableToReadFile(refusal) from refusal


@use_case("files.store_upload", permission=access.can_upload)
def store_upload(uc: UseCase, *, file: ReceivedFile, purpose: str = "") -> Attachment:
    """Keep a received file. Only its sender sees it until it is attached; after a day without that it goes.

    Raises DiskFull, UnableToStore.
    """
    storage.keep(file.content)
    kind = file.examined.kind
    stored, is_new = StoredFile.objects.get_or_create(
        sha256=file.sha256,
        defaults={
            "size_bytes": file.content.size_bytes,
            "kind": kind.value,
            "media_type": kind.media_type,
            "notices": [[notice.code.value, dict(notice.params)] for notice in file.examined.notices],
            "first_stored_at": uc.at,
            "first_stored_by_id": uc.actor.account_id,
        },
    )
    attachment = Attachment.objects.create(
        file=stored,
        name=file.examined.name,
        purpose=purpose,
        uploaded_by_id=uc.actor.account_id,
        uploaded_at=uc.at,
    )
    uc.created(*([stored] if is_new else []), attachment)
    return attachment


@use_case("files.attach", permission=access.can_attach)
def attach(uc: UseCase, *, attachment: Attachment, subject_type: str, subject_id: str, purpose: str) -> Attachment:
    """Hold an upload at a record; called by the use case of the record's room.

    Raises UnableToAttach, and NotFound for an upload that was swept meanwhile.
    Emits `files.attached` with attachment_id, subject_type, subject_id, purpose.
    """
    uc.hold(attachment)
    if attachment.subject_type or attachment.detached_at is not None:
        raise UnableToAttach
    with uc.changing(attachment):
        attachment.subject_type = subject_type
        attachment.subject_id = subject_id
        attachment.purpose = purpose
        attachment.save(update_fields=["subject_type", "subject_id", "purpose"])
    uc.emit(
        "files.attached",
        attachment_id=str(attachment.pk),
        subject_type=subject_type,
        subject_id=subject_id,
        purpose=purpose,
    )
    return attachment


@use_case("files.hold_again", permission=access.can_hold_again)
def hold_again(uc: UseCase, *, attachment: Attachment, subject_type: str, subject_id: str, purpose: str) -> Attachment:
    """Hold a file that one may see at another record too, without sending it again; the first holding stays as it is.

    The new row stands on the same content, under the same name, from now on by the rules of its own record. The same
    content at the same record twice is the first row. Emits `files.attached` as `attach` does.
    """
    held = Attachment.objects.filter(
        file=attachment.file_id, subject_type=subject_type, subject_id=subject_id, purpose=purpose, detached_at=None
    ).first()
    if held is not None:
        return held
    again = Attachment.objects.create(
        file_id=attachment.file_id,
        name=attachment.name,
        purpose=purpose,
        subject_type=subject_type,
        subject_id=subject_id,
        uploaded_by_id=uc.actor.account_id,
        uploaded_at=uc.at,
    )
    uc.created(again)
    uc.emit(
        "files.attached",
        attachment_id=str(again.pk),
        subject_type=subject_type,
        subject_id=subject_id,
        purpose=purpose,
    )
    return again


@use_case("files.detach", permission=access.can_detach)
def detach(uc: UseCase, *, attachment: Attachment) -> Attachment:
    """Take a file off its record: nobody can open it any more, its content stays. A second time changes nothing.

    Raises NotFound for one that was swept meanwhile.
    Emits `files.detached` with attachment_id, subject_type, subject_id.
    """
    uc.hold(attachment)
    if attachment.detached_at is not None:
        return attachment
    with uc.changing(attachment):
        attachment.detached_at = uc.at
        attachment.save(update_fields=["detached_at"])
    uc.emit(
        "files.detached",
        attachment_id=str(attachment.pk),
        subject_type=attachment.subject_type,
        subject_id=attachment.subject_id,
    )
    return attachment
