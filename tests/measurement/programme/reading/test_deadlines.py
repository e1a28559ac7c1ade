"""By when: from the clause, its sentence, labels and headings. The last day on time, or null."""

from __future__ import annotations

from datetime import date

import pytest

from caicach.measurement.programme.reading import ReadTask, SourceText, read_plan


def tasks_of(text: str, plan_year: int | None = 2022) -> tuple[ReadTask, ...]:
    return read_plan(SourceText(text), units=None, plan_year=plan_year).tasks


@pytest.mark.parametrize(
    ("sentence", "last_day"),
    [
        ("Rà soát văn bản trước ngày 20/11/2022.", date(2022, 11, 19)),
        ("Rà soát văn bản trước 0 giờ ngày 01/7/2022.", date(2022, 6, 30)),
        ("Vụ Pháp chế hoàn thành việc rà soát văn bản trước 0 giờ ngày 01/01/2023.", date(2022, 12, 31)),
        ("Rà soát văn bản trước 15 giờ ngày 01/7/2022.", date(2022, 7, 1)),
        ("Rà soát văn bản, hoàn thành trong quý III.", date(2022, 9, 30)),
        ("Rà soát văn bản (hoàn thành trong tháng 6).", date(2022, 6, 30)),
        ("Trong năm 2022, rà soát toàn bộ văn bản.", date(2022, 12, 31)),
        ("Chậm nhất ngày 15/10/2022, gửi báo cáo rà soát.", date(2022, 10, 15)),
        ("Triển khai Kế hoạch chuyển đổi số giai đoạn 2021 - 2025, định hướng đến năm 2030.", None),
        ("Công bố Chỉ số cải cách hành chính năm 2022.", None),
        ("Thực hiện Quyết định số 28/QĐ-TTg ngày 12/7/2022 về văn bản điện tử.", None),
        ("Rà soát văn bản đã ban hành trước năm 2015.", None),
    ],
)
def test_the_last_day_on_time(sentence: str, last_day: date | None):
    (task,) = tasks_of(sentence)
    assert task.deadline == last_day


def test_work_that_recurs_has_no_day():
    (task,) = tasks_of("Báo cáo kết quả cải cách hành chính hằng quý.")
    assert (task.deadline, task.recurrence) == (None, "quarterly")


def test_a_label_under_a_task_sets_its_time():
    text = (
        "II. NHIỆM VỤ\n1. Cải cách thể chế\n1.1. Rà soát văn bản.\n- Thời gian hoàn thành: Quý II/2022\n"
        "1.2. Lập danh mục."
    )
    assert [task.deadline for task in tasks_of(text)] == [date(2022, 6, 30), None]


def test_a_heading_sets_the_time_of_what_stands_under_it():
    text = (
        "I. MỤC TIÊU ĐẾN NĂM 2025\n- Nâng cao chất lượng phục vụ.\n"
        "II. NHIỆM VỤ QUÝ I\n1. Cải cách thể chế\n- Lập danh mục văn bản."
    )
    assert [(task.deadline, "deadline_from_heading" in task.notes) for task in tasks_of(text)] == [
        (date(2025, 12, 31), True),
        (date(2022, 3, 31), True),
    ]


def test_an_aim_with_a_number_is_due_by_the_end_of_the_plans_year():
    (task,) = tasks_of("I. MỤC TIÊU\n1. 90% hồ sơ được giải quyết đúng hạn.")
    assert (task.deadline, task.kind) == (date(2022, 12, 31), "objective")
    assert "deadline_from_plan_year" in task.notes


