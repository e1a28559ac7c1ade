from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from caicach.kernel.identity.models import Unit


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
