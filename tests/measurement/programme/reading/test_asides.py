"""Who does the work and by when, said in a sentence or in brackets of its own."""

from __future__ import annotations

import pytest

from caicach.measurement.programme.reading import ReadTask, SourceText, read_plan

HEAD = "KẾ HOẠCH\nCải cách hành chính năm 2023\nI. NHIỆM VỤ\n1. Cải cách thể chế\n"


def tasks(text: str) -> tuple[ReadTask, ...]:
    return read_plan(SourceText(HEAD + text), units=None, plan_year=2023).tasks


@pytest.mark.parametrize(
    ("aside", "lead", "cooperating", "deadline"),
    [
        ("Phòng Tư pháp chủ trì, hoàn thành trước 30/11/2023.", "Phòng Tư pháp", [], "2023-11-29"),
        ("Phòng Tư pháp chủ trì.", "Phòng Tư pháp", [], None),
        (
            "Phòng Tư pháp chủ trì, phối hợp với Phòng Tài chính - Kế hoạch, hoàn thành trong quý II.",
            "Phòng Tư pháp",
            ["Phòng Tài chính - Kế hoạch"],
            "2023-06-30",
        ),
        (
            "Phòng Tư pháp chủ trì, Phòng Nội vụ phối hợp, hoàn thành trước ngày 30/11/2023.",
            "Phòng Tư pháp",
            ["Phòng Nội vụ"],
            "2023-11-29",
        ),
        (
            "Giao Phòng Tư pháp chủ trì thực hiện, Phòng Nội vụ, Thanh tra huyện phối hợp thực hiện.",
            "Phòng Tư pháp",
            ["Phòng Nội vụ", "Thanh tra huyện"],
            None,
        ),
        ("Hoàn thành trong tháng 5 năm 2023.", None, [], "2023-05-31"),
        ("Hoàn thành quý II.", None, [], "2023-06-30"),
        ("Phòng Quản lý đô thị chủ trì, thực hiện thường xuyên.", "Phòng Quản lý đô thị", [], None),
    ],
)
def test_it_belongs_to_the_work_before_it(
    aside: str, lead: str | None, cooperating: list[str], deadline: str | None
) -> None:
    for between in (" ", "\n- "):  # in the same paragraph, or in one of its own
        [task] = tasks(f"1.1. Rà soát, hệ thống hóa văn bản quy phạm pháp luật.{between}{aside}\n")

        assert task.text == "Rà soát, hệ thống hóa văn bản quy phạm pháp luật"
        assert (task.lead, list(task.cooperating)) == (lead, cooperating)
        assert (task.deadline.isoformat() if task.deadline else None) == deadline


def test_each_part_of_a_paragraph_has_its_own() -> None:
    first, second = tasks(
        "- Rà soát văn bản của huyện. Phòng Tư pháp chủ trì. Tập huấn cho công chức tư pháp. Phòng Nội vụ chủ trì.\n"
    )

    assert (first.lead, second.lead) == ("Phòng Tư pháp", "Phòng Nội vụ")


@pytest.mark.parametrize(
    ("aside", "cooperating", "deadline"),
    [
        (
            "Phòng Tư pháp chủ trì, Phòng Nội vụ phối hợp, hoàn thành trước ngày 30/11/2023",
            ["Phòng Nội vụ"],
            "2023-11-29",
        ),
        ("Phòng Tư pháp chủ trì, Phòng Nội vụ phối hợp", ["Phòng Nội vụ"], None),
        ("giao Phòng Tư pháp chủ trì; hoàn thành tháng 9", [], "2023-09-30"),
        ("Phòng Tư pháp chủ trì, phối hợp với Phòng Nội vụ; xong trong quý II", ["Phòng Nội vụ"], "2023-06-30"),
    ],
)
def test_after_a_semicolon_as_after_a_full_stop(aside: str, cooperating: list[str], deadline: str | None) -> None:
    [task] = tasks(f"- Xây dựng Quy chế về lưu trữ; {aside}.\n")

    assert task.text == "Xây dựng Quy chế về lưu trữ"
    assert (task.lead, list(task.cooperating)) == ("Phòng Tư pháp", cooperating)
    assert (task.deadline.isoformat() if task.deadline else None) == deadline


