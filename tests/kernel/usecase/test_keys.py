"""An idempotency key: the same sent again gives the first result, without doing the work again."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from caicach.kernel.identity.models import Unit
from caicach.kernel.usecase.actor import SYSTEM, Actor
from caicach.kernel.usecase.errors import KeyReused, NotFound, NotPermitted
from caicach.kernel.usecase.models import IdempotentResult

from . import acts
from .leftovers import left

pytestmark = pytest.mark.django_db


def found(**other: Any) -> Unit:
    asked: dict[str, Any] = {"actor": SYSTEM, "code": "VP", "name": "Văn phòng Bộ", "idempotency_key": "mot"}
    unit: Unit = acts.found_unit(**{**asked, **other})
    return unit


def test_the_same_key_gives_the_same_record_and_the_work_is_done_once() -> None:
    first, again, third = found(), found(), found()

    assert first == again == third
    assert left() == {
        "units": ["VP"],
        "entries": [("tests.found_unit", "done")],
        "events": ["tests.unit_founded"],
        "keys": ["mot"],
    }


def test_a_plain_result_comes_back_as_it_was(unit: Unit) -> None:
    said = [acts.note_on_unit(actor=SYSTEM, unit=unit, words="đã xem", times=2, idempotency_key="k") for _ in range(2)]

    assert said == ["đã xemđã xem"] * 2


def test_the_same_key_with_other_content_is_refused_and_the_first_stays() -> None:
    found()

    with pytest.raises(KeyReused):
        found(name="Văn phòng khác")
    assert Unit.objects.get().name == "Văn phòng Bộ"
    assert left()["entries"] == [("tests.found_unit", "done"), ("tests.found_unit", "refused")]


def test_the_same_text_typed_on_another_keyboard_is_the_same_content() -> None:
    decomposed = "Va\u0306n pho\u0300ng Bo\u0323\u0302"

    assert found() == found(name=decomposed)


def test_a_key_belongs_to_one_use_case(unit: Unit) -> None:
    acts.rename_unit(actor=SYSTEM, unit=unit, name="Văn phòng", idempotency_key="mot")

    acts.open_unit(actor=SYSTEM, unit=unit, idempotency_key="mot")
    unit.refresh_from_db()
    assert (unit.name, unit.order) == ("Văn phòng", 1)


@pytest.mark.parametrize("name", ["Văn phòng", "Văn phòng Bộ"], ids=["the same content", "other content"])
def test_a_key_that_someone_else_sent_is_refused_and_tells_nothing(unit: Unit, name: str) -> None:
    acts.note_on_unit(actor=Actor(account_id=1, name="Một"), unit=unit, words="Văn phòng", idempotency_key="mot")

    with override("vi"), pytest.raises(KeyReused) as refused:
        acts.note_on_unit(actor=Actor(account_id=2, name="Hai"), unit=unit, words=name, idempotency_key="mot")
    assert refused.value.message == "Biểu mẫu này đã được gửi từ một tài khoản khác. Mở lại trang rồi gửi lại."
    assert left()["entries"] == [("tests.note_on_unit", "done"), ("tests.note_on_unit", "refused")]


def test_what_may_no_more_be_done_still_answers_the_repeated_key(unit: Unit) -> None:
    first = acts.open_unit(actor=SYSTEM, unit=unit, idempotency_key="mot")

    assert acts.open_unit(actor=SYSTEM, unit=unit, idempotency_key="mot") == first
    with pytest.raises(acts.AlreadyOpen):
        acts.open_unit(actor=SYSTEM, unit=unit, idempotency_key="hai")


def test_a_repeat_by_who_has_lost_the_right_is_refused(unit: Unit) -> None:
    """Not even what was done with the right before is told."""
    first = Actor(account_id=1, name="Một")
    acts.count_in(actor=first, unit=unit, idempotency_key="mot")

    unit.order = 7
    with pytest.raises(NotPermitted):
        acts.count_in(actor=first, unit=unit, idempotency_key="mot")


def test_long_keys_are_told_apart_by_their_last_letter_too() -> None:
    start = "k" * 300

    assert found(idempotency_key=f"{start}1") == found(idempotency_key=f"{start}1")
    assert found(idempotency_key=f"{start}2", code="TTTT").code == "TTTT"


@pytest.mark.parametrize("key", ["khóa-của-tôi", "a\x00b", "\ufeffmot", "x" * 5000, "'; --"], ids=ascii)
def test_whatever_is_sent_as_a_key_can_be_kept(key: str) -> None:
    assert found(idempotency_key=key) == found(idempotency_key=key)


def test_without_a_key_the_work_is_done_each_time(unit: Unit) -> None:
    for name in ("Một", "Hai"):
        acts.rename_unit(actor=SYSTEM, unit=unit, name=name, idempotency_key="")

    assert len(left()["entries"]) == 2
    assert not IdempotentResult.objects.exists()


def test_a_result_that_is_gone_since_is_said_to_be_gone() -> None:
    found().delete()

    with pytest.raises(NotFound):
        found()


def test_a_repeat_takes_two_statements_and_what_brings_the_record_back(django_assert_num_queries: Any) -> None:
    found()
    # 1. is the key free  2. what the first left  3. its record; and the savepoint's two
    with django_assert_num_queries(3 + 2):
        found()
