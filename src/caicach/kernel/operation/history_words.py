"""How the journal's entries of the kernel's own rooms are called for people, and those rooms themselves."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caicach.kernel.identity.models import Account, RoleAssignment, Unit

USE_CASES = {
    "files.store_upload": _("File received"),
    "files.attach": _("File attached"),
    "files.detach": _("File taken off"),
    "files.hold_again": _("File used again"),
    "files.sweep": _("Files cleared away"),
    "files.sweep_records": _("Unused uploads cleared away"),
    "jobs.cancel": _("Background work stopped"),
    "jobs.conclude": _("Background work ended"),
    "jobs.run_again": _("Background work started again"),
    "jobs.deliver_again": _("Event delivered again"),
    "jobs.sweep": _("Old background work cleared away"),
    "notifications.notify": _("People told"),
    "notifications.note_sent": _("Letter sent"),
    "notifications.mark_read": _("Notice read"),
    "notifications.mark_all_read": _("All notices read"),
    "notifications.choose_mail": _("Ways of being told chosen"),
    "notifications.sweep": _("Old notices cleared away"),
    "notifications.ask_for_digests": _("Daily letters asked for"),
    "tables.save_view": _("View kept"),
    "tables.rename_view": _("View renamed"),
    "tables.remove_view": _("View removed"),
    "operation.set_day_exception": _("Exceptional day set"),
    "operation.remove_day_exception": _("Exceptional day removed"),
    "operation.set_working_hours": _("Working hours set"),
    "operation.remove_working_hours": _("Working hours removed"),
    "sample.remove": _("Sample data removed"),
}

ROOMS = {
    "identity": _("Accounts, units and signing in"),
    "files": _("Files"),
    "jobs": _("Background work"),
    "notifications": _("Notices"),
    "tables": _("Lists"),
    "operation": pgettext_lazy("room", "Calendar and operation"),
}
"""Rooms above the kernel say it themselves, by the name of their app."""


LABELS = {
    "identity.unit": {"parent_id": _("Belongs to")},
    "identity.roleassignment": {"account_id": _("Person"), "unit_id": _("Unit")},
    "identity.delegation": {"giver_id": _("Who is absent"), "receiver_id": _("Who stands in")},
    "calendar.dayexception": {"date": _("Day"), "kind": _("Kind"), "name": _("Name"), "unit_code": _("Unit")},
    "calendar.workinghours": {
        "unit_code": _("Unit"),
        "valid_from": _("First day"),
        "valid_to": _("First day without them"),
        "morning_from": _("Morning from"),
        "morning_to": _("Morning to"),
        "afternoon_from": _("Afternoon from"),
        "afternoon_to": _("Afternoon to"),
    },
}
"""Fields of models that stand beneath the pages and have no words of their own."""


def names_of_accounts(ids: set[str]) -> dict[str, tuple[str, str]]:
    return {
        str(account.pk): (account.full_name, reverse("operation:account", args=[account.pk]))
        for account in Account.objects.filter(pk__in=ids)
    }


def names_of_units(ids: set[str]) -> dict[str, tuple[str, str]]:
    return {
        str(unit.pk): (unit.name, reverse("operation:unit", args=[unit.pk])) for unit in Unit.objects.filter(pk__in=ids)
    }


def names_of_assignments(ids: set[str]) -> dict[str, tuple[str, str]]:
    held = RoleAssignment.objects.filter(pk__in=ids).select_related("account")
    return {
        str(each.pk): (each.account.full_name, reverse("operation:account", args=[each.account_id])) for each in held
    }
