"""One act on many rows, part by part: each part is committed with the note of what came out, so that whoever goes on
after a crash begins where it ended.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from caicach.kernel.jobs.models import FINISHED
from caicach.kernel.jobs.services import enqueue
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted, UseCaseError

from . import access, bulk
from .background import perform_bulk
from .models import BulkRow, BulkRun

BATCH = 500


class BulkGoesOn(UseCaseError):
    code = "tables.bulk_goes_on"

    def default_message(self) -> str:
        return _("This is being done already, or nothing of it is left to do.")


@use_case("tables.start_bulk", permission=access.can_save)
def start_bulk(
    uc: UseCase, *, kind: str, subject: str, parts: Sequence[Sequence[tuple[int, str]]], back: str = ""
) -> BulkRun:
    """Asks for an act on many rows in the background; a room's own use case calls it, which knows who may.

    parts : (id, name) of the rows that are done together. Raises InvalidInput for more than `bulk.MOST_ROWS`.
    """
    if uc.actor.account_id is None:
        raise NotPermitted
    total = sum(len(part) for part in parts)
    if total > bulk.MOST_ROWS:
        limit = number_format(bulk.MOST_ROWS, force_grouping=True)
        raise InvalidInput(_("At most %(limit)s rows are done in one go. Narrow the filter.") % {"limit": limit})
    run = BulkRun.objects.create(
        kind=bulk.kind_of(kind).key,
        subject=subject[:200],
        back=back[:2000],
        total=total,
        started_by_id=uc.actor.account_id,
        started_at=uc.at,
    )
    rows = (
        BulkRow(run=run, part=place, record_id=pk, name=name[:300])
        for place, part in enumerate(parts)
        for pk, name in part
    )
    BulkRow.objects.bulk_create(rows, batch_size=BATCH)
    _enqueue(uc, run)
    uc.created(run)
    return run


@use_case("tables.go_on_with_bulk", permission=access.started_bulk)
def go_on_with_bulk(uc: UseCase, *, run: BulkRun) -> BulkRun:
    """Does what is left of an act that was stopped or failed. Raises BulkGoesOn."""
    uc.hold(run)
    is_over = run.job is None or run.job.state in FINISHED
    if not run.left or not is_over:
        raise BulkGoesOn
    with uc.changing(run):
        _enqueue(uc, run)
    return run


def _enqueue(uc: UseCase, run: BulkRun) -> None:
    run.job = enqueue(perform_bulk, actor=uc.actor, subject=run.subject, bulk_id=run.pk)
    run.save(update_fields=["job"])
