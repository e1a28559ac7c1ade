"""The next part of an act on many rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Min

from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import UseCaseError

from . import access, bulk
from .models import BulkRow, BulkRun, BulkState

BATCH = 500


@use_case("tables.step_of_bulk", permission=access.started_bulk)
def step_of_bulk(uc: UseCase, *, run: BulkRun) -> int:
    """Does the next part of an act on many rows, as whoever started it. Returns how many rows it was, 0 when nothing is
    left.

    The run is held: another worker that was given the same job waits, then finds the part done.
    """
    uc.hold(run)
    waiting = run.rows.filter(state=BulkState.WAITING)
    part = waiting.aggregate(next=Min("part"))["next"]
    if part is None:
        return 0
    rows = list(waiting.filter(part=part).order_by("pk"))
    refusals = _refusals(uc.actor, run, [row.record_id for row in rows])
    for row in rows:
        why = refusals.get(row.record_id)
        row.state = BulkState.DONE if why is None else BulkState.REFUSED
        row.why = "" if why is None else why[:1000]
    BulkRow.objects.bulk_update(rows, ["state", "why"], batch_size=BATCH)
    refused = sum(row.state == BulkState.REFUSED for row in rows)
    with uc.changing(run):
        run.done += len(rows) - refused
        run.refused += refused
    run.save(update_fields=["done", "refused"])
    return len(rows)


def _refusals(actor: Actor, run: BulkRun, ids: Sequence[int]) -> Mapping[int, str]:
    try:
        return bulk.kind_of(run.kind).perform(actor, ids)
    except UseCaseError as error:
        words = [text for texts in error.fields.values() for text in texts] or [str(error.message)]
        return dict.fromkeys(ids, " ".join(words))
