"""Every use case is known by one name, asks for a right, and is called something in the journal.

That it says what it does in a sentence, and is named by its room, is tried where permissions are shown.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

import caicach
from caicach.kernel.audit.vocabulary import use_case_title
from caicach.kernel.identity.predicates import Predicate, anyone
from caicach.kernel.usecase.core import REGISTRY, UseCase, use_case

from . import acts

SOURCES = Path(caicach.__file__).parent


def every_use_case() -> dict[str, Any]:
    """Also those that a process loads only when it comes to need them."""
    for path in SOURCES.rglob("*.py"):
        if "\n@use_case(" in path.read_text("utf-8"):
            import_module(".".join(("caicach", *path.relative_to(SOURCES).with_suffix("").parts)))
    return {name: act for name, act in REGISTRY.items() if act.__module__.startswith("caicach.")}


def test_the_registry_holds_the_use_cases_we_know() -> None:
    assert {"programme.approve", "identity.grant_role", "jobs.sweep", "sample.remove"} <= every_use_case().keys()


def test_every_use_case_is_named_by_room_and_verb() -> None:
    assert [name for name in every_use_case() if not re.fullmatch(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*", name)] == []


def test_two_use_cases_of_one_name_are_refused() -> None:
    def other(uc: UseCase) -> None: ...

    with pytest.raises(ValueError, match=r"tests\.kernel\.usecase\.acts\.open_unit"):
        use_case("tests.open_unit", permission=anyone)(other)
    assert REGISTRY["tests.open_unit"] is acts.open_unit


@pytest.mark.parametrize("name", ["open_unit", "tests.", ".open", "Tests.open", "tests.open unit", "tests.open.unit"])
def test_a_name_that_is_not_room_and_verb_is_refused(name: str) -> None:
    def act(uc: UseCase) -> None: ...

    with pytest.raises(ValueError, match=r"room\.verb"):
        use_case(name, permission=anyone)(act)
    assert name not in REGISTRY


def test_every_use_case_asks_for_a_right_that_the_page_of_permissions_can_show() -> None:
    assert [name for name, act in every_use_case().items() if not isinstance(act.permission, Predicate)] == []


def titles(language: str) -> dict[str, Any]:
    with override(language):
        return {name: use_case_title(name) for name in every_use_case()}


def test_every_use_case_is_called_something_in_the_journal_in_both_languages() -> None:
    vietnamese, english = titles("vi"), titles("en")

    assert [name for name in english if not english[name]] == []
    assert [name for name in english if vietnamese[name] == english[name]] == []
