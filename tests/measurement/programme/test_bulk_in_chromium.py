"""One bar for two acts on the chosen tasks: urging opens the drawer, taking on is sent."""

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
def test_the_chosen_tasks_are_urged_about_or_taken_on(
    width: int, plan: Plan, ministry: Ministry, open_page: Any, axe: Any, shoot: Any
) -> None:
    account = ministry.accounts["officer"]
    identity.grant_role(
        actor=SYSTEM, account=account, role=Role.FOCAL_POINT.value, unit=ministry.units["VP"], valid_from=SINCE
    )
    page: Page = open_page(width=width, account=account)
    page.goto(f"{reverse('programme:tasks')}?lead={ministry.units['VP'].pk}")
    page.wait_for_load_state("networkidle")
    take_on = page.get_by_role("button", name="Nhận việc đã chọn")
    expect(take_on).to_be_disabled()
    page.get_by_text("Chọn mọi việc đang hiện").click()
    axe(page)
    shoot(page, f"bulk-{width}", full_page=False)

    page.get_by_role("button", name="Đôn đốc đơn vị chủ trì").click()

    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("Gửi 1 thư đôn đốc")
    expect(drawer.locator("li")).to_have_count(2)
    shoot(page, f"bulk-drawer-{width}", full_page=False)
    assert "csrf" not in page.url
    page.get_by_role("button", name="Để sau").click()
    take_on.click()
    expect(take_on).to_have_count(0)
    assert set(plan.tasks.filter(lead__code="VP").values_list("response", flat=True)) == {"accepted"}
