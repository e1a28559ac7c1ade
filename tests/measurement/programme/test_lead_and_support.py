"""What a unit leads and what it supports: two numbers, the same on every page, each opening exactly its tasks."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.measurement.programme import services
from caicach.measurement.programme.models import Plan, PlanTask
from tests.ministry import Ministry

from .conftest import approved_by_leader

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TaskNamed = Callable[[str], PlanTask]


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def shared(plan: Plan, task_named: TaskNamed, ministry: Ministry) -> Plan:
    """The Office leads two of the five tasks and supports two others."""
    for words in ("IPv6", "Góp ý"):
        task_named(words).cooperating.add(ministry.units["VP"])
    task_named("Số hóa").cooperating.add(ministry.units["PC"])
    return plan


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def rows(client: Client, address: str) -> int:
    return text(client, address).count("<tr data-row")


def link(html: str, words: str) -> str:
    found = re.search(rf'<a[^>]*href="([^"]+)"[^>]*>(?:<[^>]+>)*{words}', html)
    assert found, words
    return found[1]


def test_plan_page_overview_and_my_work_say_the_same_two_numbers(shared: Plan, client_of: ClientOf) -> None:
    focal = client_of("focal")

    overview = text(focal, reverse("programme:dashboard") + "?nam=2022")
    of_plan = text(focal, reverse("programme:plan", args=[shared.pk]))
    my_work = text(focal, reverse("operation:my_work"))

    assert "chủ trì 2 nhiệm vụ" in overview
    assert "phối hợp 2 nhiệm vụ" in overview
    assert "0 trên 2 nhiệm vụ" in overview
    for page in (of_plan, my_work):
        assert "trên 2 nhiệm vụ" in page
        assert "Chỉ tính nhiệm vụ đơn vị bạn chủ trì." in page
        assert "Phối hợp thêm 2 nhiệm vụ" in page
    assert "Hoàn thành 0 trên 2 nhiệm vụ" in of_plan


def test_each_number_opens_exactly_its_tasks(shared: Plan, client_of: ClientOf, task_named: TaskNamed) -> None:
    focal = client_of("focal")
    overview = text(focal, reverse("programme:dashboard") + "?nam=2022")
    of_plan = text(focal, reverse("programme:plan", args=[shared.pk]))

    assert rows(focal, link(overview, "chủ trì 2 nhiệm vụ")) == 2
    assert rows(focal, link(overview, "phối hợp 2 nhiệm vụ")) == 2
    assert rows(focal, link(of_plan, "Phối hợp thêm 2 nhiệm vụ")) == 2
    supported = text(focal, link(of_plan, "Phối hợp thêm 2 nhiệm vụ"))
    assert task_named("IPv6").title in supported
    assert task_named("Số hóa").title not in supported
    page = reverse("programme:plan", args=[shared.pk])
    assert rows(focal, page) == 4
    assert rows(focal, page + link(of_plan, "Đơn vị tôi chủ trì")) == 2
    assert rows(focal, page + link(of_plan, "Đơn vị tôi phối hợp")) == 2


def test_the_states_of_the_figures_open_what_the_unit_leads(shared: Plan, client_of: ClientOf) -> None:
    focal = client_of("focal")
    of_plan = text(focal, reverse("programme:plan", args=[shared.pk]))

    late = re.search(r'Quá hạn</span></span> <a class="cc-fig" href="([^"]+)">(\d+)', of_plan)
    assert late
    assert late[2] == "1"  # of the two late tasks the Office leads one and supports the other
    assert rows(focal, late[1]) == 1


def test_who_watches_the_plan_counts_all_of_it_once(shared: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")
    of_plan = text(officer, reverse("programme:plan", args=[shared.pk]))

    assert "Hoàn thành 0 trên 5 nhiệm vụ" in of_plan
    assert "Đơn vị tôi phối hợp" not in of_plan
    of_unit = text(officer, reverse("programme:dashboard") + "?nam=2022&don-vi=VP")
    assert rows(officer, link(of_unit, "phối hợp 2 nhiệm vụ")) == 2


def test_what_was_stopped_by_decision_is_in_neither_number(
    shared: Plan, client_of: ClientOf, ministry: Ministry, task_named: TaskNamed
) -> None:
    for words in ("Góp ý", "Công khai"):  # the Office supports the one and leads the other
        asked = services.ask_to_cancel_task(actor=ministry.officer, task=task_named(words), decision="12/QĐ-BNV")
        approved_by_leader(ministry, asked)
    focal, page = client_of("focal"), reverse("programme:plan", args=[shared.pk])

    overview = text(focal, reverse("programme:dashboard") + "?nam=2022")
    of_plan = text(focal, page)

    assert rows(focal, link(overview, "chủ trì 1 nhiệm vụ")) == 1
    assert rows(focal, link(overview, "phối hợp 1 nhiệm vụ")) == 1
    assert rows(focal, link(of_plan, "Phối hợp thêm 1 nhiệm vụ")) == 1
    assert chips(of_plan) == {"Tất cả": "", "Đơn vị tôi chủ trì": "1", "Đơn vị tôi phối hợp": "1"}
    for words in ("Đơn vị tôi chủ trì", "Đơn vị tôi phối hợp"):
        assert rows(focal, page + link(of_plan, words)) == 1
    of_part = text(focal, page + link(of_plan, "Đơn vị tôi chủ trì"))
    assert rows(focal, page + link(_nav(of_part), "Tất cả")) == 4  # the way back shows what was stopped again


def test_the_chips_of_a_plan_keep_the_other_filters(shared: Plan, client_of: ClientOf, task_named: TaskNamed) -> None:
    """Of the late tasks the Office leads one and supports one."""
    focal, page = client_of("focal"), reverse("programme:plan", args=[shared.pk])

    late = text(focal, f"{page}?state=overdue&xep=-title")

    assert chips(late) == {"Tất cả": "", "Đơn vị tôi chủ trì": "1", "Đơn vị tôi phối hợp": "1"}
    supported = text(focal, page + link(late, "Đơn vị tôi phối hợp"))
    assert supported.count("<tr data-row") == 1
    assert task_named("IPv6").title in supported
    assert link(_nav(supported), "Tất cả") == "?state=overdue&xep=-title"


def _nav(html: str) -> str:
    return html.partition('aria-label="Vai trò của đơn vị tôi"')[2].partition("</nav>")[0]


def chips(html: str) -> dict[str, str]:
    """Words -> number, of the chips that tell what the own unit is."""
    return dict(re.findall(r"<span>([^<]+)</span>(?: <span>([^<]*)</span>)?</a>", _nav(html)))


def test_the_filter_shows_nothing_that_one_may_not_see(
    shared: Plan, client_of: ClientOf, ministry: Ministry, task_named: TaskNamed
) -> None:
    """The neighbour leads the task that the Office supports, and asks for all that the Office supports."""
    address = f"{reverse('programme:tasks')}?coop={ministry.units['VP'].pk}"

    assert rows(client_of("neighbour"), address) == 1
    assert rows(client_of("officer"), address) == 2
