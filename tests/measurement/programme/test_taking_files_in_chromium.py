"""A file that takes time to make: its button is busy, and the file comes under its own name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def page(open_page: Any, plan: Plan, ministry: Ministry, watch: Any) -> Page:
    watch.forgive("429")
    opened: Page = open_page(width=1440, account=ministry.accounts["officer"])
    opened.goto(reverse("programme:plan", args=[plan.pk]))
    return opened


def test_the_button_is_busy_until_the_word_file_is_there(page: Page, plan: Plan) -> None:
    held: list[Any] = []
    page.route("**" + reverse("programme:plan_word", args=[plan.pk, 1]), lambda route: held.append(route))
    menu = page.locator("details[data-menu] > summary", has_text="In").first
    menu.click()
    page.get_by_role("link", name="Word").click()

    expect(menu).to_have_attribute("aria-busy", "true")
    expect(page.locator("#cc-live")).to_have_text("Đang tạo tệp")
    with page.expect_download() as download:
        held[0].continue_()

    assert download.value.suggested_filename.endswith(".docx")
    expect(menu).not_to_have_attribute("aria-busy", "true")


def test_a_list_leaves_as_a_file_with_its_name(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()

    assert download.value.suggested_filename.startswith("nhiem-vu-")
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_refusal_is_said_in_place_and_the_file_is_not_asked_for_again(page: Page, plan: Plan) -> None:
    asked: list[Any] = []

    def refuse(route: Any) -> None:
        asked.append(route)
        body = '<h1>Chờ một phút</h1><p class="cc-lead">Mỗi giờ tải được 10 tệp.</p>'
        route.fulfill(status=429, content_type="text/html; charset=utf-8", body=body)

    page.route("**" + reverse("programme:plan_word", args=[plan.pk, 1]), refuse)
    menu = page.locator("details[data-menu] > summary", has_text="In").first
    menu.click()
    page.get_by_role("link", name="Word").click()

    expect(page.locator(".cc-toast")).to_contain_text("Chờ một phút. Mỗi giờ tải được 10 tệp.")
    expect(page).to_have_url(re.compile(reverse("programme:plan", args=[plan.pk]) + "$"))
    expect(menu).not_to_have_attribute("aria-busy", "true")
    assert len(asked) == 1
