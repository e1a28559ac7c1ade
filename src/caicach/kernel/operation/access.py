"""Who may open the pages of operation and keep the calendar."""

from __future__ import annotations

from caicach.kernel.identity.access import can_administer, can_see_accounts
from caicach.kernel.identity.predicates import has_role, has_role_over_all, signed_in
from caicach.kernel.identity.roles import Role

__all__ = [
    "can_administer",
    "can_keep_calendar",
    "can_operate",
    "can_read_journal",
    "can_see_accounts",
    "can_see_calendar",
    "can_see_permissions",
    "can_see_reference",
]

can_see_permissions = has_role(Role.OPERATOR) | has_role_over_all(Role.AUDITOR)
can_see_reference = has_role(Role.OPERATOR) | has_role_over_all(Role.AUDITOR)
can_see_calendar = signed_in
can_keep_calendar = has_role(Role.OPERATOR)
can_operate = has_role(Role.OPERATOR)
can_read_journal = has_role(Role.OPERATOR) | has_role_over_all(Role.AUDITOR)