def test_each_part_between_semicolons_has_the_lead_that_comes_after_it() -> None:
    read = tasks(
        "- Rà soát văn bản; công khai kết quả; Phòng Tư pháp chủ trì; tập huấn cho công chức; Phòng Nội vụ chủ trì.\n"
    )

    assert [(task.title, task.lead) for task in read] == [
        ("Rà soát văn bản", "Phòng Tư pháp"),
        ("Công khai kết quả", "Phòng Tư pháp"),
        ("Tập huấn cho công chức", "Phòng Nội vụ"),
    ]


def test_a_unit_that_follows_and_sums_up_has_work_of_its_own() -> None:
    read = tasks("- Cắt giảm 15% thời gian giải quyết; Văn phòng huyện theo dõi, tổng hợp.\n")

    assert [(task.title, task.lead) for task in read][1] == ("Theo dõi, tổng hợp", "Văn phòng huyện")


def test_a_sentence_that_orders_work_is_no_aside() -> None:
    first, second = tasks("- Rà soát văn bản. Phòng Tư pháp chủ trì, phối hợp với Phòng Nội vụ biên soạn tài liệu.\n")

    assert (first.lead, second.lead) == (None, "Phòng Tư pháp")


@pytest.mark.parametrize(
    ("brackets", "lead"),
    [
        ("(Văn phòng HĐND-UBND huyện, thường xuyên)", "Văn phòng HĐND-UBND huyện"),
        ("(Phòng Nội vụ chủ trì)", "Phòng Nội vụ"),
        ("(kèm theo Phụ lục)", None),
        ("(Sở, ban, ngành)", None),
    ],
)
def test_brackets_at_the_end_may_name_who_leads(brackets: str, lead: str | None) -> None:
    [task] = tasks(f"- Niêm yết công khai thủ tục hành chính tại bộ phận một cửa {brackets}.\n")

    assert task.lead == lead


def test_following_is_work_and_advising_on_an_inspection_too() -> None:
    read = tasks("- Phòng Nội vụ: Theo dõi, đôn đốc việc thực hiện Kế hoạch; tham mưu kiểm tra 30% cơ quan.\n")

    assert [task.title for task in read] == [
        "Theo dõi, đôn đốc việc thực hiện Kế hoạch",
        "Tham mưu kiểm tra 30% cơ quan",
    ]


def test_how_often_names_nobody() -> None:
    _first, second = tasks("- Công bố danh mục dịch vụ công; định kỳ hằng quý (trước ngày 05) báo cáo kết quả.\n")

    assert second.lead is None


@pytest.mark.parametrize(
    "asides",
    [
        "Phòng Tư pháp chủ trì. Hoàn thành trước 30/11/2023.",
        "Hoàn thành trước 30/11/2023. Phòng Tư pháp chủ trì.",
        "Phòng Tư pháp chủ trì, phối hợp Phòng Nội vụ xong trước 30/11/2023.",
    ],
)
def test_several_asides_belong_to_one_work(asides: str) -> None:
    [task] = tasks(f"1.1. Rà soát văn bản quy phạm pháp luật. {asides}\n")

    assert (task.lead, str(task.deadline)) == ("Phòng Tư pháp", "2023-11-29")


def test_what_names_no_day_is_no_time() -> None:
    read = tasks("1.1. Rà soát văn bản. Từ nguồn ngân sách tỉnh. Phòng Tư pháp chủ trì, hoàn thành trước 30/11/2023.\n")

    assert (read[0].lead, str(read[0].deadline)) == ("Phòng Tư pháp", "2023-11-29")


@pytest.mark.parametrize("unit", ["Trung tâm Dịch vụ việc làm", "Cục Người có công"])
def test_words_inside_a_name_do_not_end_it(unit: str) -> None:
    labelled, in_brackets = tasks(
        f"- Mở lớp tập huấn cho công chức.\n+ Đơn vị chủ trì: {unit}.\n- Công bố danh mục hồ sơ ({unit}).\n"
    )

    assert (labelled.lead, in_brackets.lead) == (unit, unit)
