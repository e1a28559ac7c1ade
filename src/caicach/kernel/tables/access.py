"""Who may keep and remove saved views."""

from __future__ import annotations

from caicach.kernel.identity.predicates import predicate, signed_in
from caicach.kernel.usecase.actor import Actor

from .models import BulkRun, SavedView


@predicate
def owns_view(actor: Actor, view: SavedView) -> bool:
    return actor.account_id == view.owner_id


@predicate
def started_bulk(actor: Actor, run: BulkRun) -> bool:
    return actor.account_id is not None and actor.account_id == run.started_by_id


can_save = signed_in
can_change = owns_view
