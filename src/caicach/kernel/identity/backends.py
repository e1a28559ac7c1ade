"""The account of each request, read together with the roles it holds that day."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from caicach.kernel.calendar import clock

from . import acting
from .models import Account


class AccountBackend(AuthenticationBackend):
    """Signs in as the library's own does; only the look-up of a known id is ours."""

    def get_user(self, user_id: int) -> Account | None:
        today = clock.today()
        found = acting.account_with_actor(user_id, today)
        if found is None:
            return None
        account, actor = found
        if not self.user_can_authenticate(account):
            return None
        account.read_as = (today, actor)
        return account
