"""Saved views that one may open."""

from __future__ import annotations

from django.db.models import Q

from caicach.kernel.usecase.actor import Actor

from .models import SavedView


def views_of(*, actor: Actor, list_key: str) -> list[SavedView]:
    """One's own first, then those shared with a unit that one holds a role in. One query."""
    units = [held.unit_id for held in actor.roles]
    rows = SavedView.objects.filter(Q(owner=actor.account_id) | Q(unit__in=units), list_key=list_key)
    return sorted(rows, key=lambda view: (view.owner_id != actor.account_id, view.name))


def view_of_own(*, actor: Actor, pk: int) -> SavedView | None:
    return SavedView.objects.filter(pk=pk, owner=actor.account_id).first()
