"""The one search box: whoever asks finds what they may see, in whatever way it is typed, and nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from caicach.kernel.calendar import clock
from caicach.kernel.search import sources
from caicach.kernel.search.folding import fold
from caicach.measurement.programme.models import Evidence, Plan, PlanTask, TaskProduct
from caicach.measurement.reporting import services as reporting
from tests.ministry import PEOPLE, Ministry

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
SCAN = "Số hóa kết quả giải quyết thủ tục"


@pytest.fixture(autouse=True)
def _monday(at: Any) -> Iterator[None]:
    with at("2022-06-20 09:00"):
        yield


def found(client: Client, query: str, **more: str) -> dict[str, list[str]]:
    """Titles by the head of their group, as the page shows them."""
    answer = client.get(reverse("search:find"), {"q": query, **more})
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    groups = tree.xpath("//main//ul[contains(@class, 'cc-lines')]/ancestor::*[.//h2][1]")
    return {
        " ".join("".join(group.xpath(".//h2//text()")).split()): [
            " ".join(link.text_content().split()) for link in group.xpath(".//a[contains(@class, 'cc-row-link')]")
        ]
        for group in groups
    }


@pytest.mark.parametrize(
    "typed",
    [
        "số hóa kết quả",
        "so hoa ket qua",
        "SỐ HOÁ KẾT QUẢ",
        unicodedata.normalize("NFD", "Số hóa kết quả"),
        "  kết   quả\tsố hóa ",
        "s\u1ed1\u200b hóa",
    ],
)
def test_a_task_is_found_however_it_is_typed(client_of: ClientOf, plan: Plan, typed: str) -> None:
    assert found(client_of("officer"), typed) == {"Nhiệm vụ": [SCAN]}


def test_every_kind_of_record_stands_under_its_head(client_of: ClientOf, plan: Plan, ministry: Ministry) -> None:
    plan.decision_date = "2021-12-31"
    plan.save(update_fields=["decision_date"])
    reporting.draft_report(actor=ministry.officer, issuer=plan.issuer, year=2022, period="half_year")

    groups = found(client_of("officer"), "2022")

    assert groups["Kế hoạch cải cách"] == ["Kế hoạch cải cách hành chính năm 2022"]
    assert len(groups["Báo cáo định kỳ"]) == 1


@pytest.mark.parametrize("typed", ["văn phòng bộ", "VP", "van phong"])
def test_a_unit_is_found_by_code_and_name_and_opens_its_tasks(client_of: ClientOf, plan: Plan, typed: str) -> None:
    client = client_of("officer")

    page = client.get(reverse("search:find"), {"q": typed}).content.decode()
    address = html.fromstring(page).xpath("//a[contains(., 'Văn phòng Bộ')]/@href")[0]

    assert SCAN in client.get(address).content.decode()


def test_a_unit_is_found_by_what_people_call_it(client_of: ClientOf, plan: Plan) -> None:
    assert found(client_of("officer"), "vu tccb") == {"Đơn vị": ["Vụ Tổ chức cán bộ"]}


def test_a_unit_s_name_finds_the_unit_first_then_the_tasks_that_it_leads(client_of: ClientOf, plan: Plan) -> None:
    led = list(PlanTask.objects.filter(lead__name="Văn phòng Bộ", is_dropped=False).values_list("title", flat=True))

    groups = found(client_of("officer"), "văn phòng bộ")

    assert list(groups)[:2] == ["Đơn vị", "Nhiệm vụ"]
    assert groups["Đơn vị"] == ["Văn phòng Bộ"]
    assert led
    assert set(led) <= set(groups["Nhiệm vụ"])


def test_a_unit_and_a_word_find_that_unit_s_task(client_of: ClientOf, plan: Plan) -> None:
    assert found(client_of("officer"), "văn phòng bộ số hóa")["Nhiệm vụ"] == [SCAN]


@pytest.mark.parametrize("typed", ["số hóa", "SỐ HOÁ", unicodedata.normalize("NFD", "số hóa")])
def test_marks_that_were_typed_put_first_what_has_them(client_of: ClientOf, plan: Plan, typed: str) -> None:
    near = "Hồ sơ hoàn thiện"
    PlanTask.objects.create(plan=plan, title=near, search_text=fold(near), position=0)
    client = client_of("officer")

    assert found(client, typed)["Nhiệm vụ"] == [SCAN, near]
    assert set(found(client, "so hoa")["Nhiệm vụ"]) == {SCAN, near}


def test_however_many_came_after_it_an_old_paper_is_found(client_of: ClientOf, plan: Plan) -> None:
    product = TaskProduct.objects.create(task=PlanTask.objects.get(title=SCAN), name="Kho kết quả", position=0)
    Evidence.objects.bulk_create(
        Evidence(product=product, paper=f"Công văn {number}" if number else "Quyết định cũ 7/QĐ", at=clock.now())
        for number in range(2100)
    )

    assert found(client_of("officer"), "quyết định cũ")["Tài liệu của sản phẩm"] == ["Quyết định cũ 7/QĐ"]


def test_what_has_đ_is_found_with_d(client_of: ClientOf, plan: Plan) -> None:
    PlanTask.objects.create(plan=plan, title="Đào tạo đội ngũ", search_text=fold("Đào tạo đội ngũ"))

    for typed in ("dao tao", "Đào tạo", "ĐÀO", "đao"):
        assert found(client_of("officer"), typed)["Nhiệm vụ"] == ["Đào tạo đội ngũ"]


# --- nothing that one may not see ------------------------------------------------------------------------------------


def test_each_finds_the_tasks_that_their_list_shows_and_no_other(client_of: ClientOf, plan: Plan) -> None:
    titles = list(PlanTask.objects.values_list("title", flat=True))

    for who in PEOPLE:
        client = client_of(who)
        listed = client.get(reverse("programme:tasks")).content.decode()
        for title in titles:
            hits = found(client, title).get("Nhiệm vụ", [])
            assert hits == ([title] if title in listed else []), (who, title)


def test_a_draft_is_found_by_who_may_open_it_only(client_of: ClientOf, draft: Plan) -> None:
    for who in PEOPLE:
        client = client_of(who)
        is_open = client.get(reverse("programme:review", args=[draft.pk])).status_code == 200
        assert bool(found(client, "cải cách hành chính năm 2022").get("Kế hoạch cải cách")) == is_open, who
        assert "Nhiệm vụ" not in found(client, "rà soát văn bản"), who


def test_a_task_dropped_or_of_a_draft_is_not_found(client_of: ClientOf, plan: Plan) -> None:
    PlanTask.objects.filter(title=SCAN).update(is_dropped=True)

    assert found(client_of("officer"), "so hoa") == {}


def test_nobody_searches_before_signing_in(client: Client, plan: Plan) -> None:
    answer = client.get(reverse("search:find"), {"q": "so hoa"})

    assert answer.status_code == 302
    assert "so+hoa" in answer.url or "so%2520hoa" in answer.url or "so%2Bhoa" in answer.url


def test_the_right_is_asked_in_the_query_and_not_after_it(client_of: ClientOf, plan: Plan) -> None:
    """Rows of others would otherwise take the places of one's own under the limit."""
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, title=f"Chuyển {number}", search_text="chuyen", position=0) for number in range(200)
    )

    assert found(client_of("neighbour"), "chuyen")["Nhiệm vụ"] == ["Chuyển hạ tầng sang IPv6"]


