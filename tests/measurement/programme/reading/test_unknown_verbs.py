"""Clauses whose verb no list knows: who leads them is told only where a name ends for certain."""

from __future__ import annotations

import pytest

from caicach.measurement.programme.reading import NamedUnit, ReadTask, SourceText, UnitNames, read_plan

HEAD = "II. NHIỆM VỤ\n1. Cải cách thể chế\n"
UNITS = UnitNames([NamedUnit("PC", "Vụ Pháp chế"), NamedUnit("CL", "Phòng Quản lý chất lượng")])


def tasks_of(text: str, units: UnitNames | None = None) -> tuple[ReadTask, ...]:
    return read_plan(SourceText(HEAD + text), units=units, plan_year=2022).tasks


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("- Vụ Pháp chế vi chỉnh toàn bộ quy trình.", "Vụ Pháp chế"),
        ("- Vụ Pháp chế vi chỉnh quy trình xét tặng, đề xuất sửa đổi.", "Vụ Pháp chế"),
        ("- Phòng Quản lý chất lượng vi chỉnh các bước kiểm tra hồ sơ.", "Phòng Quản lý chất lượng"),
    ],
)
def test_a_unit_of_the_organisation_leads_what_follows_its_name(text: str, lead: str):
    [task] = tasks_of(text, UNITS)
    assert task.lead == lead
    assert "no_verb" in task.notes
    assert not task.title.startswith(lead)


@pytest.mark.parametrize(
    "text",
    [
        "- Vụ Pháp chế đã vi chỉnh toàn bộ quy trình.",
        "- Vụ Pháp chế là nơi tiếp nhận toàn bộ quy trình.",
    ],
)
def test_what_a_unit_is_or_did_gives_it_no_work(text: str):
    assert [task for task in tasks_of(text, UNITS) if task.lead] == []


@pytest.mark.parametrize(
    "text",
    [
        "- Vụ Pháp chế hiệu trắc các quy trình xét tặng, đề xuất sửa đổi.",
        "- Sở Tư pháp vi chỉnh toàn bộ quy trình kiểm tra văn bản.",
        "- Vụ Pháp chế vi chỉnh hồ sơ đầu vào của đơn vị.",
    ],
)
def test_of_an_unknown_name_and_an_unknown_verb_no_lead_is_guessed(text: str):
    [task] = tasks_of(text)
    assert task.lead is None


@pytest.mark.parametrize(
    "elsewhere",
    [
        "- Rà soát văn bản (Vụ Pháp chế).",
        "- Vụ Pháp chế chủ trì rà soát văn bản.",
        "- Rà soát văn bản.\nĐơn vị chủ trì: Vụ Pháp chế",
    ],
    ids=["brackets", "leads", "label"],
)
def test_a_name_that_stands_alone_elsewhere_is_known(elsewhere: str):
    first, _ = tasks_of(f"- Vụ Pháp chế vi chỉnh hồ sơ đầu vào của đơn vị.\n{elsewhere}")
    assert (first.lead, first.title) == ("Vụ Pháp chế", "Vi chỉnh hồ sơ đầu vào của đơn vị")


def test_a_longer_name_is_another_unit():
    first, _ = tasks_of("- Vụ Pháp chế và Hợp tác vi chỉnh hồ sơ đầu vào.\n- Rà soát văn bản (Vụ Pháp chế).")
    assert first.lead is None


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("- Ban Quản lý các khu công nghiệp rà soát thủ tục đầu tư.", "Ban Quản lý các khu công nghiệp"),
        ("- Vụ Kế hoạch - Tài chính bố trí kinh phí.", "Vụ Kế hoạch - Tài chính"),
        ("- Chi nhánh Văn phòng Đăng ký đất đai rút ngắn thời gian.", "Chi nhánh Văn phòng Đăng ký đất đai"),
        ("- Phòng Quản lý công trình tính lại thời gian giải quyết.", "Phòng Quản lý công trình"),
        ("a) Phòng Pháp chế -\nTổng hợp biên tập bộ\ncâu hỏi về đê điều.", "Phòng Pháp chế - Tổng hợp"),
        ("- Chi cục Đê điều và Phòng, chống\nthiên tai rà soát quy định.", "Chi cục Đê điều và Phòng, chống thiên tai"),
        ("- Mặt trận Tổ quốc và các đoàn thể giám sát việc thực hiện.", "Mặt trận Tổ quốc"),
    ],
)
def test_the_names_of_more_kinds_of_units_end_before_their_work(text: str, lead: str):
    [task] = tasks_of(text)
    assert task.lead == lead


@pytest.mark.parametrize(
    ("clause", "title"),
    [
        ("Luân phiên vị trí công tác của công chức", "Luân phiên vị trí công tác của công chức"),
        ("Vụ Pháp chế thẩm tra hồ sơ trình", "Thẩm tra hồ sơ trình"),
        ("Vụ Pháp chế phân khai chỉ tiêu đến từng đơn vị", "Phân khai chỉ tiêu đến từng đơn vị"),
        ("Vụ Pháp chế xin ý kiến các đơn vị về dự thảo", "Xin ý kiến các đơn vị về dự thảo"),
        ("Vụ Pháp chế chỉnh sửa dự thảo", "Chỉnh sửa dự thảo"),
        ("Vụ Pháp chế đốc thúc các đơn vị chậm", "Đốc thúc các đơn vị chậm"),
        ("Vụ Pháp chế nghiêm cấm việc thu thêm giấy tờ", "Nghiêm cấm việc thu thêm giấy tờ"),
    ],
)
def test_verbs_of_administrative_prose_are_known(clause: str, title: str):
    [task] = tasks_of(f"- {clause}.")
    assert task.title == title
    assert "no_verb" not in task.notes


def test_what_acts_on_nothing_is_listed_and_no_duty():
    [task] = tasks_of("- Rà soát thủ tục thuộc ba lĩnh vực đất đai, xây dựng, hộ tịch trước 30/6.")
    assert str(task.deadline) == "2022-06-29"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("b) Thi hành pháp luật:\n- Rà soát văn bản.\n- Lập danh mục.", ["Rà soát văn bản", "Lập danh mục"]),
        (
            "- Sở Tài chính thẩm định kinh phí; Kho bạc Nhà nước tỉnh kiểm soát chi; Cục Thuế đối soát nghĩa vụ thuế.",
            ["Thẩm định kinh phí", "Kiểm soát chi", "Đối soát nghĩa vụ thuế"],
        ),
        (
            "- Không phát sinh hồ sơ trễ hạn; không yêu cầu dân nộp giấy tờ đã có trong cơ sở dữ liệu.",
            ["Không phát sinh hồ sơ trễ hạn", "Không yêu cầu dân nộp giấy tờ đã có trong cơ sở dữ liệu"],
        ),
        ("- Sở Khoa học áp dụng ISO 9001:2015 tại các xã.", ["Áp dụng ISO 9001:2015 tại các xã"]),
        ("- Xong trước 30/9: số hóa hồ sơ đất đai.", ["Số hóa hồ sơ đất đai"]),
        ("- Sở Nội vụ và Sở Tài chính đồng chủ trì xây dựng đề án.", ["Xây dựng đề án"]),
    ],
)
def test_duties_of_several_styles_are_told_apart(text: str, titles: list[str]):
    assert [task.title for task in tasks_of(text)] == titles
