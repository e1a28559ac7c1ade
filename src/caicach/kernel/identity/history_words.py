"""How the journal's entries about accounts, units and signing in are called for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

USE_CASES = {
    "identity.open_page": _("Page opened"),
    "identity.create_account": _("Account made"),
    "identity.edit_account": _("Account corrected"),
    "identity.disable_account": _("Account shut"),
    "identity.enable_account": _("Account opened again"),
    "identity.give_new_password": _("New password given"),
    "identity.set_own_password": _("Own password changed"),
    "identity.remove_second_factors": _("Second factors removed"),
    "identity.note_factor_change": _("Own second factors changed"),
    "identity.end_sessions": _("Sessions ended"),
    "identity.create_unit": _("Unit added"),
    "identity.move_unit": _("Unit moved"),
    "identity.end_unit": _("Unit ended"),
    "identity.grant_role": _("Role given"),
    "identity.end_role": _("Role ended"),
    "identity.delegate": _("Stand-in named"),
    "identity.end_delegation": _("Standing in ended"),
    "identity.set_preferences": _("Own preferences set"),
    "identity.sign_in": _("Signed in"),
    "identity.refuse_sign_in": _("Sign-in failed"),
}
