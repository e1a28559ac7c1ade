"""What becomes of a unit's open acts when its task goes to another: none of them waits for anyone any more."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from caicach.kernel.usecase.core import UseCase
from caicach.measurement.programme.models import (
    Evidence,
    ExtensionState,
    PlanTask,
    ProductState,
    TaskProduct,
)

from .deadlines import close_request
from .products import note_handed_in


def close_open_acts(uc: UseCase, task: PlanTask) -> list[int]:
    """Of a task that the use case holds and that its new unit leads by now: the open request for more time is refused,
    what waits for a look is missing again. Returns who asked and who handed in, for them to be told.

    Papers stay where they were handed in, so that the new unit can read them; they prove nothing any more. What was
    accepted stays accepted.
    """
    requests = list(task.extensions.filter(state=ExtensionState.ASKED))
    products = list(task.products.filter(state=ProductState.SUBMITTED))
    people = [request.asked_by_id for request in requests] + [product.submitted_by_id for product in products]
    close_request(uc, task, remark=_where_it_went(task))
    _hand_back(uc, products)
    note_handed_in(uc, task)
    return sorted({person for person in people if person is not None})


def _where_it_went(task: PlanTask) -> Promise:
    unit = task.lead.name if task.lead else task.lead_text
    return format_lazy(gettext_lazy("The task went to another unit: {unit}."), unit=unit)


def _hand_back(uc: UseCase, products: Sequence[TaskProduct]) -> None:
    papers = list(Evidence.objects.filter(product__in=products, refused_at=None).order_by("id"))
    with uc.changing(*products, *papers):
        for paper in papers:
            paper.refused_at = uc.at
        for product in products:
            product.state, product.submitted_by, product.submitted_on = ProductState.MISSING, None, None
    Evidence.objects.bulk_update(papers, ["refused_at"])
    TaskProduct.objects.bulk_update(products, ["state", "submitted_by", "submitted_on"])
