from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from caicach.kernel.identity.models import Unit
from caicach.kernel.jobs.models import Job


class SavedView(models.Model):
    """A list as someone wants to see it again: filters, sorting, columns; one's own, or shared with one's unit."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "list_key": "internal",
        "name": "internal",
        "query": "internal",
        "owner": "internal",
        "unit": "internal",
        "is_default": "internal",
    }

    list_key = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    """Shared with everyone who holds a role in this unit; null = only the owner's."""
    is_default = models.BooleanField(_("opens first"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(fields=["list_key", "owner", "name"], name="tables_savedview_name_once"),
            models.UniqueConstraint(
                fields=["list_key", "owner"], condition=models.Q(is_default=True), name="tables_savedview_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BulkRun(models.Model):
    """One act on many rows of a list, done part by part in the background. It goes with its job."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "kind": "internal",
        "subject": "internal",
        "back": "internal",
        "total": "internal",
        "done": "internal",
        "refused": "internal",
        "started_by": "internal",
        "started_at": "internal",
        "job": "internal",
    }

    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    """In words for people: "Nhận 1.250 nhiệm vụ"."""
    back = models.CharField(max_length=2000, blank=True)
    """Address of the list that the rows were chosen from."""
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    job = models.ForeignKey(Job, null=True, on_delete=models.CASCADE, related_name="+")
    """The one that does it, or did last."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(total__gte=models.F("done") + models.F("refused")), name="tables_bulkrun_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def left(self) -> int:
        return self.total - self.done - self.refused


class BulkState(models.TextChoices):
    WAITING = "waiting", _("Not done yet")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Could not be done")


class BulkRow(models.Model):
    """One of the chosen rows. Rows of one part are done in one transaction, with what is noted here."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "run": "internal",
        "part": "internal",
        "record_id": "internal",
        "name": "internal",
        "state": "internal",
        "why": "internal",
    }

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="rows", db_index=False)
    part = models.PositiveIntegerField()
    record_id = models.BigIntegerField()
    name = models.CharField(max_length=300)
    """As the row was called when it was chosen."""
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.WAITING)
    why = models.CharField(max_length=1000, blank=True)
    """Of a refused one, in the language of who started it."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=BulkState.values), name="tables_bulkrow_known_state"),
            models.UniqueConstraint(fields=["run", "record_id"], name="tables_bulkrow_once"),
        ]
        indexes = [models.Index(fields=["run", "state", "part"], name="tables_bulkrow_next")]

    def __str__(self) -> str:
        return self.name
