"""Accounts from before a sign-in name could be there only once whatever its capitals."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.old_rows import database_aside as database_aside
from tests.old_rows import migrate, old_rows

pytestmark = old_rows

BEFORE = "0003_office_held"
AFTER = "0004_account_names_once_in_any_case"
LONG_AGO = datetime(2021, 12, 31, tzinfo=UTC)


def accounts_at(name: str) -> Any:
    """The model as it was then."""
    return migrate("identity", name).get_model("identity", "Account").objects


def test_the_oldest_keeps_its_name_and_nobody_is_lost() -> None:
    old = accounts_at(BEFORE)
    for name in ("nguyen-an", "Nguyen-An", "binh", "nguyen-an-2", "NGUYEN-AN", "x" * 80, "X" * 80):
        old.create(username=name, full_name=f"Người {name}"[:120], created_at=LONG_AGO)
    names = dict(old.values_list("full_name", "pk"))

    new = accounts_at(AFTER)

    assert dict(new.values_list("full_name", "pk")) == names
    kept = list(new.order_by("pk").values_list("username", flat=True))
    assert kept == ["nguyen-an", "Nguyen-An-3", "binh", "nguyen-an-2", "NGUYEN-AN-4", "x" * 80, "X" * 70 + "-2"]
    with pytest.raises(IntegrityError), transaction.atomic():
        new.create(username="BINH", full_name="Bình", created_at=LONG_AGO)


def test_the_rule_can_be_taken_back_without_touching_a_name() -> None:
    old = accounts_at(BEFORE)
    old.create(username="nguyen-an", full_name="An", created_at=LONG_AGO)
    accounts_at(AFTER)

    again = accounts_at(BEFORE)

    assert again.get().username == "nguyen-an"
    again.create(username="NGUYEN-AN", full_name="An khác", created_at=LONG_AGO)
