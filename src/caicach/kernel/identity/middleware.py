"""Gives each request its actor and ends sessions that were idle or open for too long (QUALITY A10)."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from caicach.kernel.calendar import clock
from caicach.kernel.usecase.actor import ANONYMOUS, Actor

from . import queries
from .models import Account

_SEEN, _STARTED, _SECOND_FACTOR = "seen", "started", "has_second_factor"
_SEEN_EVERY = 60  # seconds: the idle clock is written at most once a minute
_OPEN_WITH_A_TEMPORARY_PASSWORD = ("account_change_password", "account_logout", "identity:set_language", "ui:stay")


class ActorOfRequest:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._keep_or_end(request)
        request.actor = actor_of_request(request)  # type: ignore[attr-defined]
        if _must_choose_password(request):
            return redirect("account_change_password")
        if _must_add_second_factor(request):
            return redirect(reverse("mfa_index") + "?bat-buoc=1")
        if isinstance(request.user, Account) or request.user.is_authenticated:
            self._speak(request)
        return self.get_response(request)

    def _keep_or_end(self, request: HttpRequest) -> None:
        now = int(clock.now().timestamp())
        session = request.session
        seen, started = session.get(_SEEN), session.get(_STARTED)
        if seen is None or started is None:
            session[_SEEN] = session[_STARTED] = now
            return
        if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
            logout(request)
            return
        # What a page asks by itself (the bell) is not work and must not keep a session open for ever.
        if now - seen >= _SEEN_EVERY and request.headers.get("X-Background") != "1":
            session[_SEEN] = now

    def _speak(self, request: HttpRequest) -> None:
        # The account's language wins over the browser's once a person is signed in; a program's wish is no browser's.
        wished = request.path.startswith("/api/") and "Accept-Language" in request.headers
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not wished:
            language = request.user.language  # type: ignore[union-attr]
            translation.activate(language)
            request.LANGUAGE_CODE = language


def _must_choose_password(request: HttpRequest) -> bool:
    """Whether to send the person to the page where a password of their own is chosen, before any other page."""
    if not getattr(request.user, "password_is_temporary", False):
        return False
    return not request.path.startswith(("/api/", *(reverse(name) for name in _OPEN_WITH_A_TEMPORARY_PASSWORD)))


def _must_add_second_factor(request: HttpRequest) -> bool:
    """Whether to send the person to where a second factor is added, before any other page (QUALITY A6)."""
    if not lacks_second_factor(request):
        return False
    open_ = (reverse("mfa_index"), reverse("account_reauthenticate"))
    return not request.path.startswith(("/api/", *open_, *(reverse(n) for n in _OPEN_WITH_A_TEMPORARY_PASSWORD)))


def lacks_second_factor(request: HttpRequest) -> bool:
    """Of someone signed in, where the installation asks for one. One query until there is one, none afterwards."""
    user = request.user
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
        return False
    if request.session.get(_SECOND_FACTOR):
        return False
    has_one = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    if has_one:
        request.session[_SECOND_FACTOR] = True
    return not has_one


def actor_of_request(request: HttpRequest) -> Actor:
    """Nobody while the password is a temporary one, which an operator knows too, or a second factor is missing."""
    user = request.user
    if not user.is_authenticated or getattr(user, "password_is_temporary", False) or lacks_second_factor(request):
        return ANONYMOUS
    return queries.actor_of(account=user, on=clock.today())
