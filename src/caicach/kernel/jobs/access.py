"""Who may see, stop and re-run background work."""

from __future__ import annotations

from caicach.kernel.identity.predicates import has_role, only_the_system, predicate
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import Actor

from .models import Job


@predicate
def started_it(actor: Actor, job: Job) -> bool:
    return actor.account_id is not None and actor.account_id == job.started_by_id


can_operate = has_role(Role.OPERATOR)
can_see = started_it | has_role(Role.OPERATOR)
can_cancel = started_it | has_role(Role.OPERATOR)
by_the_system = only_the_system
