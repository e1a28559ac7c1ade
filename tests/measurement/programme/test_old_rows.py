"""What was stored before two people had to change a plan, brought to today's rules without touching any paper."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from tests.old_rows import database_aside as database_aside
from tests.old_rows import migrate, migrate_to_today, old_rows

pytestmark = old_rows

NEW_YEARS_EVE = datetime(2021, 12, 31, 18, 0, tzinfo=UTC)  # 01/01/2022 01:00 in Việt Nam


def test_old_plans_keep_their_numbers_and_learn_who_asked() -> None:
    old = migrate("programme", "0002_tell_when_given_answered_and_reminded")
    account, unit, plan = people_and_plan(old)
    versions = old.get_model("programme", "PlanVersion").objects
    versions.create(plan=plan, version=1, content={}, approved_by=account["leader"], at=NEW_YEARS_EVE)
    versions.create(plan=plan, version=2, content={}, approved_by=account["officer"], at=NEW_YEARS_EVE)
    tasks = old.get_model("programme", "PlanTask").objects
    for position, number in enumerate(("1.1", "", "1.1", "1.7")):
        task = {"title": f"Việc {position}", "field": "the_che", "given_at": NEW_YEARS_EVE}
        tasks.create(plan=plan, position=position, number=number, lead=unit, **task)
    tasks.create(plan=plan, position=9, number="1.1", title="Đã bỏ", field="the_che", is_dropped=True)

    new = migrate("programme", "0005_number_once")

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


def test_old_reminders_learn_which_unit_led_the_task_then() -> None:
    old = migrate("programme", "0010_name_below_a_signature")
    account, first, plan = people_and_plan(old)
    units = old.get_model("identity", "Unit").objects
    second, third = (
        units.create(code=code, name=code, path=f"/{code}/", valid_from=date(2021, 1, 1)) for code in ("VP", "PC")
    )
    task = old.get_model("programme", "PlanTask").objects.create(
        plan=plan, position=1, title="Việc", field="the_che", lead=third
    )
    for day, before in ((10, first), (20, second)):
        version = old.get_model("programme", "PlanVersion").objects.create(
            plan=plan, version=day, content={}, at=NEW_YEARS_EVE
        )
        old.get_model("programme", "Amendment").objects.create(
            plan=plan,
            task=task,
            kind="reassign",
            state="approved",
            change={"lead_id": 0, "before": {"lead_id": before.pk}},
            asked_by=account["officer"],
            asked_at=NEW_YEARS_EVE,
            decided_by=account["leader"],
            decided_at=datetime(2022, 6, day, tzinfo=UTC),
            version=version,
        )
    for day in (5, 15, 25):
        old.get_model("programme", "Urging").objects.create(
            plan=plan, task=task, at=datetime(2022, 6, day, tzinfo=UTC), step="by_hand"
        )

    migrate_to_today()

    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id FROM programme_urging ORDER BY at")
        assert [row[0] for row in cursor.fetchall()] == [first.pk, second.pk, third.pk]


def test_going_back_keeps_the_newest_of_reminders_to_several_units() -> None:
    now = migrate("programme", "0011_urging_of_a_unit")
    _account, first, plan = people_and_plan(now)
    second = now.get_model("identity", "Unit").objects.create(
        code="VP", name="VP", path="/VP/", valid_from=date(2021, 1, 1)
    )
    task = now.get_model("programme", "PlanTask").objects.create(
        plan=plan, position=1, title="Việc", field="the_che", lead=second
    )
    urgings = now.get_model("programme", "Urging").objects

    def reminded(unit: Any, day: int, step: str, deadline: date | None) -> int:
        at = datetime(2022, 6, day, tzinfo=UTC)
        made = urgings.create(plan=plan, task=task, unit=unit, at=at, step=step, deadline=deadline)
        return int(made.pk)

    due, later = date(2022, 6, 10), date(2022, 7, 10)
    older = {reminded(first, 11, "head", due), reminded(first, 12, "officer", due)}
    newest = {reminded(second, 13, "head", due), reminded(second, 14, "officer", due)}
    of_another_day = {reminded(first, 15, "head", later)}
    by_hand = {reminded(unit, 16, "by_hand", due) for unit in (first, second)}
    undated = {reminded(unit, 17, "head", None) for unit in (first, second)}

    before = migrate("programme", "0010_name_below_a_signature")

    kept = set(before.get_model("programme", "Urging").objects.values_list("pk", flat=True))
    assert kept == newest | of_another_day | by_hand | undated
    assert not kept & older
    migrate_to_today()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT unit_id FROM programme_urging")
        assert cursor.fetchall() == [(second.pk,)]


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
