"""Who may change accounts, units and roles."""

from __future__ import annotations

from caicach.kernel.usecase.actor import Actor

from .models import Account, Delegation
from .predicates import anyone, has_role, has_role_over_all, predicate
from .roles import Role


@predicate
def is_own(actor: Actor, account: Account) -> bool:
    return actor.account_id == account.pk


@predicate
def is_own_absence(actor: Actor, giver: Account) -> bool:
    return actor.account_id == giver.pk


@predicate
def gave_it(actor: Actor, delegation: Delegation) -> bool:
    return actor.account_id == delegation.giver_id


can_administer = has_role(Role.OPERATOR)
can_set_preferences = is_own
can_set_own_password = is_own
can_note_own_factor = is_own
can_delegate = is_own_absence | has_role(Role.OPERATOR)
can_end_delegation = gave_it | has_role(Role.OPERATOR)
can_sign_in = anyone
can_see_accounts = has_role(Role.OPERATOR) | has_role_over_all(Role.AUDITOR)
