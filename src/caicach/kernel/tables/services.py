"""Keeping a list as one wants to see it again."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted

from . import access, declaring
from .models import SavedView

MOST_VIEWS = 50


@use_case("tables.save_view", permission=access.can_save)
def save_view(
    uc: UseCase, *, list_key: str, name: str, query: str, unit: Unit | None = None, is_default: bool = False
) -> SavedView:
    """Keeps a list as one wants to see it again; the same name again is overwritten.

    unit : shares it with that unit.

    Raises InvalidInput for a list that there is not, a missing name, too many filters or too many views.
    """
    account_id = uc.actor.account_id
    if account_id is None:
        raise NotPermitted
    if not declaring.is_declared(list_key):
        raise InvalidInput(fields={"list_key": [_("There is no such list. Open it again and keep the view there.")]})
    name = _name(name)
    if len(query) > 2000:
        raise InvalidInput(_("This view has too many filters to be kept."))
    if unit is not None and not uc.actor.reaches(unit.pk):
        raise InvalidInput(fields={"unit": [_("You can share a view with your own unit only.")]})
    mine = SavedView.objects.filter(owner_id=account_id, list_key=list_key)
    view = mine.filter(name=name).first()
    if view is None and mine.count() >= MOST_VIEWS:
        raise InvalidInput(_("You keep 50 views of this list already. Remove one first."))
    if is_default:
        _open_none_first(uc, mine.filter(is_default=True).exclude(name=name))
    if view is None:
        view = SavedView.objects.create(
            list_key=list_key,
            name=name,
            query=query,
            owner_id=account_id,
            unit=unit,
            is_default=is_default,
        )
        uc.created(view)
        return view
    with uc.changing(view):
        view.query, view.unit, view.is_default = query, unit, is_default
    view.save()
    return view


@use_case("tables.rename_view", permission=access.can_change)
def rename_view(uc: UseCase, *, view: SavedView, name: str) -> SavedView:
    """Gives a view that one keeps another name.

    Raises InvalidInput for a missing name, and for the name of another view that one keeps of the list.
    """
    name = _name(name)
    same = SavedView.objects.filter(owner_id=view.owner_id, list_key=view.list_key, name=name)
    if same.exclude(pk=view.pk).exists():
        raise InvalidInput(fields={"name": [_("You keep a view of that name already. Choose another name.")]})
    with uc.changing(view):
        view.name = name
    view.save(update_fields=["name"])
    return view


@use_case("tables.remove_view", permission=access.can_change)
def remove_view(uc: UseCase, *, view: SavedView) -> None:
    """Removes a view that one keeps; the list itself stays."""
    uc.deleting(view)
    view.delete()


def _open_none_first(uc: UseCase, views: Iterable[SavedView]) -> None:
    for view in views:
        with uc.changing(view):
            view.is_default = False
        view.save(update_fields=["is_default"])


def _name(text: str) -> str:
    name = text.strip()
    if not 0 < len(name) <= 60:
        raise InvalidInput(fields={"name": [_("Give the view a name of at most 60 characters.")]})
    return name
