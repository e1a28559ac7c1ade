"""A row of a list leads to the page of its record, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.measurement.programme.conftest import plan  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("address", ["/ke-hoach/", "/ke-hoach/nhiem-vu/"])
@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_row_leads_to_its_record(open_page, plan, ministry, address, by):  # noqa: F811
    page = open_page(account=ministry.accounts["officer"])
    page.goto(address)
    link = page.locator("a.cc-row-link").first
    target, words = link.get_attribute("href"), link.inner_text()

    if by == "mouse":
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")

    expect(page).to_have_url(f"{page.url.split('/ke-hoach')[0]}{target}")
    expect(page.locator("main")).to_contain_text(words[:30])
    page.go_back()
    expect(page.locator("a.cc-row-link").first).to_have_text(words)
