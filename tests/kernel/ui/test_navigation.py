"""The rail shows what a person may open, and nothing that leads nowhere."""

from __future__ import annotations

import pytest
from django.urls import reverse

from caicach.kernel.ui import navigation
from caicach.kernel.ui.navigation import NavItem, Section
from caicach.kernel.usecase.actor import ANONYMOUS, Actor

OFFICER = Actor(account_id=1, name="Trần Thị Bình")


@pytest.fixture(autouse=True)
def _own_items(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(navigation, "_items", {})


def item(key: str, **changes) -> NavItem:
    return NavItem(**({"key": key, "label": key.title(), "icon": "inbox", "url_name": "ui:menu"} | changes))


def places(actor: Actor = OFFICER, path: str = "/", section: Section = Section.WORK, current: str = ""):
    return navigation.places(actor=actor, section=section, path=path, current=current)


def test_an_item_shows_only_to_whom_its_rule_allows():
    navigation.register(item("mine"))
    navigation.register(item("theirs", visible=lambda actor: actor.name == "someone else"))
    assert [place.key for place in places()] == ["mine"]
    assert places(actor=ANONYMOUS) == []


def test_an_item_whose_address_is_not_served_is_left_out():
    navigation.register(item("nowhere", url_name="no_such:page"))
    assert places() == []


def test_items_stand_in_their_order_and_section():
    for key, order in (("third", 30), ("first", 10), ("second", 20)):
        navigation.register(item(key, order=order))
    navigation.register(item("register", section=Section.LOOK_UP))
    assert [place.key for place in places()] == ["first", "second", "third"]
    assert [place.key for place in places(section=Section.LOOK_UP)] == ["register"]


def test_the_item_nearest_to_the_page_is_current():
    navigation.register(item("menu", url_name="ui:menu"))
    navigation.register(item("design", url_name="ui:design_system"))
    navigation.register(item("figure", url_name="ui:design_system_drawer"))
    seen = {place.key: place.is_current for place in places(path=reverse("ui:design_system_drawer"))}
    assert seen == {"menu": False, "design": False, "figure": True}


def test_a_view_may_name_the_current_item():
    navigation.register(item("menu", url_name="ui:menu"))
    navigation.register(item("design", url_name="ui:design_system"))
    assert [place.is_current for place in places(path=reverse("ui:menu"), current="design")] == [True, False]


def test_the_count_is_asked_for_the_person_who_looks():
    navigation.register(item("mine", count=lambda actor: actor.account_id * 7))
    assert [place.count for place in places()] == [7]


def test_a_second_registration_replaces_the_first():
    navigation.register(item("mine", label="Old"))
    navigation.register(item("mine", label="New"))
    assert [place.label for place in places()] == ["New"]


def test_an_icon_that_the_sprite_lacks_is_refused():
    with pytest.raises(ValueError, match="no-such-icon"):
        navigation.register(item("mine", icon="no-such-icon"))
