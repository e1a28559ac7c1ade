"""`caicach sample remove`: the sample goes whole, after asking; units, journal and what others made stay."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from caicach.config import sample_cli
from caicach.kernel.audit.models import Entry
from caicach.kernel.files.models import Attachment
from caicach.kernel.identity.models import Account, Unit
from caicach.measurement.programme.models import Plan, TaskProduct
from caicach.measurement.reporting import services as reporting
from caicach.measurement.reporting.models import Report
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_ones_own_machine(settings: Any, tmp_path: Path) -> None:
    settings.LOCAL = True
    settings.DATA_DIR = tmp_path


@pytest.fixture
def sample(plan: Plan, ministry: Ministry, at: Any) -> Plan:
    """Everyone but the operator is of the sample; its plan has a report in two versions."""
    Account.objects.exclude(username="operator").update(is_sample=True)
    Plan.objects.filter(pk=plan.pk).update(is_sample=True, decision_date="2021-12-31")
    with at("2022-06-15 08:00"):
        report = reporting.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
        )
        empty = {section["key"]: True for section in report.sections if not section["text"]}
        reporting.edit_sections(actor=ministry.officer, report=report, texts={}, left_out=empty)
        reporting.submit(actor=ministry.officer, report=report)
        reporting.approve(actor=ministry.leader, report=report)
        reporting.revise(actor=ministry.officer, report=report, reason="Số liệu bổ sung")
    return plan


def test_it_goes_with_reports_in_several_versions(sample: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    entries, units = Entry.objects.count(), Unit.objects.count()

    assert sample_cli.main(["remove", "--yes"]) == 0

    assert (Plan.objects.count(), Report.objects.count(), TaskProduct.objects.count()) == (0, 0, 0)
    assert not Account.objects.filter(is_active=True).exclude(username="operator").exists()
    assert not Attachment.objects.exclude(subject_type="").filter(detached_at=None).exists()
    assert (Unit.objects.count(), Entry.objects.count()) == (units, entries + 1)


def test_it_says_what_goes_and_leaves_all_where_nobody_agrees(
    sample: Plan, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan.objects.filter(pk=sample.pk).update(is_sample=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))

    assert sample_cli.main(["remove"]) == 1

    told = capsys.readouterr().out
    assert sample.title in told
    assert "Các kế hoạch sau bị xóa" in told
    assert "do tài khoản mẫu lập" in told
    assert Plan.objects.filter(pk=sample.pk).exists()


def test_what_a_real_account_made_stays(sample: Plan) -> None:
    operator = Account.objects.get(username="operator")
    Plan.objects.filter(pk=sample.pk).update(is_sample=False, prepared_by=operator)

    sample_cli.main(["remove", "--yes"])

    assert Plan.objects.filter(pk=sample.pk).exists()
