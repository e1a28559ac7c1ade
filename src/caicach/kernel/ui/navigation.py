"""What stands in the rail, the phone's bar and the heads of the dashboard and the portal.

A room registers its items when it starts (`AppConfig.ready`); nothing is shown that is not registered, that the actor
may not open, or whose address is not served.

    navigation.register(NavItem(
        key="tasks", label=_("Reform plans"), icon="target-arrow", url_name="programme:plans",
        visible=access.can_follow_plans, count=queries.waiting_for, order=20,
    ))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import NoReverseMatch, reverse

from caicach.kernel.identity.predicates import signed_in
from caicach.kernel.usecase.actor import Actor

from . import icon_names


class Section(StrEnum):
    WORK = "work"
    LOOK_UP = "look_up"
    OPERATE = "operate"
    DASHBOARD = "dashboard"
    PUBLIC = "public"


RAIL = (Section.WORK, Section.LOOK_UP, Section.OPERATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One place to go.

    label : translated lazily, the verb or noun of the work, not the name of a module.
    visible : asked with the actor; a predicate of the room or any function of the actor.
    count : how many things wait for the actor there (never a total of the room); one query at most.
    order : place within its section, small first.
    """

    key: str
    label: Any
    icon: str
    url_name: str
    visible: Callable[[Actor], bool] = signed_in
    count: Callable[[Actor], int] | None = None
    section: Section = Section.WORK
    order: int = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A NavItem as one person sees it on one page."""

    key: str
    label: str
    icon: str
    url: str
    count: int
    is_current: bool


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Adds the item, or replaces the one with the same key. Raises ValueError for an icon that is not in the sprite."""
    if item.icon not in icon_names.ALL:
        raise ValueError(f"navigation item {item.key!r} names the icon {item.icon!r}, which icon_names.py lacks")
    _items[item.key] = item


def registered() -> list[NavItem]:
    return sorted(_items.values(), key=lambda item: (item.section, item.order, item.key))


def places(*, actor: Actor, section: Section, path: str, current: str = "") -> list[Place]:
    """The items of a section that the actor may see, in order.

    path : of the page shown; the item with the longest address that begins it is the current one, unless
    `current` names another.
    """
    seen = [(item, url) for item in registered() if item.section == section and (url := address(item.url_name))]
    seen = [(item, url) for item, url in seen if item.visible(actor)]
    current = current or _nearest(path, ((item.key, url) for item, url in seen))
    return [
        Place(
            key=item.key,
            label=str(item.label),
            icon=item.icon,
            url=url,
            count=item.count(actor) if item.count else 0,
            is_current=item.key == current,
        )
        for item, url in seen
    ]


def address(url_name: str) -> str:
    """Where the name leads, or "" when no room serves it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _nearest(path: str, addresses: Iterable[tuple[str, str]]) -> str:
    """The key whose address is the longest beginning of the path; the front page only when it is the page itself."""
    matches = [(len(url), key) for key, url in addresses if path == url or (url != "/" and path.startswith(url))]
    return max(matches)[1] if matches else ""
