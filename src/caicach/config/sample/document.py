"""The sample plan as a Word document in the practised layout: a decision, and an appendix table of tasks.

Our own wording of the facts of the 2022 plan; lead units and days of most tasks are made up for demonstration.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

ROWS = Path(__file__).with_name("plan_2022.csv")
FILE_NAME = "ke-hoach-cchc-2022-minh-hoa.docx"

HEADINGS = {
    "the_che": "1. Cải cách thể chế",
    "thu_tuc_hanh_chinh": "2. Cải cách thủ tục hành chính",
    "to_chuc_bo_may": "3. Cải cách tổ chức bộ máy hành chính nhà nước",
    "che_do_cong_vu": "4. Cải cách chế độ công vụ",
    "tai_chinh_cong": "5. Cải cách tài chính công",
    "chinh_phu_so": "6. Xây dựng và phát triển Chính phủ điện tử, Chính phủ số",
    "chi_dao_dieu_hanh": "7. Công tác chỉ đạo, điều hành cải cách hành chính",
}
COLUMNS = ("STT", "Nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành")
_WIDTHS = (14, 86, 52, 44, 44, 28)  # millimetres


def rows() -> list[dict[str, str]]:
    with ROWS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def sample_document() -> bytes:
    """The .docx file."""
    document = Document()
    _page(document)
    _opening(document)
    _table(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(15), Mm(14)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)


def _opening(document: WordDocument) -> None:
    lines = (
        ("BỘ NỘI VỤ", True),
        ("KẾ HOẠCH", True),
        ("Cải cách hành chính năm 2022 của Bộ Nội vụ", True),
        ("(Ban hành kèm theo Quyết định số 1368/QĐ-BNV ngày 31/12/2021 của Bộ trưởng Bộ Nội vụ)", False),
        ("Văn bản minh họa cho bản thử: lời văn, đơn vị và thời hạn do phần mềm đặt ra", False),
    )
    for text, is_bold in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = is_bold


def _table(document: WordDocument) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    field, number = "", 0
    for row in rows():
        if row["field"] != field:
            field, number = row["field"], 0
            head = table.add_row().cells
            head[0].merge(head[-1]).paragraphs[0].add_run(HEADINGS[field]).bold = True
        number += 1
        values: tuple[str, ...] = (f"{list(HEADINGS).index(field) + 1}.{number}", row["title"], row["product"])
        values += (row["lead"], row["cooperating"], row["time"])
        for cell, text in zip(table.add_row().cells, values, strict=True):
            cell.text = text
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=False):
            cell.width = Mm(width)
