"""Lines into paragraphs, and paragraphs under their headings."""

from __future__ import annotations

import unicodedata

import pytest

from caicach.measurement.programme.reading import ReformField, SourceText, read_plan
from caicach.measurement.programme.reading.layout import paragraphs
from caicach.measurement.programme.reading.outline import Section, outline
from caicach.measurement.programme.reading.words import lowered


def lines_of(text: str) -> list[str]:
    return [" ".join(text[it.start : it.end].split()) for it in paragraphs(SourceText(text))]


def test_lines_broken_in_the_midst_of_a_sentence_are_one_paragraph():
    broken = "1. Tiếp tục kiện toàn tổ chức bộ\nmáy của ngành từ trung\nương đến địa phương.\n2. Bố trí nguồn\nlực."
    assert lines_of(broken) == [
        "1. Tiếp tục kiện toàn tổ chức bộ máy của ngành từ trung ương đến địa phương.",
        "2. Bố trí nguồn lực.",
    ]


def test_lines_that_are_paragraphs_stay_apart():
    assert lines_of("Cải cách thể chế\nRà soát văn bản\nBan hành quy chế") == [
        "Cải cách thể chế",
        "Rà soát văn bản",
        "Ban hành quy chế",
    ]


@pytest.mark.parametrize(
    ("line", "kind", "mark"),
    [
        ("I. NHIỆM VỤ", "roman", "I."),
        ("II - NHIỆM VỤ", "roman", "II -"),
        ("1.2. Rà soát", "decimal", "1.2."),
        ("1.2 Rà soát", "decimal", "1.2"),
        ("3) Rà soát", "decimal", "3)"),
        ("a) Rà soát", "lower", "a)"),
        ("đ) Rà soát", "lower", "đ)"),
        ("- Rà soát", "dash", "-"),
        ("+ Rà soát", "plus", "+"),
        ("• Rà soát", "bullet", "•"),
        ("(1) Rà soát", "paren", "(1)"),
        ("Điều 1. Ban hành", "article", "Điều 1."),
        ("Rà soát", "", ""),
        ("2022 là năm bản lề", "", ""),
        ("31/12/2021", "", ""),
    ],
)
def test_numbers_and_bullets(line: str, kind: str, mark: str):
    (paragraph,) = paragraphs(SourceText(line))
    assert (paragraph.kind, paragraph.mark) == (kind, mark)


def test_what_stands_under_what():
    text = (
        "I. MỤC TIÊU\n1. Mục tiêu chung\nXây dựng nền hành chính hiện đại.\n"
        "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Rà soát\n- Ban hành"
    )
    found = outline(text, lowered(text), paragraphs(SourceText(text)))
    assert [(standing.section, standing.field) for standing in found] == [
        (Section.OBJECTIVE, None),
        (Section.PURPOSE, None),
        (Section.PURPOSE, None),
        (Section.TASKS, None),
        (Section.TASKS, ReformField.INSTITUTIONS),
        (Section.TASKS, ReformField.INSTITUTIONS),
        (Section.TASKS, ReformField.INSTITUTIONS),
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Cải cách thủ tục hành chính", ReformField.PROCEDURES),
        ("Xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức", ReformField.CIVIL_SERVICE),
        ("Hiện đại hóa hành chính", ReformField.DIGITAL_GOVERNMENT),
        ("Xây dựng và phát triển chính quyền điện tử, chính quyền số", ReformField.DIGITAL_GOVERNMENT),
        ("Về công tác chỉ đạo, điều hành", ReformField.DIRECTION),
        ("CẢI CÁCH TÀI CHÍNH CÔNG", ReformField.PUBLIC_FINANCE),
        ("Cải cách tổ chức bộ máy hành chính nhà nước", ReformField.ORGANISATION),
    ],
)
def test_heads_of_all_years_and_levels(heading: str, field: ReformField):
    text = f"II. NHIỆM VỤ\n1. {heading}\n- Rà soát các việc đã giao cho từng phòng."
    (task,) = read_plan(SourceText(text), units=None, plan_year=2024).tasks
    assert task.field is field


def test_heading_styles_of_word_are_headings():
    text = "Nhiệm vụ\nCải cách thể chế\nRà soát văn bản của ngành.\nCải cách tài chính công\nCông khai dự toán."
    starts = [text.index(line) for line in text.split("\n")]
    headings = tuple((starts[at], starts[at] + 5, level) for at, level in ((0, 1), (1, 2), (3, 2)))
    tasks = read_plan(SourceText(text, headings=headings), units=None, plan_year=2024).tasks
    assert [task.field for task in tasks] == [ReformField.INSTITUTIONS, ReformField.PUBLIC_FINANCE]


def test_decomposed_letters_read_the_same():
    text = "II. NHIỆM VỤ\n1. Cải cách thể chế\n- Rà soát văn bản trước ngày 20/11/2024; hệ thống hóa quy định."
    composed = read_plan(SourceText(text), units=None, plan_year=2024)
    decomposed = read_plan(SourceText(unicodedata.normalize("NFD", text)), units=None, plan_year=2024)
    assert composed.as_json() == decomposed.as_json()


def test_spellings_of_tones_read_the_same():
    new = read_plan(SourceText("Hiện đại hóa công sở của Ủy ban; củng cố kỷ luật công vụ."), units=None)
    old = read_plan(SourceText("Hiện đại hoá công sở của Uỷ ban; củng cố kỉ luật công vụ."), units=None)
    assert [(task.start, task.end, task.field) for task in new.tasks] == [
        (task.start, task.end, task.field) for task in old.tasks
    ]
