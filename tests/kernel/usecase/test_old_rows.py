"""Kept results from before a key belonged to its first sender alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.old_rows import database_aside as database_aside
from tests.old_rows import migrate, old_rows

pytestmark = old_rows

BEFORE = "0001_initial"
AFTER = "0003_a_key_belongs_to_its_first_sender"
AT = datetime(2022, 6, 20, 2, 0, tzinfo=UTC)


def results_at(name: str) -> Any:
    """The model as it was then."""
    return migrate("usecase", name).get_model("usecase", "IdempotentResult").objects


def kept(results: Any, use_case: str, key: str, account: int) -> None:
    results.create(
        use_case=use_case, key=key, account_ref=account, fingerprint="f" * 64, result={"value": account}, at=AT
    )


def told(results: Any) -> list[tuple[str, str, int, Any]]:
    return list(results.order_by("pk").values_list("use_case", "key", "account_ref", "result"))


def test_of_a_key_that_several_sent_the_first_stays_and_the_rest_is_as_it_was() -> None:
    old = results_at(BEFORE)
    kept(old, "programme.comment", "mot", 7)
    kept(old, "programme.comment", "mot", 8)
    kept(old, "programme.comment", "mot", 3)
    kept(old, "programme.comment", "hai", 8)
    kept(old, "programme.urge", "mot", 8)

    new = results_at(AFTER)

    assert told(new) == [
        ("programme.comment", "mot", 7, {"value": 7}),
        ("programme.comment", "hai", 8, {"value": 8}),
        ("programme.urge", "mot", 8, {"value": 8}),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(new, "programme.comment", "mot", 8)


def test_the_rule_can_be_taken_back_with_what_was_kept() -> None:
    old = results_at(BEFORE)
    kept(old, "programme.comment", "mot", 7)
    before = told(old)
    results_at(AFTER)

    again = results_at(BEFORE)

    assert told(again) == before
    kept(again, "programme.comment", "mot", 8)
    assert len(told(again)) == 2
