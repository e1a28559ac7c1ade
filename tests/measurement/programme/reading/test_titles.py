"""What a task is called: the words of its clause, never cut where a reader would miss them."""

from __future__ import annotations

import re
import unicodedata

import pytest

from caicach.measurement.programme.reading import ReadTask, SourceText, read_plan
from caicach.measurement.programme.reading.titles import LONGEST
from tests.shared import needs_shared, shared_text

from .sources import source_with_tables


def tasks_of(*items: str) -> tuple[ReadTask, ...]:
    listed = "\n".join(f"{number}. {item}." for number, item in enumerate(items, start=1))
    return read_plan(SourceText(f"II. NHIỆM VỤ\n{listed}"), units=None, plan_year=2022).tasks


WHOLE = [
    "Mở rộng gửi, nhận văn bản điện tử và chữ ký số",
    "Thúc đẩy phát triển hạ tầng phục vụ kinh tế số",
    "Trình Quốc hội dự án Luật Lưu trữ (sửa đổi)",
    "Chuyển đổi hạ tầng mạng của cơ quan sang giao thức Internet thế hệ mới (IPv6)",
    "Thanh tra việc thực hiện chính sách thuộc phạm vi quản lý của Bộ",
    "Duy trì hệ thống quản lý chất lượng theo Tiêu chuẩn TCVN ISO 9001:2015 tại 12 đơn vị",
    "Đánh giá công chức hằng quý gắn với sản phẩm công việc",
    "Hoàn thiện quy định trong các lĩnh vực: đất đai; giao thông; quản lý hội",
    "Rà soát văn bản đã ban hành trước năm 2015",
]


@pytest.mark.parametrize("clause", WHOLE)
def test_a_clause_of_usual_length_is_its_own_title(clause: str):
    (task,) = tasks_of(clause)
    assert task.title == clause


CUT = [
    (
        "Hướng dẫn các cơ quan, đơn vị thuộc và trực thuộc Bộ thực hiện các giải pháp nhằm chấp hành kỷ luật tài "
        "chính, ngân sách, tăng cường kiểm tra, kiểm soát việc sử dụng ngân sách nhà nước trong phạm vi thẩm quyền",
        "Hướng dẫn các cơ quan, đơn vị thuộc và trực thuộc Bộ thực hiện các giải pháp nhằm chấp hành kỷ luật tài "
        "chính, ngân sách",
    ),
    (
        "Tiếp tục đẩy mạnh sử dụng chữ ký số, định danh số trong xử lý văn bản hành chính nhằm cắt giảm giấy tờ, nâng "
        "cao hiệu quả quản lý nhà nước, đơn giản hóa quy trình nghiệp vụ",
        "Tiếp tục đẩy mạnh sử dụng chữ ký số, định danh số trong xử lý văn bản hành chính",
    ),
    (
        "Nâng cao hiệu quả hoạt động của các tổ công tác liên ngành, trong đó tập trung vào các việc sau đây của từng "
        "lĩnh vực đã nêu tại phụ lục; báo cáo của các đơn vị về lĩnh vực mình phụ trách",
        "Nâng cao hiệu quả hoạt động của các tổ công tác liên ngành",
    ),
]


@pytest.mark.parametrize(("clause", "title"), CUT)
def test_a_long_clause_ends_before_a_purpose_or_other_work(clause: str, title: str):
    task = tasks_of(clause)[0]
    assert task.title == title
    assert task.text.startswith(title)


def test_a_long_clause_without_such_a_place_stays_whole():
    clause = (
        "Triển khai có hiệu quả Kế hoạch phát triển Chính phủ điện tử hướng tới Chính phủ số của Bộ Nội vụ và các "
        "đơn vị trực thuộc Bộ trên địa bàn các tỉnh miền núi phía Bắc, miền Trung và Tây Nguyên cùng vùng lân cận"
    )
    (task,) = tasks_of(clause)
    assert task.title == clause


def test_who_and_by_when_are_not_part_of_a_title():
    tasks = tasks_of(
        "Vụ Pháp chế xây dựng Thông tư hướng dẫn trong quý III/2022",
        "Hoàn thiện quy chế làm việc (Văn phòng Bộ chủ trì, xong trước 30/4)",
        "Văn phòng Bộ chủ trì, phối hợp với Thanh tra Bộ kiểm tra việc thực hiện quy chế tại 12 đơn vị",
        "Triển khai thí điểm mô hình một cửa từ ngày 01/3/2022 đến ngày 30/6/2022",
    )
    assert [task.title for task in tasks] == [
        "Xây dựng Thông tư hướng dẫn",
        "Hoàn thiện quy chế làm việc",
        "Kiểm tra việc thực hiện quy chế tại 12 đơn vị",
        "Triển khai thí điểm mô hình một cửa",
    ]


def test_the_cell_of_a_table_is_the_title_as_written():
    cells = [
        "Dự án Luật Lưu trữ\n(sửa đổi)",
        "phục vụ kinh tế số nhằm phát triển du lịch, bảo đảm đúng tiến độ đã được Bộ trưởng phê duyệt tại kế hoạch "
        "năm, trong đó chú trọng các tỉnh vùng cao (hoàn thành trong quý III)",
    ]
    table = [
        ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        *([str(n), cell, "Vụ A", "Quý II"] for n, cell in enumerate(cells)),
    ]
    tasks = read_plan(source_with_tables(table), units=None, plan_year=2022).tasks
    assert [task.title for task in tasks] == [" ".join(cell.split()) for cell in cells]


