"""Two people at one task at the same time, each in a browser of their own: the second is told what changed."""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.faults.imports import approved_tasks, outcome, start_import
from tests.faults.people import Person
from tests.faults.plans import plan_text
from tests.faults.product import Product

pytestmark = pytest.mark.faults

on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
FIRST, SECOND = "dau-moi-van-phong", "chanh-van-phong"
NAMES = {"Đầu mối Văn phòng Bộ", "Chánh Văn phòng"}


def test_of_two_programs_at_once_one_is_told_who_changed_what(product: Product) -> None:
    task = task_of_the_office(product)
    people = [product.person(FIRST), product.person(SECOND)]

    def report(person: Person, progress: int) -> Any:
        body = {"progress": progress, "text": "", "revision": task["revision"]}
        return person.call("POST", f"/programme/tasks/{task['id']}/progress", body)

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(report, people, (30, 60)))

    assert sorted(answer.status for answer in answers) == [201, 409]
    told = next(answer.json() for answer in answers if answer.status == 409)
    kept = next(answer.json() for answer in answers if answer.status == 201)
    assert told["code"] == "usecase.edit_conflict"
    assert told["changed_by"] in NAMES
    assert ["0", str(kept["progress"])] in [
        [was.rstrip(" %"), now.rstrip(" %")] for was, now in told["changes"].values()
    ]
    assert product.officer.call("GET", f"/programme/tasks/{task['id']}").json()["progress"] == kept["progress"]


@on_sqlite
def test_on_pages_the_second_keeps_the_words_typed_and_sees_the_change(product: Product) -> None:
    task = task_of_the_office(product)
    address = f"/ke-hoach/nhiem-vu/{task['id']}/tien-do/"
    first, second = product.person(FIRST), product.person(SECOND)
    opened_by_first, opened_by_second = form_of(first.get(address).text), form_of(second.get(address).text)
    assert first.post(address, {**opened_by_first, "progress": "30", "text": "Xong phần một"}).status == 302

    told = second.post(address, {**opened_by_second, "progress": "60", "text": "Chờ kinh phí bổ sung"})

    words = html.unescape(told.text)
    assert told.status == 200
    assert "Đầu mối Văn phòng Bộ" in words
    assert "Chờ kinh phí bổ sung" in words
    assert product.officer.call("GET", f"/programme/tasks/{task['id']}").json()["progress"] == 30
    once_more = {**form_of(told.text), "progress": "60", "text": "Chờ kinh phí bổ sung"}
    assert second.post(address, once_more).status == 302
    assert product.officer.call("GET", f"/programme/tasks/{task['id']}").json()["progress"] == 60


@on_sqlite
def test_two_windows_at_one_row_of_a_draft(product: Product) -> None:
    job = outcome(product, start_import(product.officer, plan_text(duties=3)))
    plan = job["result"]["plan"]
    ((task, revision),) = product.rows(
        f"SELECT id, revision FROM programme_plantask WHERE plan_id = {plan} ORDER BY position LIMIT 1"
    )
    address = f"/programme/plans/{plan}/draft/tasks/{task}"
    window, other = product.officer, product.another_browser_of("chuyen-vien-cchc")
    first = window.call("PATCH", address, {"cells": {"lead": "VP"}, "revision": revision})

    by_api = other.call("PATCH", address, {"cells": {"lead": "PC"}, "revision": revision})
    by_page = other.post(
        f"/ke-hoach/{plan}/ra/sua/", {"act": "edit", "chon": task, "lead": "PC", "revision": revision, "key": "k"}
    )

    assert (first.status, by_api.status, by_page.status) == (200, 409, 409)
    assert by_api.json()["changed_by"] == "Chuyên viên CCHC"
    assert "Văn phòng Bộ" in [now for _typed, now in by_api.json()["changes"].values()]
    assert "Văn phòng Bộ" in html.unescape(by_page.text)


def task_of_the_office(product: Product) -> dict[str, Any]:
    tasks = approved_tasks(product)
    return next(task for task in tasks if task["lead"]["code"] == "VP")


def form_of(page: str) -> dict[str, str]:
    """Hidden fields of the form that is open."""
    form = page[page.index("<main") :]
    fields = re.findall(r'<input[^>]*type="hidden"[^>]*>', form)
    named = ((re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)) for field in fields)
    return {name[1]: html.unescape(value[1]) for name, value in named if name and value}
