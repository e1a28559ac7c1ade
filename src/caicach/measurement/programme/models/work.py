from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caicach.kernel.files.models import Attachment
from caicach.kernel.identity.models import Unit
from caicach.kernel.search.records import Reference

from .plan import Plan
from .task import PlanTask


class ProductState(models.TextChoices):
    MISSING = "missing", _("Missing")
    SUBMITTED = "submitted", _("Waiting for a look")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")


class TaskProduct(models.Model):
    """What a task must bring out. The task is done when every product is accepted."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "task": "public",
        "position": "internal",
        "name": "public",
        "state": "public",
        "submitted_by": "internal",
        "submitted_on": "public",
        "decided_by": "internal",
        "decided_at": "internal",
        "remark": "internal",
    }

    task = models.ForeignKey(PlanTask, on_delete=models.CASCADE, related_name="products")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("product"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=ProductState, default=ProductState.MISSING)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_on = models.DateField(_("handed in"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ProductState.MISSING) | ~Q(submitted_on=None),
                name="programme_taskproduct_handed_in_has_day",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """A paper that proves a product: a stored file, an approved record of this system, or the number of a paper kept
    elsewhere. Of a record `paper` is the name that it had.

    Once the handing in that it came with was refused, it proves nothing.
    """

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "product": "internal",
        "attachment": "internal",
        "paper": "public",
        "record_kind": "internal",
        "record_id": "internal",
        "by": "internal",
        "at": "internal",
        "refused_at": "internal",
    }

    product = models.ForeignKey(TaskProduct, on_delete=models.CASCADE, related_name="evidence")
    attachment = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(_("number and day of the paper"), max_length=200, blank=True)
    record_kind = models.CharField(max_length=60, blank=True, default="", db_default="")
    record_id = models.CharField(max_length=40, blank=True, default="", db_default="")
    """`kernel/search/records.py` says where the record opens, for whoever may read it."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    refused_at = models.DateTimeField(_("not accepted on"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(attachment=None) | ~Q(paper=""), name="programme_evidence_file_or_paper"
            ),
            models.CheckConstraint(
                condition=Q(record_kind="", record_id="")
                | (~Q(record_kind="") & ~Q(record_id="") & ~Q(paper="") & Q(attachment=None)),
                name="programme_evidence_record_whole_and_named",
            ),
        ]

    def __str__(self) -> str:
        return self.paper or str(self.attachment)

    @property
    def reference(self) -> Reference | None:
        """Of an approved record of this system."""
        return Reference(self.record_kind, self.record_id) if self.record_kind else None


class ProgressNote(models.Model):
    """What a unit reported on a task at a moment."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "task": "internal",
        "progress": "public",
        "text": "internal",
        "by": "internal",
        "at": "internal",
    }

    task = models.ForeignKey(PlanTask, on_delete=models.CASCADE, related_name="notes")
    progress = models.PositiveSmallIntegerField(_("progress, per cent"))
    text = models.TextField(_("what was done"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(progress__lte=100), name="programme_progressnote_to_100")]

    def __str__(self) -> str:
        return f"{self.progress} %"


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")


class ExtensionRequest(models.Model):
    """A request for a later deadline; the old one is kept for good."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "task": "internal",
        "old_deadline": "public",
        "new_deadline": "public",
        "reason": "internal",
        "state": "internal",
        "asked_by": "internal",
        "asked_at": "internal",
        "decided_by": "internal",
        "decided_at": "internal",
        "remark": "internal",
    }

    task = models.ForeignKey(PlanTask, on_delete=models.CASCADE, related_name="extensions")
    old_deadline = models.DateField(_("deadline"))
    new_deadline = models.DateField(_("new deadline"))
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """Who took it back, when it was taken back."""
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("request for extension")
        verbose_name_plural = _("requests for extension")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_deadline__gt=F("old_deadline")), name="programme_extensionrequest_is_later"
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(state=ExtensionState.ASKED), name="programme_extensionrequest_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_deadline} → {self.new_deadline}"


class TaskComment(models.Model):
    """A word between the units about a task."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "task": "internal",
        "text": "internal",
        "by": "internal",
        "at": "internal",
    }

    task = models.ForeignKey(PlanTask, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(_("comment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class UrgingStep(models.TextChoices):
    """To whom a reminder went, and why."""

    BY_HAND = "by_hand", _("Urged by the reform officer")
    BEFORE = "before", _("Reminder before the deadline")
    WEEKLY = "weekly", _("Weekly letter about what is late")
    HEAD = "head", _("Told to the head of the unit")
    OFFICER = "officer", _("Told to the reform officer")


class Urging(models.Model):
    """Someone urged a unit to finish a task, or the calendar reminded of it."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "plan": "internal",
        "task": "internal",
        "unit": "internal",
        "by": "internal",
        "at": "internal",
        "is_automatic": "internal",
        "step": "internal",
        "deadline": "public",
    }

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey(PlanTask, on_delete=models.CASCADE, related_name="urgings")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    """The lead unit at that time: the unit that a task goes to afterwards is reminded from the beginning."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_automatic = models.BooleanField(default=False)
    step = models.CharField(max_length=8, choices=UrgingStep, default=UrgingStep.BY_HAND)
    deadline = models.DateField(null=True)
    """The task's deadline at that time: after an extension the same reminder comes again."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=UrgingStep.values), name="programme_urging_known_step"),
            # However often the reminders run on a day, and after days on which they did not.
            models.UniqueConstraint(
                fields=["task", "unit", "step", "deadline"],
                condition=Q(step__in=[UrgingStep.BEFORE, UrgingStep.HEAD, UrgingStep.OFFICER]),
                name="programme_urging_once_a_deadline",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.at}"
