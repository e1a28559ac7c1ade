"""A report from the data to the locked paper, and the next version of it."""

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

from caicach.kernel.jobs.events import Event, subscribers_of
from caicach.kernel.notifications.models import Notice
from caicach.kernel.usecase.errors import EditConflict, InvalidInput, NotPermitted
from caicach.kernel.usecase.models import OutboxEvent
from caicach.measurement.programme import services as programme
from caicach.measurement.programme.models import Plan, PlanTask
from caicach.measurement.reporting import services
from caicach.measurement.reporting.models import Report, ReportState
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(plan: Plan, ministry: Ministry, at) -> Report:
    plan.decision_date = "2021-12-31"
    plan.save(update_fields=["decision_date"])
    with at("2022-06-15 08:00"):
        made: Report = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
        )
    return made


def figure(report: Report, code: str, scope: str = "") -> int:
    return next(len(one["tasks"]) for one in report.figures if one["code"] == code and one["scope"] == scope)


def test_a_draft_takes_its_figures_and_its_words_from_the_tasks(report: Report) -> None:
    assert (figure(report, "assigned"), figure(report, "overdue")) == (5, 1)
    words = " ".join(section["text"] for section in report.sections)
    assert "Kế hoạch giao 5 nhiệm vụ" in words
    assert "số hóa kết quả giải quyết thủ tục (Văn phòng Bộ)" in words


def test_a_period_has_one_report(report: Report, ministry: Ministry) -> None:
    with pytest.raises(services.ReportExists):
        services.draft_report(actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year")


def test_a_year_without_a_plan_has_no_report(report: Report, ministry: Ministry) -> None:
    with pytest.raises(services.NoPlanToReport):
        services.draft_report(actor=ministry.officer, issuer=ministry.units["BNV"], year=2021, period="year")


def test_the_second_of_two_editors_sees_the_first(report: Report, ministry: Ministry) -> None:
    services.edit_sections(actor=ministry.officer, report=report, texts={"proposals": "Bổ sung kinh phí"}, revision=0)

    with pytest.raises(EditConflict) as conflict:
        services.edit_sections(actor=ministry.officer, report=report, texts={"proposals": "Không có"}, revision=0)
    assert conflict.value.changes == {"Kiến nghị, đề xuất": ("Không có", "Bổ sung kinh phí")}


def submitted(report: Report, ministry: Ministry) -> Report:
    """Without anything to propose, which the officer says on purpose."""
    services.edit_sections(actor=ministry.officer, report=report, texts={}, left_out={"proposals": True})
    sent: Report = services.submit(actor=ministry.officer, report=report)
    return sent


def approved(report: Report, ministry: Ministry) -> Report:
    submitted(report, ministry)
    done: Report = services.approve(actor=ministry.leader, report=report)
    return done


def test_an_approved_report_is_numbered_and_locked(report: Report, ministry: Ministry) -> None:
    approved(report, ministry)

    assert (report.number, report.state) == ("01/BC-BNV", ReportState.APPROVED)
    for change in (
        lambda: services.edit_sections(actor=ministry.officer, report=report, texts={"proposals": "x"}),
        lambda: services.refresh_figures(actor=ministry.officer, report=report),
    ):
        with pytest.raises(services.ReportLocked):
            change()


def test_who_submitted_does_not_approve(report: Report, ministry: Ministry) -> None:
    submitted(report, ministry)

    with pytest.raises(NotPermitted):
        services.approve(actor=ministry.officer, report=report)
    with pytest.raises(InvalidInput):
        services.return_report(actor=ministry.leader, report=report, reason=" ")
    services.return_report(actor=ministry.leader, report=report, reason="Thiếu kiến nghị")
    assert report.state == ReportState.DRAFT


def test_a_later_change_is_a_new_version_with_a_reason_and_the_old_one_stays(
    report: Report, ministry: Ministry
) -> None:
    approved(report, ministry)
    old = list(report.figures)

    fresh = services.revise(actor=ministry.officer, report=report, reason="Số liệu bổ sung")

    report.refresh_from_db()
    assert (fresh.version, fresh.previous, fresh.reason) == (2, report, "Số liệu bổ sung")
    assert report.figures == old
    with pytest.raises(services.WrongReportState):
        services.revise(actor=ministry.officer, report=report, reason="Lần nữa")


def test_a_deadline_moved_after_the_cut_off_counts_as_it_was(
    plan: Plan, ministry: Ministry, task_named: Callable[[str], PlanTask], at: Any
) -> None:
    """The report of a period says what was late at its end, whatever was granted later."""
    Plan.objects.filter(pk=plan.pk).update(decision_date="2021-12-31")
    task = task_named("Số hóa")
    with at("2022-06-15 08:00"):
        asked = programme.ask_extension(
            actor=ministry.focal, task=task, new_deadline=date(2022, 9, 30), reason="Thiếu kinh phí"
        )
        programme.decide_extension(actor=ministry.leader, request=asked, is_granted=True)
    with at("2022-06-16 08:00"):
        drafted = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
        )
    with at("2022-09-15 08:00"):
        third = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="quarter_3"
        )

    assert (figure(drafted, "overdue"), figure(drafted, "extended")) == (1, 0)
    assert task.pk not in next(one["tasks"] for one in third.figures if one["code"] == "overdue")
    assert figure(third, "extended") == 1


