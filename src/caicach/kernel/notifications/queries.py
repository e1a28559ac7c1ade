"""Notices as their reader sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext, ngettext

from caicach.kernel.calendar.zone import local_date
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.errors import NotFound

from .deadlines import Chip, chips_of
from .kinds import NoticeKind, kinds
from .models import MailChoice, Notice


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """A notice in the reader's words. chip : the deadline of what it is about as it stands today, where known."""

    notice: Notice
    words: str
    day: date
    chip: Chip | None = None

    @property
    def is_unread(self) -> bool:
        return self.notice.read_at is None


@dataclass(frozen=True, slots=True)
class ChosenKind:
    """A kind with how the actor is told of it by e-mail."""

    kind: NoticeKind
    mail: str


def unread_count(actor: Actor) -> int:
    """For the bell. One SQL query, none for someone not signed in."""
    return _unread(actor).count() if actor.is_signed_in else 0


def bell_state(actor: Actor) -> str:
    """Changes whenever the bell would look different. One SQL query."""
    seen = _unread(actor).aggregate(count=Count("pk"), last=Max("created_at"))
    return f"{seen['count']}-{seen['last'].timestamp() if seen['last'] else 0}"


def urgent(*, actor: Actor) -> list[SeenNotice]:
    """Unread ones that are shown above all pages, latest first; at most three."""
    return _seen(list(_unread(actor).filter(is_urgent=True).order_by("-created_at")[:3]), chips={})


def notices(*, actor: Actor, today: date, only_unread: bool, before: datetime | None, limit: int) -> list[SeenNotice]:
    """Latest first, as of before a moment. One SQL query, and those of the rooms whose deadlines are shown."""
    found = _told_to(actor)
    if only_unread:
        found = found.filter(read_at=None)
    if before is not None:
        found = found.filter(created_at__lt=before)
    shown = list(found.order_by("-created_at", "pk")[:limit])
    return _seen(shown, chips=chips_of(shown, actor=actor, today=today))


def notice_of(*, actor: Actor, notice_id: UUID) -> Notice:
    """Raises NotFound, also for that of someone else."""
    notice = _told_to(actor).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound
    return notice


def chosen_kinds(*, actor: Actor) -> list[ChosenKind]:
    """Kinds that may concern the actor, by label, with the actor's choice or the kind's own. One SQL query."""
    if actor.account_id is None:
        return []
    chosen = dict(MailChoice.objects.filter(account_id=actor.account_id).values_list("kind", "mail"))
    found = sorted((kind for kind in kinds().values() if kind.meant_for(actor)), key=lambda kind: str(kind.label))
    return [ChosenKind(kind, chosen.get(kind.code, kind.mail)) for kind in found]


def words_of(notice: Notice) -> str:
    """In the active language. A value that is a message itself ({"message", "params"}) is read in it too."""
    values = {name: _in_words(value) for name, value in notice.params.items()}
    if notice.plural:
        text = ngettext(notice.message, notice.plural, int(notice.params.get("count", 1)))
    else:
        text = gettext(notice.message)
    return str(text % values)


def _in_words(value: Any) -> Any:
    return gettext(value["message"]) % value["params"] if isinstance(value, dict) else value


def _told_to(actor: Actor) -> QuerySet[Notice]:
    if actor.account_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(account_id=actor.account_id)


def _unread(actor: Actor) -> QuerySet[Notice]:
    return _told_to(actor).filter(read_at=None)


def _seen(found: Sequence[Notice], *, chips: Mapping[str, Chip]) -> list[SeenNotice]:
    return [
        SeenNotice(notice, words_of(notice), local_date(notice.created_at), chips.get(notice.url)) for notice in found
    ]
