"""A plan on paper: from the frozen version, in the layout of official papers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity import services as identity
from caicach.kernel.identity.models import Account, RoleAssignment, Unit
from caicach.kernel.papers import model
from caicach.kernel.usecase.actor import SYSTEM
from caicach.measurement.programme import papers, services
from caicach.measurement.programme.models import Plan, PlanTask, PlanVersion
from tests.ministry import Ministry

from .conftest import approved_by_leader

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]


@pytest.fixture
def submitted(draft: Plan, ministry: Ministry) -> Plan:
    services.paste_rows(
        actor=ministry.officer,
        plan=draft,
        replace=list(draft.tasks.values_list("pk", flat=True)),
        rows=[{"field": "the_che", "lead": "PC", "time": "Quý IV"}] * 3,
    )
    draft.refresh_from_db()
    waiting: Plan = services.submit(actor=ministry.officer, plan=draft)
    return waiting


def version_of(plan: Plan, number: int = 1) -> PlanVersion:
    return PlanVersion.objects.select_related("plan__issuer", "approved_by").get(plan=plan, version=number)


def table_of(version: PlanVersion) -> list[tuple[object, ...]]:
    (table,) = papers.paper_of(version).annexes[0].blocks
    assert isinstance(table, model.Table)
    return [row.cells for row in table.rows]


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_it_is_numbered_dated_and_signed_as_approved(plan: Plan) -> None:
    paper = papers.paper_of(version_of(plan))

    assert paper.document_number == plan.number
    assert paper.issuer == "BỘ NỘI VỤ"
    assert paper.subject == "Cải cách hành chính năm 2022"
    assert paper.signer == model.Signer(("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "Người giữ vai leader")


def test_tasks_stand_under_their_fields_in_order(plan: Plan) -> None:
    rows = table_of(version_of(plan))

    assert [row[0] for row in rows if len(row) == 1] == [
        "I. CẢI CÁCH THỂ CHẾ",
        "II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH",
        "VI. XÂY DỰNG VÀ PHÁT TRIỂN CHÍNH PHỦ ĐIỆN TỬ, CHÍNH PHỦ SỐ",
    ]
    digitise = next(row for row in rows if len(row) > 1 and row[1] == "Số hóa kết quả giải quyết thủ tục")
    assert digitise[3:6] == ("Văn phòng Bộ", "", "10/06/2022")


def test_what_a_unit_owes_is_what_the_paper_names(plan: Plan) -> None:
    rows = [row for row in table_of(version_of(plan)) if len(row) > 1]

    printed = {str(row[0]): row[2] for row in rows}
    owed = {task.number: "; ".join(str(product) for product in task.products.all()) for task in plan.tasks.all()}
    assert printed == owed
    assert set(printed.values()) == {"Báo cáo kết quả thực hiện"}


def test_the_first_version_stays_as_it_was_approved(plan: Plan, ministry: Ministry) -> None:
    before = table_of(version_of(plan))
    task = PlanTask.objects.select_related("plan").get(plan=plan, title__contains="Số hóa")

    asked = services.ask_to_reassign(actor=ministry.officer, task=task, lead="TTTT", reason="Đúng chức năng.")
    approved_by_leader(ministry, asked)

    assert table_of(version_of(plan)) == before
    second = papers.paper_of(version_of(plan, 2))
    assert any("Trung tâm Thông tin" in str(row) and "Số hóa" in str(row) for row in table_of(version_of(plan, 2)))
    assert "Bản thứ 2 của Kế hoạch, lập vì: Đúng chức năng" in str(second.blocks[0])


def test_units_keep_the_names_of_the_day_of_approval(plan: Plan) -> None:
    Unit.objects.filter(code="VP").update(name="Văn phòng (tên mới)")

    assert any("Văn phòng Bộ" in row for row in table_of(version_of(plan)))


def test_papers_of_the_sample_ministry_say_that_they_are_none(plan: Plan) -> None:
    assert papers.paper_of(version_of(plan)).note == ""

    Plan.objects.filter(pk=plan.pk).update(is_sample=True)

    assert papers.paper_of(version_of(plan)).note.startswith("Văn bản minh họa")


def test_the_pdf_is_for_the_archive_and_holds_every_task(plan: Plan, client_of: ClientOf) -> None:
    answer = client_of("focal").get(reverse("programme:plan_pdf", args=[plan.pk, 1]))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert "ke-hoach-2022-ban-1.pdf" in answer.headers["Content-Disposition"]
    assert b"pdfaid" in answer.content
    text = " ".join(pdf_text(answer.content).split())
    for title in plan.tasks.values_list("title", flat=True):
        assert title in text


def test_the_word_document_goes_on_to_be_written(plan: Plan, client_of: ClientOf) -> None:
    answer = client_of("focal").get(reverse("programme:plan_word", args=[plan.pk, 1]))

    document = docx.Document(io.BytesIO(answer.content))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert "Chuyển hạ tầng sang IPv6" in cells


def test_a_version_that_is_none_and_a_plan_of_others_answer_alike(draft: Plan, plan: Plan, client_of: ClientOf) -> None:
    for pk, version in ((plan.pk, 9), (draft.pk, 1), (0, 1)):
        assert client_of("focal").get(reverse("programme:plan_pdf", args=[pk, version])).status_code == 404


def test_the_office_is_that_of_the_day_of_approval(plan: Plan) -> None:
    RoleAssignment.objects.filter(account=plan.approved_by).update(office="Bộ trưởng")

    assert papers.paper_of(version_of(plan)).signer.authority == ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")


def test_who_stands_in_for_the_leader_signs_by_authorisation(
    plan: Plan, ministry: Ministry, task_named: Callable[[str], PlanTask], at: Callable[[str], Any]
) -> None:
    with at("2022-06-20 09:00"):
        identity.delegate(
            actor=SYSTEM,
            giver=ministry.accounts["leader"],
            receiver=ministry.accounts["head"],
            valid_from=date(2022, 6, 20),
            valid_to=date(2022, 6, 25),
        )
        task = task_named("Số hóa")
        asked = services.ask_to_reassign(actor=ministry.officer, task=task, lead="TTTT", reason="Đúng chức năng")
        services.decide_amendment(actor=ministry.head, amendment=asked, is_approved=True)

    signer = papers.paper_of(version_of(plan, 2)).signer
    assert signer == model.Signer(("TUQ. THỨ TRƯỞNG", "CHÁNH VĂN PHÒNG"), "Người giữ vai head")


def test_where_no_office_was_noted_there_is_room_to_write_it(plan: Plan) -> None:
    PlanVersion.objects.filter(plan=plan).update(signed_as="")

    assert papers.paper_of(version_of(plan)).signer.authority == ("",)


def test_an_account_of_a_whole_office_is_no_one_who_signs(plan: Plan, ministry: Ministry) -> None:
    Account.objects.filter(pk=ministry.accounts["leader"].pk).update(full_name="Lãnh đạo Bộ")
    PlanVersion.objects.filter(plan=plan).update(signer_name=None)  # of before the name was kept

    assert papers.paper_of(version_of(plan)).signer.name == ""


def test_who_approves_says_by_which_office_and_name_it_is_signed(
    submitted: Plan, ministry: Ministry, client_of: ClientOf
) -> None:
    leader = client_of("leader")
    review = leader.get(reverse("programme:review", args=[submitted.pk])).content.decode()
    assert "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG</textarea>" in review
    assert 'value="Người giữ vai leader"' in review

    leader.post(
        reverse("programme:approve", args=[submitted.pk]), {"signed_as": "Bộ trưởng", "signer_name": "Phạm  Thị Hoa"}
    )

    assert papers.paper_of(version_of(submitted)).signer == model.Signer(("BỘ TRƯỞNG",), "Phạm Thị Hoa")
    Account.objects.filter(pk=ministry.accounts["leader"].pk).update(full_name="Tên khác")
    assert papers.paper_of(version_of(submitted)).signer.name == "Phạm Thị Hoa"


def test_a_plan_is_not_approved_without_an_office_and_what_was_typed_stays(
    submitted: Plan, client_of: ClientOf
) -> None:
    answer = client_of("leader").post(
        reverse("programme:approve", args=[submitted.pk]), {"signed_as": " ", "signer_name": "Phạm Thị Hoa"}
    )

    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Hãy ghi chức vụ người ký" in told
    assert 'value="Phạm Thị Hoa"' in told
    submitted.refresh_from_db()
    assert (submitted.state, submitted.number) == ("submitted", "")


def test_programs_may_name_the_signature(submitted: Plan, client_of: ClientOf) -> None:
    answer = client_of("leader").post(
        f"/api/programme/plans/{submitted.pk}/approve",
        {"signed_as": "Q. BỘ TRƯỞNG", "signer_name": ""},
        content_type="application/json",
    )

    assert answer.status_code == 200
    assert papers.paper_of(version_of(submitted)).signer == model.Signer(("Q. BỘ TRƯỞNG",), "")
