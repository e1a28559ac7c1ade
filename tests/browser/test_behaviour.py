"""What pages do by themselves: fragments, toasts, autosave, uploads, lost lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines
from playwright.sync_api import expect

from tests.browser import urls_of_ui

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.urls_of_ui")]


@pytest.fixture(autouse=True)
def _our_template(monkeypatch: pytest.MonkeyPatch):
    """The page of these tests is found beside them, not in the product."""
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "dirs", [str(Path(__file__).parent / "templates")])
    loaders = engine.template_loaders
    for loader in loaders:
        for inner in getattr(loader, "loaders", [loader]):
            if hasattr(inner, "get_dirs") and hasattr(inner.get_dirs, "cache_clear"):
                inner.get_dirs.cache_clear()
    urls_of_ui.saved.clear()
    urls_of_ui.undone.clear()


@pytest.fixture
def desk(open_page, ministry):
    page = open_page(account=ministry.accounts["officer"])
    page.clock.install()
    page.goto("/thu/")
    page.wait_for_load_state("networkidle")  # the parts that only some pages need have come
    return page


def test_a_swap_moves_the_focus_and_is_announced(desk):
    desk.get_by_role("button", name="Lấy vùng").click()
    expect(desk.locator("#left")).to_be_focused()
    desk.clock.run_for(100)
    expect(desk.locator("#cc-live")).to_have_text("Còn 11 việc")


def test_a_toast_of_a_fragment_can_be_undone(desk):
    desk.get_by_role("button", name="Lấy vùng").click()
    toast = desk.locator("#cc-toasts")
    expect(toast).to_contain_text("Đã gộp nhiệm vụ 2.7 vào 2.6.")
    toast.get_by_role("button", name="Hoàn tác").click()
    expect(desk.get_by_text("Đã hoàn tác: 2.7")).to_be_visible()


def test_a_toast_leaves_after_ten_seconds_but_waits_under_the_pointer(desk):
    desk.get_by_role("button", name="Lấy vùng").click()
    toast = desk.locator("#cc-toasts .cc-toast")
    toast.hover()
    desk.clock.run_for(30_000)
    expect(toast).to_be_visible()
    desk.mouse.move(900, 10)
    desk.clock.run_for(10_000)
    expect(toast).to_have_count(0)


def test_a_refusal_in_a_fragment_stands_on_top_and_leaves_the_region(desk, watch, axe):
    watch.forgive("403 (Forbidden)")
    watch.forgive("Response Status Error Code 403")
    desk.get_by_role("button", name="Bị từ chối").click()
    note = desk.locator("#cc-problems [role=alert]")
    expect(note).to_contain_text("Bạn chưa được xem mục này")
    expect(note).to_be_focused()
    expect(desk.locator("#region")).to_have_text("Còn 12 việc")
    axe(desk)
    note.get_by_role("button", name="Đóng").click()
    expect(note).to_have_count(0)


def test_a_draft_is_kept_ten_seconds_after_a_change(desk):
    desk.get_by_label("Ghi chú").fill("Chờ hệ thống quốc gia")
    assert urls_of_ui.saved == []
    with desk.expect_response("**/thu/luu/"):
        desk.clock.run_for(10_000)
    expect(desk.locator("[data-saved]")).to_contain_text("Đã lưu lúc ")
    assert urls_of_ui.saved == ["1:Chờ hệ thống quốc gia"]


def test_a_draft_that_could_not_be_kept_is_tried_again(desk, watch):
    watch.forgive("503 (Service Unavailable)")
    field = desk.get_by_label("Ghi chú")
    field.fill("hong")
    with desk.expect_response("**/thu/luu/"):
        desk.clock.run_for(10_000)
    expect(desk.locator("[data-saved]")).to_contain_text("Chưa lưu được")
    expect(field).to_have_value("hong")
    field.fill("lại")
    with desk.expect_response("**/thu/luu/"):
        desk.clock.run_for(10_000)
    expect(desk.locator("[data-saved]")).to_contain_text("Đã lưu lúc ")


def test_a_lost_line_is_said_on_top_until_it_is_back(desk, watch):
    watch.forgive("ERR_INTERNET_DISCONNECTED")
    watch.forgive("htmx:sendError")
    watch.forgive("htmx:afterRequest")
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Lấy vùng").click()
    bar = desk.get_by_text("Mất kết nối. Những gì bạn đã nhập vẫn ở đây.")
    expect(bar).to_be_visible()
    desk.context.set_offline(False)
    expect(bar).to_have_count(0)


def files(*sizes: tuple[str, int]) -> list[dict[str, object]]:
    return [{"name": name, "mimeType": "application/pdf", "buffer": b"x" * size} for name, size in sizes]


def test_files_are_sent_one_by_one_and_a_refused_one_keeps_the_rest(desk, watch, axe):
    watch.forgive("422 (Unprocessable")
    desk.get_by_label("Chọn tệp").set_input_files(files(("quyet-dinh.pdf", 10), ("lạ.exe", 10), ("to-trinh.pdf", 10)))
    rows = desk.locator("[data-files] li")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("Không nhận tệp lạ.exe. Chọn tệp khác.")
    expect(rows.nth(1).get_by_role("button", name="Thử lại")).to_have_count(0)
    expect(rows.nth(1).get_by_role("button", name="Bỏ")).to_be_visible()
    expect(rows.nth(2).get_by_role("button", name="Bỏ")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Gửi hết").click()
    expect(desk.locator("body")).to_have_text("id-quyet-dinh.pdf, id-to-trinh.pdf")


def test_a_file_that_the_server_had_no_room_for_is_sent_again_or_left(desk, watch):
    watch.forgive("507 (Insufficient Storage)")
    desk.get_by_label("Chọn tệp").set_input_files(files(("het-cho.pdf", 10)))
    row = desk.locator("[data-files] li")
    expect(row).to_contain_text("Máy chủ hết chỗ lưu.")
    expect(row.get_by_role("button", name="Thử lại")).to_be_visible()
    row.get_by_role("button", name="Bỏ").click()
    expect(row).to_have_count(0)


def test_a_file_that_is_too_big_is_refused_before_it_is_sent(desk):
    desk.get_by_label("Chọn tệp").set_input_files(files(("ban-do.pdf", 5000)))
    expect(desk.locator("[data-files] li")).to_contain_text("ban-do.pdf quá lớn")
    expect(desk.locator("[data-files] li")).to_contain_text("tối đa 1 KB")


def test_who_was_signed_out_elsewhere_lands_on_the_sign_in_page(desk):
    desk.context.clear_cookies()
    desk.get_by_role("button", name="Lấy vùng").click()
    desk.wait_for_url("**/thu/")  # this page is open to all; one of a person's own would go on to the sign-in
    expect(desk.locator("#region")).to_have_text("Còn 12 việc")


@pytest.mark.parametrize("width", [320, 1280])
def test_wide_letter_spacing_and_tall_lines_lose_nothing(open_page, sideways, width):
    """WCAG 1.4.12, by the spacing it names."""
    page = open_page(width=width)
    page.goto("/thiet-ke/")
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      const spacing = "line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important";
      sheet.replaceSync(`* { ${spacing} }`);
      document.adoptedStyleSheets = [sheet];
    }""")
    assert sideways(page) == 0


def test_twice_the_text_size_scrolls_only_down(open_page, sideways):
    page = open_page(width=640)
    page.goto("/thiet-ke/")
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("html { font-size: 200% }");
      document.adoptedStyleSheets = [sheet];
    }""")
    assert sideways(page) == 0
