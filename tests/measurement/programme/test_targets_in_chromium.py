"""The third step of a draft: a target is found by a few letters among many, nothing is chosen beforehand."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from caicach.config.reference_data import rows_of
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import services
from caicach.measurement.programme.models import NationalTarget, Plan, PlanState
from tests.ministry import Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def address(draft: Plan) -> str:
    services.load_national_targets(actor=SYSTEM, rows=rows_of("caicach.measurement.programme", "nq76_targets.csv"))
    return reverse("programme:review_targets", args=[draft.pk])


@pytest.fixture
def page(open_page: Any, address: str, ministry: Ministry) -> Page:
    opened: Page = open_page(width=1440, account=ministry.accounts["officer"])
    opened.goto(address)
    opened.wait_for_load_state("networkidle")
    return opened


def test_a_task_and_a_target_are_found_by_letters_without_accents(
    page: Page, draft: Plan, axe: Any, shoot: Any
) -> None:
    target = NationalTarget.objects.order_by("field", "year", "code").last()
    assert target is not None
    task = draft.tasks.get(title="Kiểm tra đơn vị")
    for field in ("Nhiệm vụ", "Chỉ tiêu quốc gia"):
        expect(page.get_by_role("combobox", name=field)).to_have_value("")

    page.get_by_role("combobox", name="Nhiệm vụ").fill("kiem tra")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Chỉ tiêu quốc gia").fill(target.code.lower())
    expect(page.get_by_role("option").first).to_contain_text(target.code)
    axe(page)
    shoot(page, "picking", full_page=False)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Gắn", exact=True).click()

    expect(page.locator("table")).to_contain_text(target.code)
    assert task.targets.get().national == target


def test_names_that_say_the_words_together_come_first(page: Page) -> None:
    page.get_by_role("combobox", name="Chỉ tiêu quốc gia").fill("so hoa")

    shown = [option.casefold() for option in page.get_by_role("option").all_text_contents()]
    together = ["số hóa" in option for option in shown]
    assert any(together)
    assert together == sorted(together, reverse=True), shown


def test_what_is_not_in_the_list_is_not_sent(page: Page, draft: Plan) -> None:
    page.get_by_role("combobox", name="Nhiệm vụ").fill("việc không có")
    page.get_by_role("button", name="Gắn", exact=True).click()

    field = page.get_by_role("combobox", name="Nhiệm vụ")
    assert field.evaluate("field => field.validationMessage") == "Chọn một mục trong danh sách: gõ vài chữ của mục đó."
    assert page.locator("select[name=chon]").evaluate("select => select.value") == ""


def test_of_two_that_read_the_same_the_one_that_was_picked_is_meant(page: Page, draft: Plan) -> None:
    select = page.locator("select[name=chon]")
    values = select.evaluate("select => [...select.options].map(option => option.value).filter(Boolean)")
    draft.tasks.update(title="Kiểm tra đơn vị", number="")
    page.reload()
    page.wait_for_load_state("networkidle")
    field = page.get_by_role("combobox", name="Nhiệm vụ")

    field.fill("kiem tra")
    page.get_by_role("option").nth(1).click()
    assert select.evaluate("select => select.value") == values[1]

    field.fill("kiem tra")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert select.evaluate("select => select.value") == values[2]

    field.fill("Kiểm tra")
    field.fill("Kiểm tra đơn vị")
    assert select.evaluate("select => select.value") == ""
    assert field.evaluate("field => field.validationMessage") != ""


def test_every_target_can_be_reached_by_the_arrows(page: Page) -> None:
    page.get_by_role("combobox", name="Chỉ tiêu quốc gia").click()

    expect(page.get_by_role("option")).to_have_count(NationalTarget.objects.count())


def test_the_way_goes_on_to_submitting(page: Page, draft: Plan, ministry: Ministry) -> None:
    services.set_cells(
        actor=ministry.officer,
        plan=draft,
        task_ids=list(draft.tasks.values_list("pk", flat=True)),
        cells_typed={"field": "1", "lead": "VP", "time": "15/12/2022"},
    )

    page.get_by_role("button", name="Bước tiếp: trình kế hoạch").click()
    page.locator("#submit-plan .btn-primary").click()

    page.wait_for_url(f"**{reverse('programme:review', args=[draft.pk])}")
    draft.refresh_from_db()
    assert draft.state == PlanState.SUBMITTED


def test_without_script_both_are_lists_with_nothing_chosen(address: str, client: Client, ministry: Ministry) -> None:
    client.force_login(ministry.accounts["officer"])

    html = client.get(address).content.decode()

    assert html.count('<option value="" selected>') == 2


def test_who_only_reads_is_led_to_no_next_step(address: str, client: Client, ministry: Ministry) -> None:
    client.force_login(ministry.accounts["leader"])

    assert "Bước tiếp" not in client.get(address).content.decode()
