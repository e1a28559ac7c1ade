"""The lists of operation."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caicach.kernel.calendar import clock
from caicach.kernel.identity.models import Account, RoleAssignment, Unit
from caicach.kernel.identity.queries import in_force
from caicach.kernel.identity.roles import Role
from caicach.kernel.tables.columns import Column, Kind, Status
from caicach.kernel.tables.declaring import ListOf
from caicach.kernel.tables.filters import TickWidget
from caicach.kernel.tables.ordering import InVietnamese

from .queries import accounts


class AccountFilters(django_filters.FilterSet):
    words = django_filters.CharFilter(label=_("Name"), method="by_words", max_length=120)
    role = django_filters.MultipleChoiceFilter(
        label=_("Role"), choices=Role.choices, method="by_role", widget=TickWidget
    )
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=Unit.objects.all(), method="by_unit")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[("open", _("May sign in")), ("shut", _("Shut"))], method="by_state"
    )

    class Meta:
        model = Account
        fields: list[str] = []

    def by_words(self, rows: QuerySet[Account], _name: str, words: str) -> QuerySet[Account]:
        return accounts.named_like(rows, words)

    def by_role(self, rows: QuerySet[Account], _name: str, roles: list[str]) -> QuerySet[Account]:
        if not roles:
            return rows
        held = RoleAssignment.objects.filter(in_force(clock.today()), role__in=roles)
        return rows.filter(pk__in=held.values("account"))

    def by_unit(self, rows: QuerySet[Account], _name: str, unit: Unit | None) -> QuerySet[Account]:
        return rows if unit is None else accounts.holding_under(rows, unit, on=clock.today())

    def by_state(self, rows: QuerySet[Account], _name: str, state: str) -> QuerySet[Account]:
        return rows.filter(is_active=state == "open")


def _state(account: Any) -> Status:
    if not account.is_active:
        return Status(str(_("Shut")), "refused")
    if account.password_is_temporary:
        return Status(str(_("Has not chosen a password yet")), "missing")
    return Status(str(_("May sign in")), "accepted")


ACCOUNTS = ListOf(
    key="tai-khoan",
    title=_("Accounts"),
    sort="name",
    filters=AccountFilters,
    select=lambda rows: accounts.with_roles(rows, on=clock.today()),
    empty=_("People who may sign in stand here. Begin by making an account for the first one."),
    columns=(
        Column(
            key="name",
            label=_("Name"),
            value=lambda account: account.full_name,
            href=lambda account: reverse("operation:account", args=[account.pk]),
            detail=lambda account: account.username,
            sort=InVietnamese("full_name"),
        ),
        Column(
            key="roles",
            label=_("Roles held"),
            value=lambda account: "; ".join(str(held) for held in account.held_now),
        ),
        Column(key="email", label=_("E-mail"), value=lambda account: account.email, is_shown=False, sort=F("email")),
        Column(key="state", label=_("State"), value=_state, kind=Kind.STATUS),
        Column(key="last", label=_("Last sign-in"), value=lambda account: account.last_login, kind=Kind.MOMENT),
        Column(
            key="created",
            label=_("Made"),
            value=lambda account: account.created_at,
            kind=Kind.MOMENT,
            sort=F("created_at"),
            is_shown=False,
        ),
    ),
)
