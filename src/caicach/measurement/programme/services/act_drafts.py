"""Keeping what someone types into the form of an act until it is sent. The journal never holds the words."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from caicach.kernel.usecase import keys
from caicach.kernel.usecase.actor import Actor
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import NotPermitted
from caicach.measurement.programme import access
from caicach.measurement.programme.models import ActDraft
from caicach.measurement.programme.queries.act_drafts import old_act_drafts

MOST_DRAFTS: Final = 200
"""Of one person; the oldest goes first."""
LONGEST: Final = 10_000
"""Characters of one field that are kept."""


@use_case("programme.keep_act_draft", permission=access.can_keep_own_words)
def keep_act_draft(uc: UseCase, *, address: str, words: dict[str, str], form_key: str = "") -> ActDraft | None:
    """Keeps what one types into a form until it is sent.

    words : take the place of those that the actor left at this address before. form_key : of the form; once it was
    sent, what comes late is kept no more, and None is returned.
    The journal has that a draft was begun and that it went; to keep it again while it is written is no act.
    """
    if keys.was_brought(form_key, actor=uc.actor):
        uc.leave_no_entry()
        return None
    writer = _writer(uc.actor)
    own = ActDraft.objects.filter(account_id=writer)
    kept = {name: text[:LONGEST] for name, text in words.items()}
    draft, is_new = own.select_for_update().get_or_create(
        address=address,
        defaults={"account_id": writer, "words": kept, "saved_at": uc.at},
    )
    if is_new:
        uc.created(draft)
        _keep_the_newest(uc, own.exclude(pk=draft.pk))
        return draft
    uc.leave_no_entry()
    draft.words, draft.saved_at = kept, uc.at
    draft.save(update_fields=["words", "saved_at"])
    return draft


def _writer(actor: Actor) -> int:
    """The system writes nothing. Raises NotPermitted."""
    if actor.account_id is None:
        raise NotPermitted
    return actor.account_id


def _keep_the_newest(uc: UseCase, others: QuerySet[ActDraft]) -> None:
    for old in others.order_by("-saved_at")[MOST_DRAFTS - 1 :]:
        uc.deleting(old)
        old.delete()


@use_case("programme.drop_act_draft", permission=access.can_keep_own_words)
def drop_act_draft(uc: UseCase, *, address: str) -> None:
    """Gives up what one typed into a form and did not send. Nothing happens where there is none."""
    for draft in ActDraft.objects.filter(account_id=_writer(uc.actor), address=address):
        uc.deleting(draft)
        draft.delete()


@use_case("programme.sweep_act_drafts", permission=access.by_the_system)
def sweep_act_drafts(uc: UseCase) -> int:
    """How many were too old."""
    old = old_act_drafts(at=uc.at)
    uc.deleting(*old)
    return old.delete()[0]
