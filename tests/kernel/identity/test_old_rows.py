"""Accounts from before a sign-in name could be there only once whatever its capitals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("identity", "0003_office_held")]
AFTER = [("identity", "0004_account_names_once_in_any_case")]
LONG_AGO = datetime(2021, 12, 31, tzinfo=UTC)


def accounts_at(to: list[tuple[str, str]]) -> Any:
    """The model as it was then."""
    MigrationExecutor(connection).migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps.get_model("identity", "Account").objects


@pytest.fixture
def old() -> Iterator[Any]:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield accounts_at(BEFORE)
    MigrationExecutor(connection).migrate(latest)


def test_the_oldest_keeps_its_name_and_nobody_is_lost(old: Any) -> None:
    for name in ("nguyen-an", "Nguyen-An", "binh", "nguyen-an-2", "NGUYEN-AN", "x" * 80, "X" * 80):
        old.create(username=name, full_name=f"Người {name}"[:120], created_at=LONG_AGO)
    names = dict(old.values_list("full_name", "pk"))

    new = accounts_at(AFTER)

    assert dict(new.values_list("full_name", "pk")) == names
    kept = list(new.order_by("pk").values_list("username", flat=True))
    assert kept == ["nguyen-an", "Nguyen-An-3", "binh", "nguyen-an-2", "NGUYEN-AN-4", "x" * 80, "X" * 70 + "-2"]
    with pytest.raises(IntegrityError), transaction.atomic():
        new.create(username="BINH", full_name="Bình", created_at=LONG_AGO)


def test_the_rule_can_be_taken_back_without_touching_a_name(old: Any) -> None:
    old.create(username="nguyen-an", full_name="An", created_at=LONG_AGO)
    accounts_at(AFTER)

    again = accounts_at(BEFORE)

    assert again.get().username == "nguyen-an"
    again.create(username="NGUYEN-AN", full_name="An khác", created_at=LONG_AGO)
    again.exclude(username="nguyen-an").delete()
