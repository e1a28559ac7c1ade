"""How allauth behaves here: no self sign-up, names the rights of nobody, every sign-in good or bad is journalled."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from caicach.kernel.usecase.actor import ANONYMOUS, Actor
from caicach.kernel.usecase.text import clean

from . import queries, services
from .models import Account

_FACTOR_MAILS = "mfa/email/"


def _as(user: Account) -> Actor:
    """The person without any role: signing in needs none."""
    return Actor(account_id=user.pk, name=user.full_name)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Account, **keywords: Any) -> HttpResponse:
        services.note_sign_in(actor=_as(user), account=user)
        response: HttpResponse = super().post_login(request, user, **keywords)
        return response

    def clean_password(self, password: str, user: Account | None = None) -> str:
        """Measured as it will be kept: invisible characters do not make it longer."""
        super().clean_password(clean(password), user)
        return password  # as it was typed: the form compares it with what was typed again

    def set_password(self, user: Account, password: str) -> None:
        services.set_own_password(actor=_as(user), account=user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return settings.LOGIN_REDIRECT_URL

    def send_notification_mail(self, template_prefix: str, user: Account, *args: Any, **keywords: Any) -> None:
        """The library calls this after each change of sign-in data, whether or not it sends a mail."""
        super().send_notification_mail(template_prefix, user, *args, **keywords)
        if template_prefix.startswith(_FACTOR_MAILS):
            services.note_factor_change(actor=_as(user), account=user, what=template_prefix.removeprefix(_FACTOR_MAILS))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What failed sign-ins are counted by; the library keeps only its hash.

        The network, so that a stranger elsewhere cannot shut a known person out; the present password's hash, so that
        a new password ends the lock.
        """
        name = credentials.get("username", "").lower()
        account = queries.account_by_name(username=name)
        return "\n".join((get_ip(request), name, account.password if account else ""))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        services.note_refused_sign_in(actor=ANONYMOUS)


class MFAAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "caicach"}
