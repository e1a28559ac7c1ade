"""What leaves a list as a file is what is seen on its pages: all of them, in their order, with their columns."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caicach.kernel.identity.models import Account
from caicach.measurement.programme.models import Plan, PlanTask
from tests.kernel.papers.reading import rows_of_excel
from tests.ministry import Ministry

from .conftest import MakeTasks
from .reading import follow, see

pytestmark = pytest.mark.django_db

FORMULAS = ("=1+1", "+84", "-2 nhiệm vụ", "@SUM(A1)", "\t=1", "＝1+1", "'=1", '=HYPERLINK("http://xa.example")')


def csv_of(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def excel_of(client: Client, address: str) -> list[tuple[Any, ...]]:
    """The heads and the rows, without the lines above that say what the file is."""
    rows = rows_of_excel(client.get(address).content)
    return rows[next(number for number, row in enumerate(rows) if row[0] is None) + 1 :]


def pages(client: Client, address: str) -> list[list[str]]:
    seen = see(client, address)
    rows = seen.rows
    while seen.next:
        seen = follow(client, address, seen.next)
        rows += seen.rows
    return rows


@pytest.mark.parametrize(
    "query",
    [
        "",
        "xep=-title&cot=title,lead",
        "field=the_che&xep=deadline&cot=lead,title,owner",
        "words=viec 1&cot=title&xep=-deadline",
        "due_after=01/01/2023&cot=title",
        "state=overdue&cot=state,title",
    ],
)
def test_files_hold_all_pages_in_their_order_and_columns(
    officer: Client, make_tasks: MakeTasks, tasks_url: str, query: str
) -> None:
    make_tasks(110)
    PlanTask.objects.filter(title="Việc 007").update(deadline=None, lead=None)
    address = f"{tasks_url}?{query}"
    seen, rows = see(officer, address), pages(officer, address)
    names = [place for place, head in enumerate(seen.heads) if head in ("Nhiệm vụ", "Đơn vị chủ trì", "Trạng thái")]

    as_csv, as_excel = csv_of(officer, f"{address}&tai=csv"), excel_of(officer, f"{address}&tai=xlsx")

    assert list(as_excel[0]) == seen.heads
    assert as_csv[0] == [f"{head} (%)" if head == "Tiến độ" else head for head in seen.heads]
    wanted = [[row[place] for place in names] for row in rows]
    assert [[row[place] for place in names] for row in as_csv[1:]] == wanted
    assert [[row[place] or "" for place in names] for row in as_excel[1:]] == wanted
    assert seen.foot.endswith(f"trên {len(rows)}")


def test_a_file_taken_from_a_further_page_holds_every_page(
    officer: Client, make_tasks: MakeTasks, tasks_url: str
) -> None:
    make_tasks(60)
    second = follow(officer, tasks_url, see(officer, tasks_url).next)

    assert len(csv_of(officer, tasks_url + second.href_of("CSV"))) == 66


def test_numbers_are_numbers_and_days_are_days(officer: Client, plan: Plan, tasks_url: str) -> None:
    PlanTask.objects.filter(title__startswith="Số hóa").update(progress=40)
    address = f"{tasks_url}?words=so hoa&cot=number,title,progress,due,deadline&tai="
    number = PlanTask.objects.get(title__startswith="Số hóa").number

    in_excel, in_csv = excel_of(officer, f"{address}xlsx")[1], csv_of(officer, f"{address}csv")[1]

    assert in_excel == (number, "Số hóa kết quả giải quyết thủ tục", 0.4, datetime(2022, 6, 10), "Quá hạn 6 ngày")
    assert in_csv == [number, "Số hóa kết quả giải quyết thủ tục", "40", "2022-06-10", "Quá hạn 6 ngày"]


def test_moments_are_moments(officer: Client, plan: Plan) -> None:
    address = reverse("programme:plans") + "?cot=year,approved&tai="

    assert excel_of(officer, f"{address}xlsx")[1] == ("2022", datetime(2022, 6, 20, 9, 0))
    assert csv_of(officer, f"{address}csv")[1] == ["2022", "2022-06-20T09:00:00+07:00"]


def test_no_text_becomes_a_formula(officer: Client, make_tasks: MakeTasks, tasks_url: str) -> None:
    for title in FORMULAS:
        make_tasks(1, title=title, product=title)
    address = f"{tasks_url}?due_after=01/01/2023&cot=title&tai="

    in_excel = {row[0] for row in excel_of(officer, f"{address}xlsx")[1:]}
    in_csv = {row[0] for row in csv_of(officer, f"{address}csv")[1:]}

    assert {text.strip() for text in in_excel} == {text.strip() for text in FORMULAS}
    assert all(text[0] == "'" for text in in_csv)
    assert {text.removeprefix("'").strip() for text in in_csv} == {text.removeprefix("'").strip() for text in FORMULAS}


def test_vietnamese_text_comes_whole(officer: Client, make_tasks: MakeTasks, tasks_url: str) -> None:
    words = "Rà soát, “đơn giản hóa” thủ tục;\nĐẶNG Ưỡn Ẵng; 100 %"
    make_tasks(1, title=words)
    make_tasks(1, title=unicodedata.normalize("NFD", "Nghị quyết số 76"))
    address = f"{tasks_url}?due_after=01/01/2023&cot=title&tai="

    assert csv_of(officer, f"{address}csv")[1][0] == words
    assert excel_of(officer, f"{address}xlsx")[1][0] == words
    for text in (csv_of(officer, f"{address}csv")[2][0], excel_of(officer, f"{address}xlsx")[2][0]):
        assert unicodedata.normalize("NFC", text) == "Nghị quyết số 76"


def test_a_file_says_how_it_was_narrowed(officer: Client, plan: Plan, tasks_url: str) -> None:
    address = f"{tasks_url}?state=overdue&due_before=10/06/2022&tai=xlsx"

    words = " ".join(str(row[0]) for row in rows_of_excel(officer.get(address).content)[:4])

    for part in ("Nhiệm vụ", "Trạng thái: Quá hạn", "Hạn từ - đến: đến 10/06/2022", "Người giữ vai officer"):
        assert part in words


def test_a_file_is_named_by_list_and_day(officer: Client, plan: Plan, tasks_url: str) -> None:
    answer = officer.get(tasks_url, {"tai": "xlsx"})

    assert answer.headers["Content-Disposition"] == 'attachment; filename="nhiem-vu-20220620.xlsx"'


@pytest.mark.parametrize("ending", ["exe", "../csv", "CSV"])
def test_a_kind_of_file_that_is_not_made_is_not_found(officer: Client, plan: Plan, tasks_url: str, ending: str) -> None:
    assert officer.get(tasks_url, {"tai": ending}).status_code == 404


def test_people_s_file_holds_the_roles_they_hold_today(client_of: Any, ministry: Ministry, plan: Plan) -> None:
    Account.objects.filter(username="staff").update(full_name="=cmd|' /C calc'!A0")
    address = reverse("operation:accounts") + "?cot=name,roles&tai=csv"

    rows = dict(csv_of(client_of("operator"), address)[1:])

    assert rows["Người giữ vai officer"] == (
        "Chuyên viên cải cách hành chính, Bộ Nội vụ; Công chức đơn vị, Vụ Cải cách hành chính"
    )
    assert "'=cmd|' /C calc'!A0" in rows


def test_an_empty_list_is_a_file_with_heads_alone(officer: Client, plan: Plan, tasks_url: str) -> None:
    assert len(csv_of(officer, f"{tasks_url}?due_after=01/01/2040&tai=csv")) == 1


def test_a_day_before_excel_s_own_is_kept(officer: Client, make_tasks: MakeTasks, tasks_url: str) -> None:
    make_tasks(1, deadline=date(1899, 12, 31))

    assert excel_of(officer, f"{tasks_url}?due_before=01/01/1900&cot=due&tai=xlsx")[1] == ("31/12/1899",)
