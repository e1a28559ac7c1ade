"""Numbers to reach, and numbers that are none."""

from __future__ import annotations

import pytest

from caicach.measurement.programme.reading import SourceText, read_plan
from caicach.measurement.programme.reading.targets import targets_in
from caicach.measurement.programme.reading.words import lowered

TARGETS = [
    ("Số hóa 60% kết quả còn hiệu lực", "Số hóa kết quả còn hiệu lực", "=", 60, "%"),
    ("Tỷ lệ hồ sơ trực tuyến đạt từ 30% trở lên", "Tỷ lệ hồ sơ trực tuyến", ">=", 30, "%"),
    ("Mức độ hài lòng đạt hơn 83%", "Mức độ hài lòng", ">", 83, "%"),
    ("tối thiểu 80% văn bản được ký số", "Văn bản được ký số", ">=", 80, "%"),
    ("giảm tối thiểu 2,5% biên chế so với năm 2021", "Giảm biên chế", ">=", 2.5, "%"),
    ("không quá 5% hồ sơ trễ hạn", "Hồ sơ trễ hạn", "<=", 5, "%"),
    ("không để hồ sơ trễ hạn quá 1%", "Hồ sơ trễ hạn", "<=", 1, "%"),
    ("dưới 3% hồ sơ phải bổ sung", "Hồ sơ phải bổ sung", "<", 3, "%"),
    ("Mức độ hài lòng đạt 92% - 95%", "Mức độ hài lòng", "between", 92, "%"),
    ("tỷ lệ này đạt từ 80 đến 90%", "Tỷ lệ này", "between", 80, "%"),
    ("rút ngắn thời gian giải quyết từ 15 ngày xuống 10 ngày", "Rút ngắn thời gian giải quyết", "=", 10, "ngày"),
    ("nâng tỷ lệ ký số từ 85% lên 90%", "Nâng tỷ lệ ký số", "=", 90, "%"),
    ("kiểm tra ít nhất 05 đơn vị", "Kiểm tra đơn vị", ">=", 5, "đơn vị"),
    ("giảm 5 cơ quan chuyên môn", "Giảm cơ quan chuyên môn", "=", 5, "cơ quan"),
    ("Chỉ số cải cách trong nhóm 10 tỉnh dẫn đầu", "Chỉ số cải cách", "<=", 10, "hạng"),
    ("tăng ít nhất 3 bậc xếp hạng PAR INDEX", "Tăng xếp hạng PAR INDEX", ">=", 3, "bậc"),
    (
        "100% hồ sơ được tiếp nhận, giải quyết trực tuyến, hoàn thành trong quý II",
        "Hồ sơ được tiếp nhận, giải quyết trực tuyến",
        "=",
        100,
        "%",
    ),
    ("100% cơ quan cấp tỉnh, cấp huyện dùng chữ ký số", "Cơ quan cấp tỉnh, cấp huyện dùng chữ ký số", "=", 100, "%"),
    ("chủ trì kiểm tra ủy quyền tại ít nhất 05 đơn vị", "Kiểm tra ủy quyền đơn vị", ">=", 5, "đơn vị"),
    ("Tỷ lệ hồ sơ trực tuyến: trên 70%", "Tỷ lệ hồ sơ trực tuyến", ">", 70, "%"),
    ("thời gian chờ không quá 15 phút/lượt", "Thời gian chờ", "<=", 15, "phút"),
    ("đến hết tháng 6 năm 2026, 100% công chức xã dùng chữ ký số", "Công chức xã dùng chữ ký số", "=", 100, "%"),
    ("cử 15 công chức đi đào tạo", "Cử công chức đi đào tạo", "=", 15, "công chức"),
    ("Hoàn thành 100 % việc rà soát trước 30/6", "Hoàn thành việc rà soát", "=", 100, "%"),
    ("Không để quá 5% hồ sơ trễ hạn", "Hồ sơ trễ hạn", "<=", 5, "%"),
    ("xây dựng 10 quy trình nội bộ", "Xây dựng quy trình nội bộ", "=", 10, "quy trình"),
    ("đạt ≥ 95% hồ sơ đúng hạn", "Hồ sơ đúng hạn", ">=", 95, "%"),
    ("cử từ 10 đến 15 công chức đi học", "Cử công chức đi học", "between", 10, "công chức"),
    ("tuyển 10-12 viên chức kỹ thuật", "Tuyển viên chức kỹ thuật", "between", 10, "viên chức"),
    ("giảm 10-15% chi phí tuân thủ", "Giảm chi phí tuân thủ", "between", 10, "%"),
    ("xử lý từ 20 đến dưới 30% hồ sơ tồn", "Xử lý hồ sơ tồn", "between", 20, "%"),
    ("hồ sơ trả qua bưu chính đạt tỷ lệ 90%", "Hồ sơ trả qua bưu chính", "=", 90, "%"),
    (
        "niêm yết, công khai 42 thủ tục hành chính",
        "Niêm yết, công khai thủ tục hành chính",
        "=",
        42,
        "thủ tục hành chính",
    ),
    ("đề xuất bãi bỏ 04 thông tư", "Đề xuất bãi bỏ thông tư", "=", 4, "thông tư"),
    ("mỗi đơn vị có từ 02 đến 03 sáng kiến", "Mỗi đơn vị sáng kiến", "between", 2, "sáng kiến"),
]


