from __future__ import annotations

from typing import ClassVar

from django.db import models


class OutboxEvent(models.Model):
    """Something that happened, written in the transaction in which it happened; delivered at least once afterwards."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "name": "internal",
        "payload": "internal",
        "at": "internal",
        "request_id": "internal",
        "dispatched_at": "internal",
    }

    name = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()
    request_id = models.CharField(max_length=32)
    dispatched_at = models.DateTimeField(null=True)
    """When the event was handed to its subscribers; null = waits."""

    class Meta:
        # The dispatcher looks only at what waits, among millions that do not.
        indexes = [
            models.Index(fields=["id"], name="usecase_outbox_waiting", condition=models.Q(dispatched_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class IdempotentResult(models.Model):
    """The first result of a use case called with a key; a repeat returns it instead of doing the work twice."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "use_case": "internal",
        "key": "internal",
        "account_ref": "internal",
        "fingerprint": "internal",
        "result": "internal",
        "at": "internal",
    }

    use_case = models.CharField(max_length=100)
    key = models.CharField(max_length=128)
    account_ref = models.BigIntegerField(default=0)
    """Id of the account, 0 for the system: nobody else is told the result."""
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["use_case", "key"], name="usecase_idempotent_once"),
        ]
        # For the daily sweep of what is older than its keeping time.
        indexes = [models.Index(fields=["at"], name="usecase_idempotent_age")]

    def __str__(self) -> str:
        return f"{self.use_case} {self.key}"
