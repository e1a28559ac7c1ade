"""Units before their verb, without "chủ trì" and without a list of units: the name ends where the work begins."""

from __future__ import annotations

import pytest

from caicach.measurement.programme.reading import ReadTask, SourceText, read_plan


def tasks_of(item: str) -> tuple[ReadTask, ...]:
    return read_plan(SourceText(f"II. NHIỆM VỤ\n1. Cải cách thể chế\n- {item}"), units=None, plan_year=2022).tasks


@pytest.mark.parametrize(
    ("name", "work"),
    [
        ("Phòng Kiểm tra văn bản", "báo cáo kết quả rà soát"),
        ("Phòng Kiểm tra văn bản", "có trách nhiệm rà soát thông tư"),
        ("Ban Quản lý dự án", "rà soát danh mục đầu tư công"),
        ("Trung tâm Kiểm định chất lượng xây dựng", "tổ chức tập huấn nghiệp vụ"),
        ("Văn phòng Đăng ký đất đai", "số hóa hồ sơ địa chính"),
        ("Phòng Theo dõi thi hành pháp luật", "tổng hợp báo cáo quý"),
        ("Phòng Quản lý văn bản và điều hành", "số hóa hồ sơ"),
        ("Phòng Đào tạo, bồi dưỡng", "mở lớp tập huấn"),
        ("Tổ Công tác cải cách hành chính", "kiểm tra các đơn vị"),
        ("Tổ Công tác", "rà soát danh mục thủ tục"),
        ("Trung tâm Chuyển đổi số", "nâng cấp hệ thống một cửa"),
        ("Giám đốc Trung tâm Chuyển đổi số", "báo cáo tiến độ hằng tháng"),
        ("Cục Công nghệ thông tin", "triển khai xây dựng cơ sở dữ liệu"),
        ("Tổng cục Thi hành án dân sự", "rà soát quy trình"),
        ("Viện Khoa học tổ chức nhà nước", "rà soát quy chế"),
        ("Ban Quản lý Khu kinh tế Tây Sơn và các Khu công nghiệp", "rà soát thủ tục"),
        ("Thanh tra Sở", "thanh tra trách nhiệm của ba đơn vị"),
        ("Hội đồng Thi đua - Khen thưởng", "xem xét danh sách đề nghị"),
    ],
)
def test_the_name_of_an_unknown_unit_ends_before_its_work(name: str, work: str):
    [task] = tasks_of(f"{name} {work}.")
    assert task.lead == name
    assert task.title.lower() == work.removeprefix("có trách nhiệm ")


@pytest.mark.parametrize(
    ("name", "work"),
    [
        ("Sở Nội vụ", "đào tạo bồi dưỡng cán bộ cấp xã"),
        ("Sở Xây dựng", "rà soát bổ sung quy hoạch đô thị"),
        ("Sở Tài chính", "tổng hợp báo cáo của các đơn vị"),
        ("Phòng Tư pháp", "theo dõi thi hành pháp luật về xử lý vi phạm"),
        ("Phòng Tổng hợp", "rà soát quy chế làm việc"),
        ("Sở Kế hoạch và Đầu tư", "xây dựng kế hoạch cải thiện môi trường kinh doanh"),
        ("Phòng Tài chính - Kế hoạch", "quản lý sử dụng kinh phí đúng quy định"),
        ("Cục Thuế tỉnh", "cải cách thủ tục thuế"),
    ],
)
def test_two_verbs_in_a_row_are_both_work_of_a_unit_whose_name_is_whole(name: str, work: str):
    [task] = tasks_of(f"{name} {work}.")
    assert (task.lead, task.title.lower()) == (name, work)


def test_each_clause_has_its_own_unit():
    tasks = tasks_of("Ban Quản lý dự án rà soát danh mục; Phòng Theo dõi thi hành pháp luật tổng hợp báo cáo quý.")
    assert [task.lead for task in tasks] == ["Ban Quản lý dự án", "Phòng Theo dõi thi hành pháp luật"]


def test_units_that_only_co_operate_keep_their_whole_names():
    [task] = tasks_of(
        "Rà soát danh mục (Phòng Kiểm tra văn bản chủ trì; Trung tâm Công nghệ thông tin, Ban Quản lý dự án phối hợp)."
    )
    assert task.lead == "Phòng Kiểm tra văn bản"
    assert set(task.cooperating) == {"Trung tâm Công nghệ thông tin", "Ban Quản lý dự án"}
