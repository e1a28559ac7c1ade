"""Who is told of what operators and colleagues do to an account."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from caicach.kernel.identity.models import Account
from caicach.kernel.jobs.events import Event, subscribe
from caicach.kernel.notifications.kinds import NoticeKind, register_kind
from caicach.kernel.notifications.models import Mail
from caicach.kernel.notifications.services import notify
from caicach.kernel.usecase.actor import SYSTEM

STANDS_IN = register_kind(
    NoticeKind("identity.stands_in", gettext_lazy("You stand in for a colleague who is absent"), mail=Mail.NOW)
)


def tell_stand_in(event: Event) -> None:
    giver = Account.objects.filter(pk=event.payload["giver"]).first()
    if giver is None:
        return
    notify(
        actor=SYSTEM,
        kind=STANDS_IN,
        accounts=[event.payload["receiver"]],
        message=gettext_noop("You stand in for %(name)s"),
        params={"name": giver.full_name},
        url=reverse("identity:absence"),
        key=f"event:{event.id}",
    )


subscribe("identity.delegated", tell_stand_in)
