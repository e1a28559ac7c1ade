"""Whoever reads English meets no Vietnamese label: only titles of papers, names of units and the paper's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from caicach.kernel.calendar import clock
from caicach.kernel.jobs.models import Job, JobState
from caicach.kernel.notifications.models import Notice
from caicach.kernel.notifications.queries import words_of
from caicach.measurement.programme.models import Plan
from caicach.measurement.reporting import services
from caicach.measurement.reporting.models import Report
from caicach.measurement.reporting.naming import told_about
from caicach.measurement.reporting.rules import Period
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
FIGURE_HEADS = ("Được giao", "Hoàn thành", "Trong kỳ", "Đúng hạn", "Sau hạn", "Đang thực hiện", "Chưa bắt đầu")


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Iterator[None]:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def report(plan: Plan, ministry: Ministry) -> Report:
    plan.decision_date = "2021-12-31"
    plan.save(update_fields=["decision_date"])
    return services.draft_report(actor=ministry.officer, issuer=plan.issuer, year=2022, period="half_year")


@pytest.fixture
def english(client_of: ClientOf) -> Client:
    client = client_of("officer")
    client.post(reverse("identity:set_language"), {"language": "en", "next": "/"})
    return client


def read(client: Client, name: str, *args: object) -> str:
    page = client.get(reverse(name, args=args)).content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", page[page.index("<main") :]).split())


def test_the_list_says_which_report_comes(english: Client, plan: Plan) -> None:
    page = read(english, "reporting:reports")

    assert "eport on administrative reform in the first six months of 2022" in page
    assert "công tác cải cách" not in page


def test_the_page_for_drafting_says_in_words_what_the_papers_set(english: Client, plan: Plan) -> None:
    page = read(english, "reporting:draft")

    assert "Periods and days for sending by NĐ 09/2019/NĐ-CP" in page
    assert "hạn gửi ngày 20 theo" not in page


def test_head_and_figures_of_a_report_are_english(english: Client, report: Report) -> None:
    page = english.get(reverse("reporting:report", args=[report.pk])).content.decode()
    figures = page[page.index('class="list-unstyled cc-figures"') :]

    assert "Report on administrative reform in the first six months of 2022" in page
    assert [head for head in FIGURE_HEADS if f"<span>{head}</span>" in figures or f">{head}</th>" in page] == []
    assert "By unit in charge" in page
    assert "Theo lĩnh vực" not in page


def test_a_figure_s_page_has_an_english_head(english: Client, report: Report) -> None:
    page = english.get(reverse("reporting:figure", args=[report.pk]), {"so": "overdue"}).content.decode()

    assert "Overdue: The whole plan" in page


def test_a_vietnamese_reader_reads_what_the_paper_says(client_of: ClientOf, report: Report) -> None:
    page = client_of("officer").get(reverse("reporting:report", args=[report.pk])).content.decode()

    assert "Báo cáo công tác cải cách hành chính 6 tháng đầu năm 2022" in page
    assert [head for head in FIGURE_HEADS if head not in page] == []
    assert "Theo đơn vị chủ trì" in page


def test_a_notice_names_the_report_in_its_reader_s_language() -> None:
    about = told_about(period=Period.HALF_YEAR, year=2022)
    notice = Notice(message="The report was approved: %(report)s", params={"report": about})

    with override("en"):
        assert words_of(notice).endswith("administrative reform in the first six months of 2022")
    with override("vi"):
        assert words_of(notice).endswith("công tác cải cách hành chính 6 tháng đầu năm 2022")


def test_what_a_job_brought_is_told_in_the_reader_s_language(english: Client, ministry: Ministry) -> None:
    job = Job.objects.create(
        kind="programme.read_plan_file",
        state=JobState.DONE,
        started_by_id=ministry.officer.account_id,
        arguments={},
        language="vi",
        created_at=clock.now(),
        next_attempt_at=clock.now(),
        started_at=clock.now(),
        finished_at=clock.now(),
        words="Đã đọc được 57 nhiệm vụ.",
        result={"plan": 1, "tasks": 57, "warnings": []},
    )

    assert "57 tasks were read." in read(english, "jobs:own")
    assert "57 tasks were read." in read(english, "jobs:progress", job.pk)
