"""Pasting into the review from Excel: from a cell, corrected where it was refused, seen where it lands."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

from .test_review_in_chromium import row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture
def page(open_page: Any, draft: Plan, ministry: Ministry, watch: Any) -> Page:
    watch.forgive("422")  # the browser logs what is refused here
    opened: Page = open_page(width=1440, account=ministry.accounts["officer"])
    opened.set_default_navigation_timeout(60_000)
    opened.goto(f"/ke-hoach/{draft.pk}/ra/")
    opened.wait_for_load_state("networkidle")
    return opened


def paste_at(page: Page, number: int, column: str, text: str) -> None:
    row(page, number).locator(f"[data-cell={column}]").focus()
    page.evaluate(PASTE, text)


def expect_cell(page: Page, number: int, column: str, value: str) -> None:
    expect(row(page, number).locator(f"[data-cell={column}]")).to_have_attribute("data-value", value)


def test_several_cells_land_from_the_cell_down_and_to_the_right(page: Page) -> None:
    paste_at(page, 1, "lead", "Vụ Pháp chế\t30/06/2022\nVăn phòng Bộ\tQuý III\n")

    expect_cell(page, 1, "lead", "Vụ Pháp chế")
    expect_cell(page, 1, "time", "30/06/2022")
    expect_cell(page, 2, "lead", "Văn phòng Bộ")
    expect_cell(page, 2, "time", "Quý III")
    expect_cell(page, 0, "lead", "")
    expect(row(page, 1).locator("[data-cell=lead]")).to_be_focused()
    page.keyboard.press("Control+z")  # it was one step
    expect_cell(page, 1, "lead", "")
    expect_cell(page, 2, "time", "")


def test_a_bad_cell_is_led_to_in_what_was_pasted_and_corrected_there(page: Page, axe: Any, shoot: Any) -> None:
    paste_at(page, 0, "lead", "Vụ Pháp chế\t30/06/2022\nVụ Xa lạ\tQuý III\n")

    problem = page.locator("#paste-rows [data-paste-errors] button")
    expect(problem).to_contain_text("Dòng 2 (nhiệm vụ 1.2), cột Đơn vị chủ trì: không có đơn vị “Vụ Xa lạ”")
    expect_cell(page, 0, "lead", "")  # all or nothing
    expect(page.locator("#paste-rows .cc-paste-line mark")).to_have_text("Vụ Xa lạ")
    expect(page.locator("#paste-rows .cc-paste-line")).to_contain_text("Quý III")
    axe(page)
    shoot(page, "pasted-badly", full_page=False)
    problem.click()
    marked = "() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd); }"
    assert page.evaluate(marked) == "Vụ Xa lạ\tQuý III"
    page.fill("#pasted", "Vụ Pháp chế\t30/06/2022\nVăn phòng Bộ\tQuý III\n")
    page.get_by_role("button", name="Nhận các dòng").click()

    expect_cell(page, 0, "lead", "Vụ Pháp chế")
    expect_cell(page, 1, "lead", "Văn phòng Bộ")
    expect_cell(page, 1, "time", "Quý III")


def test_what_is_wrong_stands_in_the_dialog_alone_and_goes_with_it(page: Page) -> None:
    row(page, 0).get_by_role("checkbox").check()
    row(page, 1).get_by_role("checkbox").check()
    page.get_by_role("button", name="Dán từ Excel").click()
    heads = "Đơn vị chủ trì\tThời hạn\n"
    page.fill("#pasted", heads + "Vụ Pháp chế\tQuý III\nVụ Xa lạ\t32/13/2022\n")
    page.get_by_role("button", name="Nhận các dòng").click()

    marks = page.locator("#paste-rows .cc-paste-line mark")
    expect(marks).to_have_text(["Vụ Xa lạ", "32/13/2022"])
    expect(page.locator("#cc-problems")).to_be_empty()
    page.locator("#paste-rows [data-paste-errors] button").first.click()
    marked = "() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd); }"
    assert page.evaluate(marked) == "Vụ Xa lạ\t32/13/2022"  # the heading's line is not counted

    page.fill("#pasted", heads + "Vụ Pháp chế\tQuý III\nVăn phòng Bộ\tQuý III\n")
    page.get_by_role("button", name="Nhận các dòng").click()
    expect_cell(page, 1, "lead", "Văn phòng Bộ")
    expect(page.locator("#cc-problems")).to_be_empty()
    expect(page.locator("#paste-rows")).to_be_hidden()


@pytest.mark.parametrize(
    ("number", "column", "text", "said"),
    [
        (2, "lead", "Vụ Pháp chế\nVăn phòng Bộ\n", "Bản dán có 2 dòng, nhưng từ ô này xuống chỉ còn 1 dòng."),
        (0, "lead", "Vụ Pháp chế\tQuý I\tthừa\n", "Bản dán có 3 cột, nhưng từ ô này sang phải chỉ còn 2 cột."),
    ],
)
def test_what_does_not_fit_from_the_cell_is_said(page: Page, number: int, column: str, text: str, said: str) -> None:
    paste_at(page, number, column, text)

    expect(page.locator("#paste-rows [data-paste-errors]")).to_contain_text(said)
    expect_cell(page, number, column, "")


def test_what_another_overtook_is_kept_and_sent_after_a_look(
    page: Page, draft: Plan, other_officer: Actor, watch: Any
) -> None:
    watch.forgive("409")
    second = draft.tasks.get(position=1)
    services.edit_task(actor=other_officer, plan=draft, task_id=second.pk, cells_typed={"time": "Quý I"})

    paste_at(page, 0, "lead", "Vụ Pháp chế\nVăn phòng Bộ\n")

    expect(page.locator("#cc-problems")).to_contain_text("Trần Thị Bình")
    expect(page.locator("#paste-rows")).to_contain_text("Đơn vị chủ trì, Thời gian")
    expect(page.locator("#pasted")).to_have_value("Vụ Pháp chế\nVăn phòng Bộ\n")
    expect_cell(page, 0, "lead", "")
    page.get_by_role("button", name="Nhận các dòng").click()
    expect_cell(page, 1, "lead", "Văn phòng Bộ")
    expect_cell(page, 1, "time", "Quý I")


def test_pasted_rows_are_shown_on_whatever_page_they_land(page: Page, draft: Plan, ministry: Ministry) -> None:
    rows = [{"title": f"Nhiệm vụ {number}"} for number in range(120)]
    services.paste_rows(actor=ministry.officer, plan=draft, rows=rows)
    page.reload()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Dán từ Excel").click()
    page.fill("#pasted", "Nhiệm vụ\tChủ trì\nViệc dán ở cuối\tVăn phòng Bộ\n")

    page.get_by_role("button", name="Nhận các dòng").click()

    expect(page.locator(".cc-pager")).to_contain_text("Trang 2 trên 2")
    expect(page.locator("[data-title]:focus")).to_have_text("Việc dán ở cuối")


def test_tasks_out_of_order_are_numbered_anew_and_the_text_shows_it(page: Page, draft: Plan) -> None:
    text = page.locator("#review-source")
    expect(text.locator(".cc-source-number")).to_have_text(["1.1", "1.2", "1.3"])
    row(page, 0).locator("[data-title]").focus()
    page.keyboard.press("b")
    expect(text.locator(".cc-source-number")).to_have_text(["1.2", "1.3"])  # a dropped task has no place there

    page.get_by_role("button", name="Đánh lại số").click()

    expect(row(page, 0).locator("[data-cell=number]")).to_have_text("1.1")
    expect(text.locator(".cc-source-number")).to_have_text(["1.1", "1.2"])
    expect(page.locator("#last-step")).to_contain_text("đánh lại số 2 nhiệm vụ")
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(text.locator(".cc-source-number")).to_have_text(["1.2", "1.3"])
