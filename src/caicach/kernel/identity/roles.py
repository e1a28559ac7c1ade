"""The roles that a person may hold in a unit. What each may do is said by the predicates of the rooms."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    LEADER = "leader", _("Leader of the ministry")
    REFORM_OFFICER = "reform_officer", _("Reform officer")
    UNIT_HEAD = "unit_head", _("Head of a unit")
    FOCAL_POINT = "focal_point", _("Focal point of a unit")
    STAFF = "staff", _("Official of a unit")
    AUDITOR = "auditor", _("Auditor")
    OPERATOR = "operator", _("System operator")


KEPT_APART: Final = frozenset((Role.AUDITOR.value, Role.OPERATOR.value))
"""Who runs the system or looks into others' work does none of that work: they stand in for their like alone."""
