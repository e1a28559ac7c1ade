"""A report written while the line is lost: kept, marked as not sent, and sent once when the line is back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caicach.measurement.programme import services
from caicach.measurement.programme.models import PlanTask, ProgressNote
from tests.ministry import Ministry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

NOT_SENT = "Chưa gửi. Nội dung được giữ trong thẻ này"
WORDS = "Đã số hóa 1.200 hồ sơ của quý II"


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def task(task_named: Callable[[str], PlanTask]) -> PlanTask:
    return task_named("Số hóa")


@pytest.fixture
def page(open_page: Any, task: PlanTask, ministry: Ministry, watch: Any) -> Page:
    for lost in ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "htmx:sendError", "htmx:afterRequest", "422"):
        watch.forgive(lost)
    opened: Page = open_page(width=1440, account=ministry.accounts["focal"])
    opened.goto(reverse("programme:task", args=[task.pk]))
    opened.get_by_role("link", name="Báo cáo tiến độ").first.click()
    expect(opened.locator("#drawer form")).to_be_visible()
    opened.wait_for_load_state("networkidle")
    opened.fill("#drawer [name=progress]", "40")
    opened.fill("#drawer [name=text]", WORDS)
    return opened


def send(page: Page) -> None:
    page.locator("#drawer form .btn-primary").click()


def test_what_was_written_without_a_line_is_sent_when_the_line_is_back(
    page: Page, task: PlanTask, axe: Any, shoot: Any
) -> None:
    page.context.set_offline(True)
    send(page)
    expect(page.locator("#drawer form")).to_contain_text(NOT_SENT)
    expect(page.locator("#drawer [name=text]")).to_have_value(WORDS)
    axe(page)
    shoot(page, "not-sent", full_page=False)

    page.context.set_offline(False)

    expect(page.locator("#drawer form")).to_have_count(0)
    expect(page.locator("main")).to_contain_text(WORDS)
    note = ProgressNote.objects.get(task=task)
    assert (note.progress, note.text) == (40, WORDS)


def test_a_sending_whose_answer_alone_was_lost_does_nothing_twice(page: Page, task: PlanTask) -> None:
    address = "**" + reverse("programme:report_progress", args=[task.pk])

    def lose_the_answer(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route(address, lose_the_answer, times=1)
    send(page)
    expect(page.locator("#drawer form")).to_contain_text(NOT_SENT)
    assert ProgressNote.objects.filter(task=task).count() == 1

    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("#drawer form")).to_have_count(0)
    assert ProgressNote.objects.filter(task=task).count() == 1


def test_it_outlives_the_drawer_and_the_page(page: Page, task: PlanTask) -> None:
    page.context.set_offline(True)
    send(page)
    page.get_by_role("button", name="Để sau").click()
    note = page.locator("main [data-unsent-note]")
    expect(note).to_contain_text("Số hóa kết quả giải quyết thủ tục. Chưa gửi")

    address = "**" + reverse("programme:report_progress", args=[task.pk])
    page.route(address, lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(reverse("programme:plans"))
    expect(note).to_contain_text("Chưa gửi")
    page.unroute(address)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(note).to_have_count(0)
    expect(page.locator(".cc-toast").first).to_contain_text("Đã gửi: Báo cáo tiến độ")
    assert ProgressNote.objects.get(task=task).text == WORDS


def test_what_another_changed_meanwhile_is_not_written_over(page: Page, task: PlanTask, ministry: Ministry) -> None:
    page.context.set_offline(True)
    send(page)
    expect(page.locator("#drawer form")).to_contain_text(NOT_SENT)
    services.report_progress(actor=ministry.head, task=task, progress=70, text="Trưởng đơn vị báo cáo")

    page.context.set_offline(False)

    expect(page.locator("#drawer")).to_contain_text("Người giữ vai head")
    expect(page.locator("#drawer [name=text]")).to_have_value(WORDS)
    task.refresh_from_db()
    assert task.progress == 70


def test_the_next_person_at_this_computer_neither_reads_nor_sends_it(
    page: Page, task: PlanTask, ministry: Ministry
) -> None:
    page.context.set_offline(True)
    send(page)
    expect(page.locator("#drawer form")).to_contain_text(NOT_SENT)
    page.evaluate(
        "sessionStorage['cc-unsent'] = JSON.stringify({...JSON.parse(sessionStorage['cc-unsent']), person: 'other'})"
    )
    page.route("**" + reverse("programme:report_progress", args=[task.pk]), lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(reverse("programme:plans"))
    page.wait_for_load_state("networkidle")

    expect(page.locator("[data-unsent-note]")).to_have_count(0)
    assert page.evaluate("sessionStorage['cc-unsent']") is None
    assert not ProgressNote.objects.exists()
