"""Texts of plans to import, as short or as long as a test needs them."""

from __future__ import annotations

HEAD = """BỘ NỘI VỤ
KẾ HOẠCH
Cải cách hành chính năm 2022 của Bộ Nội vụ
(Ban hành kèm theo Quyết định số 1368/QĐ-BNV ngày 31/12/2021 của Bộ trưởng Bộ Nội vụ)
II. NHIỆM VỤ
1. Cải cách thể chế
"""
DUTY = (
    "- Rà soát, kiến nghị sửa đổi văn bản quy phạm pháp luật thuộc lĩnh vực số {number} theo Nghị định số "
    "61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ và khoản 2 Điều 5 Chỉ thị số 23/CT-TTg. "
    "Đơn vị chủ trì: Vụ Pháp chế. Đơn vị phối hợp: Văn phòng Bộ. Thời hạn: Quý III/2022.\n"
)


def plan_text(*, duties: int) -> bytes:
    """A text in UTF-8 with so many duties, each one task."""
    return (HEAD + "".join(DUTY.format(number=number) for number in range(1, duties + 1))).encode()
