"""What a report needs before it goes to the leader, how it comes back, and how it is signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.audit.models import Entry
from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import Account, RoleAssignment
from caicach.kernel.jobs import worker
from caicach.kernel.notifications.models import Notice
from caicach.kernel.notifications.queries import words_of
from caicach.kernel.usecase.actor import SYSTEM
from caicach.kernel.usecase.errors import InvalidInput, NotPermitted
from caicach.measurement.programme.models import Plan
from caicach.measurement.reporting import services
from caicach.measurement.reporting.models import Report, ReportState
from caicach.measurement.reporting.usual_recipients import recipients_of_first_report
from caicach.registry.organisation.models import UnitProfile
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


@pytest.fixture
def report(plan: Plan, ministry: Ministry, at: Any) -> Report:
    Plan.objects.filter(pk=plan.pk).update(decision_date="2021-12-31")
    with at("2022-06-15 08:00"):
        made: Report = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
        )
    return made


@pytest.fixture
def submitted(report: Report, ministry: Ministry) -> Report:
    services.edit_sections(actor=ministry.officer, report=report, texts={}, left_out={"proposals": True})
    sent: Report = services.submit(actor=ministry.officer, report=report)
    return sent


def printed(client: Client, report: Report) -> str:
    pdf = client.get(reverse("reporting:download", args=[report.pk, "pdf"])).content
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


# --- empty sections ---


def test_an_empty_section_is_told_before_submitting_and_holds_it_up(report: Report, client_of: ClientOf) -> None:
    officer = client_of("officer")
    page = officer.get(reverse("reporting:report", args=[report.pk])).content.decode()
    assert '<a class="cc-link" href="#text-proposals">Kiến nghị, đề xuất</a>' in page

    refused = officer.post(reverse("reporting:submit", args=[report.pk]))

    report.refresh_from_db()
    assert (refused.status_code, report.state) == (422, ReportState.DRAFT)
    assert "Còn 1 mục trống: Kiến nghị, đề xuất." in refused.content.decode()


def test_what_is_empty_on_purpose_is_left_out_of_the_paper(report: Report, client_of: ClientOf) -> None:
    officer = client_of("officer")
    assert "(Chưa có nội dung)" in printed(officer, report)

    officer.post(
        reverse("reporting:edit", args=[report.pk]), {"text-proposals": "", "none-proposals": "1", "revision": "0"}
    )
    officer.post(reverse("reporting:submit", args=[report.pk]))

    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED
    paper = printed(officer, report)
    assert "Kiến nghị" not in paper
    assert "Không có." not in paper


def test_words_that_come_later_take_the_mark_away(report: Report, ministry: Ministry) -> None:
    services.edit_sections(actor=ministry.officer, report=report, texts={}, left_out={"proposals": True})
    services.edit_sections(
        actor=ministry.officer, report=report, texts={"proposals": "Bổ sung kinh phí"}, left_out={"proposals": True}
    )

    assert report.sections[-1]["is_none"] is False


def test_the_sections_stand_under_the_heads_of_a_par_report(report: Report, client_of: ClientOf) -> None:
    paper = printed(client_of("officer"), report)

    heads = [
        "I. Công tác chỉ đạo, điều hành",
        "II. Kết quả thực hiện nhiệm vụ cải cách hành chính 1. Cải cách thể chế",
        "6. Xây dựng và phát triển",
        "III. Đánh giá chung 1. Kết quả đạt được",
        "2. Tồn tại, hạn chế và nguyên nhân",
        "IV. Phương hướng kỳ sau",
        "V. Kiến nghị, đề xuất",
    ]
    places = [paper.index(head) for head in heads]
    assert places == sorted(places)


def test_a_locked_report_from_before_is_printed_as_it_was(
    submitted: Report, ministry: Ministry, client_of: ClientOf
) -> None:
    services.approve(actor=ministry.leader, report=submitted)
    old = [
        {"key": "the_che", "title": "Cải cách thể chế", "text": "Lời cũ."},
        {"key": "proposals", "title": "Kiến nghị, đề xuất", "text": ""},
    ]
    Report.objects.filter(pk=submitted.pk).update(sections=old, signer_name=None)
    submitted.refresh_from_db()

    paper = printed(client_of("officer"), submitted)

    assert "1. Cải cách thể chế Lời cũ. 2. Kiến nghị, đề xuất Không có." in paper
    assert ministry.accounts["leader"].full_name in paper


def test_history_says_that_a_section_was_left_out(report: Report, ministry: Ministry, client_of: ClientOf) -> None:
    services.edit_sections(actor=ministry.officer, report=report, texts={}, left_out={"proposals": True})

    page = client_of("officer").get(reverse("reporting:history", args=[report.pk])).content.decode()

    assert "Kiến nghị, đề xuất: Kỳ này không có nội dung; không in mục này." in page


# --- taking back ---


def test_the_officer_takes_a_report_back_under_its_own_name(
    submitted: Report, ministry: Ministry, client_of: ClientOf
) -> None:
    officer = client_of("officer")
    page = officer.get(reverse("reporting:report", args=[submitted.pk])).content.decode()
    assert "Rút báo cáo" in page
    assert "Trả lại báo cáo" not in page

    officer.post(reverse("reporting:withdraw", args=[submitted.pk]))

    submitted.refresh_from_db()
    assert (submitted.state, submitted.returned_reason) == (ReportState.DRAFT, "")
    history = officer.get(reverse("reporting:history", args=[submitted.pk])).content.decode()
    assert "Rút báo cáo" in history
    assert "Trả lại báo cáo" not in history
    assert Entry.objects.filter(use_case="reporting.withdraw").exists()


def test_the_leader_learns_that_it_waits_no_more(submitted: Report, ministry: Ministry) -> None:
    services.withdraw(actor=ministry.officer, report=submitted)
    while worker.deliver_due():
        pass

    of_leader = Notice.objects.filter(account=ministry.accounts["leader"], kind="reporting.report_submitted")
    assert any("không còn chờ bạn duyệt" in words_of(notice) for notice in of_leader)


def test_who_stands_in_for_the_officer_learns_the_answer_too(submitted: Report, ministry: Ministry, at: Any) -> None:
    with at("2022-06-15 09:00"):
        identity.delegate(
            actor=SYSTEM,
            giver=ministry.accounts["officer"],
            receiver=ministry.accounts["staff"],
            valid_from=date(2022, 6, 15),
            valid_to=date(2022, 6, 30),
        )
        services.approve(actor=ministry.leader, report=submitted)
        while worker.deliver_due():
            pass

    told = Notice.objects.filter(kind="reporting.report_decided").values_list("account__username", flat=True)
    assert sorted(told) == sorted(ministry.accounts[name].username for name in ("officer", "staff"))


def test_only_what_is_submitted_is_taken_back_and_only_a_leader_returns(submitted: Report, ministry: Ministry) -> None:
    with pytest.raises(NotPermitted):
        services.return_report(actor=ministry.officer, report=submitted, reason="Nhầm")
    with pytest.raises(NotPermitted):
        services.withdraw(actor=ministry.leader, report=submitted)
    services.withdraw(actor=ministry.officer, report=submitted)
    with pytest.raises(services.WrongReportState):
        services.withdraw(actor=ministry.officer, report=submitted)


# --- the signature ---


def test_it_is_signed_by_the_office_of_who_approves(submitted: Report, ministry: Ministry, client_of: ClientOf) -> None:
    services.approve(actor=ministry.leader, report=submitted)

    paper = printed(client_of("officer"), submitted)
    assert "KT. BỘ TRƯỞNG THỨ TRƯỞNG Người giữ vai leader" in paper
    assert "LÃNH ĐẠO" not in paper


def test_the_leader_corrects_office_and_name_at_approval(submitted: Report, client_of: ClientOf) -> None:
    leader = client_of("leader")
    page = leader.get(reverse("reporting:report", args=[submitted.pk])).content.decode()
    assert "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG</textarea>" in page

    leader.post(
        reverse("reporting:approve", args=[submitted.pk]), {"signed_as": " Bộ trưởng \r\n", "signer_name": "Lê  An"}
    )

    submitted.refresh_from_db()
    assert (submitted.signed_as, submitted.signer_name) == ("BỘ TRƯỞNG", "Lê An")
    assert "BỘ TRƯỞNG Lê An" in printed(leader, submitted)


def test_without_a_known_office_it_has_to_be_said(submitted: Report, ministry: Ministry, client_of: ClientOf) -> None:
    RoleAssignment.objects.filter(account=ministry.accounts["leader"]).update(office="")
    leader = client_of("leader")

    refused = leader.post(reverse("reporting:approve", args=[submitted.pk]), {"signed_as": "", "signer_name": "Lê An"})

    submitted.refresh_from_db()
    assert (refused.status_code, submitted.state) == (422, ReportState.SUBMITTED)
    assert 'value="Lê An"' in refused.content.decode(), "what was typed stays"
    with pytest.raises(InvalidInput):
        services.approve(actor=ministry.leader, report=submitted)


@pytest.mark.parametrize("name", ["Lãnh đạo Bộ", "Thứ trưởng", "Văn phòng Bộ"])
def test_an_account_that_bears_the_name_of_an_office_gives_no_name(
    name: str, submitted: Report, ministry: Ministry, client_of: ClientOf
) -> None:
    UnitProfile.objects.filter(unit=ministry.units["BNV"]).update(aliases=["Bộ", "Lãnh đạo Bộ"])
    Account.objects.filter(pk=ministry.accounts["leader"].pk).update(full_name=name)

    services.approve(actor=ministry.leader, report=submitted)

    assert submitted.signer_name == ""
    assert f"THỨ TRƯỞNG {name}" not in printed(client_of("officer"), submitted)


def test_a_draft_names_the_office_that_will_sign_and_nobody(report: Report, client_of: ClientOf) -> None:
    paper = printed(client_of("officer"), report)

    assert "KT. BỘ TRƯỞNG THỨ TRƯỞNG" in paper
    assert "Người giữ vai leader" not in paper


# --- recipients ---


def test_a_ministry_s_first_report_goes_to_the_bodies_above_it(plan: Plan, ministry: Ministry, at: Any) -> None:
    ministry.units["BNV"].name = "Bộ Y tế"
    ministry.units["BNV"].save()
    with at("2022-06-15 08:00"):
        made = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
        )

    assert made.recipients.splitlines() == [
        "Thủ tướng Chính phủ (để báo cáo)",
        "Bộ Nội vụ (để tổng hợp)",
        "Bộ trưởng và các Thứ trưởng",
        "Các đơn vị thuộc, trực thuộc Bộ Y tế",
        "Lưu: VT",
    ]


def test_a_body_is_not_among_its_own_recipients(report: Report) -> None:
    assert "Bộ Nội vụ (để tổng hợp)" not in report.recipients
    assert "Thủ tướng Chính phủ (để báo cáo)" in report.recipients


def test_a_body_within_a_ministry_reports_to_what_stands_above_it(ministry: Ministry) -> None:
    assert recipients_of_first_report(issuer=ministry.units["TTTT"]).splitlines() == [
        "Bộ Nội vụ (để báo cáo)",
        "Lãnh đạo Trung tâm Thông tin",
        "Lưu: VT",
    ]


# --- the cut-off ---


def test_page_and_paper_say_as_of_when_the_figures_are(report: Report, client_of: ClientOf) -> None:
    officer = client_of("officer")
    page = officer.get(reverse("reporting:report", args=[report.pk])).content.decode()

    assert "Số liệu tính đến ngày 14/06/2022" in page
    assert reverse("programme:dashboard") in page
    assert printed(officer, report).count("Số liệu tính đến ngày 14/06/2022") == 2, "on both annexes"
