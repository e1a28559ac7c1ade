"""Every page says who may open it; a test refuses a page that does not."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from caicach.kernel.audit.journal import Outcome
from caicach.kernel.calendar import clock
from caicach.kernel.usecase.core import note_act
from caicach.kernel.usecase.errors import NotPermitted

from .predicates import Predicate

View = Callable[..., HttpResponseBase]


def page(rule: Predicate | None) -> Callable[[View], View]:
    """The rule is asked before the view runs, without a record; record-level rules stand in the queries and use cases.

    None = open to everyone, said on purpose. Someone not signed in is sent to the sign-in page; someone without the
    right gets "whom to ask" (403).
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **keywords: Any) -> HttpResponseBase:
            if rule is not None and not rule(request.actor):  # type: ignore[attr-defined]
                if not request.actor.is_signed_in:  # type: ignore[attr-defined]
                    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
                match = request.resolver_match
                note_act(
                    "identity.open_page",
                    actor=request.actor,  # type: ignore[attr-defined]
                    note=match.view_name if match else "",
                    outcome=Outcome.REFUSED,
                )
                raise NotPermitted
            return view(request, *args, **keywords)

        guarded.page_rule = rule  # type: ignore[attr-defined]
        return guarded

    return wrap


def proved_lately(view: View) -> View:
    """Sending the form of this page asks for the password or a second factor again, when that was over 15 minutes ago.

    For what gives or takes rights (QUALITY A6). What was typed is kept and sent on by the sign-in library.
    """

    @functools.wraps(view)
    def asked(request: HttpRequest, *args: Any, **keywords: Any) -> HttpResponseBase:
        if request.method == "POST" and not _has_proved_lately(request):
            raise ReauthenticationRequired
        return view(request, *args, **keywords)

    return asked


def _has_proved_lately(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    # The library writes the machine's own time, whatever day the sample ministry plays.
    now = clock.now() - (clock.demo_offset() or timedelta())
    return bool(records) and now.timestamp() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
