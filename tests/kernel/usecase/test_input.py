"""Typed input: what is missing, unknown, of a wrong type or too long is named, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput
from caicach.kernel.usecase.models import OutboxEvent

from . import acts
from .leftovers import left

pytestmark = pytest.mark.django_db


def refused(call: Any, **keywords: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as error:
        call(actor=SYSTEM, **keywords)
    return error.value


@pytest.mark.parametrize(
    ("wrong", "vietnamese", "english"),
    [
        ({"size": 3}, "Ở đây không có mục này.", "There is no such input here."),
        ({"words": None}, "Mục này chưa đúng dạng.", "This has a wrong form."),
        ({"words": 12}, "Mục này chưa đúng dạng.", "This has a wrong form."),
        ({"times": "2"}, "Mục này chưa đúng dạng.", "This has a wrong form."),
        ({"unit": 7}, "Mục này chưa đúng dạng.", "This has a wrong form."),
        ({"words": "x" * 21}, "Mục này dài quá: nhiều nhất 20 ký tự.", "This is too long: at most 20 characters."),
    ],
    ids=["an unknown input", "nothing", "a number for a text", "a text for a number", "an id for a record", "too long"],
)
def test_an_input_of_a_wrong_form_is_named(wrong: dict[str, Any], vietnamese: str, english: str, unit: Unit) -> None:
    (name,) = wrong
    for language, sentence in (("vi", vietnamese), ("en", english)):
        with override(language):
            error = refused(acts.note_on_unit, **{"unit": unit, "words": "đã xem", **wrong})
        assert (error.code, error.fields) == ("usecase.invalid_input", {name: [sentence]})


def test_every_wrong_input_is_named_at_once(unit: Unit) -> None:
    error = refused(acts.note_on_unit, unit="VP", times="2")

    assert error.fields.keys() == {"unit", "words", "times"}


@pytest.mark.parametrize(
    ("keywords", "column"),
    [({"code": "X" * 31, "name": "Vụ"}, "code"), ({"code": "X", "name": "V" * 251}, "name")],
    ids=["a code", "a name"],
)
def test_a_text_that_its_column_has_no_room_for_leaves_nothing(keywords: dict[str, str], column: str) -> None:
    """SQLite would keep it whole, PostgreSQL breaks off: both are told as input to correct."""
    error = refused(acts.found_unit, **keywords, idempotency_key="mot")

    assert error.code == "usecase.invalid_input"
    assert error.fields.keys() <= {column}
    assert left() == {"units": [], "entries": [], "events": [], "keys": []}


def test_a_change_that_is_too_long_is_named_before_it_is_saved(unit: Unit) -> None:
    with override("vi"):
        error = refused(acts.rename_unit, unit=unit, name="V" * 251)

    assert error.fields == {"name": ["Mục này dài quá: nhiều nhất 250 ký tự."]}
    unit.refresh_from_db()
    assert unit.name == "Văn phòng Bộ"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Va\u0306n pho\u0300ng Bo\u0323\u0302", "Văn phòng Bộ"),
        ("Vụ\u200b Pháp\u202e chế\x00", "Vụ Pháp chế"),
        ("dòng một\r\ndòng hai\rdòng ba", "dòng một\ndòng hai\ndòng ba"),
        ("plain", "plain"),
    ],
    ids=["decomposed letters", "letters nobody sees", "line breaks of three systems", "plain letters"],
)
def test_text_has_one_form_wherever_it_comes_from(typed: str, kept: str) -> None:
    unit = acts.found_unit(actor=SYSTEM, code="VP", name=typed, remarks=[typed])

    assert Unit.objects.get(pk=unit.pk).name == kept
    assert OutboxEvent.objects.get().payload["remarks"] == [kept]
