"""An approved plan is found by a few letters in the form that hands a product in, and opens from the product."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caicach.measurement.programme.models import Evidence, Plan, PlanTask
from tests.ministry import Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize("width", [1440, 360])
def test_a_few_letters_find_it_and_it_opens_from_the_product(
    plan: Plan, ministry: Ministry, open_page: Any, axe: Any, shoot: Any, width: int
) -> None:
    task: PlanTask = plan.tasks.get(title__startswith="Số hóa")
    products = reverse("programme:task", args=[task.pk]) + "?muc=san-pham"
    page: Page = open_page(width=width, account=ministry.accounts["focal"])
    page.set_default_navigation_timeout(60_000)
    page.goto(products)
    page.get_by_role("link", name="Đính kèm văn bản đã có").click()
    field = page.get_by_label("Kế hoạch, báo cáo đã duyệt trong hệ thống").and_(page.locator("input"))

    field.fill("cai cach 01/kh")
    expect(page.get_by_role("option")).to_have_count(1)
    shoot(page, f"record-offered-{width}", full_page=False)
    field.press("Enter")
    axe(page)
    shoot(page, f"record-chosen-{width}", full_page=False)
    page.get_by_role("button", name="Nộp sản phẩm").click()

    link = page.get_by_role("link", name=plan.number)
    expect(link).to_be_visible()
    shoot(page, f"record-shown-{width}")
    link.click()
    page.wait_for_url(f"**{reverse('programme:plan', args=[plan.pk])}")
    assert Evidence.objects.get().record_id == str(plan.pk)