@pytest.mark.parametrize(("clause", "subject", "operator", "value", "unit"), TARGETS, ids=[row[0] for row in TARGETS])
def test_a_target_is_read_with_its_operator(clause: str, subject: str, operator: str, value: object, unit: str):
    (target,) = targets_in(clause, lowered(clause), 0, len(clause), plan_year=2024)
    assert target.as_json()["value"] == value
    assert (target.subject, target.operator.value, target.unit) == (subject, operator, unit)


@pytest.mark.parametrize(
    "clause",
    [
        "ứng dụng AI, IoT trong 7 nhóm nhiệm vụ",
        "theo Điều 5 khoản 2 của quy định",
        "giải quyết trong thời hạn 5 ngày làm việc kể từ ngày nhận hồ sơ",
        "dịch vụ công mức độ 3, mức độ 4",
        "áp dụng ISO 9001:2015 phiên bản 2.0",
        "triển khai giai đoạn 2021 - 2025",
        "duy trì kết quả của năm trước (năm 2023 đạt 85%)",
        "tiếp tục giữ tỷ lệ 90% năm 2023",
        "kế hoạch giai đoạn 2021 - 2025 cơ quan đã ban hành",
        "theo Điều 10-12 công chức được hưởng",
        "theo kết quả của 42 thủ tục",
    ],
)
def test_other_numbers_are_no_targets(clause: str):
    assert targets_in(clause, lowered(clause), 0, len(clause), plan_year=2024) == []


def test_the_year_compared_with_is_kept():
    clause = "giảm 10% số đơn vị so với năm 2021"
    (target,) = targets_in(clause, lowered(clause), 0, len(clause), plan_year=2025)
    assert target.baseline == "2021"


def test_several_targets_of_one_clause_keep_their_own_subjects():
    clause = "tỷ lệ đúng hạn đạt 98%, tỷ lệ trực tuyến đạt trên 70%"
    found = targets_in(clause, lowered(clause), 0, len(clause), plan_year=2025)
    assert [(target.subject, target.operator.value) for target in found] == [
        ("Tỷ lệ đúng hạn", "="),
        ("Tỷ lệ trực tuyến", ">"),
    ]


def test_a_measure_after_a_comma_is_another_one():
    clause = "100% hồ sơ được số hóa, trong đó 50% hồ sơ được dùng lại, tăng 20% hồ sơ trực tuyến"
    found = targets_in(clause, lowered(clause), 0, len(clause), plan_year=2025)
    assert [target.subject for target in found] == ["Hồ sơ được số hóa", "Hồ sơ được dùng lại", "Tăng hồ sơ trực tuyến"]


def test_words_between_two_measures_are_of_the_first():
    clause = "90% văn bản trao đổi giữa các đơn vị có ký số, 60% hồ sơ công việc được xử lý trên mạng"
    found = targets_in(clause, lowered(clause), 0, len(clause), plan_year=2025)
    assert [target.subject for target in found] == [
        "Văn bản trao đổi giữa các đơn vị có ký số",
        "Hồ sơ công việc được xử lý trên mạng",
    ]


def test_a_further_number_of_the_same_measure_keeps_its_subject():
    text = "II. NHIỆM VỤ\n1. Cải cách thủ tục hành chính\n- Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 85%, phấn đấu 90%."
    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert [(one.subject, one.operator.value, one.value) for one in task.targets] == [
        ("Tỷ lệ hồ sơ trực tuyến", ">=", 85),
        ("Tỷ lệ hồ sơ trực tuyến", "=", 90),
    ]


def test_a_limit_holds_for_the_second_number_of_its_verb():
    text = "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Cắt giảm ít nhất 10% quy định và 10% chi phí tuân thủ quy định."
    tasks = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert [(one.subject, one.operator.value) for task in tasks for one in task.targets] == [
        ("Cắt giảm quy định", ">="),
        ("Cắt giảm chi phí tuân thủ quy định", ">="),
    ]


@pytest.mark.parametrize(
    ("item", "subject", "values"),
    [
        ("Lộ trình tinh giản: năm 2024 giảm 02 phòng, năm 2025 giảm 03 phòng.", "Giảm phòng", [2, 3]),
        ("Số hóa kết quả: năm 2024 đạt 60%; năm 2025 đạt 80%.", "Số hóa kết quả", [60, 80]),
    ],
)
def test_stages_over_years_are_one_task_whose_numbers_have_their_years(item: str, subject: str, values: list[int]):
    text = f"II. NHIỆM VỤ\n1. Cải cách tổ chức bộ máy\n- {item}"
    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert str(task.deadline) == "2025-12-31"
    assert "several_deadlines" in task.notes
    stages = [target.as_json() for target in task.targets]
    assert [(one["subject"], one["value"], one["due"]) for one in stages] == [
        (subject, values[0], "2024-12-31"),
        (subject, values[1], "2025-12-31"),
    ]


def test_a_label_with_stages_sets_the_time_of_the_last():
    text = "II. NHIỆM VỤ\n1. Cải cách tổ chức bộ máy\n- Sắp xếp các phòng. Lộ trình: năm 2024 giảm 2, năm 2025 giảm 3."
    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert (str(task.deadline), task.targets) == ("2025-12-31", ())


def test_numbers_of_one_year_are_no_stages():
    text = "II. NHIỆM VỤ\n1. Cải cách tổ chức bộ máy\n- Năm 2024 giảm 02 phòng, giảm 03 chi cục."
    for task in read_plan(SourceText(text), units=None, plan_year=2024).tasks:
        assert all("due" not in target.as_json() for target in task.targets)
