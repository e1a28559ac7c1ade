"""What an administrator adds to the law's calendar. Written by `kernel/operation`, read by queries.py.

The swapped days of `reference/swapped_days.csv` are not copied here: they hold as soon as they are installed, and a row
here for the same day overrides them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

UNIT_CODE_LENGTH = 30
"""As `identity.Unit.code`, which lies above and cannot be referred to from here."""


class ExceptionKind(models.TextChoices):
    DAY_OFF = "day_off", _("Day off")
    WORKING_DAY = "working_day", _("Working day")


class DayException(models.Model):
    """A day on which an office does not keep to the common calendar."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "date": "public",
        "unit_code": "public",
        "kind": "public",
        "name": "public",
        "source": "public",
    }

    date = models.DateField()
    unit_code = models.CharField(max_length=UNIT_CODE_LENGTH, blank=True)
    """Empty: for every unit. A unit's own row comes before the common one."""
    kind = models.CharField(max_length=20, choices=ExceptionKind)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["date", "unit_code"]
        verbose_name = _("exceptional day")
        verbose_name_plural = _("exceptional days")
        constraints = [
            models.UniqueConstraint(fields=["date", "unit_code"], name="calendar_dayexception_one_a_day"),
            models.CheckConstraint(condition=Q(kind__in=ExceptionKind.values), name="calendar_dayexception_known_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="calendar_dayexception_has_a_reason"),
            models.CheckConstraint(condition=~Q(source=""), name="calendar_dayexception_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.unit_code} {self.name}".replace("  ", " ")


class WorkingHours(models.Model):
    """Office hours of one unit, or of all, for a period: summer hours, a desk that closes later."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "unit_code": "public",
        "valid_from": "public",
        "valid_to": "public",
        "morning_from": "public",
        "morning_to": "public",
        "afternoon_from": "public",
        "afternoon_to": "public",
        "source": "public",
    }

    unit_code = models.CharField(max_length=UNIT_CODE_LENGTH, blank=True)
    """Empty: for every unit."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    morning_from = models.TimeField(null=True, blank=True)
    morning_to = models.TimeField(null=True, blank=True)
    afternoon_from = models.TimeField(null=True, blank=True)
    afternoon_to = models.TimeField(null=True, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["unit_code", "valid_from"]
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        constraints = [
            models.UniqueConstraint(fields=["unit_code", "valid_from"], name="calendar_workinghours_one_start"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="calendar_workinghours_end_after_start",
            ),
            models.CheckConstraint(
                # spelt out, because a comparison with NULL would let half a pair pass
                condition=Q(morning_from__isnull=True, morning_to__isnull=True)
                | Q(morning_from__isnull=False, morning_to__isnull=False, morning_to__gt=F("morning_from")),
                name="calendar_workinghours_morning_in_order",
            ),
            models.CheckConstraint(
                # spelt out, because a comparison with NULL would let half a pair pass
                condition=Q(afternoon_from__isnull=True, afternoon_to__isnull=True)
                | Q(afternoon_from__isnull=False, afternoon_to__isnull=False, afternoon_to__gt=F("afternoon_from")),
                name="calendar_workinghours_afternoon_in_order",
            ),
            models.CheckConstraint(
                condition=Q(morning_to__isnull=False) | Q(afternoon_to__isnull=False),
                name="calendar_workinghours_some_half_day",
            ),
            models.CheckConstraint(
                condition=Q(morning_to=None) | Q(afternoon_from=None) | Q(afternoon_from__gte=F("morning_to")),
                name="calendar_workinghours_halves_apart",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="calendar_workinghours_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code or '*'} {self.valid_from:%d/%m/%Y}"
