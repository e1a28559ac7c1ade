"""Names of units: in full, in the usual short forms, and never guessed between two."""

from __future__ import annotations

from datetime import date

import pytest

from caicach.measurement.programme.reading import NamedUnit, SourceText, UnitNames, read_plan

UNITS = UnitNames(
    [
        NamedUnit("TCCB", "Vụ Tổ chức cán bộ"),
        NamedUnit("TCBC", "Vụ Tổ chức - Biên chế"),
        NamedUnit("KHTC", "Vụ Kế hoạch - Tài chính"),
        NamedUnit("VP", "Văn phòng Bộ"),
        NamedUnit("TTB", "Thanh tra Bộ"),
        NamedUnit("TTTT", "Trung tâm Thông tin"),
        NamedUnit("DTBD", "Vụ Đào tạo, bồi dưỡng cán bộ, công chức, viên chức"),
        NamedUnit("VTLT", "Cục Văn thư và Lưu trữ nhà nước", ("Cục Lưu trữ",)),
        NamedUnit("PC", "Vụ Pháp chế"),
        NamedUnit("VKH", "Viện Khoa học tổ chức nhà nước"),
        NamedUnit("BNV", "Bộ Nội vụ"),
        NamedUnit("A", "Vụ Công tác thanh niên"),
        NamedUnit("B", "Vụ Chính trị tư nhân"),
    ]
)


@pytest.mark.parametrize(
    ("written", "code", "exact"),
    [
        ("Vụ Tổ chức cán bộ", "TCCB", True),
        ("VỤ TỔ CHỨC CÁN BỘ", "TCCB", True),
        ("Vụ TCCB", "TCCB", False),
        ("TCCB", "TCCB", False),
        ("Vụ Kế hoạch và Tài chính", "KHTC", True),
        ("Vụ KH-TC", "KHTC", False),
        ("Vụ KHTC", "KHTC", False),
        ("VP Bộ", "VP", False),
        ("Văn phòng", "VP", False),
        ("Thanh tra", "TTB", False),
        ("Trung tâm TT", "TTTT", False),
        ("TT Thông tin", "TTTT", False),
        ("Vụ Đào tạo, bồi dưỡng cán bộ, công chức, viên chức", "DTBD", True),
        ("Cục Văn thư và Lưu trữ", "VTLT", False),
        ("Cục Lưu trữ", "VTLT", True),
    ],
)
def test_a_name_is_matched(written: str, code: str, exact: bool):
    match = UNITS.match(written)
    assert match is not None
    assert (match.code, match.exact) == (code, exact)


@pytest.mark.parametrize(
    "written",
    [
        "Văn phòng Chính phủ",
        "Phòng TCCB",
        "Thanh tra tỉnh",
        "Vụ CTTN",
        "Vụ Tổ chức",
        "tccb",
        "thanh tra",
        "Bộ Tài chính",
        "",
    ],
)
def test_a_name_that_is_not_theirs_or_could_be_two_is_not_matched(written: str):
    assert UNITS.match(written) is None


def test_units_inside_a_text_have_their_places():
    text = "Giao Vụ TCCB chủ trì, Văn phòng Bộ và Trung tâm Thông tin phối hợp"
    assert [(text[start:end], unit.code) for start, end, unit in UNITS.find(text)] == [
        ("Vụ TCCB", "TCCB"),
        ("Văn phòng Bộ", "VP"),
        ("Trung tâm Thông tin", "TTTT"),
    ]


