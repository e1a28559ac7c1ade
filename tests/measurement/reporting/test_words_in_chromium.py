"""The words of a report in a real browser: what was typed a moment ago is part of what is submitted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from caicach.measurement.programme.models import Plan
from caicach.measurement.reporting import services
from caicach.measurement.reporting.models import Report
from tests.ministry import Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

TYPED = "Đã trình ba dự thảo nghị định đúng hạn."


@pytest.fixture
def report(plan: Plan, ministry: Ministry, at: Callable[[str], Any]) -> Report:
    with at("2022-06-15 08:00"):
        made: Report = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
        )
        empty = {section["key"]: True for section in made.sections if not section["text"]}
        services.edit_sections(actor=ministry.officer, report=made, texts={}, left_out=empty)
    return made


@pytest.mark.parametrize("act", ["submit-report", "refresh-figures"])
def test_what_was_just_typed_is_kept_before_another_act(
    act: str, open_page: Any, report: Report, ministry: Ministry
) -> None:
    page: Page = open_page(width=1440, account=ministry.accounts["officer"])
    page.set_default_navigation_timeout(60_000)
    page.goto(f"/bao-cao/{report.pk}/")
    page.wait_for_load_state("networkidle")
    page.locator("#report-words textarea").first.fill(TYPED)

    page.locator(f"[data-open={act}]").first.click()
    page.locator(f"#{act} .btn-primary").click()

    expect(page.locator(".cc-toast").first).to_be_visible()
    report.refresh_from_db()
    assert TYPED in [section["text"] for section in report.sections]


def test_a_long_report_is_kept_when_the_tab_is_left(open_page: Any, report: Report, ministry: Ministry) -> None:
    """More than a browser lets a request carry that outlives its page (64 KiB)."""
    page: Page = open_page(width=1440, account=ministry.accounts["officer"])
    page.set_default_navigation_timeout(60_000)
    page.goto(f"/bao-cao/{report.pk}/")
    page.wait_for_load_state("networkidle")
    for key in ("the_che", "chinh_phu_so"):
        page.locator(f"#text-{key}").fill("ế" * 15_000)

    page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )

    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu")
    report.refresh_from_db()
    assert [section["text"] for section in report.sections].count("ế" * 15_000) == 2
