"""The living page and the shells, by eye of axe and by key."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from caicach.kernel.search.folding import fold

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_component_keeps_anyone_out(open_page, axe, shoot, sideways, width, theme):
    page = open_page(width=width, theme=theme)
    page.goto("/thiet-ke/")
    page.wait_for_load_state("networkidle")
    axe(page)
    shoot(page, f"{width}-{theme}")
    assert sideways(page) == 0


def test_charts_are_drawn_when_seen_and_the_table_stays(open_page, watch):
    page = open_page()
    page.goto("/thiet-ke/?theme=light")
    figure = page.locator("#chart figure").first
    figure.scroll_into_view_if_needed()
    expect(figure.locator("canvas")).to_be_visible()
    figure.get_by_text("Bảng số").click()
    expect(figure.get_by_role("cell", name="4")).to_be_visible()


def test_the_page_reads_without_script(open_page, sideways):
    page = open_page(java_script_enabled=False)
    page.goto("/thiet-ke/")
    expect(page.get_by_role("heading", name="Hệ thống thiết kế")).to_be_visible()
    expect(page.locator("#chart table").first).to_be_visible()


def test_a_figure_opens_its_source_and_escape_returns(page):
    page.goto("/thiet-ke/?theme=light")
    figure = page.locator("#fig .cc-fig").first
    figure.focus()
    page.keyboard.press("Enter")
    head = page.locator("#drawer #cc-drawer-head")
    expect(head).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer [data-drawer]")).to_have_count(0)
    expect(figure).to_be_focused()


def test_a_confirmation_opens_on_the_harmless_button_and_returns_the_focus(page, axe):
    page.goto("/thiet-ke/?theme=light")
    page.wait_for_load_state("networkidle")
    opener = page.get_by_role("button", name="Phát hành đến 214 nơi")
    opener.click()
    dialog = page.get_by_role("dialog", name="Phát hành văn bản đến 214 nơi?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("Gõ 214 để tiếp tục")).to_be_focused()
    axe(page)
    dialog.get_by_role("button", name="Để sau").click()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_dialog_without_fields_never_starts_on_the_verb(page):
    page.goto("/thiet-ke/?theme=light")
    page.get_by_role("button", name="Đôn đốc 3 đơn vị").last.click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Để sau")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_j_and_k_walk_the_rows_and_x_selects(page):
    page.goto("/thiet-ke/?theme=light")
    first, second = page.locator("#table tr[data-row]").all()
    page.keyboard.press("j")
    expect(first.get_by_role("link")).to_be_focused()
    page.keyboard.press("j")
    expect(second.get_by_role("link")).to_be_focused()
    page.keyboard.press("x")
    expect(second.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("k")
    expect(first.get_by_role("link")).to_be_focused()


def test_single_keys_rest_while_one_types(page):
    page.goto("/thiet-ke/?theme=light")
    field = page.locator("#comment-light")
    field.fill("")
    field.press_sequentially("j k ? /")
    expect(field).to_have_value("j k ? /")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_question_mark_lists_the_keys(page):
    page.goto("/thiet-ke/?theme=light")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Phím tắt")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Thêm nhiệm vụ")


def test_the_skip_link_comes_first(page):
    page.goto("/thiet-ke/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "address", ["/tai-khoan/login/", "/tai-khoan/password/reset/", "/khong-co/"], ids=["sign-in", "forgotten", "404"]
)
def test_the_pages_before_the_desk(open_page, axe, shoot, sideways, watch, address, width, theme):
    watch.forgive("404 (Not Found)")
    page = open_page(width=width, theme=theme)
    page.goto(address)
    axe(page)
    shoot(page, f"{address.strip('/').replace('/', '-')}-{width}-{theme}")
    assert sideways(page) == 0


def test_a_password_may_be_looked_at(page):
    page.goto("/tai-khoan/login/")
    field = page.get_by_label("Mật khẩu")
    page.get_by_role("button", name="Hiện").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Ẩn").click()
    expect(field).to_have_attribute("type", "password")


def test_a_wrong_password_is_said_on_top_and_takes_the_focus(page, axe, ministry):
    page.goto("/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("officer")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Tên đăng nhập hoặc mật khẩu chưa đúng")
    expect(page).to_have_title("Lỗi: Đăng nhập - Bộ Nội vụ")
    axe(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 768, 320])
@pytest.mark.parametrize(
    "address", ["/menu/", "/tai-khoan/2fa/", "/tai-khoan/sessions/", "/tai-khoan/password/change/"]
)
def test_the_pages_of_an_account(open_page, axe, shoot, sideways, ministry, address, width, theme):
    account = ministry.accounts["officer"]
    account.set_password("mot-chuoi-rat-dai-cho-thu")
    account.save()
    page = open_page(width=width, theme=theme, account=account)
    page.goto(address)
    axe(page)
    shoot(page, f"{address.strip('/').replace('/', '-')}-{width}-{theme}")
    assert sideways(page) == 0


@pytest.fixture
def desk(open_page, ministry):
    page = open_page(account=ministry.accounts["officer"])
    page.goto("/menu/")
    return page


def test_the_rail_folds_and_stays_folded(desk):
    fold = desk.get_by_role("button", name="Thu gọn")
    fold.click()
    expect(desk.locator("html")).to_have_attribute("data-rail", "folded")
    expect(fold).to_have_attribute("aria-expanded", "false")
    desk.reload()
    expect(desk.locator("html")).to_have_attribute("data-rail", "folded")


def test_the_theme_changes_at_once_and_is_kept_in_the_account(desk, ministry):
    desk.get_by_text("Người giữ vai officer").first.click()
    with desk.expect_response("**/tai-khoan/giao-dien/"):
        desk.get_by_role("button", name="Tối").click()
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")
    desk.reload()
    expect(desk.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_language_changes_by_the_switch(desk):
    desk.get_by_text("Người giữ vai officer").first.click()
    desk.get_by_role("button", name="English").click()
    expect(desk.locator("html")).to_have_attribute("lang", "en")
    expect(desk.get_by_role("heading", name="All places")).to_be_visible()


def test_the_account_menu_opens_by_key_and_closes_by_escape(desk, axe):
    summary = desk.locator("header .cc-menu summary")
    summary.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name="Đổi mật khẩu")).to_be_visible()
    axe(desk)
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("link", name="Đổi mật khẩu")).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_palette_finds_a_place_without_accents(desk, axe):
    place = desk.locator(".cc-rail a[data-go]").first
    label, address = place.locator(".cc-rail-words").inner_text(), place.get_attribute("href")
    desk.keyboard.press("Control+k")
    box = desk.get_by_role("combobox")
    expect(box).to_be_focused()
    box.fill(fold(label))
    option = desk.get_by_role("option", selected=True)
    expect(option).to_have_text(label)
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    axe(desk)
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**{address}")


def test_the_slash_goes_to_the_search_box(desk):
    desk.keyboard.press("/")
    expect(desk.get_by_role("searchbox")).to_be_focused()


def test_single_keys_can_be_switched_off(desk):
    desk.keyboard.press("?")
    desk.get_by_role("button", name="Tắt phím đơn").click()
    expect(desk.locator("body")).to_have_attribute("data-single-keys", "off")
    desk.keyboard.press("/")
    expect(desk.get_by_role("searchbox")).not_to_be_focused()


def test_an_idle_person_is_asked_before_the_session_ends(open_page, ministry, axe):
    page = open_page(account=ministry.accounts["officer"])
    page.clock.install()
    page.goto("/menu/")
    page.clock.fast_forward("28:30")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Còn 2 phút nữa phiên làm việc kết thúc")
    axe(page)
    with page.expect_response("**/o-lai/") as answered:
        dialog.get_by_role("button", name="Tiếp tục làm việc").click()
    assert answered.value.status == 204
    expect(dialog).to_be_hidden()


def test_a_session_that_ended_says_how_to_go_on(open_page, ministry):
    page = open_page(account=ministry.accounts["officer"])
    page.clock.install()
    page.goto("/menu/")
    page.clock.fast_forward("31:00")
    expect(page.get_by_role("dialog")).to_contain_text("Phiên làm việc đã kết thúc")
    expect(page.get_by_role("link", name="Đăng nhập lại")).to_be_focused()
