from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caicach.kernel.identity.models import Unit
from caicach.measurement.programme.amounts import amount_wanted, ends_of

from .plan import Plan, ReformField


class Recurrence(models.TextChoices):
    NONE = "", _("Once")
    CONTINUOUS = "continuous", _("Continuously")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Every half-year")
    YEARLY = "yearly", _("Every year")


class TaskResponse(models.TextChoices):
    """What the lead unit answered to being given the task."""

    WAITING = "waiting", _("Waiting for the unit")
    ACCEPTED = "accepted", pgettext_lazy("by the unit", "Accepted")
    RETURNED = "returned", _("Returned")


class PlanTask(models.Model):
    """One duty of a plan: who leads, what comes out, by when. Its state is computed from dates, never stored."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "plan": "public",
        "position": "internal",
        "number": "public",
        "field": "public",
        "title": "public",
        "text": "public",
        "search_text": "internal",
        "product": "public",
        "lead": "public",
        "lead_text": "public",
        "cooperating": "public",
        "owner": "internal",
        "starts_on": "public",
        "deadline": "public",
        "first_deadline": "public",
        "soon_from": "internal",
        "deadline_text": "public",
        "recurrence": "public",
        "budget": "internal",
        "source_start": "internal",
        "source_end": "internal",
        "citations": "public",
        "doubts": "internal",
        "is_confirmed": "internal",
        "is_dropped": "internal",
        "response": "internal",
        "response_reason": "internal",
        "answered_at": "internal",
        "kept_reason": "internal",
        "kept_at": "internal",
        "given_at": "public",
        "progress": "public",
        "handed_in_on": "public",
        "done_on": "public",
        "cancelled_on": "public",
        "cancelled_by": "public",
        "revision": "internal",
    }

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks", verbose_name=_("plan"))
    position = models.PositiveIntegerField(default=0)
    number = models.CharField(_("number"), max_length=20, blank=True)
    field = models.CharField(_("reform field"), max_length=30, choices=ReformField, blank=True)
    title = models.CharField(_("task"), max_length=500)
    text = models.TextField(_("wording of the plan"), blank=True)
    search_text = models.TextField(blank=True)
    """Number, title, wording and product, folded: found without accents."""
    product = models.TextField(_("product"), blank=True)
    lead = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="led_tasks", verbose_name=_("lead unit")
    )
    lead_text = models.CharField(_("lead unit as written"), max_length=300, blank=True)
    cooperating = models.ManyToManyField(
        Unit, blank=True, related_name="supported_tasks", verbose_name=_("co-operating units")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_tasks",
        verbose_name=_("person in charge"),
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    first_deadline = models.DateField(_("deadline at approval"), null=True, blank=True)
    soon_from = models.DateField(null=True, blank=True)
    """First day on which the task shows as due soon; recomputed whenever the deadline or the calendar changes."""
    deadline_text = models.CharField(_("time as written"), max_length=200, blank=True)
    recurrence = models.CharField(_("repeats"), max_length=12, choices=Recurrence, blank=True)
    budget = models.CharField(_("budget"), max_length=200, blank=True)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    citations = models.JSONField(_("citations"), default=list, blank=True)
    doubts = models.JSONField(default=list, blank=True)
    """Codes of what the reader was unsure of: no_lead, no_deadline, field_unsure …"""
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    is_dropped = models.BooleanField(_("dropped"), default=False)
    response = models.CharField(
        _("answer of the unit"), max_length=10, choices=TaskResponse, default=TaskResponse.WAITING
    )
    response_reason = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    kept_reason = models.TextField(_("why it stays with the unit"), blank=True, default="", db_default="")
    """What the reform officer answered to the last return."""
    kept_at = models.DateTimeField(_("answer to the return"), null=True, blank=True)
    given_at = models.DateTimeField(_("given to the unit"), null=True, blank=True)
    """When the plan, or the version that added the task, was approved."""
    progress = models.PositiveSmallIntegerField(_("progress, per cent"), default=0)
    handed_in_on = models.DateField(_("all handed in on"), null=True, blank=True)
    """Day on which the last product was handed in, while none is missing or refused; kept with the products."""
    done_on = models.DateField(_("done on"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancelled_by = models.CharField(_("cancelled by decision"), max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("plan task")
        verbose_name_plural = _("plan tasks")
        ordering = ["plan_id", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="programme_plantask_progress_to_100"),
            models.CheckConstraint(
                condition=Q(field="") | Q(field__in=ReformField.values), name="programme_plantask_known_field"
            ),
            models.CheckConstraint(
                condition=Q(source_start=None) | Q(source_end__gte=F("source_start")),
                name="programme_plantask_source_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(cancelled_on=None), name="programme_plantask_done_or_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None) | ~Q(cancelled_by=""), name="programme_plantask_cancelled_by_decision"
            ),
            # Of tasks that were given: a draft may hold a number twice while it is being corrected.
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=~Q(number="") & Q(is_dropped=False) & ~Q(given_at=None),
                name="programme_plantask_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "position", "id"], name="programme_task_in_plan"),
            models.Index(fields=["lead", "deadline"], name="programme_task_by_lead"),
            # What is open and falls due, among years of what is finished.
            models.Index(
                fields=["deadline", "id"],
                name="programme_task_open_due",
                condition=Q(done_on=None, cancelled_on=None, is_dropped=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TargetOperator(models.TextChoices):
    EQUAL = "=", _("exactly")
    AT_LEAST = ">=", _("at least")
    MORE_THAN = ">", _("more than")
    AT_MOST = "<=", _("at most")
    LESS_THAN = "<", _("less than")
    BETWEEN = "between", _("between")


class NationalTarget(models.Model):
    """A target set above the ministry, for example by NQ 76/NQ-CP; tasks are linked to it."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "public",
        "code": "public",
        "field": "public",
        "year": "public",
        "subject": "public",
        "operator": "public",
        "value": "public",
        "unit": "public",
        "source": "public",
    }

    code = models.CharField(_("code"), max_length=40, unique=True)
    field = models.CharField(_("reform field"), max_length=30, choices=ReformField)
    year = models.PositiveSmallIntegerField(_("year"))
    subject = models.CharField(_("target"), max_length=500)
    operator = models.CharField(_("comparison"), max_length=8, choices=TargetOperator)
    value = models.CharField(_("value"), max_length=60)
    unit = models.CharField(_("unit of measure"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=400)

    class Meta:
        verbose_name = _("national target")
        verbose_name_plural = _("national targets")
        ordering = ["year", "code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.subject}"

    @property
    def wanted(self) -> str:
        """The number to reach, as people write it."""
        ends = ends_of(self.value)
        if ends is None:
            return f"{self.value} {self.unit}".strip()
        return amount_wanted(operator=self.operator, value=ends[0], value_to=ends[1], unit=self.unit)


class TaskTarget(models.Model):
    """A number that a task must reach, and the national target it serves."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "task": "public",
        "subject": "public",
        "operator": "public",
        "value": "public",
        "value_to": "public",
        "unit": "public",
        "national": "public",
    }

    task = models.ForeignKey(PlanTask, on_delete=models.CASCADE, related_name="targets")
    subject = models.CharField(_("target"), max_length=500)
    operator = models.CharField(_("comparison"), max_length=8, choices=TargetOperator, default=TargetOperator.AT_LEAST)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True)
    value_to = models.DecimalField(_("up to"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit of measure"), max_length=60, blank=True)
    national = models.ForeignKey(
        NationalTarget, null=True, blank=True, on_delete=models.PROTECT, related_name="task_targets"
    )

    class Meta:
        verbose_name = _("target of a task")
        verbose_name_plural = _("targets of tasks")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.subject

    @property
    def wanted(self) -> str:
        """The number to reach, as people write it."""
        return amount_wanted(operator=self.operator, value=self.value, value_to=self.value_to, unit=self.unit)


class DraftStep(models.Model):
    """One change of a draft with what stood before and after, so that it can be taken back and done again."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "plan": "internal",
        "act": "internal",
        "before": "internal",
        "after": "internal",
        "is_undone": "internal",
        "by": "internal",
        "at": "internal",
    }
    unjournalled = ("before", "after")
    """The journal has what the step changed of each task, once."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=30)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    is_undone = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.act} #{self.pk}"
