from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Register(models.Model):
    """One series of numbers for one year: the row that its writers queue for."""

    data_classes: ClassVar[dict[str, str]] = {
        "id": "internal",
        "code": "internal",
        "year": "internal",
        "last": "internal",
    }

    code = models.CharField(max_length=100)
    """Which series, as its room names it: `programme.plan`, or `correspondence.outgoing:QD` for one per kind."""
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    """The last number given; 0 when none was."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="numbering_register_one_a_year"),
            models.CheckConstraint(condition=~Q(code=""), name="numbering_register_has_a_code"),
            models.CheckConstraint(condition=Q(year__gte=1945, year__lte=9999), name="numbering_register_real_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}: {self.last}"
