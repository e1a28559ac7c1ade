"""What was stored before two people had to change a plan, brought to today's rules without touching any paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("programme", "0002_tell_when_given_answered_and_reminded")]
AFTER = [("programme", "0005_number_once")]
NEW_YEARS_EVE = datetime(2021, 12, 31, 18, 0, tzinfo=UTC)  # 01/01/2022 01:00 in Việt Nam


def migrate(to: list[tuple[str, str]]) -> Any:
    """The models as they were then; the accounts as they are."""
    MigrationExecutor(connection).migrate(to)
    loader = MigrationExecutor(connection).loader
    return loader.project_state([*to, *loader.graph.leaf_nodes("identity")]).apps


@pytest.fixture
def old() -> Iterator[Any]:
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("programme")
    yield migrate(BEFORE)
    migrate(latest)


def test_old_plans_keep_their_numbers_and_learn_who_asked(old: Any) -> None:
    account, unit, plan = people_and_plan(old)
    versions = old.get_model("programme", "PlanVersion").objects
    versions.create(plan=plan, version=1, content={}, approved_by=account["leader"], at=NEW_YEARS_EVE)
    versions.create(plan=plan, version=2, content={}, approved_by=account["officer"], at=NEW_YEARS_EVE)
    tasks = old.get_model("programme", "PlanTask").objects
    for position, number in enumerate(("1.1", "", "1.1", "1.7")):
        task = {"title": f"Việc {position}", "field": "the_che", "given_at": NEW_YEARS_EVE}
        tasks.create(plan=plan, position=position, number=number, lead=unit, **task)
    tasks.create(plan=plan, position=9, number="1.1", title="Đã bỏ", field="the_che", is_dropped=True)

    new = migrate(AFTER)

    kept = new.get_model("programme", "Plan").objects.get(pk=plan.pk)
    assert (kept.number, kept.number_year) == ("01/2022/KH-BNV", 2022)
    told = new.get_model("programme", "PlanVersion").objects.order_by("version")
    assert list(told.values_list("asked_by", "approved_by")) == [
        (account["officer"].pk, account["leader"].pk),
        (account["officer"].pk, None),
    ]
    numbered = new.get_model("programme", "PlanTask").objects.order_by("position")
    assert list(numbered.values_list("number", flat=True)) == ["1.1", "1.8", "1.9", "1.7", "1.1"]
    assert numbered[1].search_text.startswith("1.8 viec 1")


def people_and_plan(old: Any) -> tuple[dict[str, Any], Any, Any]:
    accounts = {
        name: old.get_model("identity", "Account").objects.create(
            username=name, full_name=name, created_at=NEW_YEARS_EVE
        )
        for name in ("officer", "leader")
    }
    unit = old.get_model("identity", "Unit").objects.create(
        code="BNV", name="Bộ Nội vụ", path="/1/", valid_from=date(2021, 1, 1)
    )
    plan = old.get_model("programme", "Plan").objects.create(
        title="Kế hoạch năm 2022",
        year=2022,
        issuer=unit,
        number="01/2022/KH-BNV",
        state="approved",
        version=2,
        created_at=NEW_YEARS_EVE,
        submitted_by=accounts["officer"],
        approved_by=accounts["leader"],
        approved_at=NEW_YEARS_EVE,
    )
    return accounts, unit, plan
