from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from caicach.kernel.files.models import Attachment
from caicach.kernel.identity.models import Unit


class ReformField(models.TextChoices):
    """The six fields of NQ 76/NQ-CP (15/7/2021), and the seventh head that yearly plans add."""

    INSTITUTIONS = "the_che", _("Institutional reform")
    PROCEDURES = "thu_tuc_hanh_chinh", _("Reform of administrative procedures")
    ORGANISATION = "to_chuc_bo_may", _("Reform of the organisation of the administration")
    CIVIL_SERVICE = "che_do_cong_vu", _("Reform of the civil service regime")
    PUBLIC_FINANCE = "tai_chinh_cong", _("Public finance reform")
    DIGITAL_GOVERNMENT = "chinh_phu_so", _("Building e-Government and digital Government")
    DIRECTION = "chi_dao_dieu_hanh", _("Direction and running of the reform")


FIELD_SHORT: dict[str, Any] = {
    "the_che": _("Institutions"),
    "thu_tuc_hanh_chinh": _("Procedures"),
    "to_chuc_bo_may": _("Organisation"),
    "che_do_cong_vu": _("Civil service"),
    "tai_chinh_cong": _("Finance"),
    "chinh_phu_so": _("Digital government"),
    "chi_dao_dieu_hanh": _("Direction"),
}
"""Field names for chips and narrow columns."""

FIELD_ORDER = {field: place for place, field in enumerate(ReformField.values, start=1)}
"""The number under which a field stands in plans and reports, 1 to 7."""


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    APPROVED = "approved", _("Approved")


class Plan(models.Model):
    """A reform plan of a unit for a year. Nothing in it counts until it is approved; then it has a number."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "title": "public",
        "year": "public",
        "issuer": "public",
        "parent": "public",
        "decision_number": "public",
        "decision_date": "public",
        "decision_issuer": "public",
        "state": "internal",
        "number": "public",
        "number_year": "public",
        "version": "public",
        "revision": "internal",
        "prepared_by": "internal",
        "created_at": "internal",
        "submitted_by": "internal",
        "submitted_at": "internal",
        "returned_reason": "internal",
        "returned_at": "internal",
        "approved_by": "internal",
        "approved_at": "public",
        "is_sample": "internal",
    }

    title = models.CharField(_("title"), max_length=500)
    year = models.PositiveSmallIntegerField(_("year"))
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans", verbose_name=_("issuing unit"))
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("parent plan")
    )
    decision_number = models.CharField(_("decision number"), max_length=80, blank=True)
    decision_date = models.DateField(_("decision date"), null=True, blank=True)
    decision_issuer = models.CharField(_("decided by"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=PlanState, default=PlanState.DRAFT)
    number = models.CharField(_("number"), max_length=40, blank=True)
    number_year = models.PositiveSmallIntegerField(_("year of the number"), null=True, blank=True)
    """The year of approval, whose register gave the number: numbers begin anew each year."""
    version = models.PositiveIntegerField(_("version"), default=0)
    revision = models.PositiveIntegerField(default=0)
    """Counts the changes of the draft, so that two editors notice each other."""
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    created_at = models.DateTimeField(_("created"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    returned_reason = models.TextField(_("reason of the return"), blank=True)
    returned_at = models.DateTimeField(_("returned"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    is_sample = models.BooleanField(_("of the sample ministry"), default=False)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="programme_plan_known_state"),
            models.CheckConstraint(
                condition=~Q(state=PlanState.APPROVED) | (~Q(number="") & Q(version__gte=1) & ~Q(approved_at=None)),
                name="programme_plan_approved_has_number",
            ),
            # Preparing and approving are two people's acts.
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(submitted_by=None) | ~Q(approved_by=F("submitted_by")),
                name="programme_plan_approved_by_another",
            ),
            models.UniqueConstraint(
                fields=["issuer", "number_year", "number"],
                condition=~Q(number=""),
                name="programme_plan_number_once_a_year",
            ),
        ]
        indexes = [models.Index(fields=["state", "-year", "-id"], name="programme_plan_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open_for_editing(self) -> bool:
        return self.state == PlanState.DRAFT


class PlanSource(models.Model):
    """The text a plan was read from, and what the reader said about it. Offsets of tasks point into `text`."""

    data_classes: ClassVar[dict[str, str]] = {
        "plan": "internal",
        "name": "internal",
        "attachment": "internal",
        "sha256": "internal",
        "text": "public",
        "tables": "public",
        "pages": "public",
        "headings": "public",
        "citations": "public",
        "warnings": "internal",
    }

    plan = models.OneToOneField(Plan, primary_key=True, on_delete=models.CASCADE, related_name="source")
    name = models.CharField(_("file name"), max_length=250)
    attachment = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    text = models.TextField(_("text"))
    tables = models.JSONField(default=list)
    pages = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    citations = models.JSONField(default=list)
    warnings = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """A plan as it was approved: frozen, with the reason of each later version."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "plan": "public",
        "version": "public",
        "content": "public",
        "reason": "internal",
        "asked_by": "internal",
        "approved_by": "internal",
        "signed_as": "public",
        "signer_name": "public",
        "at": "public",
    }

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    reason = models.TextField(_("reason"), blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """Who submitted the plan, or asked for the change that made this version."""
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_as = models.TextField(_("signed as"), blank=True, default="", db_default="")
    """The lines above the signature; "" where no office was known."""
    signer_name = models.CharField(_("name below the signature"), max_length=120, null=True, blank=True)
    """Empty leaves room to write it. Null in versions of before it was kept: the name of who approved."""
    at = models.DateTimeField(_("time"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "version"], name="programme_planversion_once"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(asked_by=None) | ~Q(approved_by=F("asked_by")),
                name="programme_planversion_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} v{self.version}"