def reassigned(task: PlanTask, ministry: Ministry, *, lead: str) -> None:
    asked = programme.ask_to_reassign(actor=ministry.officer, task=task, lead=lead, reason="Đúng chức năng hơn")
    programme.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=True)


def test_a_task_given_to_another_unit_after_the_cut_off_counts_for_the_one_that_led_it(
    report: Report, ministry: Ministry, task_named: Callable[[str], PlanTask], at: Any
) -> None:
    """The report of a period says who was late at its end, whoever has the task since."""
    office, institute = (f"unit:{ministry.units[code].pk}" for code in ("VP", "TTTT"))
    assert (figure(report, "overdue", office), figure(report, "assigned", institute)) == (1, 1)
    with at("2022-06-16 08:00"):
        reassigned(task_named("Số hóa"), ministry, lead="TTTT")
        services.refresh_figures(actor=ministry.officer, report=report, with_words=True)

    assert (figure(report, "overdue", office), figure(report, "assigned", institute)) == (1, 1)
    late = next(task for task in report.listed if task["title"].startswith("Số hóa"))
    assert late["unit"] == "Văn phòng Bộ"
    assert "(Văn phòng Bộ)" in " ".join(section["text"] for section in report.sections)
    with at("2022-09-15 08:00"):
        third = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="quarter_3"
        )
    assert figure(third, "overdue", institute) == 2


def test_a_task_given_to_another_unit_by_the_cut_off_counts_for_the_new_one(
    plan: Plan, ministry: Ministry, task_named: Callable[[str], PlanTask], at: Any
) -> None:
    approved_at = "2022-01-05T08:00:00+07:00"
    Plan.objects.filter(pk=plan.pk).update(decision_date=date(2021, 12, 31), approved_at=approved_at)
    plan.versions.update(at=approved_at)
    plan.tasks.update(given_at=approved_at)
    with at("2022-06-14 21:00"):
        reassigned(task_named("Số hóa"), ministry, lead="TTTT")
    with at("2022-06-15 08:00"):
        drafted = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
        )

    assert figure(drafted, "overdue", f"unit:{ministry.units['TTTT'].pk}") == 1


def test_a_unit_that_is_called_otherwise_since_keeps_its_name_in_the_list(report: Report, ministry: Ministry) -> None:
    type(ministry.units["VP"]).objects.filter(pk=ministry.units["VP"].pk).update(name="Văn phòng mới")
    services.refresh_figures(actor=ministry.officer, report=report)

    assert {task["unit"] for task in report.listed} >= {"Văn phòng Bộ"}


