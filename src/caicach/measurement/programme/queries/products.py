"""The papers of a product by the handing in that they came with."""

from __future__ import annotations

from django.db.models import QuerySet

from caicach.measurement.programme.models import Evidence, TaskProduct


def papers_handed_in_last(product: TaskProduct) -> QuerySet[Evidence]:
    """All but those that were refused."""
    return Evidence.objects.filter(product=product, refused_at=None).order_by("id")