def test_no_title_is_longer_than_a_record_holds():
    endless = "Rà soát " + "quy định về quản lý đất đai của các địa phương trong vùng và " * 40 + "khu vực"
    (task,) = tasks_of(endless)
    assert len(task.title) <= LONGEST + 1
    assert task.title.endswith("…")
    assert task.text == endless


_MAY_FOLLOW = re.compile(
    r"\s*(?:\Z|[,;:.(…]|(?:nhằm|để|theo|gắn|bảo đảm|đảm bảo|góp phần|tạo|trên cơ sở|trong đó|đặc biệt|nhất là|dưới|"
    r"thông qua|phù hợp|kể cả|bao gồm|với mục|qua đó|từ đó|cụ thể|sau khi|trong quý|trong tháng|trước)(?!\w))"
)


@needs_shared
@pytest.mark.parametrize(
    "name",
    ["ke-hoach-cchc-2022", "plans/bhxh-2021", "plans/dienkhanh-2022", "plans/dongnai-2025", "plans/thanhhoa-2025"],
)
def test_titles_of_real_plans_end_where_a_clause_does(name: str):
    text = unicodedata.normalize("NFC", shared_text(f"{name}.txt"))
    maimed = []
    for task in read_plan(SourceText(text), units=None).tasks:
        clause = " ".join(task.text.split())
        begins = clause.lower().find(task.title.lower())
        shares_a_verb = begins < 0  # "giảm 10% A và 10% B": the verb of the second stands with the first
        if not shares_a_verb and not _MAY_FOLLOW.match(clause, begins + len(task.title)):
            maimed.append((task.title, clause))
    assert maimed == []


def test_a_letterhead_without_the_name_of_the_nation_says_who_issued_the_plan() -> None:
    text = (
        "BỘ GIAO THÔNG VẬN TẢI\n-------\nSố: 2455/QĐ-BGTVT\nHà Nội, ngày 31 tháng 12 năm 2021\nQUYẾT ĐỊNH\n"
        "BAN HÀNH KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2022 CỦA BỘ GIAO THÔNG VẬN TẢI\n"
    )

    decision = read_plan(SourceText(text), units=None, plan_year=2022).decision

    assert (decision.number, decision.date, decision.issuer) == (
        "2455/QĐ-BGTVT",
        "2021-12-31",
        "Bộ Giao thông vận tải",
    )


def test_initials_in_a_heading_of_capitals_stay_capitals():
    text = "PHỤ LỤC NHIỆM VỤ CCHC, TTHC NĂM 2025 CỦA UBND HUYỆN A LƯỚI\nI. NHIỆM VỤ\n1. Rà soát quy trình."
    decision = read_plan(SourceText(text), units=None, plan_year=2025).decision
    assert decision.title == "Phụ lục nhiệm vụ CCHC, TTHC năm 2025 của UBND huyện A Lưới"


def test_social_insurance_is_no_commune():
    text = "BẢO HIỂM XÃ HỘI VIỆT NAM\nSố: 4051/KH-BHXH\nKẾ HOẠCH\nCải cách hành chính năm 2024\n1. Rà soát quy trình."
    issuer = read_plan(SourceText(text), units=None, plan_year=2024).decision.issuer
    assert issuer == "Bảo hiểm xã hội Việt Nam"


def test_a_commune_is_written_as_a_name():
    text = "ỦY BAN NHÂN DÂN\nXÃ TÂN HƯNG\nSố: 15/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2026\n1. Rà soát quy trình."
    assert read_plan(SourceText(text), units=None, plan_year=2026).decision.issuer == "Ủy ban nhân dân xã Tân Hưng"


@pytest.mark.parametrize(
    ("signed", "issuer"),
    [
        ("Bộ trưởng Bộ Nội vụ Phạm Thị Thanh Trà đã ký", "Bộ Nội vụ"),
        ("Chủ tịch UBND tỉnh Hà Nam Trương Quốc Huy vừa ký", "UBND tỉnh Hà Nam"),
        ("Chủ tịch UBND thành phố Hồ Chí Minh ký", "UBND thành phố Hồ Chí Minh"),
        ("Chủ tịch UBND tỉnh Cao Bằng ký", "UBND tỉnh Cao Bằng"),
    ],
)
def test_whoever_signs_is_no_part_of_the_issuers_name(signed: str, issuer: str):
    text = f"{signed} Quyết định số 15/QĐ-X ban hành Kế hoạch cải cách hành chính năm 2023."
    assert read_plan(SourceText(text), units=None, plan_year=2023).decision.issuer == issuer


def test_what_a_leader_asks_of_all_units_is_of_no_field_spoken_of_before():
    text = (
        "Kế hoạch cải cách hành chính năm 2023\nVề cải cách tài chính công, Vụ Tài chính sẽ rà soát quy chế chi tiêu.\n"
        "Bộ trưởng yêu cầu thủ trưởng các đơn vị định kỳ hằng quý gửi báo cáo về Văn phòng Bộ."
    )
    tasks = read_plan(SourceText(text), units=None, plan_year=2023).tasks
    assert [task.field.value for task in tasks] == ["tai_chinh_cong", "chi_dao_dieu_hanh"]


def test_a_number_in_the_midst_of_a_sentence_is_no_part_of_a_title():
    tasks = tasks_of("Tập trung (1) xây dựng dự án Luật Thanh tra; (2) rà soát các thông tư của ngành")
    assert [task.title for task in tasks] == [
        "Xây dựng dự án Luật Thanh tra",
        "Rà soát các thông tư của ngành",
    ]


def test_words_that_lead_to_the_time_go_with_it():
    text = "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Tổ chức lớp tập huấn, thời gian từ tháng 3 đến tháng 10."
    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert task.title == "Tổ chức lớp tập huấn"
