"""What stands before the work: a rhythm, a time, the matter, an order to a unit; and who does it after a comma."""

from __future__ import annotations

from datetime import date

import pytest

from caicach.measurement.programme.reading import ReadTask, SourceText, read_plan


def tasks_of(items: str, head: str = "II. NHIỆM VỤ\n1. Cải cách thể chế\n") -> tuple[ReadTask, ...]:
    return read_plan(SourceText(head + items), units=None, plan_year=2024).tasks


def test_report_days_before_the_verb_belong_to_the_report():
    [task] = tasks_of("- Định kỳ hằng quý (trước ngày 10), 6 tháng (trước 10/6) và năm (trước 25/11) báo cáo kết quả.")
    assert (task.title, task.recurrence, task.deadline) == ("Báo cáo kết quả", "quarterly", date(2024, 11, 24))


def test_a_report_with_a_day_for_each_turn_is_one_task():
    [task] = tasks_of("- Báo cáo quý I: trước ngày 10/3; 6 tháng: trước ngày 10/6; năm: trước ngày 25/11.")
    assert (task.lead, task.deadline) == (None, date(2024, 11, 24))


@pytest.mark.parametrize(
    "end", ["hoàn thành hết tháng 9/2024", "hoàn thành tháng 9/2024", "hoàn thành trong tháng 9/2024"]
)
def test_words_that_only_set_the_time_are_no_task(end: str):
    [task] = tasks_of(f"- Tiếp tục sắp xếp đơn vị sự nghiệp công lập, giảm 10% đầu mối so với năm 2021, {end}.")
    assert task.deadline == date(2024, 9, 30)


def test_a_time_before_a_colon_holds_for_the_whole_sentence():
    first, second = tasks_of("- Đến năm 2025: 100% đơn vị tự chủ chi thường xuyên; giảm 15% số phòng chuyên môn.")
    assert (first.deadline, second.deadline) == (date(2025, 12, 31), date(2025, 12, 31))
    assert first.title == "100% đơn vị tự chủ chi thường xuyên"


def test_a_time_before_must_is_the_deadline_and_that_of_the_next_clause_its_own():
    first, second = tasks_of("- Chậm nhất ngày 15/02/2024 phải ban hành quy chế; trong năm kiểm tra 50% số phòng.")
    assert (first.deadline, second.deadline) == (date(2024, 2, 15), date(2024, 12, 31))


def test_days_from_and_to_end_with_the_last():
    [task] = tasks_of("- Kiểm tra việc chấp hành kỷ luật hành chính tại 02 đơn vị từ ngày 10/8 đến ngày 25/8.")
    assert task.deadline == date(2024, 8, 25)


def test_the_matter_before_a_colon_is_no_task():
    first, second = tasks_of("- Đối với việc quá hạn: Phòng Tài chính lập báo cáo; Phòng Vận tải rà soát quy trình.")
    assert [first.lead, second.lead] == ["Phòng Tài chính", "Phòng Vận tải"]


def test_words_that_say_that_the_plan_follows_are_no_task():
    assert tasks_of("- Sở Giao thông xây dựng kế hoạch quý III như sau:\n") == ()


def test_an_order_to_a_unit_leads_what_stands_under_it():
    tasks = tasks_of(
        "a) Tham mưu tổ chức hội nghị.\nb) Kiểm tra việc tiếp công dân.", head="II. NHIỆM VỤ\n1. Giao Sở Nội vụ:\n"
    )
    assert [task.lead for task in tasks] == ["Sở Nội vụ", "Sở Nội vụ"]


def test_a_unit_that_is_given_the_next_clause_leads_it():
    first, second = tasks_of("- Giao Sở Y tế rà soát quy trình; giao Sở Nội vụ theo dõi, tổng hợp kết quả.")
    assert (first.lead, second.lead, second.title) == ("Sở Y tế", "Sở Nội vụ", "Theo dõi, tổng hợp kết quả")


def test_who_does_the_work_may_be_said_after_it():
    [task] = tasks_of("- Vận động hộ dân cài đặt VNeID mức 2, Công an xã thực hiện từ tháng 3 đến tháng 10/2024.")
    assert (task.lead, task.deadline) == ("Công an xã", date(2024, 10, 31))


def test_what_a_unit_is_in_carrying_out_the_plan_is_no_part_of_its_name():
    [task] = tasks_of("- Văn phòng là đơn vị thường trực, theo dõi việc thực hiện.")
    assert (task.lead, task.title) == ("Văn phòng", "Theo dõi việc thực hiện")


def test_who_joins_in_after_the_lead_co_operates():
    [task] = tasks_of("- Văn phòng Sở chủ trì, các phòng phối hợp tổ chức hội nghị đối thoại.")
    assert (task.lead, task.cooperating) == ("Văn phòng Sở", ("các phòng",))


@pytest.mark.parametrize("heading", ["Đội ngũ cán bộ, công chức", "Bộ máy", "Tổ chức bộ máy", "Hội nghị, tập huấn"])
def test_a_heading_that_only_begins_like_a_unit_leads_nothing(heading: str):
    [task] = tasks_of("- Rà soát quy chế làm việc.", head=f"II. NHIỆM VỤ\n1. {heading}\n")
    assert task.lead is None


def test_sections_of_a_part_hold_tasks_and_no_articles():
    text = "PHẦN II\nNHIỆM VỤ\nMục 1. Thể chế\n(1) Rà soát quy định.\nMục 2. Nhân lực\n(1) Cử viên chức đi bồi dưỡng.\n"
    assert len(tasks_of(text, head="Phần I\nMỤC ĐÍCH\nĐể phục vụ tốt hơn.\n")) == 2


def test_a_number_said_only_with_its_time_measures_what_the_last_one_did():
    first, second = tasks_of("- Cung cấp trực tuyến thủ tục cấp phép đạt 80%; hết năm 2024 đạt 100%.")
    assert second.targets[0].subject == first.targets[0].subject != ""