# --- whatever is typed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["", " ", "a", "đ", "%", "_", "' OR 1=1 --", '"', "\\", "%%%%", "((((", "*", "<script>alert(1)</script>", "\x00",
     "\x00\x00ab", "ab\x00", "‮", "😀😀", "\ud7ff\uffff", "?q=", "q" * 10_000, "từ " * 3_000, "ớ" * 10_000],
)  # fmt: skip
@pytest.mark.parametrize("box", [False, True])
def test_anything_typed_gets_an_answer(client_of: ClientOf, plan: Plan, typed: str, box: bool) -> None:
    headers = {"HX-Request": "true"} if box else {}

    answer = client_of("officer").get(reverse("search:find"), {"q": typed, "box": "1"}, headers=headers)

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30))
def test_any_text_at_all_is_looked_for(plan: Plan, ministry: Ministry, typed: str) -> None:
    for group in sources.find(actor=ministry.officer, query=typed):
        assert group.hits


@pytest.mark.parametrize("typed", ["", "  ", "a", "%", "_", "%%", "__"])
def test_too_little_to_look_for_finds_nothing_rather_than_everything(
    client_of: ClientOf, plan: Plan, typed: str
) -> None:
    assert found(client_of("officer"), typed) == {}


def test_signs_of_the_database_are_looked_for_as_themselves(client_of: ClientOf, plan: Plan) -> None:
    PlanTask.objects.filter(title=SCAN).update(title="Đạt 100%_", search_text="dat 100%_")

    assert found(client_of("officer"), "100%_") == {"Nhiệm vụ": ["Đạt 100%_"]}
    assert found(client_of("officer"), "%hoa") == {}


def test_what_was_typed_is_shown_again_and_nothing_of_it_runs(client_of: ClientOf, plan: Plan) -> None:
    page = client_of("officer").get(reverse("search:find"), {"q": '"><img src=x onerror=alert(1)>'}).content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_nothing_found_says_what_to_try(client_of: ClientOf, plan: Plan) -> None:
    page = client_of("officer").get(reverse("search:find"), {"q": "không có trong kế hoạch nào"}).content.decode()

    assert "Không cần gõ dấu" in page


# --- cost ------------------------------------------------------------------------------------------------------------


def test_a_search_takes_the_same_queries_however_much_is_found(client_of: ClientOf, plan: Plan) -> None:
    client = client_of("officer")

    def asked(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            found(client, query)
        return len(captured)

    asked("van ban")
    few = asked("he thong hoa van ban")
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, lead=plan.issuer, title=f"Văn bản {number}", search_text=f"van ban {number}")
        for number in range(60)
    )

    assert asked("van ban") == few


def test_a_group_shows_thirty_and_the_box_five(client_of: ClientOf, plan: Plan) -> None:
    PlanTask.objects.bulk_create(
        PlanTask(plan=plan, title=f"Văn bản {number}", search_text=f"van ban {number}") for number in range(60)
    )
    client = client_of("officer")

    box = client.get(reverse("search:find"), {"q": "van ban", "box": "1"}, headers={"HX-Request": "true"})

    assert len(found(client, "van ban")["Nhiệm vụ"]) == 30
    assert box.content.decode().count('class="cc-menu-item"') == 6
    assert "Tất cả kết quả" in box.content.decode()
