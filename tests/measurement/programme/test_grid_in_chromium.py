"""The grid of the review by keyboard alone: nothing typed is lost, whatever the server or the line says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

from .test_review_in_chromium import row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def page(open_page: Any, draft: Plan, ministry: Ministry, watch: Any) -> Iterator[Page]:
    for refused in ("422", "ERR_INTERNET_DISCONNECTED"):  # the browser logs both
        watch.forgive(refused)
    opened: Page = open_page(width=1440, account=ministry.accounts["officer"])
    opened.set_default_navigation_timeout(60_000)
    opened.goto(f"/ke-hoach/{draft.pk}/ra/")
    opened.wait_for_load_state("networkidle")
    yield opened
    expect(opened.locator("#review-saved")).not_to_contain_text("…")  # nothing is on its way when the test is over


def cell(page: Page, number: int, column: str) -> Any:
    return row(page, number).locator(f"[data-cell={column}]")


def test_a_letter_on_a_cell_begins_to_write_and_a_few_letters_without_accents_find_the_unit(
    page: Page, axe: Any, shoot: Any
) -> None:
    cell(page, 0, "lead").focus()

    page.keyboard.type("van ph")

    expect(page.get_by_role("option", name="Văn phòng Bộ")).to_have_attribute("aria-selected", "true")
    axe(page)
    shoot(page, "picking", full_page=False)
    page.keyboard.press("Enter")
    expect(cell(page, 0, "lead")).to_have_text("Văn phòng Bộ")
    expect(cell(page, 1, "lead")).to_be_focused()
    # "b" drops a task only from the head of its row.
    page.keyboard.type("b")
    for _closing in ("the list", "the editor", "the cell"):
        page.keyboard.press("Escape")
    expect(row(page, 1).locator("[data-title]")).to_be_focused()
    expect(page.locator("[data-grid-row]")).to_have_count(3)


def test_a_unit_that_there_is_not_is_not_taken_for_another(page: Page) -> None:
    """Its words are parts of words of "Trung tâm Thông tin": a list that looks for parts would offer that to Enter."""
    cell(page, 0, "lead").focus()
    page.keyboard.type("Trung t t t t t")

    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")

    expect(page.locator("[data-grid-problems]")).to_contain_text("Không có đơn vị “Trung t t t t t”")
    page.get_by_role("button", name="Bỏ ô này", exact=True).click()


def test_cells_written_faster_than_they_are_saved_are_all_saved(page: Page) -> None:
    cell(page, 0, "lead").focus()
    for unit in ("phap che", "van phong bo", "phap che"):
        page.keyboard.type(unit)
        page.keyboard.press("Enter")

    for number, unit in enumerate(("Vụ Pháp chế", "Văn phòng Bộ", "Vụ Pháp chế")):
        expect(cell(page, number, "lead")).to_have_text(unit)
    expect(page.locator("#cc-problems")).to_be_empty()
    expect(page.locator("#review-saved")).not_to_contain_text("…")
    page.reload()
    for number, unit in enumerate(("Vụ Pháp chế", "Văn phòng Bộ", "Vụ Pháp chế")):
        expect(cell(page, number, "lead")).to_have_text(unit)
    expect(page.locator("#review-counts")).to_contain_text("0 đã xác nhận")  # their time is still missing


def test_rows_are_confirmed_one_after_the_other_without_waiting(page: Page) -> None:
    row(page, 0).locator("[data-title]").focus()

    for key in "yjyjy":
        page.keyboard.press(key)

    expect(page.locator("#review-counts")).to_contain_text("3 đã xác nhận")


def test_a_refused_cell_keeps_its_text_is_marked_and_says_why(page: Page, axe: Any, shoot: Any) -> None:
    cell(page, 0, "lead").focus()
    page.keyboard.type("Vụ Pháp chi")

    page.keyboard.press("Enter")

    expect(page.locator("[data-grid-problems]")).to_contain_text("1 ô cần sửa")
    expect(page.locator("[data-grid-problems]")).to_contain_text("Ý bạn là “Vụ Pháp chế”?")
    field = cell(page, 0, "lead").locator("input")
    expect(field).to_be_focused()
    expect(field).to_have_value("Vụ Pháp chi")
    page.keyboard.press("Escape")
    expect(cell(page, 0, "lead")).to_have_attribute("data-unsaved", "bad")
    expect(cell(page, 0, "lead")).to_contain_text("Vụ Pháp chi")
    axe(page)
    shoot(page, "refused", full_page=False)
    # Other work goes on and does not wipe it away; correcting it does.
    cell(page, 1, "time").focus()
    page.keyboard.type("30/06/2022")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "time")).to_have_attribute("data-value", "30/06/2022")  # as the server has it
    expect(cell(page, 0, "lead")).to_contain_text("Vụ Pháp chi")
    page.locator("[data-to-cell]").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("phap che")
    page.keyboard.press("Enter")
    expect(cell(page, 0, "lead")).to_have_text("Vụ Pháp chế")
    expect(page.locator("[data-grid-problems]")).to_be_hidden()


def test_what_is_written_while_the_line_is_lost_is_sent_when_it_is_back(page: Page) -> None:
    page.context.set_offline(True)
    cell(page, 0, "time").focus()
    page.keyboard.type("30/06/2022")
    page.keyboard.press("Enter")
    problems = page.locator("[data-grid-problems]")
    expect(problems).to_contain_text("1 ô chưa gửi")
    expect(problems).to_contain_text("30/06/2022")
    expect(problems).not_to_contain_text("cần sửa")
    expect(cell(page, 0, "time")).to_contain_text("30/06/2022")

    page.context.set_offline(False)

    expect(page.locator("[data-grid-problems]")).to_be_hidden()
    expect(cell(page, 0, "time")).to_have_text("30/06/2022")
    page.reload()
    expect(cell(page, 0, "time")).to_have_text("30/06/2022")


def test_the_first_tick_moves_no_button_and_what_the_keyboard_reaches_is_in_sight(page: Page) -> None:
    acts = page.locator(".cc-review-acts")
    before = acts.bounding_box()

    row(page, 0).locator("input[name=chon]").check()

    expect(page.locator(".cc-review-views [data-chosen]")).to_have_text("Đã chọn 1")
    assert acts.bounding_box() == before
    body = page.locator(".cc-review-body")
    body.evaluate("element => { element.style.maxHeight = '150px'; element.scrollTop = element.scrollHeight; }")
    cell(page, 2, "time").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    head = page.locator(".cc-review-table thead").bounding_box()
    reached = cell(page, 0, "time").bounding_box()
    assert head is not None
    assert reached is not None
    assert reached["y"] >= head["y"] + head["height"]


def test_the_name_of_a_task_is_corrected_in_its_row(page: Page) -> None:
    row(page, 0).locator("[data-title]").focus()
    page.keyboard.press("F2")
    page.keyboard.press("End")
    page.keyboard.type(" quy phạm")
    page.keyboard.press("Enter")

    expect(row(page, 0).locator("[data-title]")).to_have_text("Rà soát văn bản quy phạm")


def test_the_focus_stays_at_its_row_after_a_step_and_its_undoing(page: Page) -> None:
    row(page, 1).locator("[data-title]").focus()

    page.keyboard.press("b")
    expect(page.locator("[data-grid-row]")).to_have_count(2)
    expect(row(page, 1).locator("[data-title]")).to_be_focused()
    page.keyboard.press("Control+z")

    expect(page.locator("[data-grid-row]")).to_have_count(3)
    expect(page.locator("[data-grid-row] [data-title]:focus")).to_have_count(1)


def test_the_open_row_saves_itself_and_is_not_confirmed_by_that(page: Page, draft: Plan) -> None:
    page.clock.install()
    row(page, 0).locator("[data-title]").click()
    expect(page.locator("form[data-autosave-begun]")).to_have_count(1)
    page.fill("#cell-product", "Báo cáo rà soát")
    with page.expect_response(lambda answer: "/giu/" in answer.url) as kept:
        page.clock.run_for(10_500)

    assert kept.value.json()["revision"] == draft.tasks.get(title="Rà soát văn bản").revision
    task = draft.tasks.get(title="Rà soát văn bản")
    assert (task.product, task.is_confirmed) == ("Báo cáo rà soát", False)
    # What the row kept by itself is no other person's change.
    page.get_by_role("button", name="Lưu và xác nhận").click()
    expect(page.locator("#review-counts")).to_contain_text("1 đã xác nhận")
    expect(page.locator("#cc-problems")).to_be_empty()


def test_a_row_stays_in_sight_while_one_goes_on_in_it(page: Page) -> None:
    page.get_by_role("link", name="Cần xem").click()
    page.wait_for_url("**/ra/?xem=can-xem")
    cell(page, 0, "time").focus()
    page.keyboard.type("Quý IV")
    page.keyboard.press("Enter")
    expect(cell(page, 0, "time")).to_have_attribute("data-value", "Quý IV")
    cell(page, 0, "lead").focus()
    page.keyboard.type("phap che")
    page.keyboard.press("Tab")
    page.keyboard.type("Quý I")
    expect(page.locator("#review-counts")).to_contain_text("1 đã xác nhận")
    page.keyboard.type("I")
    page.keyboard.press("Tab")

    expect(cell(page, 0, "time")).to_contain_text("Quý II")
    expect(cell(page, 0, "lead")).to_have_text("Vụ Pháp chế")


def test_the_first_escape_closes_the_list_the_second_gives_the_writing_up(page: Page) -> None:
    cell(page, 0, "lead").focus()
    page.keyboard.type("phap")

    page.keyboard.press("Escape")
    expect(cell(page, 0, "lead").locator("input")).to_have_value("phap")
    page.keyboard.press("Escape")

    expect(cell(page, 0, "lead")).to_contain_text("Chưa rõ")


def test_a_refused_cell_can_be_given_up_from_the_line_below(page: Page) -> None:
    cell(page, 0, "lead").focus()
    page.keyboard.type("Vụ Pháp chi")
    page.keyboard.press("Enter")
    expect(page.locator("[data-grid-problems]")).to_contain_text("Ý bạn là")
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Bỏ ô này", exact=True).click()

    expect(page.locator("[data-grid-problems]")).to_be_hidden()
    expect(cell(page, 0, "lead")).to_have_text("Chưa rõ")


def test_submitting_an_unfinished_plan_leads_to_the_rows_that_lack_something(page: Page, axe: Any) -> None:
    page.click("[data-open=submit-plan]")
    expect(page.locator("#submit-plan")).to_contain_text("3 nhiệm vụ còn thiếu")

    page.click("#submit-plan .btn-primary")

    page.wait_for_url("**/ra/?xem=con-thieu")
    expect(page.locator("[data-grid-row]")).to_have_count(3)
    cell(page, 0, "lead").focus()
    page.keyboard.type("phap che")
    page.keyboard.press("Tab")
    page.keyboard.type("30/06/2022")
    page.keyboard.press("Enter")
    expect(page.locator("[data-grid-row]")).to_have_count(2)  # complete, so it leaves this view
    expect(page.locator("#cc-problems")).to_be_empty()
    axe(page)


def test_on_a_phone_the_open_row_stays_where_it_was_touched(
    open_page: Any, draft: Plan, ministry: Ministry, page: Page
) -> None:
    services.paste_rows(actor=ministry.officer, plan=draft, rows=[{"title": f"Nhiệm vụ {n}"} for n in range(60)])
    phone: Page = open_page(width=360, account=ministry.accounts["officer"])
    phone.goto(f"/ke-hoach/{draft.pk}/ra/")
    phone.wait_for_load_state("networkidle")
    phone.get_by_role("tab", name="Nhiệm vụ đề xuất").click()

    row(phone, 4).locator("[data-title]").click()

    expect(phone.locator(".cc-review-panel")).to_have_count(1)
    expect(phone.locator(".cc-review-open [data-title]")).to_be_in_viewport()
    expect(phone.locator("#cell-title")).to_be_in_viewport()


def test_after_an_edit_below_an_open_row_the_cell_in_work_stays_where_it_was(
    page: Page, draft: Plan, ministry: Ministry, shoot: Any
) -> None:
    rows = [{"title": f"Nhiệm vụ {number}"} for number in range(30)]
    services.paste_rows(actor=ministry.officer, plan=draft, rows=rows)
    page.reload()
    page.wait_for_load_state("networkidle")
    row(page, 4).locator("[data-title]").click()
    expect(page.locator(".cc-review-panel")).to_be_visible()
    for key in ("j", "j", "ArrowRight", "ArrowRight", "F2"):
        page.keyboard.press(key)
    page.keyboard.type("vu phap")
    next_cell = row(page, 7).locator("[data-cell=lead]")
    page.keyboard.press("Enter")

    expect(row(page, 6).locator("[data-cell=lead]")).to_have_attribute("data-value", "Vụ Pháp chế")
    expect(next_cell).to_be_focused()
    expect(next_cell).to_be_in_viewport(ratio=0.9)
    expect(page.locator(".cc-review-panel")).to_have_count(1)  # nobody has closed it
    shoot(page, "edited-below-the-open-row", full_page=False)


def test_after_a_merge_the_merged_row_has_the_focus(page: Page) -> None:
    row(page, 0).get_by_role("checkbox").check()
    row(page, 1).get_by_role("checkbox").check()
    row(page, 1).locator("[data-title]").focus()
    page.keyboard.press("g")

    expect(page.locator("[data-grid-row]")).to_have_count(2)
    expect(row(page, 0).locator("[data-title]")).to_be_focused()


def test_the_list_of_keys_names_those_of_the_cells(page: Page, axe: Any) -> None:
    row(page, 0).locator("[data-title]").focus()
    page.keyboard.press("?")

    keys = page.locator("#cc-keys")
    for key in ("F2", "Z", "→"):
        expect(keys.locator("kbd").get_by_text(key, exact=True).first).to_be_visible()
    axe(page)


STOPS = """() => [...document.querySelectorAll('[data-grid] :is(a, input, button, [tabindex])')]
  .filter((element) => element.tabIndex >= 0 && element.type !== 'hidden').length"""


def test_the_grid_is_one_stop_of_the_tab_key_where_one_was_last(page: Page, axe: Any) -> None:
    assert page.evaluate(STOPS) == 1
    row(page, 1).locator("[data-title]").focus()

    page.keyboard.press("Tab")
    expect(page.locator("[data-grid] :focus")).to_have_count(0)  # past all rows
    page.keyboard.press("Shift+Tab")
    expect(row(page, 1).locator("[data-title]")).to_be_focused()

    page.keyboard.press("b")
    expect(page.locator("[data-grid-row]")).to_have_count(2)
    assert page.evaluate(STOPS) == 1
    expect(page.get_by_role("grid", name="Nhiệm vụ đề xuất").get_by_role("row")).to_have_count(3)
    axe(page)


def test_from_the_top_of_the_page_two_keys_lead_to_the_tasks_past_the_text(page: Page, shoot: Any) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Tới danh sách nhiệm vụ")).to_be_focused()
    shoot(page, "skip-to-the-tasks", full_page=False)

    page.keyboard.press("Enter")

    expect(row(page, 0).locator("[data-title]")).to_be_focused()


def test_rows_are_chosen_by_arrows_and_space_when_single_keys_are_off(page: Page) -> None:
    row(page, 0).locator("[data-title]").focus()
    for key in ("ArrowLeft", "ArrowLeft", " ", "ArrowDown", " "):
        page.keyboard.press(key)
    expect(page.locator(".cc-review-views [data-chosen]")).to_have_text("Đã chọn 2")

    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-all]")).to_be_focused()
    page.keyboard.press(" ")
    expect(page.locator(".cc-review-views [data-chosen]")).to_have_text("Đã chọn 3")

    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect(cell(page, 0, "title")).to_be_focused()


def test_the_numbers_in_the_text_are_one_stop_and_arrows_go_between_them(page: Page) -> None:
    numbers = page.locator("#review-source [data-choose]")
    numbers.nth(0).focus()

    page.keyboard.press("ArrowDown")

    expect(numbers.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#review-source :focus")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(numbers.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, 1).locator("[data-title]")).to_be_focused()


def test_on_a_phone_the_tasks_are_a_grid_too_and_the_text_is_skipped(
    open_page: Any, draft: Plan, ministry: Ministry, axe: Any, shoot: Any
) -> None:
    phone: Page = open_page(width=360, account=ministry.accounts["officer"])
    phone.goto(f"/ke-hoach/{draft.pk}/ra/")
    phone.wait_for_load_state("networkidle")
    for key in ("Tab", "Tab", "Enter"):
        phone.keyboard.press(key)

    expect(row(phone, 0).locator("[data-title]")).to_be_focused()
    expect(phone.get_by_role("grid").get_by_role("row")).to_have_count(3)  # its heads are not shown
    axe(phone)
    shoot(phone, "grid-on-a-phone", full_page=False)
