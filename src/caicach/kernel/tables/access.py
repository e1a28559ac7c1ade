"""Who may keep and remove saved views."""

from __future__ import annotations

from caicach.kernel.identity.predicates import predicate, signed_in
from caicach.kernel.usecase.actor import Actor

from .models import SavedView


@predicate
def owns_view(actor: Actor, view: SavedView) -> bool:
    return actor.account_id == view.owner_id


can_save = signed_in
can_change = owns_view
