"""What people do to their own account, and what the journal keeps of signing in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from caicach.kernel.identity import access
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput


@use_case("identity.set_preferences", permission=access.can_set_preferences)
def set_preferences(
    uc: UseCase,
    *,
    account: Account,
    language: str | None = None,
    theme: str | None = None,
    single_keys: bool | None = None,
) -> Account:
    """Sets one's language, appearance and single-key shortcuts. What is None stays."""
    if language is not None and language not in ("vi", "en"):
        raise InvalidInput(fields={"language": [_("Choose Vietnamese or English.")]})
    if theme is not None and theme not in Account.Theme.values:
        raise InvalidInput(fields={"theme": [_("Choose light, dark or as the device.")]})
    with uc.changing(account):
        account.language = language or account.language
        account.theme = theme or account.theme
        account.single_keys = account.single_keys if single_keys is None else single_keys
    account.save(update_fields=["language", "theme", "single_keys"])
    return account


@use_case("identity.set_own_password", permission=access.can_set_own_password)
def set_own_password(uc: UseCase, *, account: Account, password: str) -> None:
    """Changes one's own password. The rules for passwords have been asked by the form."""
    with uc.changing(account):
        account.set_password(password)
        account.password_is_temporary = False
    account.save(update_fields=["password", "password_is_temporary"])
    uc.viewed(account)


@use_case("identity.note_factor_change", permission=access.can_note_own_factor)
def note_factor_change(uc: UseCase, *, account: Account, what: str) -> None:
    """Keeps in the journal that a person added or removed a second factor; the act itself is the sign-in library's.

    what : `totp_activated`, `webauthn_removed`, `recovery_codes_generated` …
    """
    uc.viewed(account)
    uc.note = what


@use_case("identity.sign_in", permission=access.can_sign_in)
def note_sign_in(uc: UseCase, *, account: Account) -> None:
    """Keeps in the journal that a person signed in; the signing in itself is the sign-in library's."""
    uc.viewed(account)


@use_case("identity.refuse_sign_in", permission=access.can_sign_in)
def note_refused_sign_in(uc: UseCase) -> None:
    """Keeps in the journal that a sign-in failed. It names no account: the answer may not tell whether one exists."""
