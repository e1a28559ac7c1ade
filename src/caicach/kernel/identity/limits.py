"""How often one person may ask for what costs much: searches, exports, calls of the API.

Counted in the cache, as the lock-out of the sign-in is, in windows that begin anew; the numbers are in
settings.RATE_LIMITS.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from caicach.kernel.calendar import clock
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import UseCaseError

View = Callable[..., HttpResponseBase]

TOLD_IN_MINUTES_FROM: Final = 120
"""Seconds: nobody counts more of them."""


class TooManyCalls(UseCaseError):
    code = "identity.too_many_calls"
    status = 429

    def __init__(self, *, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(_message(retry_after))


def _message(seconds: int) -> str:
    if seconds < TOLD_IN_MINUTES_FROM:
        wait = _("You have asked for this very often just now. Wait %(seconds)d seconds, then go on.")
        return wait % {"seconds": seconds}
    wait = _("You have asked for this very often just now. Wait %(minutes)d minutes, then go on.")
    return wait % {"minutes": math.ceil(seconds / 60)}


def count(what: str, *, actor: Actor) -> None:
    """Notes one more call of the person's. what : of settings.RATE_LIMITS. Raises TooManyCalls."""
    calls, seconds = settings.RATE_LIMITS[what]
    if not calls or actor.account_id is None:
        return
    window, gone = divmod(int(clock.now().timestamp()), seconds)
    key = f"limit:{what}:{actor.account_id}:{window}"
    cache.add(key, 0, timeout=2 * seconds)
    if cache.incr(key) > calls:
        raise TooManyCalls(retry_after=seconds - gone)


def limited(what: str) -> Callable[[View], View]:
    """For a page that counts against a limit."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def counted(request: HttpRequest, *args: Any, **keywords: Any) -> HttpResponseBase:
            count(what, actor=request.actor)  # type: ignore[attr-defined]
            return view(request, *args, **keywords)

        return counted

    return wrap
