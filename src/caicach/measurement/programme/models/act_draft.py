from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class ActDraft(models.Model):
    """What someone has typed into the form of an act and not sent yet: for that person alone, on whatever device."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "account": "internal",
        "address": "internal",
        "words": "personal",
        "saved_at": "internal",
    }
    unjournalled: ClassVar[tuple[str, ...]] = ("words",)
    """Nobody has said them yet."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=200)
    """Path of the form."""
    words = models.JSONField(default=dict)
    """Name of the field -> what stands in it."""
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "address"], name="programme_actdraft_once")]

    def __str__(self) -> str:
        return self.address
