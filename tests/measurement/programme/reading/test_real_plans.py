"""Real texts, where they lie beside the checkout: the ministry's plan of 2022 and three with a careful reading."""

from __future__ import annotations

import csv
import json
import unicodedata
from pathlib import Path

import pytest

from caicach.measurement.programme.reading import SourceText, read_plan
from tests.shared import needs_shared, shared_text

from .comparing import Listed, compare, place_of

pytestmark = needs_shared
LIST_OF_2022 = Path(__file__).parent / "seed_tasks.csv"


def real(name: str) -> str:
    return unicodedata.normalize("NFC", shared_text(name))


def seed_listed() -> list[Listed]:
    with LIST_OF_2022.open(encoding="utf-8", newline="") as rows:
        return [
            Listed(int(row["start"]), int(row["end"]), (row["field"],), row["title"], row["need"] == "needed")
            for row in csv.DictReader(rows)
        ]


@pytest.fixture(scope="module")
def seed():
    return read_plan(SourceText(real("ke-hoach-cchc-2022.txt")), units=None)


def test_the_plan_of_2022_is_read_as_it_was_listed_by_hand(seed):
    found = compare(seed.tasks, seed_listed())
    assert (found.missed, found.doubled, found.invented) == ([], [], []), found.difference()
    assert found.wrong_fields == []


def test_the_decision_of_2022_gets_its_year_from_the_day_of_the_news(seed):
    assert seed.decision.as_json() == {
        "number": "1368/QĐ-BNV",
        "date": "2021-12-31",
        "issuer": "Bộ Nội vụ",
        "title": "Kế hoạch cải cách hành chính năm 2022 của Bộ Nội vụ",
    }
    assert seed.plan_year == 2022


def test_the_plan_of_2022_sets_one_number_and_no_day(seed):
    assert [(t.operator.value, int(t.value), t.unit) for task in seed.tasks for t in task.targets] == [("=", 60, "%")]
    assert {task.deadline for task in seed.tasks} == {None}


def test_the_three_bills_of_2022_are_products_of_one_task(seed):
    (bills,) = [task.product for task in seed.tasks if "Luật Lưu trữ" in (task.product or "")]
    assert bills.count("Luật") == 3


def test_a_product_of_2022_has_its_whole_name_or_none(seed):
    products = [task.product for task in seed.tasks if task.product]
    assert "Cơ sở dữ liệu quốc gia về cán bộ, công chức, viên chức trong các cơ quan nhà nước" in products
    assert "Hệ thống báo cáo của Bộ" in products
    for whole in ("trực thuộc Trung ương", "những nơi có đủ điều kiện", "chất lượng đầu vào công chức"):
        assert any(product.endswith(whole) for product in products), whole
    hanging = ("trực", "tại", "nhân", "và", "của", "về", "trong", "lãnh đạo", "ngang Bộ")
    assert not [product for product in products if product.endswith(hanging)]


def gold(name: str) -> tuple[dict, list[Listed], str]:
    text = real(f"plans/{name}.txt")
    read_by_hand = json.loads(real(f"plans/{name}.gold.json"))
    listed = [
        Listed(
            *place_of(task["heading"], text),
            tuple(_field(code) for code in (task["field"], *task.get("alt_field", ()))),
            task["heading"],
        )
        for task in read_by_hand["tasks"]
    ]
    return read_by_hand, listed, text


def _field(code: str) -> str:
    return "chinh_phu_so" if code == "chinh_phu_dien_tu_so" else code


@pytest.mark.parametrize("name", ["bhxh-2021", "dienkhanh-2022", "thanhhoa-2025"])
def test_a_careful_reading_is_met(name: str):
    read_by_hand, listed, text = gold(name)
    reading = read_plan(SourceText(text), units=None)
    found = compare(reading.tasks, listed)
    assert found.f1 >= 0.95, found.difference()
    assert found.wrong_fields == []
    assert reading.plan_year == read_by_hand["document"]["plan_year"]
    assert reading.decision.issuer == read_by_hand["document"]["issuer"]
    assert reading.decision.number == read_by_hand["document"]["decision"]
    for task, place in zip(read_by_hand["tasks"], listed, strict=True):
        read = found.matched[place]
        expected = f"{task['deadline']}-12-31" if task["deadline"] else None
        assert (read.deadline.isoformat() if read.deadline else None) == expected
        numbers = [(t.operator.value, float(t.value), t.unit) for t in read.targets]
        target = task["target"]
        assert numbers == ([(target["operator"], float(target["value"]), target["unit"])] if target else [])


def test_last_years_results_are_no_tasks_and_no_targets():
    reading = read_plan(SourceText(real("plans/dienkhanh-2022.txt")), units=None)
    assert sorted(int(target.value) for task in reading.tasks for target in task.targets) == [30, 83]


def test_a_plan_cut_off_in_the_middle_says_so():
    codes = [warning.code for warning in read_plan(SourceText(real("plans/bhxh-2021.txt")), units=None).warnings]
    assert "cut_off" in codes