@pytest.mark.parametrize(
    ("clause", "lead", "cooperating"),
    [
        ("Giao Vụ Tổ chức cán bộ chủ trì, phối hợp với Văn phòng Bộ rà soát biên chế.", "TCCB", ["VP"]),
        ("Rà soát biên chế của các đơn vị (Vụ TCCB chủ trì; Văn phòng Bộ phối hợp).", "TCCB", ["VP"]),
        ("Rà soát biên chế của các đơn vị (Vụ Tổ chức cán bộ).", "TCCB", []),
        (
            "Rà soát biên chế. Đơn vị chủ trì: Vụ TCCB; đơn vị phối hợp: Văn phòng Bộ, Thanh tra Bộ.",
            "TCCB",
            ["VP", "TTB"],
        ),
        ("Thanh tra Bộ chủ trì kiểm tra công vụ tại các cục.", "TTB", []),
        ("Chủ trì, phối hợp với Thanh tra Bộ kiểm tra công vụ.", "", ["TTB"]),
        ("Viện Khoa học tổ chức nhà nước rà soát quy chế.", "VKH", []),
        ("Giao Viện Khoa học tổ chức nhà nước chủ trì rà soát quy chế.", "VKH", []),
        ("Vụ TCCB và Vụ Pháp chế xây dựng đề án.", "TCCB", ["PC"]),
        ("Giao Văn phòng Bộ, Thanh tra Bộ và Vụ Pháp chế rà soát quy chế.", "VP", ["TTB", "PC"]),
        ("Vụ TCCB (chủ trì), Thanh tra Bộ (phối hợp): kiểm tra công vụ.", "TCCB", ["TTB"]),
        ("Vụ Pháp chế Bộ Nội vụ rà soát quy chế.", "PC", []),
        ("Rà soát biên chế của các đơn vị (Vụ Tổ chức cán bộ - trong tháng 01/2024).", "TCCB", []),
        ("Rà soát biên chế. Phân công: Vụ TCCB; Văn phòng Bộ.", "TCCB", ["VP"]),
        (
            "Rà soát biên chế của các đơn vị (Vụ TCCB chủ trì, phối hợp Văn phòng Bộ; xong trong quý II).",
            "TCCB",
            ["VP"],
        ),
        ("Kiểm tra công vụ. Chủ trì: các cơ quan, đơn vị thuộc Bộ.", "", []),
    ],
)
def test_who_leads_and_who_co_operates(clause: str, lead: str, cooperating: list[str]):
    text = f"II. NHIỆM VỤ\n1. Cải cách tổ chức bộ máy\n- {clause}"
    (task,) = read_plan(SourceText(text), units=UNITS, plan_year=2024).tasks
    assert (task.lead_code, list(task.cooperating_codes)) == (lead, cooperating)


SENTENCES = {
    "named before the first clause": (
        "Vụ TCCB chủ trì, phối hợp với Văn phòng Bộ rà soát biên chế; báo cáo kết quả trước ngày 15/11/2024.",
        [("TCCB", ["VP"]), ("TCCB", ["VP"])],
    ),
    "named in brackets after the last": (
        "Rà soát biên chế; xây dựng đề án vị trí việc làm (Vụ TCCB chủ trì, phối hợp với Văn phòng Bộ).",
        [("TCCB", ["VP"]), ("TCCB", ["VP"])],
    ),
    "each clause names its own": (
        "Rà soát biên chế (Vụ TCCB); xây dựng đề án vị trí việc làm (Văn phòng Bộ).",
        [("TCCB", []), ("VP", [])],
    ),
    "the next sentence is another's": (
        "Vụ TCCB chủ trì rà soát biên chế. Xây dựng đề án vị trí việc làm.",
        [("TCCB", []), ("", [])],
    ),
}


