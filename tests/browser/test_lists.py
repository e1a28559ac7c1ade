"""A list by keyboard and on a phone: sorted, narrowed, paged; the way back leads to the view that one left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from caicach.measurement.programme.models import PlanTask
from tests.measurement.programme.conftest import plan  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/ke-hoach/nhiem-vu/"


CELLS = (
    "body => [...body.rows].map(row => [...row.cells].filter(c => !c.matches('.cc-col-select')).map(c => c.innerText))"
)
"""What stands in the rows. The officer may choose some of them to urge their units, the leader may not."""


@pytest.fixture
def tasks(transactional_db, plan, ministry):  # noqa: F811
    """125 tasks that stand after the five of the plan."""
    PlanTask.objects.bulk_create(
        PlanTask(
            plan=plan,
            number=f"9.{number}",
            title=f"Việc {number:03}",
            search_text=f"viec {number:03}",
            lead=ministry.units["VP" if number % 2 else "PC"],
            deadline=date(2031, 1, 1) + timedelta(days=number),
        )
        for number in range(125)
    )


@pytest.fixture
def desk(open_page, ministry, tasks):
    def opened(address=ADDRESS, **options):
        page = open_page(account=ministry.accounts["officer"], **options)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    return opened


def first_title(page):
    return page.locator("table.cc-table tbody tr").first.locator("a.cc-row-link").first


def test_a_head_is_sorted_by_with_the_enter_key_and_the_address_says_so(desk):
    page = desk()
    head = page.locator("th", has_text="Nhiệm vụ")

    head.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(f"{page.url.split('?')[0]}?xep=title")
    head.get_by_role("link").focus()
    page.keyboard.press("Enter")

    expect(head).to_have_attribute("aria-sort", "descending")
    expect(first_title(page)).to_have_text("Việc 124")


def test_a_filter_is_set_by_keyboard_and_said_aloud(desk, axe):
    page = desk()

    page.locator("summary", has_text="Lọc").focus()
    page.keyboard.press("Enter")
    axe(page)
    page.get_by_label("Từ khóa").fill("viec 12")
    page.keyboard.press("Enter")

    expect(page.locator("table.cc-table tbody tr")).to_have_count(7)
    expect(page.locator(".cc-applied")).to_contain_text("Từ khóa: viec 12")
    expect(page.locator(".cc-pager")).to_contain_text("Hiện 7 trên 7")


def test_the_way_back_leads_to_the_page_of_the_list_that_one_left(desk):
    page = desk(f"{ADDRESS}?words=viec&xep=-title&cot=title,lead")
    page.locator("a[rel=next]").click()
    expect(first_title(page)).to_have_text("Việc 074")
    left = page.url
    rows = page.locator("table.cc-table tbody").inner_text()

    first_title(page).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Việc 074")
    page.go_back()

    expect(page).to_have_url(left)
    expect(first_title(page)).to_have_text("Việc 074")
    assert page.locator("table.cc-table tbody").inner_text() == rows
    page.go_back()
    expect(first_title(page)).to_have_text("Việc 124")
    page.go_forward()
    expect(first_title(page)).to_have_text("Việc 074")


def test_an_address_shows_the_same_to_another_window(desk, open_page, ministry):
    page = desk()
    page.locator("th", has_text="Nhiệm vụ").get_by_role("link").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Nhiệm vụ")
    page.locator("a[rel=next]").click()
    expect(page.locator("a[rel=prev]")).to_be_visible()
    rows = page.locator("table.cc-table tbody").evaluate(CELLS)

    other = open_page(account=ministry.accounts["leader"])
    other.goto(page.url)

    assert other.locator("table.cc-table tbody").evaluate(CELLS) == rows


def test_a_view_is_kept_renamed_and_removed(desk, axe):
    page = desk(f"{ADDRESS}?words=viec+12")
    menu = page.locator("summary", has_text="Lưu cách xem")
    menu.click()
    page.get_by_role("textbox", name="Tên cách xem").fill("Nhóm 12")
    page.get_by_role("button", name="Lưu", exact=True).click()
    chip = page.get_by_role("navigation", name="Cách xem").get_by_role("link", name="Nhóm 12")
    expect(chip).to_have_attribute("aria-current", "true")

    menu.click()
    axe(page)
    page.get_by_role("textbox", name="Tên mới").fill("Mười hai")
    page.get_by_role("button", name="Đổi tên cách xem này").click()
    expect(page.get_by_role("navigation", name="Cách xem")).to_contain_text("Mười hai")

    menu.click()
    page.get_by_role("button", name="Bỏ cách xem này").click()
    expect(page.get_by_role("navigation", name="Cách xem").get_by_role("link")).to_have_count(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_nothing_scrolls_sideways_and_nobody_is_kept_out(desk, axe, shoot, sideways, theme):
    page = desk(f"{ADDRESS}?xep=title&words=viec&khong_co=1", width=360, height=740, theme=theme)

    assert sideways(page) == 0
    axe(page)
    shoot(page, theme)
    page.locator("summary", has_text="Lọc").click()
    assert sideways(page) == 0
    axe(page)
    shoot(page, f"{theme}-sheet", full_page=False)


def test_on_a_phone_one_button_holds_filter_columns_and_views(desk):
    page = desk(ADDRESS, width=360, height=740)
    bar = page.locator(".cc-list-bar")
    assert bar.bounding_box()["height"] < 80, "one line"

    page.locator("summary", has_text="Lọc").click()
    sheet = bar.locator(".cc-menu-sheet").first
    box = sheet.bounding_box()
    assert (box["x"], box["width"]) == (0, 360)
    sheet.get_by_label("Đơn vị chủ trì").last.uncheck()
    sheet.get_by_role("button", name="Hiện các cột này").click()

    expect(page.locator("table.cc-table th", has_text="Đơn vị chủ trì")).to_have_count(0)


def test_what_cannot_be_read_is_said_above_and_cleared_by_a_link(desk, axe, shoot):
    page = desk(f"{ADDRESS}?state=tre&due_after=mai")

    note = page.get_by_role("alert").filter(has_text="có bộ lọc không đọc được")
    expect(note).to_contain_text("Trạng thái:")
    expect(note).to_contain_text("Hạn từ - đến:")
    axe(page)
    shoot(page, "wrong")
    note.get_by_role("link", name="Xóa").click()
    expect(page.locator("table.cc-table tbody tr")).to_have_count(50)


def test_search_from_the_box_finds_and_opens(desk):
    page = desk()
    page.keyboard.press("/")
    page.keyboard.type("viec 077")
    hit = page.locator("#cc-hits").get_by_role("link", name="Việc 077")
    expect(hit).to_be_visible()
    hit.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Việc 077")


# --- what opens beside a list ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [ADDRESS, "/viec-cua-toi/"])
def test_a_deadline_opens_how_it_was_counted_and_leaves_the_address_alone(desk, address):
    page = desk(address)
    before = page.url

    page.locator("tbody a.cc-deadline").first.click()

    expect(page.locator("#drawer")).to_contain_text("ngày")
    expect(page.locator("#cc-drawer-head")).to_be_visible()
    assert page.url == before


# --- choosing many ---------------------------------------------------------------------------------------------------


def urge(page):
    return page.get_by_role("button", name="Đôn đốc đơn vị chủ trì")


def chosen(page):
    return page.locator("tbody input[name=chon]:checked")


def test_a_list_that_was_swapped_offers_no_act_on_nothing(desk):
    page = desk()
    expect(urge(page)).to_be_disabled()

    page.locator("th", has_text="Nhiệm vụ").get_by_role("link").click()
    expect(page).to_have_url(f"{page.url.split('?')[0]}?xep=title")

    expect(urge(page)).to_be_disabled()
    chosen_row = page.locator("tbody input[name=chon]").first
    chosen_row.check()
    expect(urge(page)).to_be_enabled()


def test_rows_are_chosen_by_keys_one_by_one_up_to_one_and_all(desk):
    page = desk()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(chosen(page)).to_have_count(1)
    for _step in range(3):
        page.keyboard.press("j")

    page.keyboard.press("Shift+X")
    expect(chosen(page)).to_have_count(4)
    expect(page.locator("[data-bulk-count]")).to_have_text("Đã chọn 4")
    page.get_by_role("button", name="Bỏ chọn").click()
    expect(chosen(page)).to_have_count(0)
    expect(urge(page)).to_be_disabled()

    page.locator("tbody tr a.cc-row-link").first.focus()
    page.keyboard.press("*")
    expect(chosen(page)).to_have_count(50)
    expect(page.locator("[data-bulk-count]")).to_have_text("Đã chọn cả 130 kết quả")


def test_all_results_are_urged_about_and_not_those_of_the_page_alone(desk, axe):
    page = desk(f"{ADDRESS}?words=viec")
    page.get_by_role("button", name="Chọn cả 125 kết quả").click()
    axe(page)

    urge(page).click()

    expect(page.locator("#drawer li .cc-code")).to_have_count(125)
    page.get_by_role("button", name="Để sau").click()
    chosen(page).first.uncheck()
    expect(page.locator("[data-bulk-count]")).to_have_text("Đã chọn 49")
    urge(page).click()
    expect(page.locator("#drawer li .cc-code")).to_have_count(49)


# --- narrowing, and views --------------------------------------------------------------------------------------------


def test_the_filters_say_how_many_rows_they_give_before_they_are_applied(desk, axe):
    page = desk(height=900)
    page.locator("summary", has_text="Lọc").click()
    show = page.locator(".cc-filter-acts .btn-primary")
    expect(show).to_have_text("Hiện 130 kết quả")
    expect(show).to_be_in_viewport(ratio=1)
    expect(page.locator(".cc-filter-form")).not_to_contain_text("không bắt buộc")
    expect(page.locator(".cc-filter-form")).not_to_contain_text("-----")
    expect(page.locator(".cc-filter-form select[multiple]")).to_have_count(0)

    page.get_by_label("Từ khóa").fill("viec 12")
    expect(show).to_have_text("Hiện 7 kết quả")
    axe(page)
    assert page.url.endswith(ADDRESS), "nothing is applied yet"
    show.click()

    expect(page.locator("tbody tr")).to_have_count(7)
    assert page.url.endswith(f"{ADDRESS}?words=viec+12"), "no filter that nobody set"


def test_what_is_changed_in_a_view_is_said_and_can_be_kept(desk, axe):
    page = desk(f"{ADDRESS}?words=viec")
    page.locator("summary", has_text="Lưu cách xem").click()
    page.get_by_role("textbox", name="Tên cách xem").fill("Của tôi")
    page.get_by_role("button", name="Lưu", exact=True).click()
    views = page.get_by_role("navigation", name="Cách xem")
    views.get_by_role("link", name="Của tôi").click()

    page.locator("summary", has_text="Lọc").click()
    page.get_by_label("Từ khóa").fill("viec 12")
    page.keyboard.press("Enter")

    chip = views.get_by_role("link", name="Của tôi")
    expect(chip).to_have_text("Của tôi (đã sửa)")
    expect(chip).to_have_attribute("aria-current", "true")
    axe(page)
    views.get_by_role("button", name="Lưu Của tôi").click()
    expect(chip).to_have_text("Của tôi")
    page.goto(ADDRESS)
    chip.click()
    expect(page.locator("tbody tr")).to_have_count(7)
    page.locator("summary", has_text="Lưu cách xem").click()
    expect(page.get_by_role("textbox", name="Tên mới")).to_have_value("Của tôi")
    expect(page.get_by_role("textbox", name="Tên cách xem")).to_have_value("")


def test_an_order_is_chosen_in_words(desk):
    page = desk()
    page.locator("summary", has_text="Thứ tự").click()
    page.get_by_role("link", name="Thứ tự trong kế hoạch").click()

    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Số")
    expect(page.locator("summary", has_text="Thứ tự")).to_contain_text("Thứ tự trong kế hoạch")


# --- width -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "least"), [(1440, 400), (1024, 320), (768, 260)])
def test_on_the_page_of_a_plan_names_have_room_and_no_column_is_out_of_sight(
    desk,
    plan,  # noqa: F811
    sideways,
    shoot,
    width,
    least,
):
    page = desk(f"/ke-hoach/{plan.pk}/", width=width)

    assert sideways(page) == 0
    shoot(page, str(width), full_page=False)
    scroll = page.locator(".cc-list > .cc-scroll")
    assert scroll.evaluate("region => region.scrollWidth - region.clientWidth") <= 0
    assert first_title(page).locator("xpath=ancestor::td").bounding_box()["width"] >= least


def test_on_a_phone_everything_to_press_is_large_enough(desk, plan):  # noqa: F811
    page = desk(f"/ke-hoach/{plan.pk}/", width=360, height=740)

    for path in ("tbody .cc-tick", ".cc-why", ".cc-figures .cc-fig"):
        box = page.locator(path).first.bounding_box()
        assert box["height"] >= 44, path
        assert box["width"] >= 24, path
    page.locator("tbody .cc-tick").first.click(position={"x": 3, "y": 41})
    expect(chosen(page)).to_have_count(1)
