"""What was written while nothing could be sent: no word of it is lost, whatever its writer or the server does next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from caicach.measurement.programme import services
from caicach.measurement.programme.models import PlanTask, ProgressNote
from tests.ministry import Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

NOT_SENT = "Chưa gửi. Nội dung được giữ trong thẻ này"
WORDS = "Đã số hóa 1.200 hồ sơ của quý II"
MORE = f"{WORDS}, còn 300 hồ sơ chờ quét"
PASSWORD = "mot-chuoi-rat-dai-cho-thu"
TEXT = "[data-unsent] [name=text]"


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def task(task_named: Callable[[str], PlanTask]) -> PlanTask:
    return task_named("Số hóa")


@pytest.fixture
def address(task: PlanTask) -> str:
    return reverse("programme:report_progress", args=[task.pk])


@pytest.fixture
def page(open_page: Any, task: PlanTask, ministry: Ministry, watch: Any) -> Page:
    """The report written in the drawer, not sent."""
    for lost in ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:sendError", "htmx:afterRequest", "422"):
        watch.forgive(lost)
    account = ministry.accounts["focal"]
    account.set_password(PASSWORD)
    account.save()
    opened: Page = open_page(width=1440, account=account)
    opened.goto(reverse("programme:task", args=[task.pk]))
    write(opened)
    return opened


def write(page: Page) -> None:
    page.get_by_role("link", name="Báo cáo tiến độ").first.click()
    expect(page.locator("#drawer form")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.fill("#drawer [name=progress]", "40")
    page.fill("#drawer [name=text]", WORDS)


def send(page: Page) -> None:
    page.locator("[data-unsent] .btn-primary").click()


def lose(page: Page) -> None:
    """Sent while there is no line, and kept."""
    page.context.set_offline(True)
    send(page)
    expect(page.locator("#drawer form")).to_contain_text(NOT_SENT)


def line_back(page: Page) -> None:
    page.context.set_offline(False)


def texts_of(task: PlanTask) -> list[str]:
    return list(ProgressNote.objects.filter(task=task).order_by("pk").values_list("text", flat=True))


def test_what_is_typed_after_the_first_text_was_kept_stays_in_the_form(
    page: Page, task: PlanTask, axe: Any, shoot: Any
) -> None:
    lose(page)
    page.fill(TEXT, MORE)

    line_back(page)

    expect(page.locator("#drawer form")).to_contain_text("Nội dung gửi trước đã tới nơi")
    expect(page.locator(TEXT)).to_have_value(MORE)
    assert texts_of(task) == [WORDS]
    axe(page)
    shoot(page, "more", full_page=False)

    page.wait_for_load_state("networkidle")
    send(page)
    expect(page.locator("#drawer form")).to_have_count(0)
    expect(page.locator("main [data-unsent-note]")).to_have_count(0)
    assert texts_of(task) == [WORDS, MORE]


def test_what_is_typed_after_it_was_kept_outlives_the_page(page: Page, task: PlanTask, address: str) -> None:
    lose(page)
    page.fill(TEXT, MORE)
    page.route("**" + address, lambda route: route.abort(), times=1)
    line_back(page)
    page.goto(reverse("programme:plans"))
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("main [data-unsent-note]")).to_contain_text("Nội dung gửi trước đã tới nơi")

    page.get_by_role("link", name="Mở ra").click()

    expect(page.locator(TEXT)).to_have_value(MORE)
    assert texts_of(task) == [WORDS]
    send(page)
    page.wait_for_url(f"**{reverse('programme:task', args=[task.pk])}")
    expect(page.locator("[data-unsent-note]")).to_have_count(0)
    assert texts_of(task) == [WORDS, MORE]


def test_a_refusal_does_not_write_over_what_was_typed_meanwhile(page: Page, task: PlanTask, ministry: Ministry) -> None:
    lose(page)
    page.fill(TEXT, MORE)
    services.report_progress(actor=ministry.head, task=task, progress=70, text="Trưởng đơn vị báo cáo")

    line_back(page)

    expect(page.locator("#drawer form")).to_contain_text("Bấm gửi để xem vì sao")
    expect(page.locator(TEXT)).to_have_value(MORE)
    send(page)
    expect(page.locator("#drawer")).to_contain_text("Người giữ vai head")
    expect(page.locator(TEXT)).to_have_value(MORE)
    expect(page.locator("[data-unsent-note]")).to_have_count(0)


def test_signing_in_again_in_the_same_tab_sends_what_waited(page: Page, task: PlanTask, watch: Any) -> None:
    watch.forgive("403")
    lose(page)
    page.context.clear_cookies()
    line_back(page)
    page.goto("/tai-khoan/login/?next=" + reverse("programme:plans"))
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-unsent-note]")).to_have_count(0)

    page.get_by_label("Tên đăng nhập").fill("focal")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()

    expect(page.locator(".cc-toast").first).to_contain_text("Đã gửi: Báo cáo tiến độ")
    assert texts_of(task) == [WORDS]


def test_sending_after_the_session_ended_keeps_the_words_until_one_is_signed_in(page: Page, task: PlanTask) -> None:
    Session.objects.all().delete()
    send(page)
    page.wait_for_url("**/tai-khoan/login/**")

    page.get_by_label("Tên đăng nhập").fill("focal")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()

    expect(page.locator(".cc-toast").first).to_contain_text("Đã gửi: Báo cáo tiến độ")
    assert texts_of(task) == [WORDS]


def test_who_signs_out_leaves_nothing_behind(page: Page, task: PlanTask, address: str) -> None:
    lose(page)
    page.get_by_role("button", name="Để sau").click()
    page.route("**" + address, lambda route: route.abort())
    line_back(page)
    page.locator("header .cc-menu summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/tai-khoan/login/**")

    assert page.evaluate("sessionStorage['cc-unsent']") is None
    assert texts_of(task) == []


def test_on_the_full_page_a_newer_revision_is_told_and_can_be_passed(
    page: Page, task: PlanTask, ministry: Ministry, address: str, shoot: Any
) -> None:
    lose(page)
    services.report_progress(actor=ministry.head, task=task, progress=70, text="Trưởng đơn vị báo cáo")
    page.get_by_role("button", name="Để sau").click()
    line_back(page)
    note = page.locator("main [data-unsent-note]")
    expect(note).to_contain_text("Chưa gửi được vì máy chủ không nhận")

    note.get_by_role("link", name="Mở ra").click()
    expect(page.locator(TEXT)).to_have_value(WORDS)
    expect(page.locator("form [data-unsent-note]").get_by_role("button", name="Bỏ nội dung đã viết")).to_be_visible()
    shoot(page, "full-page", full_page=False)
    send(page)
    expect(page.locator("main")).to_contain_text("Người giữ vai head")
    expect(page.locator(TEXT)).to_have_value(WORDS)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-unsent-note]")).to_have_count(0)
    assert page.evaluate("sessionStorage['cc-unsent']") is None
    send(page)

    page.wait_for_url(f"**{reverse('programme:task', args=[task.pk])}")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-unsent-note]")).to_have_count(0)
    assert texts_of(task) == ["Trưởng đơn vị báo cáo", WORDS]
    task.refresh_from_db()
    assert task.progress == 40


def test_sent_by_hand_from_the_full_page_it_is_not_sent_again_with_its_old_words(
    page: Page, task: PlanTask, address: str
) -> None:
    lose(page)
    page.route("**" + address, lambda route: route.abort() if is_script(route) else route.continue_())
    line_back(page)
    page.goto(address)
    expect(page.locator(TEXT)).to_have_value(WORDS)
    page.fill(TEXT, MORE)
    send(page)
    page.wait_for_url(f"**{reverse('programme:task', args=[task.pk])}")
    page.unroute("**" + address)
    page.evaluate("dispatchEvent(new Event('online'))")

    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-unsent-note]")).to_have_count(0)
    assert page.evaluate("sessionStorage['cc-unsent']") is None
    assert texts_of(task) == [MORE]


def is_script(route: Any) -> bool:
    return route.request.method == "POST" and not route.request.is_navigation_request()


def test_in_the_form_it_can_be_dropped_too(page: Page, task: PlanTask) -> None:
    lose(page)

    page.locator("#drawer form").get_by_role("button", name="Bỏ nội dung đã viết").click()

    expect(page.locator("[data-unsent-note]")).to_have_count(0)
    expect(page.locator(TEXT)).to_have_value("")
    assert page.evaluate("sessionStorage['cc-unsent']") is None


def test_a_refusal_in_the_drawer_settles_what_was_kept(page: Page, task: PlanTask, ministry: Ministry) -> None:
    lose(page)
    services.report_progress(actor=ministry.head, task=task, progress=70, text="Trưởng đơn vị báo cáo")
    page.route("**" + reverse("programme:report_progress", args=[task.pk]), lambda route: route.abort(), times=1)
    line_back(page)

    send(page)

    expect(page.locator("#drawer")).to_contain_text("Người giữ vai head")
    expect(page.locator(TEXT)).to_have_value(WORDS)
    assert page.evaluate("sessionStorage['cc-unsent']") is None


def test_a_tab_without_room_to_keep_anything_still_sends_what_was_not_sent(page: Page, task: PlanTask) -> None:
    page.evaluate(
        """() => {
          for (let size = 2 ** 23; size >= 1; size /= 2) {
            try { sessionStorage.setItem(`full${size}`, "x".repeat(size)); } catch { /* half of it, then */ }
          }
        }"""
    )
    lose(page)

    line_back(page)

    expect(page.locator("#drawer form")).to_have_count(0)
    assert texts_of(task) == [WORDS]