def test_a_locked_report_lists_its_tasks_as_they_were(
    officer: Client, report: Report, ministry: Ministry, task_named: Callable[[str], PlanTask]
) -> None:
    approved(report, ministry)
    PlanTask.objects.filter(pk=task_named("Số hóa").pk).update(title="Tên khác", deadline="2023-01-01")

    book = load_workbook(io.BytesIO(officer.get(reverse("reporting:download", args=[report.pk, "xlsx"])).content))

    titles = [row[1] for row in book["Nhiệm vụ"].iter_rows(min_row=2, values_only=True)]
    assert "Số hóa kết quả giải quyết thủ tục" in titles
    assert "Tên khác" not in titles


def test_who_gets_the_report_is_kept_for_the_next_one(report: Report, ministry: Ministry, at: Any) -> None:
    typed = "- Văn phòng Chính phủ;\r\n\r\n- Lưu: VT, CCHC."
    services.edit_sections(actor=ministry.officer, report=report, texts={}, recipients=typed, revision=0)
    with at("2022-09-15 08:00"):
        later = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="quarter_3"
        )

    assert report.recipients == "Văn phòng Chính phủ\nLưu: VT, CCHC"
    assert later.recipients == report.recipients
    with pytest.raises(InvalidInput) as refused:
        services.edit_sections(actor=ministry.officer, report=report, texts={}, recipients="\n".join("abcd" * 8))
    assert "recipients" in refused.value.fields
    with pytest.raises(InvalidInput) as refused:
        services.edit_sections(actor=ministry.officer, report=report, texts={}, recipients=" \n")
    assert "recipients" in refused.value.fields


def test_a_year_for_which_no_rule_is_known_is_refused_by_name(plan: Plan, ministry: Ministry) -> None:
    Plan.objects.filter(pk=plan.pk).update(year=2019)

    with pytest.raises(InvalidInput) as refused:
        services.draft_report(actor=ministry.officer, issuer=ministry.units["BNV"], year=2019, period="year")
    assert "2019" in refused.value.fields["year"][0]


@pytest.fixture
def officer(client: Client, ministry: Ministry) -> Client:
    client.force_login(ministry.accounts["officer"])
    return client


def test_each_figure_opens_exactly_the_tasks_it_counted(officer: Client, report: Report) -> None:
    page = officer.get(reverse("reporting:figure", args=[report.pk]), {"so": "overdue"}).content.decode()

    assert "Số hóa kết quả giải quyết thủ tục" in page
    assert page.count("<tr data-row") == 1


def test_the_papers_say_what_the_page_says(officer: Client, report: Report) -> None:
    pdf = officer.get(reverse("reporting:download", args=[report.pk, "pdf"])).content
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "DỰ THẢO" in text
    assert "Kế hoạch giao 5 nhiệm vụ" in " ".join(text.split())

    word = officer.get(reverse("reporting:download", args=[report.pk, "docx"])).content
    assert word.startswith(b"PK")

    book = load_workbook(io.BytesIO(officer.get(reverse("reporting:download", args=[report.pk, "xlsx"])).content))
    assert book.sheetnames == ["Số liệu", "Nhiệm vụ"]
    assert book["Nhiệm vụ"].max_row == 6


def test_the_pages_lead_through(client: Client, report: Report, ministry: Ministry) -> None:
    client.force_login(ministry.accounts["officer"])
    for name in ("reports", "draft"):
        assert client.get(reverse(f"reporting:{name}")).status_code == 200
    address = reverse("reporting:report", args=[report.pk])
    assert client.get(address).status_code == 200
    saved = client.post(
        reverse("reporting:edit", args=[report.pk]),
        {"text-proposals": "Bổ sung kinh phí", "revision": 0},
        headers={"X-Autosave": "1"},
    )
    assert saved.json()["revision"] == 1
    client.post(reverse("reporting:submit", args=[report.pk]))

    client.force_login(ministry.accounts["leader"])
    assert client.get(address).status_code == 200
    client.post(reverse("reporting:approve", args=[report.pk]))
    report.refresh_from_db()
    assert report.state == ReportState.APPROVED
    assert client.get(address).status_code == 200


