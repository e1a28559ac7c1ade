"""A unit with several approved plans of one year: its report counts them all, and says so wherever it is read."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from caicach.measurement.programme import services as programme
from caicach.measurement.programme.models import Plan, PlanTask
from caicach.measurement.reporting import queries, services
from caicach.measurement.reporting.models import Report
from tests.measurement.programme.conftest import proposal
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
CUT_OFF = date(2022, 6, 14)


def approved(ministry: Ministry, title: str, *, time: str, lead: str = "PC") -> Plan:
    """A plan of the ministry with one task, decided before the year began."""
    made = programme.import_plan(
        actor=ministry.officer, issuer=ministry.units["BNV"], proposal=proposal(title, name=f"{title}.docx")
    )
    ids = list(made.tasks.values_list("pk", flat=True))
    programme.paste_rows(
        actor=ministry.officer, plan=made, replace=ids, rows=[{"field": "the_che", "lead": lead, "time": time}]
    )
    Plan.objects.filter(pk=made.pk).update(title=f"Kế hoạch {title}", decision_date=date(2021, 12, 31))
    made.refresh_from_db()
    programme.submit(actor=ministry.officer, plan=made)
    done: Plan = programme.approve(actor=ministry.leader, plan=made)
    return done


@pytest.fixture
def plans(plan: Plan, ministry: Ministry) -> tuple[Plan, Plan]:
    """01/KH-BNV with five tasks, 02/KH-BNV with one that was late at the cut-off; both have a task of field 1."""
    Plan.objects.filter(pk=plan.pk).update(decision_date=date(2021, 12, 31))
    return plan, approved(ministry, "kiểm tra công vụ", time="10/03/2022")


def half_year(ministry: Ministry) -> Report:
    drafted: Report = services.draft_report(
        actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
    )
    return drafted


def count(report: Report, code: str) -> int:
    return next(len(one["tasks"]) for one in report.figures if one["code"] == code and one["scope"] == "")


def test_the_tasks_of_all_are_counted(plans: tuple[Plan, Plan], ministry: Ministry) -> None:
    report = half_year(ministry)

    assert (count(report, "assigned"), count(report, "overdue")) == (6, 2)
    assert [plan["number"] for plan in report.plans] == ["01/KH-BNV", "02/KH-BNV"]


def test_each_figure_opens_its_rows_of_all_plans(
    plans: tuple[Plan, Plan], ministry: Ministry, client_of: ClientOf
) -> None:
    report = half_year(ministry)

    for code in ("assigned", "overdue", "not_started"):
        page = client_of("officer").get(reverse("reporting:figure", args=[report.pk]), {"so": code}).content.decode()
        assert page.count("<tr data-row") == count(report, code)


def test_the_page_names_the_plans_and_leads_to_them(
    plans: tuple[Plan, Plan], ministry: Ministry, client_of: ClientOf
) -> None:
    page = client_of("officer").get(reverse("reporting:report", args=[half_year(ministry).pk])).content.decode()

    assert "Tính theo 2 kế hoạch:" in page
    for plan in plans:
        assert f'<a href="{reverse("programme:plan", args=[plan.pk])}">' in page
    lines = client_of("officer").get(reverse("reporting:reports")).content.decode()
    assert "Kế hoạch kiểm tra công vụ" in lines


def test_the_words_and_the_paper_name_the_plans(
    plans: tuple[Plan, Plan], ministry: Ministry, client_of: ClientOf
) -> None:
    report = half_year(ministry)
    pdf = client_of("officer").get(reverse("reporting:download", args=[report.pk, "pdf"])).content
    paper = " ".join(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)).split())

    words = " ".join(section["text"] for section in report.sections)
    assert "các Kế hoạch số 01/KH-BNV, 02/KH-BNV giao 6 nhiệm vụ" in words
    assert "(kế hoạch số 02/KH-BNV)" in words
    assert "Số liệu của 2 kế hoạch (số 01/KH-BNV, 02/KH-BNV) tính đến ngày 14/06/2022" in paper
    assert "Toàn bộ 2 kế hoạch" in paper
    assert "Kế hoạch kiểm tra công vụ (số 02/KH-BNV)" in paper


def test_the_sheet_tells_of_each_task_which_plan_gave_it(
    plans: tuple[Plan, Plan], ministry: Ministry, client_of: ClientOf
) -> None:
    address = reverse("reporting:download", args=[half_year(ministry).pk, "xlsx"])
    rows = load_workbook(io.BytesIO(client_of("officer").get(address).content))["Nhiệm vụ"].values

    listed = list(rows)
    assert listed[0][:3] == ("Kế hoạch số", "Số", "Nhiệm vụ")
    assert [row[0] for row in listed[1:]] == ["01/KH-BNV"] * 5 + ["02/KH-BNV"]


def test_the_api_names_the_plans(plans: tuple[Plan, Plan], ministry: Ministry, client_of: ClientOf) -> None:
    told = client_of("officer").get(f"/api/reporting/reports/{half_year(ministry).pk}").json()

    assert [(each["id"], each["number"]) for each in told["plans"]] == [(plan.pk, plan.number) for plan in plans]


def test_a_plan_approved_since_is_counted_when_the_figures_are_taken_anew(
    plan: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    Plan.objects.filter(pk=plan.pk).update(decision_date=date(2021, 12, 31))
    report = half_year(ministry)
    assert "Kế hoạch giao 5 nhiệm vụ" in report.sections[0]["text"]
    approved(ministry, "kiểm tra công vụ", time="10/03/2022")

    services.refresh_figures(actor=ministry.officer, report=report, with_words=True)

    assert count(report, "assigned") == 6
    assert "02/KH-BNV" in report.sections[0]["text"]
    history = client_of("officer").get(reverse("reporting:history", args=[report.pk])).content.decode()
    assert "01/KH-BNV, 02/KH-BNV" in history


def test_a_locked_report_keeps_the_plans_that_it_counted(plan: Plan, ministry: Ministry) -> None:
    Plan.objects.filter(pk=plan.pk).update(decision_date=date(2021, 12, 31))
    report = half_year(ministry)
    filled = [{**section, "text": section["text"] or "Có."} for section in report.sections]
    Report.objects.filter(pk=report.pk).update(sections=filled, recipients="Lưu: VT")
    report.refresh_from_db()
    services.submit(actor=ministry.officer, report=report)
    services.approve(actor=ministry.leader, report=report)
    approved(ministry, "kiểm tra công vụ", time="10/03/2022")

    report.refresh_from_db()
    assert ([each["id"] for each in report.plans], count(report, "assigned")) == ([plan.pk], 5)
    again = services.revise(actor=ministry.officer, report=report, reason="Bổ sung kế hoạch thứ hai")
    assert count(again, "assigned") == 6


def test_a_plan_that_gave_nothing_by_the_cut_off_is_not_named(plan: Plan, ministry: Ministry) -> None:
    Plan.objects.filter(pk=plan.pk).update(decision_date=date(2021, 12, 31))
    later = approved(ministry, "cuối năm", time="10/12/2022")
    Plan.objects.filter(pk=later.pk).update(decision_date=date(2022, 6, 17))

    report = half_year(ministry)

    assert [each["id"] for each in report.plans] == [plan.pk]
    assert "Kế hoạch giao 5 nhiệm vụ" in report.sections[0]["text"]


def test_a_report_that_counts_a_sample_plan_bears_the_note_and_goes_with_the_sample(
    plans: tuple[Plan, Plan], ministry: Ministry
) -> None:
    Plan.objects.filter(pk=plans[1].pk).update(is_sample=True)

    report = half_year(ministry)

    assert report.plan == plans[1]
    assert [each["is_sample"] for each in report.plans] == [False, True]


def test_the_plan_of_another_unit_is_not_counted(plan: Plan, ministry: Ministry) -> None:
    other = approved(ministry, "của Văn phòng", time="10/03/2022", lead="VP")
    Plan.objects.filter(pk=other.pk).update(issuer=ministry.units["VP"])

    assert [each["id"] for each in half_year(ministry).plans] == [plan.pk]


@pytest.mark.parametrize("copies", [1, 20])
def test_facts_take_five_queries_however_many_tasks_and_plans(
    copies: int, plans: tuple[Plan, Plan], django_assert_num_queries: Any
) -> None:
    for task in list(PlanTask.objects.all()):
        number = task.number
        for copy in range(copies):
            task.pk, task.number = None, f"{number}.{copy}"
            task.save()

    # 1. tasks with lead and plan  2. deadlines moved since  3. versions in force  4. progress told by then
    # 5. what was handed in by then
    with django_assert_num_queries(5):
        assert len(queries.task_facts(plans=plans, by=CUT_OFF)) == 6 * (copies + 1)
