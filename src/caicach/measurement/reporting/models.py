from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caicach.kernel.identity.models import Unit
from caicach.measurement.programme.models import Plan

from .rules import Period


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    APPROVED = "approved", _("Approved and locked")


class PeriodKind(models.TextChoices):
    QUARTER_1 = Period.QUARTER_1.value, _("Quarter I")
    HALF_YEAR = Period.HALF_YEAR.value, _("First six months")
    QUARTER_3 = Period.QUARTER_3.value, _("Quarter III")
    YEAR = Period.YEAR.value, _("Year")


class Report(models.Model):
    """A periodic PAR report of a unit: figures taken from the records at the cut-off, words drafted from them."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "issuer": "public",
        "plan": "public",
        "plans": "public",
        "year": "public",
        "period": "public",
        "data_from": "public",
        "data_to": "public",
        "due_on": "public",
        "state": "internal",
        "number": "public",
        "version": "public",
        "previous": "internal",
        "reason": "internal",
        "sections": "public",
        "recipients": "public",
        "figures": "public",
        "listed": "public",
        "figures_at": "public",
        "revision": "internal",
        "returned_reason": "internal",
        "prepared_by": "internal",
        "edited_by": "internal",
        "created_at": "internal",
        "submitted_by": "internal",
        "approved_by": "internal",
        "signed_as": "public",
        "signer_name": "public",
        "approved_at": "public",
    }

    unjournalled: ClassVar[tuple[str, ...]] = ("sections",)
    """The journal has each section that an act changed: `section_history`."""

    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports", verbose_name=_("issuing unit"))
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reports", verbose_name=_("plan"))
    """One of `plans`; of the sample ministry where any of them is, since the report then goes with it."""
    plans = models.JSONField(_("plans counted"), default=list)
    """[{"id", "number", "title", "is_sample"}]: whose tasks are counted, as they were called, frozen alike."""
    year = models.PositiveSmallIntegerField(_("year"))
    period = models.CharField(_("period"), max_length=12, choices=PeriodKind)
    data_from = models.DateField(_("data from"))
    data_to = models.DateField(_("data to"))
    due_on = models.DateField(_("to be sent by"))
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT)
    number = models.CharField(_("number"), max_length=40, blank=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    previous = models.OneToOneField("self", null=True, blank=True, on_delete=models.RESTRICT, related_name="next")
    reason = models.TextField(_("reason of the new version"), blank=True)
    sections = models.JSONField(default=list)
    """[{"key", "title", "text", "drafted", "tasks", "is_none"}] in order.

    text : paragraphs parted by line breaks; drafted : what the software wrote there, so that what people wrote is known
    from it; tasks : ids of the tasks that the draft is about; is_none : empty on purpose.
    In reports from before these three were noted they miss them.
    """
    recipients = models.TextField(_("recipients"), blank=True)
    """Nơi nhận, one a line, in the order in which the paper names them."""
    figures = models.JSONField(default=list)
    """[{"code", "scope", "tasks", "of"}]: ids of the tasks that prove each figure, frozen with the report."""
    listed = models.JSONField(default=list)
    """[{"id", "plan", "number", "title", "unit", "deadline", "time", "state", "is_begun", "done_on"}]: the tasks that
    were counted, frozen alike. In reports of before "plan", "time", "state" and "is_begun" were noted they miss them.
    """
    figures_at = models.DateTimeField(_("figures taken"))
    revision = models.PositiveIntegerField(default=0)
    returned_reason = models.TextField(_("reason of the return"), blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_as = models.TextField(_("signed as"), blank=True, default="", db_default="")
    """The lines above the signature, by the office of who approved on that day; "" where none was known."""
    signer_name = models.CharField(_("name below the signature"), max_length=120, null=True, blank=True)
    """As chosen at approval, "" for none; NULL where a report was approved before it could be chosen."""
    approved_at = models.DateTimeField(_("approved"), null=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="reporting_report_known_state"),
            models.CheckConstraint(condition=Q(period__in=PeriodKind.values), name="reporting_report_known_period"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.APPROVED) | (~Q(number="") & ~Q(approved_at=None)),
                name="reporting_report_approved_has_number",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(submitted_by=None) | ~Q(approved_by=F("submitted_by")),
                name="reporting_report_approved_by_another",
            ),
            models.UniqueConstraint(
                fields=["issuer", "year", "period", "version"], name="reporting_report_version_once"
            ),
        ]
        indexes = [models.Index(fields=["-year", "period", "-version"], name="reporting_report_by_period")]

    def __str__(self) -> str:
        return f"{self.get_period_display()} {self.year}"

    @property
    def is_open_for_editing(self) -> bool:
        return self.state == ReportState.DRAFT
