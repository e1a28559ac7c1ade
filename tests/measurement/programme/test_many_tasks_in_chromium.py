"""All tasks of a filter are taken on in the background: how far it is, then what came out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caicach.kernel.jobs import leases
from caicach.kernel.jobs.instant import true_now
from caicach.kernel.jobs.worker import JobRunner
from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask
from tests.ministry import Ministry

from .test_accepting_many import many_tasks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def runner(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[JobRunner]:
    settings.DATA_DIR = tmp_path
    with leases.at_work(at=true_now()) as presence:
        yield JobRunner(presence)


@pytest.mark.parametrize("width", [1440, 360])
def test_one_sees_how_far_it_is_and_then_what_was_not_done(
    width: int, plan: Plan, ministry: Ministry, open_page: Any, axe: Any, shoot: Any, runner: JobRunner
) -> None:
    office = PlanTask.objects.get(plan=plan, title__startswith="Số hóa")
    tasks = many_tasks(plan, office, services.MOST_AT_ONCE)
    page: Page = open_page(width=width, account=ministry.accounts["focal"])
    page.set_default_navigation_timeout(60_000)
    page.goto(reverse("programme:tasks") + "?response=waiting")
    page.get_by_role("button", name="Chọn cả 1002 kết quả").or_(
        page.get_by_role("button", name="Chọn cả 1.002 kết quả")
    ).click()

    page.get_by_role("button", name="Nhận việc đã chọn").click()
    page.wait_for_url("**/tien-do/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhận 1.002 nhiệm vụ")
    axe(page)
    shoot(page, f"progress-{width}", full_page=False)
    services.accept_task(actor=ministry.head, task=tasks[5])
    runner.drain()
    page.wait_for_url("**/hang-loat/**")

    expect(page.get_by_text("Xong 1.001 trên 1.002", exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name=f"{tasks[5].number} {tasks[5].title}")).to_be_visible()
    axe(page)
    shoot(page, f"result-{width}", full_page=False)
