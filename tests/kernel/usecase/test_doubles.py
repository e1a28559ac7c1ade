"""A use case that has no word of its own for it refuses, instead of failing, what may be there once and is there."""

from __future__ import annotations

import logging
from datetime import date

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from caicach.kernel.calendar.models import DayException
from caicach.kernel.identity.models import Account
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.core import UseCase, use_case
from caicach.kernel.usecase.errors import SomeoneWasFirst
from caicach.kernel.usecase.models import IdempotentResult

from . import acts
from .leftovers import left

pytestmark = pytest.mark.django_db


@use_case("tests.write_twice", permission=lambda actor, **_: True)
def write_twice(uc: UseCase, *, kind: str) -> None:
    for _time in range(2):
        match kind:
            case "account":
                name = ("An", "AN")[_time]
                Account.objects.create(username=name, full_name=name, created_at=uc.at)
            case "day":
                DayException.objects.create(date=date(2022, 9, 2), kind="day_off", name="Bão", source="1/QĐ")
            case "key":
                IdempotentResult.objects.create(use_case="a.b", key="mot", fingerprint="", at=uc.at)


def refused(kind: str) -> SomeoneWasFirst:
    with override("vi"), pytest.raises(SomeoneWasFirst) as raised:
        write_twice(actor=SYSTEM, kind=kind)
    return raised.value


def test_a_code_that_was_taken_long_ago_is_named_without_a_word_of_haste() -> None:
    acts.found_unit(actor=SYSTEM, code="VP", name="Văn phòng Bộ")

    with override("vi"), pytest.raises(SomeoneWasFirst) as raised:
        acts.found_unit(actor=SYSTEM, code="VP", name="Văn phòng khác")

    assert raised.value.status == 409
    assert raised.value.message.startswith("Đã có bản ghi khác trùng: mã. Chưa có gì thay đổi.")
    assert raised.value.fields == {"code": [raised.value.message]}
    assert left()["entries"] == [("tests.found_unit", "done"), ("tests.found_unit", "refused")]


def test_a_rule_on_a_folded_name_names_the_field_too() -> None:
    assert list(refused("account").fields) == ["username"]


def test_a_rule_on_columns_that_people_know_by_no_name_is_told_without_them() -> None:
    error = refused("key")

    assert error.fields == {}
    assert error.message.startswith("Nội dung này đã có từ trước hoặc vừa được người khác tạo.")


def test_of_a_rule_on_several_fields_none_is_marked_as_wrong() -> None:
    assert refused("day").fields == {}


def test_the_log_names_the_rule_and_no_value(caplog: pytest.LogCaptureFixture) -> None:
    acts.found_unit(actor=SYSTEM, code="VP-RIENG", name="Văn phòng Bộ")

    with caplog.at_level(logging.WARNING), pytest.raises(SomeoneWasFirst):
        acts.found_unit(actor=SYSTEM, code="VP-RIENG", name="Văn phòng khác")

    assert "constraint=identity_unit" in caplog.text
    assert "code" in caplog.text
    assert "VP-RIENG" not in caplog.messages[0]


def test_another_rule_of_the_database_is_our_own_mistake_and_stays_one() -> None:
    with pytest.raises(IntegrityError):
        acts.break_a_rule(actor=SYSTEM)