@pytest.mark.parametrize(
    ("sentence", "last_day"),
    [
        ("Vụ Pháp chế xây dựng Thông tư hướng dẫn trong quý III/2022.", date(2022, 9, 30)),
        ("Vụ Pháp chế xây dựng Thông tư hướng dẫn, hoàn thành trong quý III/2022.", date(2022, 9, 30)),
        ("Trung tâm Thông tin trang bị máy tính trước ngày 30/6/2022.", date(2022, 6, 29)),
        ("Các phòng gửi số liệu chậm nhất ngày 15/11/2022.", date(2022, 11, 15)),
    ],
)
@pytest.mark.parametrize("head", ["", "II. NHIỆM VỤ\n1. "], ids=["prose", "plan"])
def test_a_unit_given_a_time_has_a_task_even_where_no_word_orders(head: str, sentence: str, last_day: date):
    (task,) = tasks_of(f"{head}{sentence}")
    assert task.deadline == last_day


@pytest.mark.parametrize(
    "sentence",
    [
        "Bộ Nội vụ tổ chức Hội nghị tổng kết trong tháng 12/2021.",
        "Sở Nội vụ đã trình Đề án trong quý II/2022.",
        "Văn phòng Bộ tổ chức thi tuyển công chức hằng năm.",
    ],
)
def test_news_of_a_unit_is_no_task(sentence: str):
    assert tasks_of(sentence) == ()


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Rà soát văn bản trong quý II; lập danh mục trước ngày 01/6/2024.", 2024),
        ("Rà soát văn bản ban hành trước năm 2015; lập danh mục trong quý III năm 2023.", 2023),
        ("Rà soát Nghị định số 61/2018/NĐ-CP ngày 23/4/2018; công bố trước 30/6/2021.", 2021),
        ("Nhiệm vụ năm 2022: rà soát văn bản trước ngày 31/01/2023 và trước ngày 28/02/2023.", 2022),
        ("Số: 15/QĐ-BNV\nHà Nội, ngày 30 tháng 12 năm 2021\nRà soát văn bản trong quý II/2022.", 2022),
    ],
)
def test_the_year_comes_from_the_text(text: str, year: int):
    read = read_plan(SourceText(text), units=None)
    assert read.plan_year == year
    assert not {"no_plan_year", "year_assumed"} & {warning.code for warning in read.warnings}


def test_a_text_without_a_year_takes_the_one_given_for_it_and_says_so():
    text = "Rà soát văn bản trong quý II; lập danh mục."
    unknown = read_plan(SourceText(text), units=None)
    assert [task.deadline for task in unknown.tasks] == [None, None]
    assert "no_plan_year" in [warning.code for warning in unknown.warnings]

    assumed = read_plan(SourceText(text), units=None, year_otherwise=2023)
    assert [task.deadline for task in assumed.tasks] == [date(2023, 6, 30), None]
    assert [w.parameters for w in assumed.warnings if w.code == "year_assumed"] == [(("year", "2023"),)]


@pytest.mark.parametrize(
    ("term", "last_day"),
    [
        ("trong vòng 30 ngày kể từ ngày ban hành Kế hoạch này", date(2022, 2, 7)),  # 04/02 is of Tết: BLDS, Điều 148
        ("trong thời hạn 5 ngày làm việc kể từ ngày ký", date(2022, 1, 12)),
    ],
)
def test_a_term_counts_from_the_day_on_which_the_plan_was_signed(term: str, last_day: date):
    text = (
        "BỘ NỘI VỤ\nSố: 12/QĐ-BNV\nHà Nội, ngày 05 tháng 01 năm 2022\nKẾ HOẠCH\nCải cách hành chính năm 2022\n"
        f"I. NHIỆM VỤ\n1. Cải cách thể chế\n- Các đơn vị lập danh mục văn bản {term}."
    )
    [task] = tasks_of(text)
    assert task.deadline == last_day


