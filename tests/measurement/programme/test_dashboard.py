"""The plan at a glance: the finding, four facts, fields x units, one unit's tasks; every figure opens its rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import queries as identity
from caicach.kernel.identity import services as identity_services
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import queries, services
from caicach.measurement.programme.models import Plan, PlanTask, TaskProduct
from caicach.measurement.programme.queries.figures import done_since, pressing
from caicach.measurement.reporting import services as reporting
from caicach.measurement.reporting.models import Report
from tests.ministry import Ministry

from .conftest import ROWS, proposal

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
TODAY = date(2022, 6, 20)


@pytest.fixture
def plan(ministry: Ministry, at: Any) -> Plan:
    """Approved at the beginning of its year, so that thirty days before the day of the tests it was there."""
    with at("2022-01-05 09:00"):
        made = services.import_plan(
            actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal(*(row[1] for row in ROWS))
        )
        services.paste_rows(
            actor=ministry.officer,
            plan=made,
            replace=list(made.tasks.values_list("pk", flat=True)),
            rows=[{"field": field, "lead": lead, "time": time} for field, _title, lead, time in ROWS],
        )
        made.refresh_from_db()
        services.submit(actor=ministry.officer, plan=made)
        approved: Plan = services.approve(actor=ministry.leader, plan=made)
    return approved


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


def finish(plan: Plan, words: str, *, who: Any, officer: Any) -> PlanTask:
    task = PlanTask.objects.select_related("plan").get(plan=plan, title__contains=words)
    services.hand_in_product(
        actor=who, product=TaskProduct.objects.select_related("task__plan").get(task=task), paper="15/BC"
    )
    services.accept_product(actor=officer, product=TaskProduct.objects.select_related("task__plan").get(task=task))
    return task


def overview(client: Client, **query: str) -> str:
    answer = client.get(reverse("programme:dashboard"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_at(client: Client, address: str) -> int:
    """How many rows the list at an address shows."""
    html = client.get(address.replace("&amp;", "&")).content.decode()
    return len(re.findall(r"<tr data-row>", html))


def test_its_title_says_what_is_late_and_what_comes(plan: Plan, client_of: ClientOf) -> None:
    html = overview(client_of("leader"))

    assert "2 nhiệm vụ quá hạn ở 2 đơn vị; 1 nhiệm vụ đến hạn trong 5 ngày làm việc tới" in html


def test_every_figure_opens_as_many_rows_as_it_says(plan: Plan, client_of: ClientOf, ministry: Ministry) -> None:
    finish(plan, "Góp ý", who=focal_point_of(ministry, "PC"), officer=ministry.officer)
    client = client_of("leader")
    html = overview(client)

    figures = re.findall(r'<a class="cc-fig[^"]*" href="(/ke-hoach/nhiem-vu/\?[^"]+)"[^>]*>(\d+)(?:/(\d+))?</a>', html)
    assert len(figures) > 5
    for address, number, of in figures:
        assert rows_at(client, address) == int(of or number), address


def focal_point_of(ministry: Ministry, code: str) -> Any:
    """A focal point of a unit that has none yet."""
    account = identity_services.create_account(actor=SYSTEM, username=f"focal-{code}", full_name=f"Đầu mối {code}")
    identity_services.grant_role(
        actor=SYSTEM, account=account, role="focal_point", unit=ministry.units[code], valid_from=date(2022, 1, 1)
    )
    return identity.actor_of(account=account, on=TODAY)


def test_every_cell_of_the_map_opens_its_rows(plan: Plan, client_of: ClientOf) -> None:
    client = client_of("leader")

    cells = re.findall(r'h-\d"><a href="([^"]+)"><span>(\d+)/(\d+)</span>', overview(client))

    assert sum(int(given) for _address, _done, given in cells) == len(ROWS)
    for address, _done, given in cells:
        assert rows_at(client, address) == int(given)


@pytest.mark.parametrize("view", ["", "bang-so"])
def test_what_was_stopped_is_neither_counted_nor_shown_by_a_figure(
    view: str, plan: Plan, client_of: ClientOf, ministry: Ministry
) -> None:
    stopped = PlanTask.objects.select_related("plan").get(plan=plan, title__contains="Công khai")
    asked = services.ask_to_cancel_task(actor=ministry.officer, task=stopped, decision="512/QĐ-BNV")
    services.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=True)
    client = client_of("leader")

    cells = re.findall(
        r'<a (?:class="cc-fig" )?href="([^"]+)">(?:<span>)?(\d+)(?:/(\d+))?<', overview(client, xem=view)
    )

    assert len(cells) > 5
    for address, number, of in cells:
        assert rows_at(client, address) == int(of or number), address


def test_who_works_here_daily_keeps_the_rail(plan: Plan, client_of: ClientOf) -> None:
    for who in ("officer", "head", "focal", "auditor"):
        html = overview(client_of(who))
        assert 'class="cc-rail"' in html, who
        assert "Số liệu lúc 09:00, 20/06/2022" in html, who
    assert 'class="cc-rail"' not in overview(client_of("leader"))


@pytest.mark.parametrize("view", ["", "bang-so"])
def test_each_number_of_late_and_due_soon_opens_exactly_these(view: str, plan: Plan, client_of: ClientOf) -> None:
    client = client_of("leader")
    html = overview(client, xem=view)

    for state, of_the_plan in (("due_soon", 1), ("overdue", 2)):
        marks = re.findall(rf'<a class="cc-[^"]+" href="([^"]+state={state})">(.*?)</a>', html)
        numbers = {
            address: int(re.sub(r"<[^>]+>|\D", "", words)) for address, words in marks if address.count("state=") == 1
        }
        assert of_the_plan in numbers.values()
        for address, number in numbers.items():
            assert rows_at(client, address) == number, address
    assert "1 nhiệm vụ ở mức sắp đến hạn" in html


def test_a_unit_with_work_due_soon_is_never_folded_away(plan: Plan, client_of: ClientOf, monkeypatch: Any) -> None:
    monkeypatch.setattr("caicach.measurement.programme.views.dashboard.UNITS_SHOWN", 1)

    html = overview(client_of("leader"))

    assert 'href="/ke-hoach/tong-quan/?nam=2022&amp;don-vi=PC"' in html
    assert "không có việc quá hạn hay sắp đến hạn" not in html


def test_units_with_most_overdue_work_come_first(plan: Plan, ministry: Ministry) -> None:
    heat = queries.heat_map(queries.visible_tasks(actor=ministry.leader), today=TODAY)

    assert [row.unit_code for row in heat.rows] == ["VP", "TTTT", "PC"]
    assert (heat.total.assigned, heat.total.overdue) == (5, 2)


def test_what_presses_is_counted_by_working_days(plan: Plan, ministry: Ministry) -> None:
    found = pressing(queries.visible_tasks(actor=ministry.leader), today=TODAY, until=date(2022, 6, 27))

    assert (found.late, found.late_units, found.oldest) == (2, 2, date(2022, 6, 10))
    assert (found.coming, found.first_due, found.coming_most) == (1, date(2022, 6, 24), ("Vụ Pháp chế", 1))


def test_it_says_how_many_were_done_since_a_month_ago(plan: Plan, client_of: ClientOf, ministry: Ministry) -> None:
    finish(plan, "Số hóa", who=ministry.focal, officer=ministry.officer)

    assert done_since(queries.visible_tasks(actor=ministry.leader), after=date(2022, 5, 21)) == {
        "thu_tuc_hanh_chinh": 1,
        "": 1,
    }
    assert "So với 21/05/2022" in overview(client_of("leader"))


def test_a_plan_approved_since_is_not_compared_with_before(plan: Plan, client_of: ClientOf, at: Any) -> None:
    with at("2022-01-20 09:00"):
        html = overview(client_of("leader"))

    assert "So với" not in html


@pytest.mark.parametrize("asked", ["xong", "den-han", "sap-den", "qua-han"])
def test_each_fact_says_where_it_comes_from(asked: str, plan: Plan, client_of: ClientOf) -> None:
    address = reverse("programme:dashboard") + f"?nam=2022&vi-sao={asked}"

    beside = client_of("leader").get(address, headers={"HX-Request": "true"}).content.decode()
    alone = client_of("leader").get(address).content.decode()

    assert "<html" not in beside
    assert "Định nghĩa" in beside
    assert "Định nghĩa" in alone
    assert "<h1" in alone


def test_the_leader_finds_what_waits_for_a_decision(plan: Plan, client_of: ClientOf, ministry: Ministry) -> None:
    task = PlanTask.objects.select_related("plan").get(plan=plan, title__contains="IPv6")
    services.ask_extension(actor=ministry.neighbour, task=task, new_deadline=date(2022, 7, 15), reason="chờ thiết bị")
    waiting = services.import_plan(
        actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal("Việc mới", name="bo-sung.docx")
    )
    services.paste_rows(
        actor=ministry.officer,
        plan=waiting,
        replace=list(waiting.tasks.values_list("pk", flat=True)),
        rows=[{"lead": "VP", "time": "30/09/2022"}],
    )
    waiting.refresh_from_db()
    services.submit(actor=ministry.officer, plan=waiting)

    html = overview(client_of("leader"))

    assert "Gia hạn đến 15/07/2022: Chuyển hạ tầng sang IPv6" in html
    assert reverse("programme:review", args=[waiting.pk]) in html
    assert "Cần bạn quyết định" not in overview(client_of("auditor"))


def submitted(ministry: Ministry, title: str, *titles: str, name: str) -> Plan:
    made = services.import_plan(
        actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal(*titles, name=name)
    )
    services.paste_rows(
        actor=ministry.officer,
        plan=made,
        replace=list(made.tasks.values_list("pk", flat=True)),
        rows=[{"lead": "VP", "time": "30/09/2022"} for _title in titles],
    )
    Plan.objects.filter(pk=made.pk).update(title=title)
    made.refresh_from_db()
    services.submit(actor=ministry.officer, plan=made)
    return made


def decisions_in(html: str) -> str:
    return html.partition('id="decide-head"')[2].partition("</section>")[0]


@pytest.mark.parametrize("year", ["2022", "2021"], ids=["with a plan", "before any plan"])
def test_two_plans_of_one_title_are_told_apart_and_one_is_first(
    year: str, plan: Plan, client_of: ClientOf, ministry: Ministry
) -> None:
    submitted(ministry, "Kế hoạch bổ sung", "Việc một", name="bo-sung-1.docx")
    submitted(ministry, "Kế hoạch bổ sung", "Việc hai", "Việc ba", name="bo-sung-2.docx")

    card = decisions_in(overview(client_of("leader"), nam=year))

    assert "1 nhiệm vụ, trình lúc 09:00 ngày 20/06/2022" in card
    assert "2 nhiệm vụ, trình lúc 09:00 ngày 20/06/2022" in card
    assert "bo-sung-1.docx" in card
    assert "bo-sung-2.docx" in card
    assert card.count("btn-primary") == 1


def test_a_report_that_waits_for_the_leader_stands_among_the_decisions(
    plan: Plan, client_of: ClientOf, ministry: Ministry
) -> None:
    report = reporting.draft_report(actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year")
    for section in report.sections:
        section["text"] = section["text"] or "Đã soạn."
    Report.objects.filter(pk=report.pk).update(sections=report.sections)
    report.refresh_from_db()
    reporting.submit(actor=ministry.officer, report=report)

    card = decisions_in(overview(client_of("leader")))

    assert "Duyệt báo cáo công tác cải cách hành chính 6 tháng đầu năm 2022" in card
    assert reverse("reporting:report", args=[report.pk]) in card
    assert decisions_in(overview(client_of("officer"))) == ""


def test_the_leader_goes_to_reports_and_own_work_from_the_head(plan: Plan, client_of: ClientOf) -> None:
    head = overview(client_of("leader")).partition("</header>")[0]

    assert [word in head for word in ("Tổng quan", "Nhiệm vụ", "Báo cáo", "Việc của tôi")] == [True] * 4
    assert reverse("reporting:reports") in head
    assert reverse("operation:my_work") in head


def test_a_head_sees_the_own_unit_by_state(plan: Plan, client_of: ClientOf) -> None:
    html = overview(client_of("head"))

    assert "Nhiệm vụ của đơn vị theo trạng thái" in html
    assert "Số hóa kết quả giải quyết thủ tục" in html
    assert "Chuyển hạ tầng sang IPv6" not in html


def test_a_unit_next_door_is_not_shown(plan: Plan, client_of: ClientOf) -> None:
    address = reverse("programme:dashboard")

    assert client_of("head").get(address, {"don-vi": "TTTT"}).status_code == 404
    assert client_of("head").get(address, {"don-vi": "khong-co"}).status_code == 404
    assert "Chuyển hạ tầng sang IPv6" in overview(client_of("leader"), **{"don-vi": "TTTT"})


def test_plain_numbers_stand_in_a_table(plan: Plan, client_of: ClientOf) -> None:
    html = overview(client_of("leader"), xem="bang-so")

    assert "cc-heat-cell" not in html
    assert "Vụ Pháp chế" in html


def test_before_any_plan_is_approved_it_says_what_it_is_for(client_of: ClientOf, draft: Plan) -> None:
    html = overview(client_of("officer"))

    assert "Chưa có kế hoạch nào được duyệt" in html
    assert reverse("programme:import") in html
    assert reverse("programme:import") not in overview(client_of("leader"))


@pytest.mark.parametrize("copies", [1, 10])
def test_the_page_takes_a_constant_number_of_queries(
    copies: int, plan: Plan, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    for task in list(plan.tasks.all()):
        number = task.number
        for copy in range(copies):
            task.pk, task.number = None, f"{number}.{copy}"
            task.save()
    client = client_of("leader")
    overview(client)

    # Session, account and its roles, the shell's counts and notices; plan, standing, what presses, years, decisions,
    # heat map, comparison, calendar.
    with django_assert_max_num_queries(24):
        overview(client)
