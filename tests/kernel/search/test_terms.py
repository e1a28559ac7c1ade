"""What is looked for: abbreviations stand for their words, the nearest comes first, most words are better than none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from caicach.kernel.calendar.reference import reference_rows
from caicach.kernel.search.folding import fold
from caicach.kernel.search.terms import MOST_TERMS, REFERENCE, parse
from caicach.measurement.programme.models import Plan, PlanTask

ClientOf = Callable[[str], Client]
Tasks = Callable[..., None]


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Iterator[None]:
    with at("2022-06-20 09:00"):
        yield


@pytest.fixture
def tasks(plan: Plan) -> Tasks:
    def add(*titles: str) -> None:
        PlanTask.objects.bulk_create(
            PlanTask(plan=plan, title=title, search_text=fold(title), position=place)
            for place, title in enumerate(titles)
        )

    return add


def page(client: Client, query: str) -> Any:
    return html.fromstring(client.get(reverse("search:find"), {"q": query}).content.decode())


def found(client: Client, query: str) -> list[str]:
    """The tasks, in the page's order."""
    return [
        link.text_content()
        for link in page(client, query).xpath("//h2[.='Nhiệm vụ']/following::a[@class='cc-row-link']")
    ]


# --- abbreviations ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("TTHC", ["thu tuc hanh chinh", "tthc"]),
        ("thủ tục hành chính", ["thu tuc hanh chinh", "tthc"]),
        ("kiểm soát thủ tục hành chính", ["kiem soat thu tuc hanh chinh", "kstthc"]),
        ("cán bộ công chức, viên chức", ["can bo, cong chuc, vien chuc", "can bo cong chuc vien chuc", "cbccvc"]),
        ("CĐS", ["chuyen doi so", "cds"]),
        ("thủ tục", ["thu", "tuc"]),
    ],
)
def test_an_abbreviation_and_its_words_stand_for_each_other(typed: str, forms: list[str]) -> None:
    assert [form for term in parse(typed).terms for form in term.forms] == forms


def test_every_abbreviation_says_where_and_when_it_was_met_and_means_one_thing() -> None:
    rows = reference_rows(REFERENCE / "abbreviations.csv", columns=("short", "full", "noted_on"))

    assert all(row["source"] and row["noted_on"] for row in rows)
    assert len({fold(row["short"]) for row in rows}) == len({fold(row["full"]) for row in rows}) == len(rows)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_few_words_none_twice(typed: str) -> None:
    forms = [term.forms for term in parse(typed).terms]

    assert len(set(forms)) == len(forms) <= MOST_TERMS
    assert all(form for alternatives in forms for form in alternatives)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["so hoa ket qua tthc", "số hóa kết quả thủ tục hành chính"])
def test_a_task_is_found_by_the_short_form_and_by_the_long_one(typed: str, client_of: ClientOf, tasks: Tasks) -> None:
    tasks("Số hóa kết quả giải quyết TTHC", "Số hóa 60% kết quả giải quyết thủ tục hành chính")

    assert set(found(client_of("officer"), typed)) == {
        "Số hóa kết quả giải quyết TTHC",
        "Số hóa 60% kết quả giải quyết thủ tục hành chính",
    }


@pytest.mark.django_db
def test_the_filter_of_the_list_knows_them_too(client_of: ClientOf, tasks: Tasks) -> None:
    tasks("Tập huấn công tác cải cách hành chính")

    shown = client_of("officer").get(reverse("programme:tasks"), {"words": "tap huan cchc"}).content.decode()

    assert "Tập huấn công tác cải cách hành chính" in shown


# --- order -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_has_the_words_side_by_side_comes_before_what_has_them_by_chance(
    client_of: ClientOf, tasks: Tasks
) -> None:
    tasks(
        "Giải quyết hồ sơ văn hóa trong 60 ngày",
        "Bồi dưỡng 160 người về khoa học so sánh",
        "Số hóa 60% kết quả giải quyết thủ tục hành chính",
    )

    assert found(client_of("officer"), "so hoa 60")[0] == "Số hóa 60% kết quả giải quyết thủ tục hành chính"


# --- most words ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_when_nothing_has_all_words_what_has_most_stands_there_with_the_missing_one_named(
    client_of: ClientOf, tasks: Tasks
) -> None:
    tasks("Số hóa 60% kết quả giải quyết thủ tục hành chính", "Kết quả khảo sát mức độ hài lòng")
    officer = client_of("officer")

    assert found(officer, "số hóa kết quả TTHC Hà-Nội")[0] == "Số hóa 60% kết quả giải quyết thủ tục hành chính"
    text = " ".join(page(officer, "số hóa kết quả TTHC Hà-Nội").text_content().split())
    assert "Không có kết quả nào chứa đủ các từ này" in text
    assert "Không có từ: Hà-Nội" in text
    assert "Kết quả khảo sát" not in text


@pytest.mark.django_db
def test_nothing_is_said_to_be_missing_while_something_has_all(client_of: ClientOf, tasks: Tasks) -> None:
    tasks("Số hóa hồ sơ", "Số hóa kết quả khảo sát")

    assert "Không có từ" not in page(client_of("officer"), "so hoa khao sat").text_content()


@pytest.mark.django_db
def test_half_of_the_words_are_not_most_of_them(client_of: ClientOf, tasks: Tasks) -> None:
    tasks("Đào tạo đội ngũ")

    assert found(client_of("officer"), "dao tao robot xyz") == []
    assert found(client_of("officer"), "dao xyz") == []


@pytest.mark.django_db
def test_the_box_says_too_that_words_are_missing(client_of: ClientOf, tasks: Tasks) -> None:
    tasks("Đào tạo đội ngũ")

    box = client_of("officer").get(
        reverse("search:find"), {"q": "dao tao doi robot", "box": "1"}, headers={"HX-Request": "true"}
    )

    assert "Không có kết quả nào chứa đủ các từ này" in box.content.decode()


@pytest.mark.django_db
def test_what_one_may_not_see_is_not_found_by_most_words_either(client_of: ClientOf, tasks: Tasks) -> None:
    tasks("Đào tạo đội ngũ chuyên gia")

    assert found(client_of("neighbour"), "dao tao doi ngu robot") == []


def test_the_words_of_an_expression_may_stand_apart() -> None:
    assert parse("cải cách hành chính").matches(fold("Cải cách thủ tục hành chính"))
    assert parse("thông tin công nghệ").matches(fold("công nghệ thông tin"))
    assert not parse("cải cách hành chính").matches(fold("Cải cách tư pháp"))


def test_a_whole_name_may_be_asked_for() -> None:
    words = "một hai ba bốn năm sáu bảy tám chín mười nhất nhì"

    assert len(parse(words).terms) == 10
    assert len(parse(words, most=100).terms) == 12
