"""Accounts as operators keep them."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from caicach.kernel.identity import access
from caicach.kernel.identity.models import Account
from caicach.kernel.identity.queries import is_last_operator
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.doubles import refused_when_double
from caicach.kernel.usecase.errors import InvalidInput, UseCaseError

from .roles import hold_operators


class NameTaken(InvalidInput):
    code = "identity.name_taken"

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(fields={field: [message]})


class UnableToDisable(UseCaseError):
    code = "identity.unable_to_disable"


@use_case("identity.create_account", permission=access.can_administer)
def create_account(
    uc: UseCase,
    *,
    username: str,
    full_name: str,
    email: str = "",
    password: str | None = None,
    password_is_temporary: bool = False,
    is_sample: bool = False,
) -> Account:
    """Makes an account, which may do nothing until it is given a role.

    Without a password it cannot sign in; with a temporary one the person must choose another at the first sign-in.
    Raises NameTaken, upper and lower case alike.
    """
    taken = NameTaken(field="username", message=_("The sign-in name %(name)s is taken.") % {"name": username})
    if Account.objects.filter(username__iexact=username).exists():
        raise taken
    account = Account(
        username=username,
        full_name=full_name,
        email=email,
        is_sample=is_sample,
        created_at=uc.at,
        password_is_temporary=password_is_temporary,
    )
    account.set_password(password)
    with refused_when_double(taken):
        account.save()
    uc.created(account)
    return account


@use_case("identity.edit_account", permission=access.can_administer)
def edit_account(uc: UseCase, *, account: Account, full_name: str, email: str) -> Account:
    """Corrects a person's name or e-mail address. The sign-in name stays, since the journal's readers know it."""
    with uc.changing(account):
        account.full_name, account.email = full_name, email
    account.save(update_fields=["full_name", "email"])
    # The sign-in library's copies: a link for a new password must not go to an address that is no longer theirs.
    EmailAddress.objects.filter(user=account).exclude(email=email.lower()).delete()
    return account


@use_case("identity.disable_account", permission=access.can_administer)
def disable_account(uc: UseCase, *, account: Account) -> Account:
    """Shuts an account: the person cannot sign in, and open sessions are dead at their next request.

    Raises UnableToDisable for one's own account and for that of the last operator.
    """
    if account.pk == uc.actor.account_id:
        raise UnableToDisable(_("This is your own account. Another operator has to shut it."))
    hold_operators()
    uc.hold(account)
    if is_last_operator(account=account, on=uc.today):
        raise UnableToDisable(_("This is the last operator. Give the role to someone else first."))
    with uc.changing(account):
        account.is_active = False
    account.save(update_fields=["is_active"])
    return account


@use_case("identity.enable_account", permission=access.can_administer)
def enable_account(uc: UseCase, *, account: Account) -> Account:
    """Opens a shut account again, with the roles that it still holds."""
    with uc.changing(account):
        account.is_active = True
    account.save(update_fields=["is_active"])
    return account


@use_case("identity.give_new_password", permission=access.can_administer)
def give_new_password(uc: UseCase, *, account: Account, password: str) -> Account:
    """Replaces a forgotten password by one that the person must change at once; second factors stay asked for.

    Open sessions end, because they were opened with the old one. The password is in no journal, not even as a hash.
    """
    with uc.changing(account):
        account.set_password(password)
        account.password_is_temporary = True
    account.save(update_fields=["password", "password_is_temporary"])
    uc.viewed(account)
    return account


@use_case("identity.remove_second_factors", permission=access.can_administer)
def remove_second_factors(uc: UseCase, *, account: Account) -> int:
    """Takes a lost phone or key off an account and ends its sessions. Returns how many factors were removed.

    For someone who has proved who they are in another way: whoever knows the password can sign in from now on.
    """
    factors = Authenticator.objects.filter(user=account)
    removed: int = factors.count()
    factors.delete()
    _end(account)
    uc.viewed(account)
    return removed


@use_case("identity.end_sessions", permission=access.can_administer)
def end_sessions(uc: UseCase, *, account: Account) -> int:
    """Signs a person out everywhere. Returns the number of sessions ended."""
    ended = _end(account)
    uc.viewed(account)
    return ended


def _end(account: Account) -> int:
    keys = list(UserSession.objects.filter(user=account).values_list("session_key", flat=True))
    UserSession.objects.filter(user=account).delete()
    sessions = Session.objects.filter(session_key__in=keys)
    ended = sessions.count()
    sessions.delete()
    return ended
