"""Use cases over accounts, units, roles and signing in."""

from __future__ import annotations

from .accounts import (
    NameTaken,
    UnableToDisable,
    create_account,
    disable_account,
    edit_account,
    enable_account,
    end_sessions,
    give_new_password,
    remove_second_factors,
)
from .own import (
    note_factor_change,
    note_refused_sign_in,
    note_sign_in,
    set_own_password,
    set_preferences,
)
from .roles import LastOperator, UnableToGrant, delegate, end_delegation, end_role, grant_role
from .units import UnableToEndUnit, create_unit, end_unit, move_unit

__all__ = [
    "LastOperator",
    "NameTaken",
    "UnableToDisable",
    "UnableToEndUnit",
    "UnableToGrant",
    "create_account",
    "create_unit",
    "delegate",
    "disable_account",
    "edit_account",
    "enable_account",
    "end_delegation",
    "end_role",
    "end_sessions",
    "end_unit",
    "give_new_password",
    "grant_role",
    "move_unit",
    "note_factor_change",
    "note_refused_sign_in",
    "note_sign_in",
    "remove_second_factors",
    "set_own_password",
    "set_preferences",
]