@pytest.mark.parametrize(("sentence", "units"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_unit_named_once_does_all_that_its_sentence_says(sentence: str, units: list[tuple[str, list[str]]]):
    text = f"II. NHIỆM VỤ\n1. Cải cách tổ chức bộ máy\n- {sentence}"
    tasks = read_plan(SourceText(text), units=UNITS, plan_year=2024).tasks
    assert [(task.lead_code, list(task.cooperating_codes)) for task in tasks] == units


def test_a_time_at_the_end_holds_for_the_clauses_before_it_up_to_a_semicolon():
    text = (
        "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Lập kế hoạch thanh tra công vụ năm; nâng cấp cổng dịch vụ công của Bộ, "
        "tiếp tục kết nối với cơ sở dữ liệu quốc gia về dân cư, hoàn thành trước ngày 30/6/2024."
    )
    tasks = read_plan(SourceText(text), units=UNITS, plan_year=2024).tasks
    assert [task.deadline for task in tasks] == [None, date(2024, 6, 29), date(2024, 6, 29)]


def test_a_duty_of_all_units_has_no_lead_and_says_so():
    text = "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Kiểm tra công vụ. Chủ trì: Các cơ quan, đơn vị thuộc Bộ."
    (task,) = read_plan(SourceText(text), units=UNITS, plan_year=2024).tasks
    assert task.lead is None
    assert task.lead_text == "Các cơ quan, đơn vị thuộc Bộ"
    assert "all_units" in task.notes


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Văn phòng HĐND và UBND xã; Phòng Văn hóa - Xã hội", ["Văn phòng HĐND và UBND xã", "Phòng Văn hóa - Xã hội"]),
        (
            "Sở Lao động - Thương binh và Xã hội, UBND xã Tân Hưng",
            ["Sở Lao động - Thương binh và Xã hội", "UBND xã Tân Hưng"],
        ),
    ],
)
def test_a_joining_word_inside_a_name_parts_no_names(written: str, names: list[str]):
    text = f"II. NHIỆM VỤ\n1. Cải cách thể chế\n- Rà soát quy trình nội bộ. Chủ trì: {written}."
    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert [task.lead, *task.cooperating] == names


def test_the_heading_of_a_unit_leads_what_stands_under_it():
    text = (
        "IV. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Bộ\n- Tổng hợp báo cáo hằng quý.\n2. Sở Nội vụ\n- Kiểm tra việc thực hiện."
    )
    leads = [task.lead for task in read_plan(SourceText(text), units=UNITS, plan_year=2024).tasks]
    assert leads == ["Văn phòng Bộ", "Sở Nội vụ"]


def test_a_unit_that_heads_items_among_the_tasks_does_them():
    text = "II. NHIỆM VỤ\n1. Trung tâm Phục vụ hành chính công\na) Tiếp nhận hồ sơ;\nb) Ký số kết quả điện tử."
    tasks = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert {task.lead for task in tasks} == {"Trung tâm Phục vụ hành chính công"}


def test_initials_after_another_kind_of_unit_are_not_theirs():
    """ "Phòng KHTC" of a department is not the ministry's "Vụ Kế hoạch - Tài chính"."""
    text = "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Rà soát quy trình. Chủ trì: Phòng KHTC; phối hợp: Vụ TCCB, KHTC."
    [task] = read_plan(SourceText(text), units=UNITS, plan_year=2024).tasks
    assert (task.lead, task.lead_code) == ("Phòng KHTC", "")
    assert task.cooperating_codes == ("TCCB", "KHTC")


@pytest.mark.parametrize(
    ("clause", "lead"),
    [
        ("Thanh tra Bộ Y tế kiểm tra công vụ.", "Thanh tra Bộ Y tế"),
        ("Vụ Tổ chức cán bộ Bộ Y tế rà soát quy chế.", "Vụ Tổ chức cán bộ Bộ Y tế"),
        ("Giao Vụ Pháp chế Bộ Tư pháp rà soát quy chế.", "Vụ Pháp chế Bộ Tư pháp"),
        ("Trung tâm Thông tin y tế quốc gia rà soát quy chế.", "Trung tâm Thông tin y tế quốc gia"),
    ],
)
def test_a_name_that_goes_on_is_another_agencys(clause: str, lead: str):
    text = f"II. NHIỆM VỤ\n1. Cải cách thể chế\n- {clause}"
    [task] = read_plan(SourceText(text), units=UNITS, plan_year=2024).tasks
    assert (task.lead, task.lead_code) == (lead, "")


