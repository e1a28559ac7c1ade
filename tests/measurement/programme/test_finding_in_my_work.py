"""Finding, paging and taking out what waits for a person."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from caicach.kernel.audit.models import Entry
from caicach.measurement.programme.models import Plan
from tests.kernel.tables.reading import follow, see
from tests.ministry import Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
ADDRESS = "/viec-cua-toi/"


@pytest.fixture(autouse=True)
def monday(at: Any) -> Any:
    with at("2022-06-20 09:00"):
        yield


def page_of(client: Client, **asked: str) -> str:
    return " ".join(html.unescape(client.get(ADDRESS, asked).content.decode()).split())


def titles(client: Client, **asked: str) -> list[str]:
    return re.findall(r'cc-row-link" href="[^"]+">(.+?)</a>', page_of(client, **asked))


def test_words_are_found_without_accents_in_name_detail_and_unit(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")

    assert titles(officer, words="so hoa") == ["Số hóa kết quả giải quyết thủ tục"]
    assert titles(officer, words="vu phap che") == ["Góp ý dự án Luật"]
    assert titles(officer, words="không có gì như vậy") == []


def test_a_unit_and_a_group_narrow_together_and_chips_count_what_is_found(plan: Plan, client_of: ClientOf) -> None:
    officer = client_of("officer")

    assert titles(officer, unit="Văn phòng Bộ", group="urge") == ["Số hóa kết quả giải quyết thủ tục"]
    page = page_of(officer, unit="Văn phòng Bộ")
    assert re.search(r'href="\?unit=V[^"]+"[^>]*>.{0,20}Mọi loại việc.{0,60}1', page)
    assert "bỏ bộ lọc này" in page


def test_what_does_not_match_says_so_and_leads_back(plan: Plan, client_of: ClientOf) -> None:
    page = page_of(client_of("officer"), words="zzz", group="urge")

    assert "Không có dòng nào khớp" in page
    assert 'href="?group=urge"' in page, "without the words alone"


def test_more_than_a_page_goes_on_behind_a_link(plan: Plan, client_of: ClientOf) -> None:
    task = plan.tasks.get(title__contains="Số hóa")
    for number in range(60):
        task.pk, task.number, task.title = None, f"2.{number + 10}", f"Việc số {number:02}"
        task.save()
    officer = client_of("officer")

    first = see(officer, ADDRESS, group="urge")
    second = follow(officer, ADDRESS, first.next)
    again = follow(officer, ADDRESS, second.previous)

    names = [page.column("Việc cần làm") for page in (first, second, again)]
    assert [len(page) for page in names] == [50, 12, 50]
    assert not set(names[0]) & set(names[1])
    assert names[2] == names[0]
    assert first.foot == "Hiện 50 trên 62"


def test_the_file_holds_what_is_seen_on_all_pages(plan: Plan, client_of: ClientOf) -> None:
    answer = client_of("officer").get(ADDRESS, {"group": "urge", "tai": "xlsx"})

    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "Số hóa kết quả giải quyết thủ tục" in cells
    assert "Góp ý dự án Luật" not in cells


def test_a_way_out_that_is_none_is_not_found(plan: Plan, client_of: ClientOf) -> None:
    assert client_of("officer").get(ADDRESS, {"tai": "exe"}).status_code == 404


def test_the_journal_says_who_took_it_out(plan: Plan, client_of: ClientOf, ministry: Ministry) -> None:
    client_of("officer").get(ADDRESS, {"tai": "csv"})

    entry = Entry.objects.filter(use_case="tables.take_out").latest("pk")
    assert (entry.account_ref, entry.note) == (ministry.accounts["officer"].pk, "viec-cua-toi csv")
