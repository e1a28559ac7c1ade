"""What one writes into an act's form comes back: after its drawer was closed, on another device, until dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caicach.measurement.programme.models import ActDraft, PlanTask
from tests.ministry import Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

WORDS = "Đã số hóa 1.200 hồ sơ; còn chờ số liệu của hai đơn vị"


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
def opened(open_page: Any, ministry: Ministry) -> Callable[[str], Page]:
    def at(path: str) -> Page:
        page: Page = open_page(width=1440, account=ministry.accounts["focal"])
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    return at


def is_kept(address: str) -> Callable[[Any], bool]:
    return lambda answer: answer.request.method == "POST" and answer.url.endswith(address)


def test_a_drawer_closed_by_mistake_gives_its_words_back(
    opened: Callable[[str], Page], task: PlanTask, address: str, axe: Any, shoot: Any
) -> None:
    page = opened(reverse("programme:task", args=[task.pk]))
    page.get_by_role("link", name="Báo cáo tiến độ").first.click()
    page.fill("#drawer [name=progress]", "40")
    page.fill("#drawer [name=text]", WORDS)
    with page.expect_response(is_kept(address)):
        page.keyboard.press("Escape")

    page.get_by_role("link", name="Báo cáo tiến độ").first.click()
    expect(page.locator("#drawer [name=text]")).to_have_value(WORDS)
    expect(page.locator("#drawer [name=progress]")).to_have_value("40")
    axe(page)
    shoot(page, "draft-in-the-drawer", full_page=False)

    page.get_by_role("button", name="Bỏ bản nháp").click()
    expect(page.locator("#drawer [name=text]")).to_have_value("")
    assert not ActDraft.objects.exists()


def test_after_ten_seconds_it_says_that_the_draft_is_kept(opened: Callable[[str], Page], address: str) -> None:
    page = opened(address)
    page.clock.install()
    page.fill("[name=text]", WORDS)
    page.clock.fast_forward(10_000)

    expect(page.locator("#act-saved")).to_have_text("Đã lưu bản nháp lúc 09:00")


def test_a_page_left_in_the_middle_is_found_again_on_another_device(
    opened: Callable[[str], Page], address: str
) -> None:
    page = opened(address)
    page.fill("[name=text]", WORDS)
    page.goto(reverse("programme:plans"))
    page.wait_for_load_state("networkidle")

    other = opened(address)
    expect(other.locator("[name=text]")).to_have_value(WORDS)
    expect(other.locator("main")).to_contain_text("Bản nháp của bạn")


def test_what_is_sent_leaves_no_draft(opened: Callable[[str], Page], task: PlanTask, address: str) -> None:
    page = opened(address)
    page.fill("[name=progress]", "40")
    page.fill("[name=text]", WORDS)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(task.title)
    page.wait_for_load_state("networkidle")

    assert task.notes.get().text == WORDS
    assert not ActDraft.objects.exists()
