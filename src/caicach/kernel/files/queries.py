"""Attachments that one may see, and whether what lies on disk is what the records say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import NotFound

from . import access, storage
from .models import Attachment, StoredFile


def attachment_to_see(*, actor: Actor, attachment_id: UUID) -> Attachment:
    """With its file. Raises NotFound, also for one that the actor may not see. One SQL query and those of the rule."""
    attachment = Attachment.objects.select_related("file").filter(pk=attachment_id).first()
    if attachment is None or not access.may_see(actor, attachment):
        raise NotFound
    return attachment


def own_upload(*, actor: Actor, attachment_id: UUID) -> Attachment:
    """An upload of the actor's that is not attached yet, with its file; for forms that receive ids. Raises NotFound."""
    attachment = Attachment.objects.select_related("file").filter(pk=attachment_id, subject_type="").first()
    if attachment is None or attachment.detached_at is not None or not access.is_sender(actor, attachment):
        raise NotFound
    return attachment


def attachments_at(*, subject_type: str, subject_id: str) -> QuerySet[Attachment]:
    """What is held at a record, oldest first, with files and senders. Whoever shows it has checked the record."""
    return (
        Attachment.objects.filter(subject_type=subject_type, subject_id=subject_id, detached_at=None)
        .select_related("file", "uploaded_by")
        .order_by("uploaded_at", "pk")
    )


class Damage(StrEnum):
    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class DamagedFile:
    sha256: str
    damage: Damage


def damaged_files() -> Iterator[DamagedFile]:
    """Files whose content is gone from the disk or is not what it was. Reads every content whole: slow for millions."""
    for sha256 in StoredFile.objects.order_by("pk").values_list("sha256", flat=True).iterator(chunk_size=1000):
        whole = storage.is_whole(sha256=sha256)
        if whole is None:
            yield DamagedFile(sha256, Damage.MISSING)
        elif not whole:
            yield DamagedFile(sha256, Damage.ALTERED)


def names_of(sha256s: Collection[str]) -> dict[str, list[str]]:
    """Under which names each of these files was sent, oldest first; one that nobody holds has none."""
    found: dict[str, list[str]] = {sha256: [] for sha256 in sha256s}
    held = Attachment.objects.filter(file__sha256__in=list(found)).order_by("uploaded_at", "pk")
    for sha256, name in held.values_list("file__sha256", "name"):
        if name not in found[sha256]:
            found[sha256].append(name)
    return found


def orphans() -> Iterator[str]:
    """SHA-256 of contents on disk that no record knows. One SQL query for 500 of them."""
    for known, some in _with_records():
        yield from (sha256 for sha256 in some if sha256 not in known)


def _with_records(*, at_once: int = 500) -> Iterator[tuple[set[str], list[str]]]:
    some: list[str] = []
    for sha256, _status in storage.contents():
        some.append(sha256)
        if len(some) == at_once:
            yield recorded(some), some
            some = []
    if some:
        yield recorded(some), some


def recorded(sha256s: list[str]) -> set[str]:
    """Those of them that a record knows."""
    return set(StoredFile.objects.filter(sha256__in=sha256s).values_list("sha256", flat=True))
