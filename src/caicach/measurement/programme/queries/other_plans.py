"""Plans of one issuer for one year: more than one is allowed, and seldom meant."""

from __future__ import annotations

from django.db.models import QuerySet

from caicach.kernel.identity.models import Unit
from caicach.measurement.programme.models import Plan


def plans_for_year(*, issuer: Unit, year: int) -> QuerySet[Plan]:
    """In whatever state, the oldest first; parts of a greater plan are none of their own."""
    return Plan.objects.filter(issuer=issuer, year=year, parent=None).order_by("pk")


def other_plans(plan: Plan) -> QuerySet[Plan]:
    """What the same issuer has for the same year beside this plan."""
    return plans_for_year(issuer=plan.issuer, year=plan.year).exclude(pk=plan.pk).select_related("issuer")
