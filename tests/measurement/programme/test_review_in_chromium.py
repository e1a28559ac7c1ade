"""The review in two real browsers: what one officer does, the other is told before writing over it; all by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from caicach.kernel.usecase.actor import Actor
from caicach.measurement.programme.models import Plan
from tests.ministry import Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def two(open_page: Any, draft: Plan, ministry: Ministry, other_officer: Actor, watch: Any) -> tuple[Page, Page]:
    """Both have the same draft open, each in a browser of their own."""
    for status in ("409", "422"):  # the browser and htmx log what is refused here
        watch.forgive(status)
    pages = tuple(open_page(width=1440, account=ministry.accounts[name]) for name in ("officer", "other_officer"))
    for page in pages:
        page.set_default_navigation_timeout(60_000)  # the first page of a process compiles every template
        page.goto(f"/ke-hoach/{draft.pk}/ra/")
        page.wait_for_load_state("networkidle")
    return pages


def row(page: Page, number: int) -> Locator:
    return page.locator("[data-grid-row]").nth(number)


def give_lead(page: Page, number: int, lead: str) -> None:
    cell = row(page, number).locator("[data-cell=lead]")
    cell.focus()
    page.keyboard.press("Enter")
    page.keyboard.type(lead)
    page.keyboard.press("Enter")


def expect_told(page: Page, *words: str) -> None:
    for each in words:
        expect(page.locator("#cc-problems")).to_contain_text(each)


def test_the_second_at_one_cell_sees_the_change_and_then_writes_on_it(two: tuple[Page, Page], axe: Any) -> None:
    mine, others = two
    give_lead(others, 0, "Vụ Pháp chế")
    expect(row(others, 0).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")

    give_lead(mine, 0, "Văn phòng Bộ")

    lead = row(mine, 0).locator("[data-cell=lead]")
    expect_told(mine, "Trần Thị Bình", "Vụ Pháp chế", "Văn phòng Bộ")
    expect(lead).to_have_attribute("data-value", "Vụ Pháp chế")
    expect(lead.get_by_text("Văn phòng Bộ")).to_be_visible()  # what was typed is still there
    expect(mine.locator("[data-grid-problems]")).to_contain_text("bấm Enter để ghi đè")
    axe(mine)
    lead.focus()
    mine.keyboard.press("Enter")
    mine.keyboard.press("Enter")
    expect(lead).to_have_text("Văn phòng Bộ")
    expect(mine.locator("[data-grid-problems]")).to_be_hidden()


def test_on_an_offices_screen_the_row_in_question_stays_in_sight(two: tuple[Page, Page], shoot: Any) -> None:
    mine, others = two
    mine.set_viewport_size({"width": 1366, "height": 768})
    give_lead(others, 0, "Vụ Pháp chế")
    expect(row(others, 0).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")
    before = row(mine, 0).bounding_box()

    give_lead(mine, 0, "Văn phòng Bộ")

    expect_told(mine, "Vụ Pháp chế", "Văn phòng Bộ")
    expect(mine.locator("[data-grid-problems]")).to_be_in_viewport(ratio=1)
    expect(row(mine, 0)).to_be_in_viewport(ratio=1)
    shoot(mine, "conflict-768", full_page=False)
    assert row(mine, 0).bounding_box() == before  # what is told moves nothing
    acts = mine.locator(".cc-review-acts .btn").all()
    assert len({act.bounding_box()["y"] for act in acts}) == 1  # type: ignore[index]


def test_the_second_at_one_cell_may_leave_it_to_the_first(two: tuple[Page, Page]) -> None:
    mine, others = two
    give_lead(others, 0, "Vụ Pháp chế")
    expect(row(others, 0).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")
    give_lead(mine, 0, "Văn phòng Bộ")
    lead = row(mine, 0).locator("[data-cell=lead]")
    expect(lead).to_have_attribute("data-unsaved", "bad")

    mine.get_by_role("button", name="Bỏ ô này", exact=True).click()

    expect(lead).to_have_text("Vụ Pháp chế")
    expect(lead).not_to_have_attribute("data-unsaved", "bad")


def test_two_who_typed_the_same_have_nothing_to_settle(two: tuple[Page, Page]) -> None:
    mine, others = two
    give_lead(others, 0, "Vụ Pháp chế")
    expect(row(others, 0).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")

    give_lead(mine, 0, "Vụ Pháp chế")

    expect(row(mine, 0).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")
    expect(mine.locator("[data-grid-problems]")).to_be_hidden()


@pytest.mark.parametrize(("key", "left"), [("g", 2), ("b", 1)], ids=["merge", "drop"])
def test_two_chosen_rows_of_which_the_other_changed_one(two: tuple[Page, Page], key: str, left: int) -> None:
    mine, others = two
    give_lead(others, 1, "Vụ Pháp chế")
    expect(row(others, 1).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")
    for number in (0, 1):
        row(mine, number).locator("[data-title]").focus()
        mine.keyboard.press("x")

    mine.keyboard.press(key)

    expect_told(mine, "Trần Thị Bình", "Vụ Pháp chế")
    expect(row(mine, 1).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")
    expect(mine.locator("[data-grid-row]")).to_have_count(3)
    # What was chosen still is: the same key once more means it.
    expect(mine.locator(".cc-review-views [data-chosen]")).to_have_text("Đã chọn 2")
    row(mine, 0).locator("[data-title]").focus()
    mine.keyboard.press(key)
    expect(mine.locator("[data-grid-row]")).to_have_count(left)


def test_a_split_of_a_row_that_the_other_has_just_changed(two: tuple[Page, Page]) -> None:
    mine, others = two
    row(mine, 1).locator("[data-title]").focus()
    mine.keyboard.press("t")
    give_lead(others, 1, "Vụ Pháp chế")
    expect(row(others, 1).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")

    mine.fill("#split-first", "Công bố thủ tục")
    mine.fill("#split-second", "Số hóa kết quả")
    mine.click("#split-task .btn-primary")

    expect_told(mine, "Trần Thị Bình", "Vụ Pháp chế")
    expect(mine.locator("[data-grid-row]")).to_have_count(3)
    expect(row(mine, 1).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")


@pytest.mark.parametrize("act", ["merge", "split", "drop"])
def test_an_edit_of_a_row_that_the_other_merged_split_or_dropped(two: tuple[Page, Page], act: str) -> None:
    mine, others = two
    for number in (0, 1) if act == "merge" else (0,):
        row(others, number).locator("[data-title]").focus()
        others.keyboard.press("x")
    others.keyboard.press({"merge": "g", "split": "t", "drop": "b"}[act])
    if act == "split":
        others.fill("#split-first", "Phần một")
        others.fill("#split-second", "Phần hai")
        others.click("#split-task .btn-primary")
    expect(others.locator("[data-grid-row]")).to_have_count(4 if act == "split" else 2)
    edited = row(mine, 1 if act == "merge" else 0).get_attribute("data-grid-row")

    give_lead(mine, 1 if act == "merge" else 0, "Văn phòng Bộ")

    expect_told(mine, "Trần Thị Bình")
    if act != "split":
        expect_told(mine, "Đã bỏ")
        expect(mine.locator(f"[data-grid-row='{edited}']")).to_have_count(0)
    expect(mine.locator("[data-grid-row]")).to_have_count(4 if act == "split" else 2)


def test_what_was_typed_in_the_open_row_is_kept_beside_what_the_other_wrote(two: tuple[Page, Page]) -> None:
    mine, others = two
    row(mine, 0).locator("[data-title]").click()
    mine.fill("#cell-product", "Báo cáo rà soát")
    give_lead(others, 0, "Vụ Pháp chế")
    expect(row(others, 0).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")

    mine.get_by_role("button", name="Lưu và xác nhận").click()

    expect_told(mine, "Trần Thị Bình", "Vụ Pháp chế")
    expect(mine.locator("#cell-lead")).to_have_value("Vụ Pháp chế")
    expect(mine.locator("#cell-product")).to_have_value("Báo cáo rà soát")
    mine.get_by_role("button", name="Lưu và xác nhận").click()
    expect(row(mine, 0)).to_contain_text("Báo cáo rà soát")
    expect(row(mine, 0).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")


def test_ones_own_step_goes_back_by_one_key_anothers_after_reading_whose_it_is(
    two: tuple[Page, Page], axe: Any, shoot: Any, sideways: Any
) -> None:
    mine, others = two
    give_lead(mine, 0, "Văn phòng Bộ")
    expect(row(mine, 0).locator("[data-cell=lead]")).to_have_text("Văn phòng Bộ")
    mine.keyboard.press("Control+z")
    expect(row(mine, 0).locator("[data-cell=lead]")).not_to_have_text("Văn phòng Bộ")
    expect(mine.locator("dialog[open]")).to_have_count(0)
    mine.keyboard.press("Control+y")
    expect(row(mine, 0).locator("[data-cell=lead]")).to_have_text("Văn phòng Bộ")

    others.reload()
    others.wait_for_load_state("networkidle")
    give_lead(others, 0, "Vụ Pháp chế")
    expect(row(others, 0).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")
    mine.reload()
    mine.wait_for_load_state("networkidle")
    mine.set_viewport_size({"width": 360, "height": 760})
    mine.get_by_role("tab", name="Nhiệm vụ đề xuất").click()
    assert sideways(mine) == 0
    shoot(mine, "narrow")
    row(mine, 0).locator("[data-title]").focus()
    mine.keyboard.press("Control+z")
    expect(mine.locator("#undo-step")).to_be_visible()
    shoot(mine, "asked", full_page=False)
    expect(mine.locator("#undo-step")).to_contain_text("Trần Thị Bình")
    expect(mine.locator("#undo-step")).to_contain_text("Rà soát văn bản")
    axe(mine)
    mine.keyboard.press("Tab")
    mine.keyboard.press("Enter")
    expect(row(mine, 0).locator("[data-cell=lead]")).not_to_have_text("Vụ Pháp chế")


def test_the_step_of_the_other_that_came_in_between_stays(two: tuple[Page, Page]) -> None:
    mine, others = two
    give_lead(mine, 0, "Văn phòng Bộ")
    expect(row(mine, 0).locator("[data-cell=lead]")).to_have_text("Văn phòng Bộ")
    give_lead(others, 1, "Vụ Pháp chế")
    expect(row(others, 1).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")

    mine.keyboard.press("Control+z")

    expect_told(mine, "Trần Thị Bình")
    expect(row(mine, 1).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")
    expect(mine.get_by_role("button", name="Hoàn tác bước của Trần Thị Bình")).to_be_visible()


def test_many_rows_get_one_lead_unit_by_keyboard_and_one_key_takes_it_back(
    two: tuple[Page, Page], axe: Any, shoot: Any
) -> None:
    page, _others = two
    for number in (0, 2):
        row(page, number).locator("[data-title]").focus()
        page.keyboard.press("x")
    page.keyboard.press("s")
    dialog = page.locator("#set-cells")
    expect(dialog).to_contain_text("Đã chọn 2")
    expect(page.locator("#set-lead")).to_be_focused()
    axe(page)
    shoot(page, "set", full_page=False)

    page.keyboard.type("Vụ Pháp chi")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("Ý bạn là “Vụ Pháp chế”?")
    page.fill("#set-lead", "Vụ Pháp chế")
    page.fill("#set-time", "Quý II")
    page.keyboard.press("Enter")

    for number, lead in enumerate(("Vụ Pháp chế", "Chưa rõ", "Vụ Pháp chế")):
        expect(row(page, number).locator("[data-cell=lead]")).to_contain_text(lead)
    row(page, 0).locator("[data-title]").focus()
    page.keyboard.press("Control+z")
    expect(row(page, 0).locator("[data-cell=lead]")).to_contain_text("Chưa rõ")
    expect(row(page, 2).locator("[data-cell=lead]")).to_contain_text("Chưa rõ")


def test_a_paste_over_a_row_that_the_other_changed_keeps_what_was_pasted(two: tuple[Page, Page]) -> None:
    mine, others = two
    row(mine, 0).locator("[data-title]").focus()
    mine.keyboard.press("x")
    mine.click("button[data-open=paste-rows]")
    mine.fill("#pasted", "Chủ trì\tThời hạn\nVăn phòng Bộ\tQuý II")
    mine.locator("#paste-rows input[value=replace]").check()
    give_lead(others, 0, "Vụ Pháp chế")
    expect(row(others, 0).locator("[data-cell=lead]")).to_have_text("Vụ Pháp chế")

    mine.click("#paste-rows .btn-primary")

    expect(mine.locator("#paste-rows")).to_contain_text("Trần Thị Bình")
    expect(mine.locator("#paste-rows")).to_contain_text("Vụ Pháp chế")
    expect(mine.locator("#pasted")).to_have_value("Chủ trì\tThời hạn\nVăn phòng Bộ\tQuý II")
    mine.click("#paste-rows .btn-primary")
    expect(row(mine, 0).locator("[data-cell=lead]")).to_have_text("Văn phòng Bộ")


def leave_the_tab(page: Page) -> None:
    page.evaluate(
        """() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )


def test_what_one_row_could_not_save_never_stands_in_another(two: tuple[Page, Page], draft: Plan, watch: Any) -> None:
    watch.forgive("ERR_FAILED")
    mine, _others = two
    mine.route("**/ra/giu/", lambda route: route.abort())
    row(mine, 0).locator("[data-title]").click()
    expect(mine.locator("form.cc-review-cells")).to_have_attribute("data-autosave-begun", "1")
    mine.locator("#cell-title").fill("Của dòng thứ nhất")
    leave_the_tab(mine)
    expect(mine.locator("#panel-saved")).to_contain_text("Chưa lưu")

    row(mine, 1).locator("[data-title]").click()

    expect(row(mine, 1)).to_have_class("cc-review-open")
    expect(mine.locator("#cell-title")).not_to_have_value("Của dòng thứ nhất")
    mine.unroute("**/ra/giu/")
    with mine.expect_response("**/ra/giu/"):
        leave_the_tab(mine)  # the first row's words are tried once more, as its own
    titles = list(draft.tasks.order_by("position").values_list("title", flat=True))
    assert titles[0] == "Của dòng thứ nhất"
    assert titles[1] == "Công bố thủ tục và số hóa kết quả"
