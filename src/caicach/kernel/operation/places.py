"""Where operators and auditors go: the last section of the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caicach.kernel.ui.navigation import NavItem, Section, register

from . import access

PLACES = (
    NavItem(
        key="status",
        label=_("Status"),
        icon="activity",
        url_name="operation:status",
        visible=access.can_operate,
        section=Section.OPERATE,
        order=10,
    ),
    NavItem(
        key="jobs",
        label=_("Background work"),
        icon="clock",
        url_name="operation:jobs",
        visible=access.can_operate,
        section=Section.OPERATE,
        order=20,
    ),
    NavItem(
        key="journal",
        label=_("Journal"),
        icon="history",
        url_name="operation:journal",
        visible=access.can_read_journal,
        section=Section.OPERATE,
        order=25,
    ),
    NavItem(
        key="accounts",
        label=_("Accounts"),
        icon="users",
        url_name="operation:accounts",
        visible=access.can_see_accounts,
        section=Section.OPERATE,
        order=30,
    ),
    NavItem(
        key="units",
        label=_("Units"),
        icon="sitemap",
        url_name="operation:units",
        visible=access.can_see_accounts,
        section=Section.OPERATE,
        order=40,
    ),
    NavItem(
        key="roles",
        label=_("Roles and permissions"),
        icon="shield-check",
        url_name="operation:roles",
        visible=access.can_see_permissions,
        section=Section.OPERATE,
        order=50,
    ),
    NavItem(
        key="calendar",
        label=_("Working calendar"),
        icon="calendar-event",
        url_name="operation:calendar",
        visible=access.can_keep_calendar,
        section=Section.OPERATE,
        order=60,
    ),
    NavItem(
        key="reference",
        label=_("Reference data"),
        icon="gavel",
        url_name="operation:reference",
        visible=access.can_see_reference,
        section=Section.OPERATE,
        order=70,
    ),
)


def register_places() -> None:
    for place in PLACES:
        register(place)
