"""Papers such as a ministry issues, in our own words, for tests, the bench and the eye."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from caicach.kernel.papers import model, rules
from caicach.kernel.papers.printed_list import Mark, Marked, PrintedList

MADE_AT = datetime(2021, 12, 31, 16, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

FIELDS = (
    ("Cải cách thể chế", 9),
    ("Cải cách thủ tục hành chính", 10),
    ("Cải cách tổ chức bộ máy hành chính nhà nước", 8),
    ("Cải cách chế độ công vụ", 9),
    ("Cải cách tài chính công", 5),
    ("Xây dựng và phát triển Chính phủ điện tử, Chính phủ số", 9),
    ("Công tác chỉ đạo, điều hành", 7),
)
WORK = (
    (
        "Rà soát văn bản quy phạm pháp luật thuộc phạm vi quản lý của Bộ, đề xuất sửa đổi, bãi bỏ "
        "văn bản không còn phù hợp",
        "Báo cáo kết quả rà soát",
        "Vụ Pháp chế",
        "Các đơn vị thuộc, trực thuộc Bộ",
    ),
    (
        "Công bố, công khai thủ tục hành chính mới ban hành, được sửa đổi, bổ sung, thay thế hoặc bị bãi bỏ",
        "Quyết định công bố của Bộ trưởng",
        "Văn phòng Bộ",
        "Các đơn vị có thủ tục hành chính",
    ),
    (
        "Số hóa 60% kết quả giải quyết thủ tục hành chính còn hiệu lực",
        "Kho kết quả điện tử đạt tỷ lệ đề ra",
        "Trung tâm Thông tin",
        "Văn phòng Bộ, Cục Văn thư và Lưu trữ nhà nước",
    ),
    (
        "Trình phê duyệt vị trí việc làm và cơ cấu ngạch công chức",
        "Quyết định phê duyệt",
        "Vụ Tổ chức cán bộ",
        "Vụ Công chức - Viên chức",
    ),
)
DEADLINES = ("Trước ngày 30/6/2022", "Quý III/2022", "Trước ngày 20/11/2022", "Thường xuyên")


def task_table() -> model.Table:
    """57 tasks under their seven headings, in columns as reform plans have them."""
    rows: list[model.Row] = []
    number = 0
    for index, (field, count) in enumerate(FIELDS, start=1):
        rows.append(model.Row((f"{rules.roman(index)}. {field.upper()}",), model.RowKind.GROUP))
        for place in range(count):
            number += 1
            text, product, lead, cooperating = WORK[(index + place) % len(WORK)]
            deadline = DEADLINES[(index * 3 + place) % len(DEADLINES)]
            rows.append(model.Row((str(number), text, product, lead, cooperating, deadline)))
    columns = (
        model.Column("STT", 0.5, "center"),
        model.Column("Nhiệm vụ", 4),
        model.Column("Sản phẩm", 2.2),
        model.Column("Chủ trì", 1.6, group="Đơn vị thực hiện"),
        model.Column("Phối hợp", 2.2, group="Đơn vị thực hiện"),
        model.Column("Thời hạn hoàn thành", 1.5, "center"),
    )
    return model.Table(columns, tuple(rows))


def decision(**changes: Any) -> model.OfficialPaper:
    """A minister's decision that issues the year's reform plan, with the plan and its table of tasks."""
    paper = model.OfficialPaper(
        issuer="BỘ NỘI VỤ",
        kind="QUYẾT ĐỊNH",
        subject="Ban hành Kế hoạch cải cách hành chính năm 2022 của Bộ Nội vụ",
        number=1368,
        notation="QĐ-BNV",
        day=date(2021, 12, 31),
        issued_by="Bộ trưởng Bộ Nội vụ",
        blocks=(
            model.Centred("BỘ TRƯỞNG BỘ NỘI VỤ"),
            model.Grounds(
                (
                    "Căn cứ Nghị định số 34/2017/NĐ-CP ngày 03 tháng 4 năm 2017 của Chính phủ quy "
                    "định chức năng, nhiệm vụ, "
                    "quyền hạn và cơ cấu tổ chức của Bộ Nội vụ",
                    "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành "
                    "Chương trình tổng thể cải "
                    "cách hành chính nhà nước giai đoạn 2021 - 2030",
                    "Theo đề nghị của Vụ trưởng Vụ Cải cách hành chính",
                )
            ),
            model.Centred("QUYẾT ĐỊNH:"),
            model.Article(
                1,
                "Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính năm 2022 của Bộ Nội "
                "vụ và Phụ lục nhiệm vụ.",
            ),
            model.Article(
                2,
                "Thủ trưởng các đơn vị thuộc, trực thuộc Bộ cụ thể hóa nhiệm vụ được giao vào chương "
                "trình công tác năm của đơn "
                "vị, báo cáo kết quả hằng quý về Vụ Cải cách hành chính trước ngày 15 của tháng cuối quý.",
            ),
            model.Article(3, "Quyết định này có hiệu lực kể từ ngày ký."),
            model.Article(
                4,
                "Chánh Văn phòng Bộ, Vụ trưởng Vụ Cải cách hành chính, Vụ trưởng Vụ Kế hoạch - Tài "
                "chính và Thủ trưởng các đơn vị "
                "thuộc, trực thuộc Bộ chịu trách nhiệm thi hành Quyết định này.",
            ),
        ),
        recipients=(
            "Như Điều 4",
            "Bộ trưởng, các Thứ trưởng",
            "Ban Chỉ đạo cải cách hành chính của Chính phủ",
            "Cổng Thông tin điện tử của Bộ",
            "Lưu: VT, CCHC (3b)",
        ),
        signer=model.Signer(
            rules.authority_lines(office="Thứ trưởng", authority=rules.Authority.FOR_THE_HEAD, head="Bộ trưởng"),
            "Nguyễn Văn Minh",
        ),
        annexes=(
            model.Annex(
                "KẾ HOẠCH",
                (
                    *model.numbered(
                        (
                            model.Heading("MỤC ĐÍCH, YÊU CẦU"),
                            model.Heading("Mục đích", 2),
                            model.Paragraph(
                                "Thực hiện đồng bộ sáu nội dung cải cách, lấy sự hài lòng của người dân làm thước đo."
                            ),
                            model.Heading("Yêu cầu", 2),
                            model.Listing(
                                (
                                    "Mỗi nhiệm vụ có một đơn vị chủ trì, một thời hạn và một sản phẩm kiểm chứng được",
                                    "Không phát sinh chi phí ngoài dự toán được giao",
                                )
                            ),
                            model.Heading("NHIỆM VỤ"),
                            model.Heading("Cải cách thể chế", 2),
                            model.Heading("Xây dựng văn bản", 3),
                            model.Paragraph("Hoàn thiện thể chế của ngành theo chương trình xây dựng pháp luật."),
                            model.Listing(
                                ("Luật Lưu trữ (sửa đổi)", "Luật Thực hiện dân chủ ở cơ sở"), model.Marker.POINT
                            ),
                            model.Heading("TỔ CHỨC THỰC HIỆN"),
                            model.Paragraph(
                                (
                                    model.Run("Vụ Cải cách hành chính", bold=True),
                                    model.Run(" theo dõi, đôn đốc và tổng hợp báo cáo."),
                                )
                            ),
                        )
                    ),
                ),
                subject="Cải cách hành chính năm 2022 của Bộ Nội vụ",
                label="",
                headed=True,
            ),
            model.Annex("DANH MỤC NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2022", (task_table(),), landscape=True),
        ),
    )
    return replace(paper, **changes)


def report(**changes: Any) -> model.OfficialPaper:
    """A quarterly report upwards, with figures in its text and in a table."""
    figures = model.Table(
        (
            model.Column("STT", 0.6, "center"),
            model.Column("Lĩnh vực", 4),
            model.Column("Được giao", 1, "right", "Số nhiệm vụ"),
            model.Column("Hoàn thành", 1.2, "right", "Số nhiệm vụ"),
            model.Column("Quá hạn", 1, "right", "Số nhiệm vụ"),
            model.Column("Tỷ lệ hoàn thành (%)", 1.3, "right"),
        ),
        (
            *(
                model.Row(
                    (
                        str(n),
                        name,
                        str(count),
                        str(count - n % 2),
                        str(n % 2),
                        f"{(count - n % 2) / count * 100:.1f}".replace(".", ","),
                    )
                )
                for n, (name, count) in enumerate(FIELDS, start=1)
            ),
            model.Row(("", "Tổng số", "57", "53", "4", "93,0"), model.RowKind.TOTAL),
        ),
        caption="Bảng 1. Kết quả thực hiện nhiệm vụ theo lĩnh vực",
        unit="Đơn vị tính: nhiệm vụ",
    )
    long = (
        "Trong kỳ, Bộ đã hoàn thành 53/57 nhiệm vụ đến hạn, đạt 93,0%; 4 nhiệm vụ quá hạn thuộc các "
        "lĩnh vực cải cách thể "
        "chế, tổ chức bộ máy, tài chính công và chỉ đạo, điều hành. Nguyên nhân chủ yếu là phải lấy "
        "thêm ý kiến của các "
        "bộ, ngành và điều chỉnh tiến độ trình theo chương trình công tác của Chính phủ."
    )
    paper = model.OfficialPaper(
        issuer="VỤ CẢI CÁCH HÀNH CHÍNH",
        issuer_above="BỘ NỘI VỤ",
        kind="BÁO CÁO",
        subject="Kết quả công tác cải cách hành chính quý III năm 2022",
        number=7,
        notation="BC-CCHC",
        day=date(2022, 9, 5),
        addressees=("Bộ trưởng Bộ Nội vụ",),
        blocks=model.numbered(
            (
                model.Paragraph(
                    "Thực hiện Quyết định số 1368/QĐ-BNV ngày 31 tháng 12 năm 2021, Vụ Cải cách hành "
                    "chính báo cáo kết quả như sau:"
                ),
                model.Heading("CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH"),
                *(model.Paragraph(long) for _ in range(3)),
                model.Heading("KẾT QUẢ THỰC HIỆN"),
                model.Heading("Tình hình chung", 2),
                model.Paragraph(long),
                figures,
                model.Heading("Cải cách thủ tục hành chính", 2),
                *(model.Paragraph(long) for _ in range(2)),
                model.Listing(
                    ("Hồ sơ tiếp nhận trực tuyến: 1.234 hồ sơ, đạt 81,5%", "Hồ sơ giải quyết đúng hạn: 98,7%")
                ),
                model.Heading("ĐÁNH GIÁ CHUNG VÀ PHƯƠNG HƯỚNG"),
                model.Paragraph(long),
            )
        ),
        recipients=("Như trên", "Lưu: VT, CCHC"),
        signer=model.Signer(("VỤ TRƯỞNG",), "Trần Thị Hòa"),
        note="Dữ liệu trình diễn, không có giá trị pháp lý",
    )
    return replace(paper, **changes)


def letter(**changes: Any) -> model.OfficialPaper:
    """An urgent official letter to several units, with address lines at its foot."""
    paper = model.OfficialPaper(
        issuer="BỘ NỘI VỤ",
        subject="đôn đốc nhiệm vụ cải cách hành chính quá hạn",
        number=15,
        notation="BNV-CCHC",
        day=date(2022, 2, 7),
        addressees=("Văn phòng Bộ", "Vụ Pháp chế", "Học viện Hành chính Quốc gia"),
        blocks=(
            model.Paragraph(
                "Bộ Nội vụ đề nghị các đơn vị hoàn thành nhiệm vụ quá hạn và báo cáo trước ngày 15 tháng 02 năm 2022."
            ),
            model.Listing(("Nêu rõ nguyên nhân chậm;", "Cam kết thời hạn mới."), model.Marker.CLAUSE),
        ),
        recipients=("Như trên", "Lưu: VT, CCHC"),
        signer=model.Signer(
            rules.authority_lines(
                office="Vụ trưởng Vụ Cải cách hành chính", authority=rules.Authority.BY_ORDER, head="Bộ trưởng"
            ),
            "Trần Thị Hòa",
        ),
        urgency=model.Urgency.IMMEDIATE,
        drafter_mark="PL.12",
        contact=("8 Tôn Thất Thuyết, Cầu Giấy, Hà Nội", "Điện thoại: 024 0000 0000"),
    )
    return replace(paper, **changes)


def overdue_list(rows: int = 40, **changes: Any) -> PrintedList:
    """A filtered list of tasks as it is printed from a page."""
    marks = (
        (Mark.LATE, "Quá hạn 6 ngày"),
        (Mark.SOON, "Còn 3 ngày"),
        (Mark.IN_TIME, "Còn 24 ngày"),
        (Mark.PAUSED, "Tạm dừng"),
        (Mark.NONE, "Thường xuyên"),
        (Mark.DONE, "Xong 14/06"),
    )
    printed = PrintedList(
        title="Nhiệm vụ theo thời hạn",
        issuer="VỤ CẢI CÁCH HÀNH CHÍNH",
        columns=(
            model.Column("STT", 0.5, "center"),
            model.Column("Nhiệm vụ", 4),
            model.Column("Chủ trì", 1.8),
            model.Column("Hạn", 1.1, "right"),
            model.Column("Tình trạng", 1.6),
        ),
        rows=[
            (str(n), WORK[n % len(WORK)][0], WORK[n % len(WORK)][2], "30/06/2022", Marked(*marks[n % len(marks)]))
            for n in range(1, rows + 1)
        ],
        printed_by="Trần Thị Hòa",
        printed_at=MADE_AT,
        filters=("Kế hoạch: năm 2022", "Tình trạng: chưa xong"),
        address="http://localhost:8000/ke-hoach/2022/nhiem-vu?tinh-trang=chua-xong",
    )
    return replace(printed, **changes)
