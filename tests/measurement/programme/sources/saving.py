"""One plan in our own words, saved as Word, Excel, PDF and plain text, to be read back alike."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
import openpyxl
import typst
from docx.shared import Cm

HEADINGS = ["STT", "Nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Thời hạn"]
ROWS = [
    ["1", "Rà soát thủ tục hành chính nội bộ", "Danh mục thủ tục", "Văn phòng Bộ", "Quý II/2022"],
    ["2", "Tập huấn chấm điểm chỉ số cải cách", "Lớp tập huấn", "Vụ Cải cách hành chính", "trước ngày 15/10/2022"],
    ["3", "Nâng cấp hệ thống báo cáo", "Hệ thống vận hành", "Trung tâm Thông tin", "Tháng 9"],
]
LINES = [
    "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2022",
    "I. MỤC ĐÍCH",
    "1. Giữ nhịp cải cách của cả năm, để mỗi đơn vị biết việc của mình, biết ai phối hợp, biết ngày nào phải xong và "
    "biết kết quả nào được coi là đạt.",
    "2. Gắn từng việc với một sản phẩm kiểm chứng được.",
    "II. NHIỆM VỤ",
    "1. Cải cách thể chế",
    "a) Hoàn thành 100% văn bản theo chương trình công tác; các đơn vị gửi dự thảo về Vụ Pháp chế trước ngày "
    "20/11/2022, kèm báo cáo đánh giá tác động và bản tổng hợp, giải trình ý kiến góp ý của các cơ quan có liên quan "
    "theo đúng quy định tại Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 của Chính phủ.",
    "b) Theo dõi thi hành pháp luật trong lĩnh vực tổ chức bộ máy giai đoạn 2021-2025.",
    "2. Cải cách thủ tục hành chính",
    "- Số hóa ít nhất 60% kết quả giải quyết còn hiệu lực.",
    "- Công khai kết quả xử lý phản ánh, kiến nghị trên Cổng Dịch vụ công trong thời hạn 05 ngày làm việc, tính từ "
    "ngày có kết quả; đơn vị nào chậm thì giải trình bằng văn bản với Bộ trưởng.",
    "III. TỔ CHỨC THỰC HIỆN",
    "Các đơn vị báo cáo kết quả hằng quý về Vụ Cải cách hành chính để tổng hợp.",
]


@dataclass(frozen=True)
class Plan:
    lines: Sequence[str]
    rows: Sequence[Sequence[str]] = ()

    def as_text(self) -> bytes:
        table = ["\t".join(row) for row in self.rows]
        return "\n".join([*self.lines, *table]).encode()

    def as_word(self) -> bytes:
        document = docx.Document()
        for line in self.lines:
            paragraph = document.add_paragraph(line)
            paragraph.paragraph_format.first_line_indent = Cm(1)
        if self.rows:
            table = document.add_table(len(self.rows), len(self.rows[0]))
            for cells, row in zip(table.rows, self.rows, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
        content = io.BytesIO()
        document.save(content)
        return content.getvalue()

    def as_excel(self) -> bytes:
        book = openpyxl.Workbook()
        for line in self.lines:
            book.active.append([line])
        for row in self.rows:
            book.active.append(list(row))
        for cells in book.active.iter_rows():
            for cell in cells:
                cell.data_type = "s" if cell.value is not None else cell.data_type  # "- ..." is no formula
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def as_pdf(self, *, justify: bool = True, size: int = 14, indent: str = "1cm", numbering: str = '"1"') -> bytes:
        """Set like an official paper: A4, margins 2 and 3 cm, page numbers in the middle of the upper edge."""
        paragraphs = "\n\n".join(f"#{_string(line)}" for line in self.lines)
        source = f"""
#set page(paper: "a4", margin: (y: 2cm, left: 3cm, right: 2cm), numbering: {numbering}, number-align: center + top)
#set text(lang: "vi", size: {size}pt)
#set par(justify: {str(justify).lower()}, first-line-indent: (amount: {indent}, all: true))
{paragraphs}
"""
        content = typst.compile(source.encode())
        assert isinstance(content, bytes)
        return content


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


PLAN = Plan(LINES, [HEADINGS, *ROWS])
