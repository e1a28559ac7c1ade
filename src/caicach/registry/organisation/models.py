from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from caicach.kernel.identity.models import Unit


class UnitKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    DEPARTMENT = "department", _("Department")
    INSPECTORATE = "inspectorate", _("Inspectorate")
    OFFICE = "office", _("Office")
    AUTHORITY = "authority", _("Authority")
    GENERAL_BOARD = "general_board", _("Board equal to a general authority")
    PUBLIC_SERVICE_UNIT = "public_service_unit", _("Public service unit")
    DIVISION = "division", _("Division")


class UnitProfile(models.Model):
    """What a unit of the tree is: its kind in law, the names people use for it, the text it rests on."""

    data_classes: ClassVar[dict[str, str]] = {
        "unit": "public",
        "kind": "public",
        "aliases": "public",
        "source": "public",
    }

    unit = models.OneToOneField(Unit, primary_key=True, on_delete=models.CASCADE, related_name="profile")
    kind = models.CharField(_("kind"), max_length=30, choices=UnitKind)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    source = models.CharField(_("legal basis"), max_length=400)

    class Meta:
        verbose_name = _("unit profile")
        verbose_name_plural = _("unit profiles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=UnitKind.values), name="organisation_unitprofile_known_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}"
