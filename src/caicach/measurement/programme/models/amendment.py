from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .plan import Plan, PlanVersion
from .task import PlanTask


class AmendmentKind(models.TextChoices):
    ADD_TASK = "add_task", _("Add a task")
    REASSIGN = "reassign", _("Give the task to another unit")
    CANCEL_TASK = "cancel_task", _("Stop the task by a decision")


class AmendmentState(models.TextChoices):
    ASKED = "asked", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Returned")
    WITHDRAWN = "withdrawn", _("Taken back")


class Amendment(models.Model):
    """A change of an approved plan that someone asked for. It takes effect when a leader who did not ask approves it;
    that makes the plan's next version.
    """

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "plan": "internal",
        "kind": "internal",
        "task": "internal",
        "change": "internal",
        "reason": "internal",
        "state": "internal",
        "asked_by": "internal",
        "asked_at": "internal",
        "decided_by": "internal",
        "decided_at": "internal",
        "remark": "internal",
        "version": "internal",
    }

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="amendments", verbose_name=_("plan"))
    kind = models.CharField(_("change"), max_length=12, choices=AmendmentKind)
    task = models.ForeignKey(
        PlanTask, null=True, on_delete=models.CASCADE, related_name="amendments", verbose_name=_("plan task")
    )
    """None for a task that is still to be added."""
    change = models.JSONField(default=dict)
    """What is asked for, by names of the task's columns; `before` holds what a change of lead replaces."""
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=10, choices=AmendmentState, default=AmendmentState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(_("remark"), blank=True)
    version = models.OneToOneField(PlanVersion, null=True, on_delete=models.CASCADE, related_name="amendment")
    """The version that it made."""

    class Meta:
        verbose_name = _("change of a plan")
        verbose_name_plural = _("changes of plans")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AmendmentKind.values), name="programme_amendment_known_kind"),
            models.CheckConstraint(
                condition=Q(state__in=AmendmentState.values), name="programme_amendment_known_state"
            ),
            # Asking and deciding are two people's acts.
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="programme_amendment_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[AmendmentState.ASKED, AmendmentState.WITHDRAWN])
                | (~Q(decided_by=None) & ~Q(decided_at=None)),
                name="programme_amendment_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state=AmendmentState.APPROVED) | ~Q(version=None),
                name="programme_amendment_approved_has_version",
            ),
            models.CheckConstraint(
                condition=Q(kind=AmendmentKind.ADD_TASK) | ~Q(task=None), name="programme_amendment_of_a_task"
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(state=AmendmentState.ASKED), name="programme_amendment_one_open"
            ),
        ]
        indexes = [models.Index(fields=["plan", "state"], name="programme_amendment_of_plan")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_waiting(self) -> bool:
        return self.state == AmendmentState.ASKED

    @property
    def hands_over(self) -> bool:
        """Another unit leads the task by it, not only others co-operate."""
        before = self.change.get("before", {})
        return self.kind == AmendmentKind.REASSIGN and self.change.get("lead_id") != before.get("lead_id")
