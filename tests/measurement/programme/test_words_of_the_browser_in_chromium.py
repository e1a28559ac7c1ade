"""What a browser would say in its own language is said in ours, and what comes by itself covers nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask
from tests.file_builders import word
from tests.ministry import Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def the_task(plan: Plan) -> PlanTask:
    return plan.tasks.select_related("plan").get(title__startswith="Số hóa")


def said_of(field: Locator) -> str:
    return str(field.evaluate("field => field.validationMessage"))


def test_a_field_is_refused_in_the_words_of_the_page(plan: Plan, ministry: Ministry, open_page: Any) -> None:
    page: Page = open_page(account=ministry.accounts["focal"])
    page.goto(reverse("programme:report_progress", args=[the_task(plan).pk]))
    number = page.get_by_label("Tiến độ, phần trăm")
    send = page.get_by_role("button", name="Gửi báo cáo")

    number.fill("140")
    send.click()
    assert said_of(number) == "Ghi số từ 0 đến 100."

    number.fill("")
    send.click()
    assert said_of(number) == "Hãy điền ô này."

    number.fill("40")
    assert said_of(number) == ""
    send.click()
    page.wait_for_url("**/nhiem-vu/*/")
    assert PlanTask.objects.get(pk=the_task(plan).pk).progress == 40


def test_a_file_is_chosen_by_a_button_in_the_words_of_the_page(
    plan: Plan, ministry: Ministry, open_page: Any, axe: Any
) -> None:
    page: Page = open_page(account=ministry.accounts["focal"])
    page.goto(reverse("programme:hand_in", args=[the_task(plan).products.get().pk]))
    button = page.locator(".cc-file-field").get_by_text("Chọn tệp")
    expect(button).to_be_visible()
    axe(page)

    with page.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files({"name": "ket-qua.docx", "mimeType": "application/zip", "buffer": word("")})

    row = page.locator("[data-files] li")
    expect(row).to_contain_text("ket-qua.docx: Văn bản này không có chữ, cũng không có hình.")
    page.get_by_role("button", name="Nộp sản phẩm").click()
    expect(page.get_by_role("alert")).to_contain_text("ket-qua.docx không có chữ, cũng không có hình")


def test_the_name_of_the_chosen_file_stands_beside_the_button(ministry: Ministry, open_page: Any) -> None:
    page: Page = open_page(account=ministry.accounts["officer"])
    page.goto(reverse("programme:import"))
    expect(page.get_by_text("Chưa chọn tệp nào")).to_be_visible()

    page.set_input_files("#file", {"name": "ke-hoach.docx", "mimeType": "application/zip", "buffer": word()})

    expect(page.locator(".cc-file-field")).to_contain_text("ke-hoach.docx")


@pytest.mark.parametrize("width", [1440, 360])
def test_the_lost_line_covers_no_head_of_the_drawer(
    width: int, plan: Plan, ministry: Ministry, open_page: Any, watch: Any, shoot: Any
) -> None:
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    page: Page = open_page(width=width, account=ministry.accounts["focal"])
    page.goto(reverse("programme:task", args=[the_task(plan).pk]))
    page.wait_for_load_state("networkidle")  # every script is here before the line is lost
    page.get_by_role("link", name="Báo cáo tiến độ").click()
    head = page.locator(".cc-drawer-head")
    expect(head).to_be_visible()
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)

    bar = page.get_by_text("Mất kết nối. Những gì bạn đã nhập vẫn ở đây.")
    expect(bar).to_be_visible()
    expect(page.locator(".cc-drawer")).not_to_have_css("top", "0px")
    shoot(page, f"lost-{width}", full_page=False)
    under, top = bar.bounding_box(), head.bounding_box()
    assert under is not None
    assert top is not None
    assert top["y"] >= under["y"] + under["height"]
    page.context.set_offline(False)
    expect(bar).to_have_count(0)


def test_what_could_not_be_done_is_told_as_a_problem_and_stays(
    plan: Plan, ministry: Ministry, open_page: Any, axe: Any, shoot: Any
) -> None:
    task = the_task(plan)
    page: Page = open_page(account=ministry.accounts["officer"])
    page.goto(f"{reverse('programme:urge')}?chon={task.pk}")
    services.urge(actor=ministry.officer, plan=task.plan, task_ids=[task.pk])

    page.get_by_role("button", name="Gửi 1 thư đôn đốc").click()

    toast = page.locator("#cc-toasts .cc-toast-problem")
    expect(toast).to_contain_text("Chưa làm được: Không có nhiệm vụ đã chọn nào cần đôn đốc")
    axe(page)
    shoot(page, "problem", full_page=False)
    toast.get_by_role("button", name="Đóng").click()
    expect(toast).to_have_count(0)
