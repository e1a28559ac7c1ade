"""The product that a clause itself names, whole."""

from __future__ import annotations

import pytest

from caicach.measurement.programme.reading import SourceText, read_plan


@pytest.mark.parametrize(
    ("clause", "product"),
    [
        ("Xây dựng phương án hợp nhất các phòng thuộc chi cục", "Phương án hợp nhất các phòng thuộc chi cục"),
        ("Xây dựng đề án bảo hiểm tự nguyện, nhất là ở xã", "Đề án bảo hiểm tự nguyện"),
        ("Xây dựng kế hoạch khắc phục hạn chế, bảo đảm đúng hạn", "Kế hoạch khắc phục hạn chế"),
        (
            "Soạn thảo, trình Chính phủ ban hành Nghị định về dịch vụ môi trường rừng",
            "Nghị định về dịch vụ môi trường rừng",
        ),
        ("Trình cấp có thẩm quyền phê duyệt Đề án vị trí việc làm", "Đề án vị trí việc làm"),
        (
            "Xây dựng đề án thí điểm mô hình cảng cá trực thuộc tỉnh, khu bến đặc biệt ở nơi có đủ điều kiện",
            "Đề án thí điểm mô hình cảng cá trực thuộc tỉnh, khu bến đặc biệt ở nơi có đủ điều kiện",
        ),
        (
            "Ban hành quy định về tiêu chuẩn chức danh lãnh đạo, quản lý trong các trạm thủy văn",
            "Quy định về tiêu chuẩn chức danh lãnh đạo, quản lý trong các trạm thủy văn",
        ),
        (
            "Hoàn thiện quy định về chế độ đối với viên chức tại viện chuyển đổi hoạt động theo hướng tự chủ",
            "Quy định về chế độ đối với viên chức tại viện chuyển đổi hoạt động theo hướng tự chủ",
        ),
        (
            "Hoàn thiện quy định về tổ chức bến thủy nội địa theo hướng phân định rõ trách nhiệm",
            "Quy định về tổ chức bến thủy nội địa",
        ),
        (
            "Công bố Bảng điểm cải cách hành chính năm 2023 của các chi cục, trạm, hạt kiểm lâm, ban quản lý rừng các"
            " huyện, thị xã, thành phố trực thuộc tỉnh",
            "Bảng điểm cải cách hành chính năm 2023 của các chi cục, trạm, hạt kiểm lâm, ban quản lý rừng các"
            " huyện, thị xã, thành phố trực thuộc tỉnh",
        ),
        ("Xây dựng cơ sở dữ liệu về tàu cá trong các cảng", "Cơ sở dữ liệu về tàu cá trong các cảng"),
        ("Xây dựng cơ sở dữ liệu về tàu cá trong quý II", "Cơ sở dữ liệu về tàu cá"),
        ("Xây dựng kế hoạch bảo đảm an toàn hồ đập, triển khai trong năm 2024", "Kế hoạch bảo đảm an toàn hồ đập"),
        ("Xây dựng, kết nối Hệ thống báo cáo của Cục với hệ thống báo cáo của tỉnh", "Hệ thống báo cáo của Cục"),
        ("Xây dựng, ban hành Quy chế phối hợp với các huyện", "Quy chế phối hợp với các huyện"),
        ("Xây dựng kế hoạch trồng rừng, do Hạt Kiểm lâm chủ trì", "Kế hoạch trồng rừng"),
        ("Xây dựng đề án sắp xếp các trạm, Văn phòng Cục chủ trì, hoàn thành trước 30/6", "Đề án sắp xếp các trạm"),
        ("Xây dựng phần mềm quản lý hồ sơ, tập huấn cho các xã", "Phần mềm quản lý hồ sơ"),
        ("Tổ chức xây dựng kế hoạch trồng rừng", "Kế hoạch trồng rừng"),
        ("Trình Bộ trưởng phê duyệt Đề án (sửa đổi) của Tổng cục", "Đề án (sửa đổi) của Tổng cục"),
        ("Chi cục Kiểm lâm tổ chức tập huấn soạn thảo văn bản cho công chức", None),
        ("Hướng dẫn lập báo cáo cho các xã", None),
        (f"Xây dựng kế hoạch {'trồng rừng ven biển và ' * 30}trồng rừng ven hồ", None),
        ("Rà soát thông tư còn hiệu lực", None),
        ("Trình Bộ trưởng kết quả kiểm tra", None),
    ],
)
def test_the_thing_that_is_made_is_named_whole(clause: str, product: str | None):
    text = f"II. NHIỆM VỤ\n1. Cải cách thể chế\n- {clause}."
    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert task.product == product
