"""The papers of a product by the handing in that they came with."""

from __future__ import annotations

from django.db.models import QuerySet

from caicach.measurement.programme.models import Evidence, TaskProduct


def papers_handed_in_last(product: TaskProduct) -> QuerySet[Evidence]:
    """Those that nobody has decided on: all of them before the first decision, after it what came since."""
    papers = Evidence.objects.filter(product=product).order_by("id")
    return papers if product.decided_at is None else papers.filter(at__gt=product.decided_at)
