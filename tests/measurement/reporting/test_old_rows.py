"""Reports from when each counted one plan know which that was."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.old_rows import database_aside as database_aside
from tests.old_rows import migrate, old_rows

pytestmark = old_rows

APPROVED_AT = datetime(2022, 1, 5, 2, tzinfo=UTC)


def test_an_old_report_names_the_plan_that_it_counted() -> None:
    old = migrate("reporting", "0005_signer_name")
    unit = old.get_model("identity", "Unit").objects.create(
        code="BNV", name="Bộ Nội vụ", path="/1/", valid_from=date(2022, 1, 1)
    )
    plan = old.get_model("programme", "Plan").objects.create(
        title="Kế hoạch 2022",
        year=2022,
        issuer=unit,
        state="approved",
        number="01/KH-BNV",
        version=1,
        created_at=APPROVED_AT,
        approved_at=APPROVED_AT,
    )
    report = old.get_model("reporting", "Report").objects.create(
        issuer=unit,
        plan=plan,
        year=2022,
        period="half_year",
        data_from=date(2021, 12, 15),
        data_to=date(2022, 6, 14),
        due_on=date(2022, 6, 20),
        created_at=APPROVED_AT,
        figures_at=APPROVED_AT,
    )

    new = migrate("reporting", "0006_plans_counted")

    counted = new.get_model("reporting", "Report").objects.get(pk=report.pk).plans
    assert counted == [{"id": plan.pk, "number": "01/KH-BNV", "title": "Kế hoạch 2022", "is_sample": False}]
