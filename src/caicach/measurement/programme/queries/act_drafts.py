"""What someone typed into the form of an act and has not sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.models import ActDraft

KEPT_FOR: Final = timedelta(days=30)


def act_draft_of(*, actor: Actor, address: str, at: datetime) -> ActDraft | None:
    """The actor's own, unless it is too old."""
    if actor.account_id is None:
        return None
    own = ActDraft.objects.filter(account_id=actor.account_id, address=address)
    return own.filter(saved_at__gt=at - KEPT_FOR).first()


def old_act_drafts(*, at: datetime) -> QuerySet[ActDraft]:
    return ActDraft.objects.filter(saved_at__lte=at - KEPT_FOR)
