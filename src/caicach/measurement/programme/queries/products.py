"""The papers of a product by the handing in that they came with, and where those of this system open."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet

from caicach.kernel.search import records
from caicach.kernel.search.records import Record
from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.models import Evidence, TaskProduct


def papers_handed_in_last(product: TaskProduct) -> QuerySet[Evidence]:
    """All but those that were refused."""
    return Evidence.objects.filter(product=product, refused_at=None).order_by("id")


def added_by(actor: Actor) -> QuerySet[Evidence]:
    """Papers that the person added to what a product's unit handed in last; to be asked of many products at once."""
    return Evidence.objects.filter(product=OuterRef("pk"), refused_at=None, by=actor.account_id)


def records_of(papers: Collection[Evidence], *, actor: Actor) -> dict[int, Record]:
    """Paper -> the approved record that it is, as far as the actor may read it. One query for each kind."""
    named = {paper.pk: paper.reference for paper in papers if paper.reference is not None}
    found = records.readable(actor=actor, references=named.values())
    return {pk: found[reference] for pk, reference in named.items() if reference in found}


def papers_to_look_at(product: TaskProduct, *, actor: Actor) -> list[tuple[Evidence, Record | None]]:
    """As they lie there now, for who decides on them."""
    papers = list(papers_handed_in_last(product).select_related("attachment__file", "by"))
    opens = records_of(papers, actor=actor)
    return [(paper, opens.get(paper.pk)) for paper in papers]