@pytest.mark.parametrize(
    ("sentence", "last_day"),
    [
        ("Rà soát văn bản trong thời hạn 30 ngày kể từ ngày 15/3/2022.", date(2022, 4, 14)),
        ("Trong thời hạn 30 ngày kể từ ngày 15/3/2022, rà soát văn bản.", date(2022, 4, 14)),
        ("Rà soát văn bản trong vòng 15 ngày từ ngày 01/6.", date(2022, 6, 16)),
        ("Rà soát văn bản trong thời hạn 10 ngày làm việc, kể từ ngày 15 tháng 3 năm 2022.", date(2022, 3, 29)),
        ("Rà soát văn bản trong thời hạn 02 tháng tính từ 01/01/2022.", date(2022, 3, 1)),
        ("Rà soát văn bản trong thời hạn 10 ngày kể từ ngày 20/4/2022.", date(2022, 5, 4)),
        ("Rà soát văn bản chậm nhất 05 ngày làm việc trước ngày 20/11/2022.", date(2022, 11, 14)),
        ("Rà soát văn bản trong 30 ngày, kể từ ngày Luật có hiệu lực (ngày 01/7/2022).", date(2022, 8, 1)),
    ],
    ids=["days", "first", "no year", "working days", "months", "ends on a day off", "counted back", "day of an event"],
)
def test_a_term_from_a_day_in_the_text_has_a_last_day(sentence: str, last_day: date):
    (task,) = tasks_of(sentence)
    assert task.deadline == last_day
    assert "term_start_unknown" not in task.notes


@pytest.mark.parametrize(
    "sentence",
    [
        "Rà soát văn bản trong thời hạn 30 ngày kể từ ngày Nghị định có hiệu lực.",
        "Rà soát văn bản trong thời hạn 10 ngày kể từ ngày ký.",
        "Rà soát văn bản trong 15 ngày làm việc.",
    ],
)
def test_a_term_from_a_day_that_nobody_knows_has_none_and_says_so(sentence: str):
    reading = read_plan(SourceText(f"II. NHIỆM VỤ\n1. Cải cách thể chế\n- {sentence}"), units=None, plan_year=2022)
    (task,) = reading.tasks
    assert (task.deadline, "term_start_unknown" in task.notes) == (None, True)
    (warning,) = [warning for warning in reading.warnings if warning.code == "terms_without_start"]
    assert (warning.start, warning.end) == (task.start, task.end)


def test_a_term_from_a_day_without_a_year_waits_for_the_year():
    (task,) = tasks_of("II. NHIỆM VỤ\n1. Thể chế\n- Rà soát văn bản trong vòng 15 ngày từ ngày 01/6.", plan_year=None)
    assert task.deadline is None


@pytest.mark.parametrize(
    ("sentence", "last_day", "first_day"),
    [
        ("Đưa phần mềm một cửa vào sử dụng từ ngày 01/7/2022.", date(2022, 7, 1), None),
        ("Chính thức vận hành Trung tâm từ ngày 01 tháng 9.", date(2022, 9, 1), None),
        ("Chấm dứt việc nhận hồ sơ giấy từ 01/10/2022.", date(2022, 10, 1), None),
        ("Tiếp nhận hồ sơ trực tuyến từ ngày 01/3/2022.", None, date(2022, 3, 1)),
        ("Báo cáo hằng tháng từ ngày 01/4/2022.", None, date(2022, 4, 1)),
        ("Đưa kho dữ liệu vào vận hành từ quý III.", None, None),
        ("Đưa phần mềm vào vận hành trước ngày 01/7/2022.", date(2022, 6, 30), None),
        ("Hoàn thiện phần mềm để đưa vào sử dụng từ ngày 01/9/2022.", None, date(2022, 9, 1)),
        ("Xây dựng Thông tư hướng dẫn Luật Căn cước có hiệu lực từ ngày 01/7/2022.", None, None),
        ("Trình ban hành Quyết định, có hiệu lực từ ngày 01/8/2022.", None, None),
        ("Đưa phần mềm vào sử dụng từ ngày 31/02/2022.", None, None),
    ],
)
def test_a_day_from_which_work_is_to_be_so(sentence: str, last_day: date | None, first_day: date | None):
    (task,) = tasks_of(f"II. NHIỆM VỤ\n1. Cải cách thủ tục hành chính\n- {sentence}")
    assert (task.deadline, task.starts_on) == (last_day, first_day)
