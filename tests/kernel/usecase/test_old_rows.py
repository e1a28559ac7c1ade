"""Kept results from before a key belonged to its first sender alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("usecase", "0001_initial")]
AFTER = [("usecase", "0003_a_key_belongs_to_its_first_sender")]
AT = datetime(2022, 6, 20, 2, 0, tzinfo=UTC)


def results_at(to: list[tuple[str, str]]) -> Any:
    """The model as it was then."""
    MigrationExecutor(connection).migrate(to)
    apps = MigrationExecutor(connection).loader.project_state(to).apps
    return apps.get_model("usecase", "IdempotentResult").objects


@pytest.fixture
def old() -> Iterator[Any]:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield results_at(BEFORE)
    MigrationExecutor(connection).migrate(latest)


def kept(results: Any, use_case: str, key: str, account: int) -> None:
    results.create(
        use_case=use_case, key=key, account_ref=account, fingerprint="f" * 64, result={"value": account}, at=AT
    )


def told(results: Any) -> list[tuple[str, str, int, Any]]:
    return list(results.order_by("pk").values_list("use_case", "key", "account_ref", "result"))


def test_of_a_key_that_several_sent_the_first_stays_and_the_rest_is_as_it_was(old: Any) -> None:
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


def test_the_rule_can_be_taken_back_with_what_was_kept(old: Any) -> None:
    kept(old, "programme.comment", "mot", 7)
    before = told(old)
    results_at(AFTER)

    again = results_at(BEFORE)

    assert told(again) == before
    kept(again, "programme.comment", "mot", 8)
    assert len(told(again)) == 2
    again.exclude(account_ref=7).delete()
