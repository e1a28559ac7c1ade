from __future__ import annotations

from caicach.kernel.identity.predicates import only_the_system, predicate, signed_in
from caicach.kernel.usecase.actor import Actor

from .models import Notice


@predicate
def is_told_to_them(actor: Actor, notice: Notice) -> bool:
    return actor.account_id is not None and actor.account_id == notice.account_id


can_read = is_told_to_them
can_choose = signed_in
by_the_system = only_the_system
