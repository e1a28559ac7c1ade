"""A report that is due and that nobody has begun waits for whoever draws it up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.operation.my_work import WorkItem
from caicach.measurement.programme.models import Plan
from caicach.measurement.reporting import queries, services, work
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan_of_january(plan: Plan) -> Plan:
    Plan.objects.filter(pk=plan.pk).update(approved_at="2022-01-05T02:00:00Z")
    plan.refresh_from_db()
    return plan


def to_begin(ministry: Ministry, today: date, who: str = "officer") -> list[WorkItem]:
    actor = ministry.actor(who, on=today)
    items = [item for item in work.SOURCE.items(actor, today) if item.key.startswith("report-to-begin")]
    assert work.SOURCE.count(actor, today) >= len(items)
    return items


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2022, 3, 13), []),  # before the cut-off there is nothing to report
        (date(2022, 3, 14), [date(2022, 3, 20)]),
        (date(2022, 3, 20), [date(2022, 3, 20)]),
        (date(2022, 6, 15), [date(2022, 3, 20), date(2022, 6, 20)]),  # what is late stays
        (date(2023, 1, 10), [date(2022, 3, 20), date(2022, 6, 20), date(2022, 9, 20), date(2022, 12, 20)]),
    ],
)
def test_it_waits_from_the_cut_off_until_it_is_begun(
    today: date, due: list[date], plan_of_january: Plan, ministry: Ministry
) -> None:
    assert [item.deadline for item in to_begin(ministry, today)] == due


@pytest.mark.parametrize("who", ["leader", "focal", "auditor", "operator"])
def test_it_waits_for_nobody_else(who: str, plan_of_january: Plan, ministry: Ministry) -> None:
    assert to_begin(ministry, date(2022, 6, 15), who) == []


def test_once_begun_it_is_a_draft_to_finish(plan_of_january: Plan, ministry: Ministry, at: Any) -> None:
    with at("2022-06-15 08:00"):
        services.draft_report(actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year")

    assert [item.deadline for item in to_begin(ministry, date(2022, 6, 15))] == [date(2022, 3, 20)]


def test_what_was_due_before_the_plan_was_approved_is_not_asked_for(plan: Plan, ministry: Ministry) -> None:
    Plan.objects.filter(pk=plan.pk).update(approved_at="2022-06-01T02:00:00Z")

    assert [item.deadline for item in to_begin(ministry, date(2022, 6, 15))] == [date(2022, 6, 20)]


def test_without_an_approved_plan_nothing_is_due(ministry: Ministry) -> None:
    assert to_begin(ministry, date(2022, 6, 15)) == []


def test_my_work_leads_to_the_form_with_this_period(
    plan_of_january: Plan, ministry: Ministry, client: Client, at: Any
) -> None:
    client.force_login(ministry.accounts["officer"])
    with at("2022-09-15 08:00"):
        late = to_begin(ministry, date(2022, 9, 15))[0]
        listed = client.get(reverse("operation:my_work")).content.decode()
        html = client.get(late.url).content.decode()

    assert "Lập báo cáo" in listed
    assert late.url.replace("&", "&amp;") in listed
    assert '<option value="quarter_1" selected>' in html
    assert 'value="2022"' in html


@pytest.mark.parametrize("asked", ["?ky=khong-co&nam=2022", "?ky=year&nam=abc", "?ky=year&nam=1999", "?don-vi=x"])
def test_an_address_that_asks_for_nonsense_still_gives_the_form(
    asked: str, plan_of_january: Plan, ministry: Ministry, client: Client, at: Any
) -> None:
    client.force_login(ministry.accounts["officer"])
    with at("2022-06-15 08:00"):
        answer = client.get(reverse("reporting:draft") + asked)

    assert answer.status_code == 200
    assert '<option value="half_year" selected>' in answer.content.decode()


def test_two_queries_whatever_there_is(
    plan_of_january: Plan, ministry: Ministry, django_assert_num_queries: Any
) -> None:
    officer = ministry.officer
    with django_assert_num_queries(2):
        queries.reports_not_begun(actor=officer, today=date(2022, 12, 30))


def test_the_list_begins_what_is_due_with_one_button(
    plan_of_january: Plan, ministry: Ministry, client: Client, at: Any
) -> None:
    client.force_login(ministry.accounts["officer"])
    with at("2022-06-15 08:00"):
        services.draft_report(actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="quarter_1")
        page = client.get(reverse("reporting:reports")).content.decode()
        begun = client.post(
            reverse("reporting:draft"),
            {"issuer": ministry.units["BNV"].pk, "period": "half_year", "year": 2022, "key": "mot-lan"},
        )
        after = client.get(reverse("reporting:reports")).content.decode()

    assert "Đến kỳ, chưa lập" in page
    assert 'name="period" value="half_year"' in page
    assert 'name="period" value="quarter_1"' not in page, "begun already"
    assert "Gửi chậm nhất thứ Hai, 20/06/2022" in page
    assert begun.status_code == 302
    assert "Đến kỳ, chưa lập" not in after


def test_the_list_names_the_report_to_come_where_none_is_due(
    plan_of_january: Plan, ministry: Ministry, client: Client, at: Any
) -> None:
    client.force_login(ministry.accounts["officer"])
    with at("2022-03-01 08:00"):
        page = client.get(reverse("reporting:reports")).content.decode()

    assert "Báo cáo kỳ tới" in page
    assert "số liệu đến ngày 14/03/2022" in page


def test_who_does_not_prepare_reports_is_offered_none(
    plan_of_january: Plan, ministry: Ministry, client: Client, at: Any
) -> None:
    client.force_login(ministry.accounts["leader"])
    with at("2022-06-15 08:00"):
        page = client.get(reverse("reporting:reports")).content.decode()

    assert "Đến kỳ, chưa lập" not in page
    assert "Báo cáo kỳ tới" not in page
