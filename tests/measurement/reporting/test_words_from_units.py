"""The words of a report come from what units told by its cut-off, and give way to what the officer writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from caicach.measurement.programme import queries as programme_queries
from caicach.measurement.programme import services as programme
from caicach.measurement.programme.models import Plan, PlanTask, TaskProduct
from caicach.measurement.reporting import queries, services
from caicach.measurement.reporting.documents import excel_of
from caicach.measurement.reporting.models import Report
from caicach.measurement.reporting.tables import figure_rows
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

TaskNamed = Callable[[str], PlanTask]


@pytest.fixture
def plan_of_2021(plan: Plan) -> Plan:
    Plan.objects.filter(pk=plan.pk).update(decision_date="2021-12-31")
    plan.refresh_from_db()
    return plan


def drafted(ministry: Ministry, at: Any) -> Report:
    with at("2022-06-16 08:00"):
        made: Report = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="half_year"
        )
    return made


def text_of(report: Report, key: str) -> str:
    return next(section["text"] for section in report.sections if section["key"] == key)


def finish(ministry: Ministry, task: PlanTask, *, paper: str) -> None:
    for product in TaskProduct.objects.select_related("task__plan", "task__lead").filter(task=task):
        programme.hand_in_product(actor=ministry.focal, product=product, paper=paper)
        programme.accept_product(actor=ministry.officer, product=product)


def test_a_refused_paper_is_not_told_of(plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any) -> None:
    with at("2022-06-02 09:00"):
        (product,) = TaskProduct.objects.select_related("task__plan", "task__lead").filter(task=task_named("Số hóa"))
        programme.hand_in_product(actor=ministry.focal, product=product, paper="Dự thảo số 1")
        programme.refuse_product(actor=ministry.officer, product=product, remark="Chưa ký")
    with at("2022-06-03 09:00"):
        finish(ministry, task_named("Số hóa"), paper="Báo cáo số 15/BC-BNV ngày 01/6/2022")

    words = text_of(drafted(ministry, at), "thu_tuc_hanh_chinh")

    assert "Báo cáo số 15/BC-BNV ngày 01/6/2022" in words
    assert "Dự thảo số 1" not in words


def test_a_field_tells_what_came_out_what_goes_on_and_why_something_is_late(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any
) -> None:
    with at("2022-06-02 09:00"):
        programme.report_progress(
            actor=ministry.focal, task=task_named("Công khai"), progress=30, text="Đã đăng 12 thủ tục."
        )
        programme.ask_extension(
            actor=ministry.focal, task=task_named("Số hóa"), new_deadline=date(2022, 9, 30), reason="Chờ máy quét"
        )

    words = text_of(drafted(ministry, at), "thu_tuc_hanh_chinh")

    assert "ngày 02/06/2022 đơn vị báo cáo: “Đã đăng 12 thủ tục”" in words
    assert "nguyên nhân đơn vị nêu là “Chờ máy quét”; đã đề nghị gia hạn đến 30/09/2022" in words


@pytest.mark.parametrize(
    ("moment", "is_late"),
    [pytest.param("2022-06-08 09:00", False, id="in time"), pytest.param("2022-06-13 09:00", True, id="late")],
)
def test_what_waits_for_a_look_is_told_as_late_only_when_it_was_handed_in_late(
    moment: str, is_late: bool, plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any
) -> None:
    task = task_named("Số hóa")  # due on 10/06/2022
    with at(moment):
        programme.hand_in_product(actor=ministry.focal, product=task.products.get(), paper="12/BC-VP")

    report = drafted(ministry, at)

    overdue = next(figure["tasks"] for figure in report.figures if (figure["scope"], figure["code"]) == ("", "overdue"))
    words = text_of(report, "thu_tuc_hanh_chinh")
    everything = "\n".join(section["text"] for section in report.sections)
    assert overdue == ([task.pk] if is_late else [])
    assert "12/BC-VP), chờ xem xét" in words
    assert ("Nhiệm vụ quá hạn:" in everything) is is_late
    assert ("Hoàn thành dứt điểm 1 nhiệm vụ quá hạn." in everything) is is_late
    assert ("(trong đó 1 nhiệm vụ đã nộp đủ sản phẩm đúng hạn, chờ nghiệm thu)" in words) is not is_late
    assert task.title not in text_of(report, "outlook"), "nothing is left for its unit to do in the next period"


def test_a_finished_task_is_told_with_the_paper_that_proves_it(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any
) -> None:
    with at("2022-06-02 09:00"):
        finish(ministry, task_named("Số hóa"), paper="Báo cáo số 15/BC-VP ngày 01/6/2022")

    words = text_of(drafted(ministry, at), "thu_tuc_hanh_chinh")

    assert "Văn phòng Bộ hoàn thành nhiệm vụ" in words
    assert "15/BC-VP ngày 01/6/2022" in words
    assert "hoàn thành ngày 02/06/2022" in words


def test_nothing_finished_and_nothing_due_is_said_in_words(plan_of_2021: Plan, ministry: Ministry, at: Any) -> None:
    with at("2022-03-15 08:00"):
        report = services.draft_report(
            actor=ministry.officer, issuer=ministry.units["BNV"], year=2022, period="quarter_1"
        )

    assert text_of(report, "direction").startswith(
        "Tính đến ngày 14/03/2022, Kế hoạch giao 5 nhiệm vụ; chưa hoàn thành nhiệm vụ nào; chưa có nhiệm vụ đến hạn. "
        "Trong kỳ (từ 15/12/2021) chưa có nhiệm vụ hoàn thành."
    )


def test_what_was_told_after_the_cut_off_is_not_told(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any
) -> None:
    with at("2022-06-15 09:00"):  # the half-year ends on the 14th
        programme.report_progress(actor=ministry.focal, task=task_named("Công khai"), progress=30, text="Sau ngày chốt")
        programme.ask_extension(
            actor=ministry.focal, task=task_named("Số hóa"), new_deadline=date(2022, 9, 30), reason="Sau ngày chốt"
        )

    assert "Sau ngày chốt" not in text_of(drafted(ministry, at), "thu_tuc_hanh_chinh")


def test_an_extension_is_told_as_it_stood_at_the_cut_off(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any
) -> None:
    with at("2022-06-02 09:00"):
        asked = programme.ask_extension(
            actor=ministry.focal, task=task_named("Số hóa"), new_deadline=date(2022, 9, 30), reason="Chờ máy quét"
        )
    with at("2022-06-15 09:00"):
        programme.decide_extension(actor=ministry.leader, request=asked, is_granted=True)

    assert "đã đề nghị gia hạn đến 30/09/2022" in text_of(drafted(ministry, at), "thu_tuc_hanh_chinh")


def test_every_sentence_leads_to_the_tasks_it_is_about(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, client_of: Callable[[str], Client], at: Any
) -> None:
    report = drafted(ministry, at)
    late = task_named("Số hóa")
    section = next(section for section in report.sections if section["key"] == "thu_tuc_hanh_chinh")
    page = client_of("officer").get(reverse("reporting:report", args=[report.pk])).content.decode()

    assert late.pk in section["tasks"]
    assert reverse("programme:task", args=[late.pk]) in page
    assert f"{reverse('reporting:figure', args=[report.pk])}?so=ongoing&amp;pham-vi=thu_tuc_hanh_chinh" in page


def test_what_is_under_way_opens_neither_what_is_done_nor_what_is_late(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, client_of: Callable[[str], Client], at: Any
) -> None:
    with at("2022-06-02 09:00"):
        programme.report_progress(actor=ministry.focal, task=task_named("Công khai"), progress=30)
    report = drafted(ministry, at)

    address = reverse("reporting:figure", args=[report.pk])
    page = client_of("officer").get(address, {"so": "ongoing", "pham-vi": "thu_tuc_hanh_chinh"}).content.decode()

    assert "Công khai thủ tục mới" in page
    assert "Số hóa kết quả" not in page


def test_what_nobody_began_is_counted_apart_and_listed_with_time_and_state(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, client_of: Callable[[str], Client], at: Any
) -> None:
    PlanTask.objects.filter(pk=task_named("Công khai").pk).update(recurrence="continuous")
    report = drafted(ministry, at)

    words = text_of(report, "thu_tuc_hanh_chinh")
    address = reverse("reporting:figure", args=[report.pk])
    page = client_of("officer").get(address, {"so": "not_started", "pham-vi": "thu_tuc_hanh_chinh"}).content.decode()
    sheet = load_workbook(BytesIO(excel_of(report, rows=figure_rows(report))))["Nhiệm vụ"]
    rows = {str(row[1]): row for row in sheet.iter_rows(values_only=True)}
    continuous = next(row for title, row in rows.items() if title.startswith("Công khai"))
    late = next(row for title, row in rows.items() if title.startswith("Số hóa"))

    assert "chưa bắt đầu 1 nhiệm vụ, quá hạn 1 nhiệm vụ" in words
    assert "đang thực hiện" not in words.splitlines()[0], "an official leaves out what is none"
    assert "Công khai thủ tục mới" in page
    assert (continuous[3], continuous[5]) == ("Thường xuyên", "Chưa bắt đầu")
    assert late[5] == "Quá hạn"


def test_a_near_deadline_begins_no_work_in_words_figures_and_annexes(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any
) -> None:
    near = {"deadline": "2022-06-20", "soon_from": "2022-06-01"}
    PlanTask.objects.filter(pk=task_named("Công khai").pk).update(**near)

    report = drafted(ministry, at)
    book = load_workbook(BytesIO(excel_of(report, rows=figure_rows(report))))
    states = {str(row[1]): row[5] for row in book["Nhiệm vụ"].iter_rows(values_only=True)}
    heads, whole = list(book["Số liệu"].iter_rows(values_only=True))[:2]
    figures = dict(zip(heads, whole, strict=True))

    assert "chưa hoàn thành nhiệm vụ nào, chưa bắt đầu 1 nhiệm vụ" in text_of(report, "thu_tuc_hanh_chinh")
    assert figures["Đang thực hiện"] == 0
    assert states["Công khai thủ tục mới"] == "Chưa bắt đầu, sắp đến hạn"


def test_what_was_handed_in_is_under_way_though_nobody_told_its_progress(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any
) -> None:
    (product,) = TaskProduct.objects.select_related("task__plan", "task__lead").filter(task=task_named("Công khai"))
    with at("2022-06-02 09:00"):
        programme.hand_in_product(actor=ministry.focal, product=product, paper="Báo cáo số 15/BC-BNV")

    assert (
        "đang thực hiện 1 nhiệm vụ (trong đó 1 nhiệm vụ đã nộp đủ sản phẩm đúng hạn, chờ nghiệm thu), quá hạn"
        in text_of(drafted(ministry, at), "thu_tuc_hanh_chinh")
    )


def test_tasks_that_came_after_the_cut_off_are_counted_as_such_and_nobody_is_blamed(
    plan_of_2021: Plan, ministry: Ministry, at: Any
) -> None:
    PlanTask.objects.filter(plan=plan_of_2021).update(given_at="2022-06-15T02:00:00Z")
    Plan.objects.filter(pk=plan_of_2021.pk).update(approved_at="2022-06-15T02:00:00Z")
    report = drafted(ministry, at)

    whole = "\n".join(section["text"] for section in report.sections)

    assert "5 nhiệm vụ được giao đến đơn vị sau ngày 14/06/2022" in text_of(report, "direction")
    assert "quá hạn được giao đến đơn vị sau ngày 14/06/2022" in text_of(report, "difficulties")
    assert "chưa nêu nguyên nhân" not in whole
    assert "chưa báo cáo tiến độ" not in whole


def test_new_figures_bring_new_words_only_where_nobody_wrote(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any
) -> None:
    report = drafted(ministry, at)
    services.edit_sections(actor=ministry.officer, report=report, texts={"the_che": "Lời của chuyên viên."})
    with at("2022-06-02 09:00"):
        finish(ministry, task_named("Số hóa"), paper="15/BC-VP")

    services.refresh_figures(actor=ministry.officer, report=report, with_words=True)

    assert text_of(report, "the_che") == "Lời của chuyên viên."
    assert "15/BC-VP" in text_of(report, "thu_tuc_hanh_chinh")


def test_figures_alone_leave_every_word(plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any) -> None:
    report = drafted(ministry, at)
    before = report.sections
    with at("2022-06-02 09:00"):
        finish(ministry, task_named("Số hóa"), paper="15/BC-VP")

    services.refresh_figures(actor=ministry.officer, report=report)

    assert report.sections == before


def test_a_section_that_someone_wrote_is_drafted_anew_when_asked_for(
    plan_of_2021: Plan, ministry: Ministry, client_of: Callable[[str], Client], at: Any
) -> None:
    report = drafted(ministry, at)
    texts = {"the_che": "Của chuyên viên.", "chinh_phu_so": "Cũng vậy."}
    services.edit_sections(actor=ministry.officer, report=report, texts=texts)

    client_of("officer").post(reverse("reporting:refresh", args=[report.pk]), {"replace": "the_che"})

    report.refresh_from_db()
    assert text_of(report, "the_che").startswith("Kế hoạch giao 2 nhiệm vụ")
    assert text_of(report, "chinh_phu_so") == "Cũng vậy."


def test_words_of_reports_from_before_drafts_were_noted_count_as_written(
    plan_of_2021: Plan, ministry: Ministry, at: Any
) -> None:
    report = drafted(ministry, at)
    old = [{"key": section["key"], "title": section["title"], "text": "Lời cũ."} for section in report.sections]
    Report.objects.filter(pk=report.pk).update(sections=old)
    report.refresh_from_db()

    services.refresh_figures(actor=ministry.officer, report=report, with_words=True)

    assert {section["text"] for section in report.sections} == {"Lời cũ."}


@pytest.mark.parametrize("tasks", [1, 5])
def test_what_units_told_takes_five_queries_however_many_tasks(
    tasks: int, plan: Plan, ministry: Ministry, django_assert_num_queries: Any
) -> None:
    ids = list(plan.tasks.values_list("pk", flat=True)[:tasks])
    # 1. products  2. their papers  3. latest notes  4. latest notes with words  5. requests for more time
    with django_assert_num_queries(5):
        programme_queries.told_of_tasks(task_ids=ids, by=date(2022, 6, 14))


def test_a_unit_that_took_a_task_over_has_not_begun_what_the_other_told_of(
    plan_of_2021: Plan, ministry: Ministry, task_named: TaskNamed, at: Any
) -> None:
    with at("2022-06-02 09:00"):
        programme.report_progress(actor=ministry.focal, task=task_named("Công khai"), progress=60, text="Đã đăng.")
    with at("2022-06-08 09:00"):
        asked = programme.ask_to_reassign(
            actor=ministry.officer, task=task_named("Công khai"), lead="TTTT", reason="Đúng chức năng"
        )
        programme.decide_amendment(actor=ministry.leader, amendment=asked, is_approved=True)

    told = queries.task_facts(plans=[plan_of_2021], by=date(2022, 6, 14))

    assert (told[task_named("Công khai").pk].progress, told[task_named("Công khai").pk].is_begun) == (0, False)
    before = queries.task_facts(plans=[plan_of_2021], by=date(2022, 6, 7))
    assert before[task_named("Công khai").pk].progress == 60
