"""Files by their content, and who holds which of them under what name."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from .reading.errors import NoticeCode


class StoredFile(models.Model):
    """One content, kept once however often it is sent. It has no name: whoever holds it names it."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "sha256": "internal",
        "size_bytes": "internal",
        "kind": "internal",
        "media_type": "internal",
        "notices": "internal",
        "first_stored_at": "internal",
        "first_stored_by": "internal",
    }

    sha256 = models.CharField(max_length=64, unique=True)
    """Of the content, in lower-case hexadecimal: also its place on disk."""
    size_bytes = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    """Agreed between name and content when it first came (`reading.kinds.FileKind`)."""
    media_type = models.CharField(max_length=100)
    notices = models.JSONField(default=list)
    """What is worth knowing about the content: `[[code, params], ...]` of `reading.errors.NoticeCode`."""
    first_stored_at = models.DateTimeField()
    first_stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Null: the system itself."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="files_storedfile_is_a_sha256"),
            models.CheckConstraint(condition=Q(size_bytes__gt=0), name="files_storedfile_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"

    @property
    def is_blank(self) -> bool:
        """A document without words and pictures, as far as it was looked into when it came."""
        return any(code == NoticeCode.NOTHING_IN_IT for code, _params in self.notices)


class Attachment(models.Model):
    """A file as someone holds it: under a name, at a record, for a purpose. Access is decided by what it is held at.

    Without a subject it is an upload that only its sender may see, until a use case attaches it or a day has passed.
    """

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "file": "internal",
        "name": "internal",
        "purpose": "internal",
        "subject_type": "internal",
        "subject_id": "internal",
        "uploaded_by": "internal",
        "uploaded_at": "internal",
        "detached_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    """As its sender called it: composed letters, no path, no control or direction-changing characters."""
    purpose = models.CharField(max_length=50, blank=True)
    """What the record holds it for, in the room's own words: `evidence`, `source`."""
    subject_type = models.CharField(max_length=100, blank=True)
    """`app.model` of the record it is held at, for the access check; the room keeps a real key to this row."""
    subject_id = models.CharField(max_length=64, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    uploaded_at = models.DateTimeField()
    detached_at = models.DateTimeField(null=True)
    """When it was taken off its record; nobody sees it since."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_type="", subject_id="") | (~Q(subject_type="") & ~Q(subject_id="")),
                name="files_attachment_subject_is_whole",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="files_attachment_has_a_name"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="files_attachment_of_a_record"),
            # For the daily sweep of uploads that nobody attached.
            models.Index(fields=["uploaded_at"], name="files_attachment_unheld", condition=Q(subject_type="")),
        ]

    def __str__(self) -> str:
        return self.name
