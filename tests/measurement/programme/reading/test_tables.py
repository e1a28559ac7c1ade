"""Appendix tables: headings by synonyms, over one row or two, field and group rows, merged cells, further pages."""

from __future__ import annotations

from datetime import date

import pytest

from caicach.measurement.programme.reading import NamedUnit, PlanReading, ReformField, UnitNames, read_plan

from .sources import ABOVE, LEFT, source_with_tables

UNITS = UnitNames(
    [
        NamedUnit("PC", "Vụ Pháp chế"),
        NamedUnit("TCCB", "Vụ Tổ chức cán bộ"),
        NamedUnit("VP", "Văn phòng Bộ"),
        NamedUnit("TTTT", "Trung tâm Thông tin"),
        NamedUnit("KHTC", "Vụ Kế hoạch - Tài chính"),
    ]
)
APPENDIX = [
    ["STT", "Nhiệm vụ", "Sản phẩm", "Trách nhiệm thực hiện", LEFT, "Thời gian hoàn thành", "Ghi chú"],
    [ABOVE, ABOVE, ABOVE, "Chủ trì", "Phối hợp", ABOVE, ABOVE],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    ["I", "CẢI CÁCH THỂ CHẾ", LEFT, LEFT, LEFT, LEFT, LEFT],
    ["1", "Xây dựng văn bản của ngành", "", "", "", "", ""],
    ["1.1", "Xây dựng Thông tư về mã hồ sơ", "Thông tư", "Vụ TCCB", "Vụ Pháp chế; Trung tâm TT", "Quý III", ""],
    ["1.2", "Rà soát thông tư ban hành trước năm 2015", "Báo cáo", "Vụ Pháp chế", "Các đơn vị", "Trước 15/11/2023", ""],
    ["II", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", LEFT, LEFT, LEFT, LEFT, LEFT],
    ["STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian hoàn thành", "Ghi chú"],
    ["1", "Số hóa 80% kết quả còn hiệu lực", "Kho dữ liệu", "VP Bộ", "Trung tâm Thông tin", "Thường xuyên", ""],
    ["2", "Công bố thủ tục nội bộ", "Quyết định", "Văn phòng", "Vụ Pháp chế", "31/3/2023", ""],
    ["", "", "", "", "Vụ Tổ chức cán bộ", "", ""],
    ["", "Tổng cộng", "", "", "", "", ""],
]


def reading_of(*blocks: object) -> PlanReading:
    return read_plan(source_with_tables(*blocks), units=UNITS, plan_year=2023)  # type: ignore[arg-type]


def test_each_row_is_a_task_with_its_cells():
    tasks = reading_of(APPENDIX).tasks
    assert [task.number for task in tasks] == ["1.1", "1.2", "1", "2"]
    assert [task.field for task in tasks] == [ReformField.INSTITUTIONS] * 2 + [ReformField.PROCEDURES] * 2
    assert [task.lead_code for task in tasks] == ["TCCB", "PC", "VP", "VP"]
    assert [task.product for task in tasks] == ["Thông tư", "Báo cáo", "Kho dữ liệu", "Quyết định"]
    assert [task.deadline for task in tasks] == [date(2023, 9, 30), date(2023, 11, 14), None, date(2023, 3, 31)]
    assert tasks[0].cooperating == ("Vụ Pháp chế", "Trung tâm Thông tin")
    assert tasks[0].group == "Xây dựng văn bản của ngành"
    assert tasks[2].recurrence == "continuous"


def test_a_task_points_to_its_own_cell():
    reading = reading_of("Phụ lục", APPENDIX)
    assert [reading.text[task.start : task.end] for task in reading.tasks] == [task.text for task in reading.tasks]
    assert reading.tasks[3].text == "Công bố thủ tục nội bộ"


def test_a_row_without_a_task_goes_on_with_the_one_above():
    assert reading_of(APPENDIX).tasks[3].cooperating == ("Vụ Pháp chế", "Vụ Tổ chức cán bộ")


def test_a_short_name_is_matched_and_said_to_be_one():
    notes = reading_of(APPENDIX).tasks[0].notes
    assert notes == ("lead_by_short_name",)


def test_activities_of_a_merged_task_are_tasks_in_its_group():
    tasks = reading_of(
        [
            ["TT", "Lĩnh vực", "Nhiệm vụ", "Hoạt động", "Đơn vị thực hiện", "Thời hạn", "Kinh phí"],
            ["1", "Tài chính công", "Thực hiện tự chủ", "Rà soát mức tự chủ", "Vụ KH-TC", "30/6", "0"],
            [ABOVE, ABOVE, ABOVE, "Phân loại lại đơn vị", "Vụ Pháp chế", "Quý IV", "120"],
        ]
    ).tasks
    assert [(task.text, task.group, task.budget) for task in tasks] == [
        ("Rà soát mức tự chủ", "Thực hiện tự chủ", "0"),
        ("Phân loại lại đơn vị", "Thực hiện tự chủ", "120"),
    ]
    assert {task.field for task in tasks} == {ReformField.PUBLIC_FINANCE}


def test_the_next_page_of_a_table_needs_no_headings():
    further = [["3", "Lập sổ theo dõi phản ánh", "Sổ", "Vụ Pháp chế", "", "Tháng 5", ""]]
    reading = reading_of(APPENDIX, further)
    assert reading.tasks[-1].deadline == date(2023, 5, 31)
    assert reading.tasks[-1].field is ReformField.PROCEDURES
    assert reading.warnings[0].code == "no_decision_number"


def test_columns_without_headings_are_told_by_their_cells_when_that_is_plain():
    reading = reading_of(
        [
            ["1", "Rà soát quy trình giải quyết hồ sơ cấp phép của Bộ", "Vụ Pháp chế", "Quý II"],
            ["2", "Bồi dưỡng kỹ năng giao tiếp cho bộ phận một cửa", "Văn phòng Bộ", "Tháng 9"],
            ["3", "Xây dựng cơ sở dữ liệu hồ sơ cán bộ, công chức", "Vụ Tổ chức cán bộ", "Trước 01/12"],
        ]
    )
    assert [(task.lead_code, task.deadline) for task in reading.tasks] == [
        ("PC", date(2023, 6, 30)),
        ("VP", date(2023, 9, 30)),
        ("TCCB", date(2023, 11, 30)),
    ]
    assert "columns_inferred" in [warning.code for warning in reading.warnings]


def test_a_table_that_cannot_be_told_is_named_with_what_to_do():
    table = [["Một đoạn chữ dài nói về công việc của cơ quan", "x", "y"]] * 3
    reading = reading_of("Kế hoạch cải cách hành chính năm 2023", table)
    (warning,) = [warning for warning in reading.warnings if warning.code == "table_without_headings"]
    assert dict(warning.parameters) == {"table": "1"}
    assert reading.text[warning.start : warning.end].startswith("Một đoạn chữ")
    assert reading.tasks == ()


def test_letterheads_and_signatures_in_tables_are_no_tasks():
    letterhead = [
        ["BỘ THỦY SẢN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Số: 15/QĐ-BTS", "Hà Nội, ngày 02 tháng 01 năm 2023"],
    ]
    reading = reading_of(letterhead, "QUYẾT ĐỊNH", APPENDIX)
    assert reading.decision.number == "15/QĐ-BTS"
    assert reading.decision.issuer == "Bộ Thủy sản"
    assert len(reading.tasks) == 4


def test_a_task_in_the_text_and_in_the_table_is_listed_once_as_the_table_has_it():
    prose = (
        "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Rà soát thông tư ban hành trước năm 2015.\n"
        "- Lập danh mục văn bản cần sửa."
    )
    reading = reading_of(prose, APPENDIX)
    assert [task.lead_code for task in reading.tasks if task.title.startswith("Rà soát thông tư")] == ["PC"]
    assert "Lập danh mục văn bản cần sửa" in [task.title for task in reading.tasks]
    assert ("repeated_in_table", (("count", "1"),)) in [
        (warning.code, warning.parameters) for warning in reading.warnings
    ]


def test_a_field_is_entered_whatever_column_names_it_and_a_slash_parts_units():
    table = [
        ["TT", "Mục tiêu", "Nhiệm vụ/Hoạt động", "Sản phẩm", "Đơn vị chủ trì/ phối hợp", "Thời gian"],
        ["A", "Cải cách thể chế", "", "", "", ""],
        ["1", "Đúng tiến độ", "1.1. Kiểm tra văn bản của địa phương", "Báo cáo", "Vụ Đất đai/ Vụ Pháp chế", "12/2023"],
    ]
    [task] = reading_of(table).tasks
    assert task.field is ReformField.INSTITUTIONS
    assert (task.lead, task.cooperating) == ("Vụ Đất đai", ("Vụ Pháp chế",))


LEADS = [
    "Đơn vị thực hiện chính",
    "Cơ quan, đơn vị chịu trách nhiệm",
    "Phụ trách",
    "Người thực hiện",
    "Bộ phận tham mưu",
]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("due", ["Hạn", "Lộ trình", "Deadline"])
def test_usual_headings_are_known(lead: str, due: str):
    [task] = reading_of([["STT", "Việc cần làm", lead, due], ["1", "Rà soát quy trình", "Vụ Pháp chế", "Quý II"]]).tasks
    assert (task.lead_code, task.deadline) == ("PC", date(2023, 6, 30))


def test_a_column_that_is_not_read_is_told():
    table = [
        ["STT", "Nhiệm vụ", "Thời hạn", "Cấp trình", "Ghi chú"],
        ["1", "Rà soát quy trình", "Quý II", "Bộ trưởng", ""],
    ]
    reading = reading_of(table)
    [warning] = [warning for warning in reading.warnings if warning.code == "columns_unread"]
    assert dict(warning.parameters)["columns"] == "“Cấp trình”"


@pytest.mark.parametrize("mark", ["nt", "-nt-", "Như trên", '"'])
def test_a_mark_for_as_above_stands_for_the_row_above(mark: str):
    table = [
        ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"],
        ["1", "Rà soát quy trình", "Vụ Pháp chế", "Văn phòng Bộ", "Quý II"],
        ["2", "Công bố thủ tục", mark, mark, mark],
    ]
    second = reading_of(table).tasks[1]
    assert (second.lead_code, second.cooperating_codes, second.deadline) == ("PC", ("VP",), date(2023, 6, 30))


BROKEN = [
    ["1", "Rà soát quy trình giải quyết hồ sơ cấp phép", "Vụ Tổ chức", "Quý II"],
    ["", "của Bộ trên môi trường điện tử", "cán bộ", ""],
    ["2", "Bồi dưỡng kỹ năng giao tiếp cho bộ phận một cửa", "Văn phòng Bộ", "Tháng 9"],
    ["3", "Xây dựng kho dữ liệu về 80% hồ sơ cán bộ, công", "Vụ Tổ chức", "Trước"],
    ["", "chức của ngành", "cán bộ", "01/12"],
]
HEADED = [["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"], *BROKEN]


@pytest.mark.parametrize("table", [BROKEN, HEADED], ids=["without headings", "with headings"])
def test_a_task_broken_over_two_rows_is_one(table: list[list[str]]):
    reading = reading_of(table)
    assert [(task.title, task.lead_code, task.deadline) for task in reading.tasks] == [
        ("Rà soát quy trình giải quyết hồ sơ cấp phép của Bộ trên môi trường điện tử", "TCCB", date(2023, 6, 30)),
        ("Bồi dưỡng kỹ năng giao tiếp cho bộ phận một cửa", "VP", date(2023, 9, 30)),
        ("Xây dựng kho dữ liệu về 80% hồ sơ cán bộ, công chức của ngành", "TCCB", date(2023, 11, 30)),
    ]
    assert [reading.text[task.start : task.end] for task in reading.tasks] == [task.text for task in reading.tasks]


def test_a_row_in_small_letters_with_a_unit_and_a_time_of_its_own_is_a_task():
    table = [
        ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"],
        ["1", "Công bố thủ tục", "Vụ Pháp chế", "Quý II"],
        ["", "rà soát danh mục", "Văn phòng Bộ", "Quý III"],
        ["2", "Kiểm tra công vụ", "Vụ Pháp chế", "Quý IV"],
        ["", "a) kiểm tra tại các cục", "", ""],
    ]
    titles = [task.title for task in reading_of(table).tasks]
    assert titles == ["Công bố thủ tục", "rà soát danh mục", "Kiểm tra công vụ", "kiểm tra tại các cục"]


@pytest.mark.parametrize("units", [UNITS, None], ids=["known units", "no list of units"])
def test_two_rows_for_each_task_are_read_as_one(units: UnitNames | None):
    table = [
        ["1", "Rà soát quy trình giải quyết hồ sơ cấp phép của Bộ", LEFT, LEFT],
        ["", "Vụ Pháp chế", "Văn phòng Bộ", "Quý II"],
        ["2", "Bồi dưỡng kỹ năng giao tiếp cho bộ phận một cửa", LEFT, LEFT],
        ["", "Vụ Tổ chức cán bộ", "Vụ Pháp chế", "Tháng 9"],
        ["3", "Xây dựng kho dữ liệu hồ sơ cán bộ, công chức", LEFT, LEFT],
        ["", "Trung tâm Thông tin", "Các đơn vị", "Trước 01/12"],
    ]
    reading = read_plan(source_with_tables(table), units=units, plan_year=2023)
    assert [(task.lead, task.cooperating, task.deadline) for task in reading.tasks] == [
        ("Vụ Pháp chế", ("Văn phòng Bộ",), date(2023, 6, 30)),
        ("Vụ Tổ chức cán bộ", ("Vụ Pháp chế",), date(2023, 9, 30)),
        ("Trung tâm Thông tin", ("Các đơn vị",), date(2023, 11, 30)),
    ]
    assert "columns_inferred" in [warning.code for warning in reading.warnings]


def test_a_further_row_that_says_who_joins_in_adds_to_the_task_above():
    table = [
        ["STT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn"],
        ["1", "Rà soát quy trình", "Vụ Pháp chế", "Quý II"],
        ["", "", "Phối hợp: Văn phòng Bộ", ""],
    ]
    [task] = reading_of(table).tasks
    assert (task.lead_code, task.cooperating_codes) == ("PC", ("VP",))


def test_of_several_units_that_lead_the_first_does_and_a_warning_names_the_task():
    table = [
        ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Phối hợp", "Thời hạn"],
        ["1", "Rà soát quy trình", "Vụ Pháp chế, Văn phòng Bộ", "Trung tâm Thông tin", "Quý II"],
        ["2", "Công bố thủ tục", "Vụ Pháp chế", "Văn phòng Bộ", "Quý II"],
    ]
    reading = reading_of(table)
    first, second = reading.tasks
    assert (first.lead_code, set(first.cooperating_codes)) == ("PC", {"VP", "TTTT"})
    assert "several_leads" in first.notes
    assert "several_leads" not in second.notes
    [warning] = [warning for warning in reading.warnings if warning.code == "tasks_with_several_leads"]
    assert dict(warning.parameters) == {"count": "1", "tasks": "“Rà soát quy trình”"}
    assert (warning.start, warning.end) == (first.start, first.end)


@pytest.mark.parametrize("heading", ["Đơn vị chủ trì/ phối hợp", "Đơn vị thực hiện"])
def test_a_column_of_all_who_take_part_names_no_second_lead(heading: str):
    table = [
        ["STT", "Nhiệm vụ", heading, "Thời hạn"],
        ["1", "Rà soát quy trình", "Vụ Pháp chế, Văn phòng Bộ", "Quý II"],
    ]
    [task] = reading_of(table).tasks
    assert (task.lead_code, task.cooperating_codes, task.notes) == ("PC", ("VP",), ("field_unsure",))


BROKEN = [
    ["STT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Thời hạn"],
    ["1", "Rà soát quy trình", "Báo cáo", "Vụ Pháp chế", "Quý I"],
    ["2", "Cắt giảm 20% thời gian giải quyết thủ tục", "Quyết định", "Vụ Tổ chức", "Trước"],
]
GOES_ON = [
    ["", "đất đai theo Nghị quyết số 05/NQ-BNV và 10% chi phí", "phê duyệt", "cán bộ", "15/11/2023"],
    ["3", "Lập danh mục hồ sơ", "Danh mục", "Vụ Pháp chế", "Quý II"],
]


@pytest.mark.parametrize("blocks", [[[*BROKEN, *GOES_ON]], [BROKEN, GOES_ON]], ids=["one page", "two pages"])
def test_a_cell_broken_over_two_rows_keeps_the_places_of_both_halves(blocks: list[list[list[str]]]):
    reading = reading_of(*blocks)
    assert [task.number for task in reading.tasks] == ["1", "2", "3"]
    task = reading.tasks[1]
    assert task.text == "Cắt giảm 20% thời gian giải quyết thủ tục"
    assert [reading.text[start:end] for start, end in task.rest] == [
        "đất đai theo Nghị quyết số 05/NQ-BNV và 10% chi phí"
    ]
    assert (task.product, task.lead, task.deadline) == ("Quyết định phê duyệt", "Vụ Tổ chức cán bộ", date(2023, 11, 14))
    assert [citation.number for citation in task.citations] == ["05/NQ-BNV"]
    assert [int(target.value) for target in task.targets] == [20, 10]
    assert reading.tasks[0].rest == reading.tasks[2].rest == ()


def test_a_cell_may_itself_say_who_leads_and_who_joins_in():
    table = [
        ["TT", "Nhiệm vụ", "Đơn vị thực hiện", "Hoàn thành trước"],
        ["1", "Rà soát quy trình nội bộ", "Chủ trì: Vụ Pháp chế; phối hợp: Văn phòng Bộ, các đơn vị", "30/6"],
        ["2", "Lập danh mục hồ sơ", "Vụ Tổ chức cán bộ; Phối hợp: Vụ Pháp chế", "Quý III"],
    ]
    first, second = reading_of(table).tasks
    assert (first.lead, first.cooperating) == ("Vụ Pháp chế", ("Văn phòng Bộ", "các đơn vị"))
    assert (second.lead, second.cooperating) == ("Vụ Tổ chức cán bộ", ("Vụ Pháp chế",))
    assert [task.deadline for task in (first, second)] == [date(2023, 6, 29), date(2023, 9, 30)]
