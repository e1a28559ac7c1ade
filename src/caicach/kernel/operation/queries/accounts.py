"""Accounts as operators and auditors see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from caicach.kernel.audit.wording import HistoryPage, history_page
from caicach.kernel.identity.models import Account, Delegation, RoleAssignment, Unit
from caicach.kernel.identity.queries import in_force
from caicach.kernel.jobs.instant import true_now
from caicach.kernel.search.folding import fold
from caicach.kernel.usecase.errors import NotFound


def with_roles(accounts: QuerySet[Account], *, on: date) -> QuerySet[Account]:
    """Each account with `held_now`, the roles it holds on that day."""
    held = RoleAssignment.objects.filter(in_force(on)).select_related("unit").order_by("id")
    return accounts.prefetch_related(Prefetch("assignments", queryset=held, to_attr="held_now"))


def named_like(accounts: QuerySet[Account], words: str) -> QuerySet[Account]:
    """Accounts whose name or sign-in name holds every word, without accents.

    Folded here and not in the database: a ministry has a few thousand accounts, and names are personal data that
    need no second copy.
    """
    wanted = fold(words).split()
    found = [
        pk
        for pk, username, full_name in Account.objects.values_list("pk", "username", "full_name")
        if all(word in fold(f"{username} {full_name}") for word in wanted)
    ]
    return accounts.filter(pk__in=found)


def holding_under(accounts: QuerySet[Account], unit: Unit, *, on: date) -> QuerySet[Account]:
    """Accounts that hold a role in the unit or beneath it on that day."""
    held = RoleAssignment.objects.filter(in_force(on), unit__path__startswith=unit.path)
    return accounts.filter(pk__in=held.values("account"))


@dataclass(frozen=True, slots=True)
class AccountRecords:
    """One account with all that its page shows. Roles: those that hold or will hold, then those that are over."""

    account: Account
    roles: list[RoleAssignment]
    former_roles: list[RoleAssignment]
    given: list[Delegation]
    received: list[Delegation]
    sessions: list[UserSession]
    factors: list[str]
    """Kinds of second factors, of which recovery codes are none."""


def account_to_see(*, pk: int) -> Account:
    """Raises NotFound."""
    account = Account.objects.filter(pk=pk).first()
    if account is None:
        raise NotFound
    return account


def account_records(*, pk: int, on: date) -> AccountRecords:
    """Raises NotFound. Seven SQL queries."""
    account = account_to_see(pk=pk)
    roles = list(account.assignments.select_related("unit").order_by("valid_from", "id"))
    open_delegations = Delegation.objects.filter(Q(giver=account) | Q(receiver=account), valid_to__gt=on)
    delegations = list(open_delegations.select_related("giver", "receiver").order_by("valid_from"))
    alive = Session.objects.filter(expire_date__gt=true_now()).values("session_key")
    return AccountRecords(
        account=account,
        roles=[held for held in roles if held.valid_to is None or held.valid_to > on],
        former_roles=[held for held in roles if held.valid_to is not None and held.valid_to <= on],
        given=[delegation for delegation in delegations if delegation.giver_id == account.pk],
        received=[delegation for delegation in delegations if delegation.receiver_id == account.pk],
        sessions=list(UserSession.objects.filter(user=account, session_key__in=alive).order_by("-created_at")),
        factors=list(
            Authenticator.objects.filter(user=account)
            .exclude(type=Authenticator.Type.RECOVERY_CODES)
            .order_by("created_at")
            .values_list("type", flat=True)
        ),
    )


def assignment_of(*, account: Account, pk: int) -> RoleAssignment:
    """Raises NotFound for a role that someone else holds."""
    found = RoleAssignment.objects.filter(account=account, pk=pk).select_related("unit").first()
    if found is None:
        raise NotFound
    return found


def delegation_of(*, account: Account, pk: int) -> Delegation:
    """One that the account gave. Raises NotFound."""
    found = Delegation.objects.filter(giver=account, pk=pk).select_related("receiver").first()
    if found is None:
        raise NotFound
    return found


def account_history(account: Account, *, before: str) -> HistoryPage:
    """What was done to the account, its roles and its delegations, newest first; roles long deleted included.

    `before` : as of `history_page`.
    """
    subjects: dict[str, Any] = {
        Account._meta.label_lower: [str(account.pk)],
        RoleAssignment._meta.label_lower: _ids(account.assignments.values_list("pk", flat=True)),
        Delegation._meta.label_lower: _ids(
            Delegation.objects.filter(Q(giver=account) | Q(receiver=account)).values_list("pk", flat=True)
        ),
    }
    labels = {
        "account_id": _("Person"),
        "unit_id": _("Unit"),
        "giver_id": _("Who is absent"),
        "receiver_id": _("Who stands in"),
    }
    return history_page(subjects, before=before, address="", labels=labels)


def _ids(pks: QuerySet[Any, int]) -> list[str]:
    return [str(pk) for pk in pks]


def sample_people_are_here() -> bool:
    """Whether accounts of the sample ministry may still sign in: then every page says that its data are made up.

    Asked by every page, so the answer is remembered for a minute.
    """
    return bool(cache.get_or_set("operation.sample_people", _sample_people_now, timeout=60))


def _sample_people_now() -> bool:
    return Account.objects.filter(is_sample=True, is_active=True).exists()