def test_the_second_of_two_writers_keeps_their_words_and_sees_the_first(
    officer: Client, report: Report, ministry: Ministry
) -> None:
    services.edit_sections(actor=ministry.officer, report=report, texts={"proposals": "Của người trước"}, revision=0)
    address = reverse("reporting:edit", args=[report.pk])
    typed = {"text-proposals": "Của người sau", "revision": "0"}

    told = officer.post(address, typed)
    page = told.content.decode()
    assert told.status_code == 409
    assert "Của người sau</textarea>" in page
    assert "<p>Của người trước</p>" in page
    assert ministry.accounts["officer"].full_name in page
    assert officer.post(address, typed, headers={"X-Autosave": "1"}).status_code == 409

    officer.post(address, typed | {"revision": "1"})
    report.refresh_from_db()
    assert report.sections[-1]["text"] == "Của người sau"


def test_a_text_too_long_to_keep_is_refused_and_not_lost(officer: Client, report: Report) -> None:
    told = officer.post(reverse("reporting:edit", args=[report.pk]), {"text-proposals": "x" * 20_001, "revision": "0"})

    assert told.status_code == 422
    assert "x" * 20_001 in told.content.decode()


def test_history_says_which_part_changed(officer: Client, report: Report, ministry: Ministry) -> None:
    services.edit_sections(actor=ministry.officer, report=report, texts={"proposals": "Bổ sung kinh phí"}, revision=0)

    page = officer.get(reverse("reporting:history", args=[report.pk])).content.decode()

    assert "Sửa báo cáo" in page
    assert "Kiến nghị, đề xuất: Bổ sung kinh phí" in page
    assert page.count("Cải cách thể chế") == 1, "of the draft alone; the edit did not touch it"


def test_the_search_box_finds_a_report(officer: Client, report: Report) -> None:
    page = officer.get(reverse("search:find"), {"q": "bao cao 6 thang 2022"}).content.decode()

    assert reverse("reporting:report", args=[report.pk]) in page


@pytest.mark.parametrize("who", ["focal", "head", "staff", "neighbour", "operator"])
def test_reports_are_for_those_who_prepare_lead_and_audit(
    who: str, client: Client, report: Report, ministry: Ministry
) -> None:
    client.force_login(ministry.accounts[who])

    assert client.get(reverse("reporting:report", args=[report.pk])).status_code == 403


def test_leaders_are_told_of_a_report_and_its_writer_of_the_answer(report: Report, ministry: Ministry) -> None:
    submitted(report, ministry)
    services.return_report(actor=ministry.leader, report=report, reason="Thiếu kiến nghị")
    for row in OutboxEvent.objects.filter(name__startswith="reporting.report_").order_by("pk"):
        event = Event(row.pk, row.name, row.payload, row.at, row.request_id)
        for handler in subscribers_of(row.name).values():
            handler(event)

    told = {(notice.account.username, notice.kind) for notice in Notice.objects.select_related("account")}
    assert told == {("leader", "reporting.report_submitted"), ("officer", "reporting.report_decided")}


def test_the_paper_s_annex_lists_every_task_counted(officer: Client, report: Report) -> None:
    pdf = officer.get(reverse("reporting:download", args=[report.pk, "pdf"]))
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf.content))

    assert "DANH MỤC NHIỆM VỤ" in text
    for task in report.listed:
        assert task["title"].split()[0] in text
    assert "bao-cao-cchc-6-thang-2022-ban-1.pdf" in pdf["Content-Disposition"]


def test_a_report_without_recipients_is_not_submitted(report: Report, client_of: Callable[[str], Client]) -> None:
    sections = [{**section, "text": section["text"] or "Có."} for section in report.sections]
    Report.objects.filter(pk=report.pk).update(recipients="", sections=sections)

    answer = client_of("officer").post(reverse("reporting:submit", args=[report.pk]))

    assert answer.status_code == 422
    assert "Ghi ít nhất một nơi nhận." in answer.content.decode()
    report.refresh_from_db()
    assert report.state == "draft"
