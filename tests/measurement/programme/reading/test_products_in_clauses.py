"""The product that a clause itself names, whole."""

from __future__ import annotations

import pytest

from caicach.measurement.programme.reading import SourceText, read_plan


@pytest.mark.parametrize(
    ("clause", "product"),
    [
        ("Xây dựng phương án hợp nhất các phòng thuộc chi cục", "Phương án hợp nhất các phòng"),
        ("Xây dựng đề án bảo hiểm tự nguyện, nhất là ở xã", "Đề án bảo hiểm tự nguyện"),
        ("Xây dựng kế hoạch khắc phục hạn chế, bảo đảm đúng hạn", "Kế hoạch khắc phục hạn chế"),
        (
            "Soạn thảo, trình Chính phủ ban hành Nghị định về dịch vụ môi trường rừng",
            "Nghị định về dịch vụ môi trường rừng",
        ),
        ("Trình cấp có thẩm quyền phê duyệt Đề án vị trí việc làm", "Đề án vị trí việc làm"),
        ("Rà soát thông tư còn hiệu lực", None),
        ("Trình Bộ trưởng kết quả kiểm tra", None),
    ],
)
def test_the_thing_that_is_made_is_named_whole(clause: str, product: str | None):
    text = f"II. NHIỆM VỤ\n1. Cải cách thể chế\n- {clause}."
    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert task.product == product
