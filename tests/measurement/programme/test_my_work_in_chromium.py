"""“Việc của tôi” in the browser: several rows at once, columns, and what stands under which head."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.roles import Role
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme.models import Plan
from tests.ministry import SINCE, Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize("width", [1440, 360])
def test_several_are_urged_about_or_taken_on_and_one_comes_back_to_the_list(
    width: int, plan: Plan, ministry: Ministry, open_page: Any, axe: Any, shoot: Any, sideways: Any
) -> None:
    account = ministry.accounts["officer"]
    identity.grant_role(
        actor=SYSTEM, account=account, role=Role.FOCAL_POINT.value, unit=ministry.units["VP"], valid_from=SINCE
    )
    page: Page = open_page(width=width, account=account)
    page.goto(f"{reverse('operation:my_work')}?unit=Văn phòng Bộ")
    page.wait_for_load_state("networkidle")
    axe(page)
    assert sideways(page) == 0
    shoot(page, f"list-{width}")
    take_on = page.get_by_role("button", name="Nhận việc đã chọn")
    expect(take_on).to_be_disabled()
    page.get_by_text("Chọn mọi việc đang hiện").click()

    page.get_by_role("button", name="Đôn đốc đơn vị chủ trì").click()

    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("Gửi 1 thư đôn đốc")
    shoot(page, f"drawer-{width}", full_page=False)
    page.get_by_role("button", name="Để sau").click()
    take_on.click()
    expect(page.get_by_text("Đã nhận 2 nhiệm vụ.")).to_be_visible()
    assert page.url.split("?")[0].endswith(reverse("operation:my_work"))
    assert set(plan.tasks.filter(lead__code="VP").values_list("response", flat=True)) == {"accepted"}


def test_all_of_it_at_a_glance(plan: Plan, ministry: Ministry, open_page: Any, axe: Any, shoot: Any) -> None:
    page: Page = open_page(width=1440, account=ministry.accounts["officer"])
    page.goto(reverse("operation:my_work"))
    page.wait_for_load_state("networkidle")
    shoot(page, "all")
    page.get_by_text("Lọc", exact=True).click()
    axe(page)
    shoot(page, "filter", full_page=False)
