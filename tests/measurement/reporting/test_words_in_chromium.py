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


def leave_the_tab(page: Page) -> None:
    page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden" });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )


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

    leave_the_tab(page)

    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu")
    report.refresh_from_db()
    assert [section["text"] for section in report.sections].count("ế" * 15_000) == 2


@pytest.mark.parametrize("width", [1440, 360])
def test_words_saved_by_hand_without_a_line_stay_and_go_out_when_it_is_back(
    width: int, open_page: Any, report: Report, ministry: Ministry, watch: Any, shoot: Any
) -> None:
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    page: Page = open_page(width=width, account=ministry.accounts["officer"])
    page.set_default_navigation_timeout(60_000)
    page.goto(f"/bao-cao/{report.pk}/")
    page.wait_for_load_state("networkidle")
    field = page.locator("#report-words textarea").first
    field.fill(TYPED)

    page.context.set_offline(True)
    save = page.locator("#report-words .cc-form-acts button")
    save.click()

    bar = page.get_by_text("Mất kết nối. Những gì bạn đã nhập vẫn ở đây.")
    expect(bar).to_be_in_viewport(ratio=1)
    expect(field).to_have_value(TYPED)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(bar).to_be_in_viewport(ratio=1)
    shoot(page, f"report-lost-{width}", full_page=False)
    page.evaluate("scrollTo(0, 0)")
    head, under = page.locator(".cc-topbar").bounding_box(), bar.bounding_box()
    assert head is not None
    assert under is not None
    assert head["y"] >= under["y"] + under["height"]

    page.context.set_offline(False)
    expect(bar).to_have_count(0)
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu")
    report.refresh_from_db()
    assert TYPED in [section["text"] for section in report.sections]
    save.click()
    expect(page.locator(".cc-toast").first).to_be_visible()


def test_words_that_could_not_be_saved_come_back_when_the_page_is_loaded_anew(
    open_page: Any, report: Report, ministry: Ministry, watch: Any
) -> None:
    watch.forgive("ERR_FAILED")
    page: Page = open_page(width=1440, account=ministry.accounts["officer"])
    page.set_default_navigation_timeout(60_000)
    page.on("dialog", lambda dialog: dialog.accept())  # leave all the same
    page.goto(f"/bao-cao/{report.pk}/")
    page.wait_for_load_state("networkidle")
    page.route("**/luu/", lambda route: route.abort())
    field = page.locator("#report-words textarea").first
    field.fill(TYPED)
    leave_the_tab(page)
    expect(page.locator("[data-saved]")).to_contain_text("Chưa lưu")

    page.unroute("**/luu/")
    page.reload()

    expect(field).to_have_value(TYPED)
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu")
    report.refresh_from_db()
    assert TYPED in [section["text"] for section in report.sections]
    assert page.evaluate("sessionStorage.getItem('cc-autosave')") == "{}"