@pytest.mark.parametrize("label", ["Nhiệm vụ", "Nội dung", "Hoạt động", "Công việc"])
def test_a_label_before_the_work_is_no_task(label: str):
    text = f"II. NHIỆM VỤ\n1. Cải cách thể chế\n1.1. {label}: Rà soát quy chế làm việc; Thời gian: Quý II."
    [task] = read_plan(SourceText(text), units=UNITS, plan_year=2024).tasks
    assert (task.title, task.deadline) == ("Rà soát quy chế làm việc", date(2024, 6, 30))


def test_a_unit_before_a_colon_does_what_stands_after_it():
    text = "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Phòng kiểm soát thủ tục hành chính: rà soát hồ sơ các trung tâm."
    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert (task.lead, task.text) == ("Phòng kiểm soát thủ tục hành chính", "rà soát hồ sơ các trung tâm")


def test_a_heading_of_two_units_gives_the_second_a_part():
    text = "IV. TỔ CHỨC THỰC HIỆN\n1. Báo Hòa Bình, Văn phòng Sở\n- Xây dựng chuyên trang về cải cách hành chính."
    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert (task.lead, task.cooperating) == ("Báo Hòa Bình", ("Văn phòng Sở",))


def test_an_alias_that_is_a_bare_type_names_no_other_office():
    units = UnitNames([NamedUnit("VP", "Văn phòng Bộ", ("Văn phòng",))])

    assert units.match("Văn phòng") is not None
    assert units.find("Văn phòng Ủy ban nhân dân thành phố") == []


def test_whoever_is_said_to_lead_is_named_without_these_words():
    text = (
        "KẾ HOẠCH\nCải cách hành chính năm 2024\nII. NHIỆM VỤ\n1. Xây dựng hệ thống đánh giá hài lòng.\n"
        "- Đơn vị thực hiện: Sở Thông tin và Truyền thông chủ trì, phối hợp với các sở.\n"
    )

    [task] = read_plan(SourceText(text), units=None, plan_year=2024).tasks

    assert task.lead == "Sở Thông tin và Truyền thông"


@pytest.mark.parametrize(
    "item",
    [
        "Rà soát biên chế. Đơn vị chủ trì: Vụ TCCB, Vụ Pháp chế.",
        "Rà soát biên chế (Vụ TCCB, Vụ Pháp chế chủ trì).",
        "Vụ TCCB và Vụ Pháp chế chủ trì rà soát biên chế.",
        "Giao Vụ TCCB, Vụ Pháp chế chủ trì rà soát biên chế.",
    ],
)
def test_of_several_units_said_to_lead_the_first_does_and_a_note_says_so(item: str):
    text = f"II. NHIỆM VỤ\n1. Cải cách tổ chức bộ máy\n- {item}"
    reading = read_plan(SourceText(text), units=UNITS, plan_year=2024)
    [task] = reading.tasks
    assert (task.lead_code, task.cooperating_codes) == ("TCCB", ("PC",))
    assert "several_leads" in task.notes
    assert "tasks_with_several_leads" in [warning.code for warning in reading.warnings]


@pytest.mark.parametrize(
    "item",
    [
        "Rà soát biên chế. Đơn vị chủ trì: Vụ TCCB; đơn vị phối hợp: Vụ Pháp chế.",
        "Vụ TCCB chủ trì, phối hợp với Vụ Pháp chế rà soát biên chế.",
        "Vụ TCCB, Vụ Pháp chế rà soát biên chế.",
        "Rà soát biên chế. Đơn vị chủ trì: Vụ TCCB, phối hợp với Vụ Pháp chế.",
    ],
)
def test_one_lead_with_units_beside_it_is_no_doubt(item: str):
    text = f"II. NHIỆM VỤ\n1. Cải cách tổ chức bộ máy\n- {item}"
    [task] = read_plan(SourceText(text), units=UNITS, plan_year=2024).tasks
    assert (task.lead_code, task.cooperating_codes) == ("TCCB", ("PC",))
    assert "several_leads" not in task.notes
